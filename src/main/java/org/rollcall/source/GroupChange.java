package org.rollcall.source;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;

/// A group in a delta page. One group may arrive in several entries; member edges are added and removed, never replaced.
public sealed interface GroupChange {
    UUID id();

    /// New or changed, with the edges of this entry.
    record Upsert(UUID id, Attributes<GroupField> attributes, Set<GroupField> present, List<MemberEntry> added,
            List<MemberEntry> removed) implements GroupChange {}

    record Removed(UUID id, boolean forGood) implements GroupChange {}
}
