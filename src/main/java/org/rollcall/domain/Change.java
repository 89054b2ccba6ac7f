package org.rollcall.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// One entry of a change set: the fields that change, before and after, and the reason. Shown by previews, executed by apply,
/// inverted by undo.
public sealed interface Change {
    ChangeKind kind();

    /// Entra's object id of the person or group; for a membership the group's.
    UUID objectId();

    Reason reason();

    /// A person. `before` and `after` contain the values that change, by name: Graph names of attributes, and `username`,
    /// `status`, `mfa`, `role`, `roleSource`, `ruleId`.
    ///
    /// @param name the display name at the time, for readers
    record PersonChange(ChangeKind kind, UUID objectId, String name, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Reason reason) implements Change {
        public PersonChange {
            before = frozen(before);
            after = frozen(after);
        }
    }

    /// A group; `before` and `after` as for people, with `status`.
    record GroupChange(ChangeKind kind, UUID objectId, String name, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after, Reason reason) implements Change {
        public GroupChange {
            before = frozen(before);
            after = frozen(after);
        }
    }

    /// A direct edge from a group to a member.
    record MemberChange(ChangeKind kind, UUID objectId, UUID memberId, MemberType memberType,
            Reason reason) implements Change {}

    /// The reason, as a code with its facts.
    record Reason(ReasonCode code, Map<String, @Nullable Object> facts) {
        public Reason {
            facts = frozen(facts);
        }

        public static Reason of(ReasonCode code) {
            return new Reason(code, Map.of());
        }
    }

    private static Map<String, @Nullable Object> frozen(Map<String, @Nullable Object> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
