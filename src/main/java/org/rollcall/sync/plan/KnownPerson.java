package org.rollcall.sync.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;

/// Compares the present and the planned state of one person, and yields the changes of status, name and other attributes.
///
/// @param username the planned user name
/// @param status   the planned status
record KnownPerson(UUID id, String name, StoredPerson stored, Attributes<UserField> attributes, MfaState mfa,
        String username, UserStatus status, Consumer<Change> sink) {

    /// @param returning why somebody who was removed returns; null for others
    /// @return the status afterwards
    UserStatus emitChanges(@Nullable Reason returning) {
        boolean switched = status != stored.status();
        boolean enabledDiffers = differs(UserField.ACCOUNT_ENABLED);
        if (switched) {
            Map<String, @Nullable Object> before = new LinkedHashMap<>();
            Map<String, @Nullable Object> after = new LinkedHashMap<>();
            before.put(PersonFields.STATUS, stored.status().name());
            after.put(PersonFields.STATUS, status.name());
            if (enabledDiffers) {
                put(UserField.ACCOUNT_ENABLED, before, after);
            }
            if (returning != null) {
                before.put(PersonFields.USERNAME, stored.username());
                after.put(PersonFields.USERNAME, username);
                emit(ChangeKind.REACTIVATE, before, after,
                        new Reason(ReasonCode.BACK_IN_SCOPE, facts(returning)));
            } else if (status == UserStatus.DISABLED) {
                emit(ChangeKind.DEACTIVATE, before, after, Reason.of(attributes.bool(UserField.ACCOUNT_ENABLED) == null
                        ? ReasonCode.ENABLED_UNKNOWN
                        : ReasonCode.DISABLED_IN_ENTRA));
            } else {
                emit(ChangeKind.REACTIVATE, before, after, Reason.of(ReasonCode.ENABLED_IN_ENTRA));
            }
        }
        rename();
        update(enabledDiffers && !switched);
        return status;
    }

    private void rename() {
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        if (differs(UserField.USER_PRINCIPAL_NAME)) {
            put(UserField.USER_PRINCIPAL_NAME, before, after);
        }
        if (!username.equals(stored.username())) {
            before.put(PersonFields.USERNAME, stored.username());
            after.put(PersonFields.USERNAME, username);
        }
        if (!after.isEmpty()) {
            emit(ChangeKind.RENAME, before, after, Reason.of(ReasonCode.CHANGED_IN_ENTRA));
        }
    }

    private void update(boolean withEnabled) {
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        for (UserField field : UserField.values()) {
            boolean told = field == UserField.USER_PRINCIPAL_NAME || field == UserField.ACCOUNT_ENABLED && !withEnabled;
            if (!told && differs(field)) {
                put(field, before, after);
            }
        }
        if (mfa != stored.mfa()) {
            before.put(PersonFields.MFA, stored.mfa().name());
            after.put(PersonFields.MFA, mfa.name());
        }
        if (!after.isEmpty()) {
            emit(ChangeKind.UPDATE, before, after, Reason.of(ReasonCode.CHANGED_IN_ENTRA));
        }
    }

    private boolean differs(UserField field) {
        return !Objects.equals(attributes.get(field), stored.attributes().get(field));
    }

    private void put(UserField field, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        before.put(field.graphName(), stored.attributes().get(field));
        after.put(field.graphName(), attributes.get(field));
    }

    private static Map<String, @Nullable Object> facts(Reason returning) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(returning.facts());
        facts.put("scope", returning.code().name());
        return facts;
    }

    private void emit(ChangeKind kind, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after,
            Reason reason) {
        sink.accept(new PersonChange(kind, id, name, before, after, reason));
    }
}
