package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.UserField;

/// A person's attributes after the mapping of an import.
final class Mapped {
    private Mapped() {}

    /// The user name, null if its source has no value.
    static @Nullable String username(Attributes<UserField> attributes, Mapping mapping) {
        String name = attributes.text(mapping.username());
        return name == null || name.isBlank() ? null : name.strip();
    }

    static Attributes<UserField> attributes(Attributes<UserField> attributes, Mapping mapping) {
        if (mapping.sources().isEmpty()) {
            return attributes;
        }
        var builder = attributes.toBuilder();
        mapping.sources().forEach((field, source) -> builder.set(field, attributes.get(source)));
        return builder.build();
    }

    /// Whether this import decides about a person's attributes and name: it is the oldest that has them in scope, or has the
    /// same mapping as that one. Otherwise two imports would revert each other's changes for ever.
    static boolean decides(PlanInput input, @Nullable Long otherProfile) {
        return owns(input, otherProfile) || input.sameMapping().contains(otherProfile);
    }

    /// Whether this import decides about a person's role: it is the oldest that has them in scope.
    static boolean owns(PlanInput input, @Nullable Long otherProfile) {
        return otherProfile == null || input.profileId() < otherProfile;
    }
}
