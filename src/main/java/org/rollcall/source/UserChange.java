package org.rollcall.source;

import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.UserField;

/// A person in a delta page.
public sealed interface UserChange {
    UUID id();

    /// New or changed. `present` names the fields in the entry: others are unchanged for a known person, and null for a new one
    /// (delta leaves out properties that were never set).
    record Upsert(UUID id, Attributes<UserField> attributes, Set<UserField> present) implements UserChange {}

    /// Removed.
    ///
    /// @param forGood true: deleted permanently; false: deleted softly, may be restored
    record Removed(UUID id, boolean forGood) implements UserChange {}
}
