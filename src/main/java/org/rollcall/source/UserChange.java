package org.rollcall.source;

import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.UserField;

/// A person in a delta page.
public sealed interface UserChange {
    UUID id();

    /// New or changed. `present` names the fields that the answer spoke of: others are unchanged for a person already
    /// known, and null for a new one (delta leaves out what was never set).
    record Upsert(UUID id, Attributes<UserField> attributes, Set<UserField> present) implements UserChange {}

    /// Gone.
    ///
    /// @param forGood true: deleted permanently; false: deleted softly, may be restored
    record Removed(UUID id, boolean forGood) implements UserChange {}
}
