package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ProfileConfig.Mapping;
import org.rollcall.domain.UserField;

/// What the mapping of a profile makes of a person's attributes.
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

    /// Whether this profile decides about a person's attributes and name: it is the oldest that has them, or maps as that
    /// one does. Otherwise two imports would undo each other's work for ever.
    static boolean decides(PlanInput input, @Nullable Long otherProfile) {
        return owns(input, otherProfile) || input.sameMapping().contains(otherProfile);
    }

    /// Whether this profile decides about a person's role: it is the oldest that has them.
    static boolean owns(PlanInput input, @Nullable Long otherProfile) {
        return otherProfile == null || input.profileId() < otherProfile;
    }
}
