package org.rollcall.store;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;

/// What is known of one person on the way back to a moment.
final class PastPerson extends PastObject {
    /// A role was called otherwise before.
    void roleWas(String after, String before) {
        if (after.equals(values.get("role"))) {
            values.put("role", before);
        }
    }

    /// @param now null: they are not there any more
    /// @return null: they were not there
    @Nullable
    UserRow then(long id, @Nullable UserRow now, PastNames names) {
        if (!wasThere(now != null)) {
            return null;
        }
        Attributes<UserField> then = attributes(UserField.class, now == null ? null : now.attributes());
        Long tenantId = whole || now == null ? number("tenantId") : now.tenantId();
        boolean byHand = values.containsKey(PastLog.DISABLED_BY_HAND)
                ? Boolean.TRUE.equals(values.get(PastLog.DISABLED_BY_HAND))
                : now != null && now.disabledByHand();
        boolean excluded = values.containsKey(PastLog.EXCLUDED)
                ? Boolean.TRUE.equals(values.get(PastLog.EXCLUDED))
                : now != null && now.excluded();
        String status = text("status", now == null ? null : now.status().name());
        String role = values.containsKey("role")
                ? Objects.requireNonNullElse(text("role", null), Role.USER)
                : now == null ? Role.USER : names.role(now.roleId(), now.role());
        String source = text("roleSource", now == null ? null : now.roleSource().name());
        String changed = text("changedAt", null);
        String object = whole ? text("objectId", null) : null;
        return new UserRow(id, tenantId, tenantId == null ? null : names.tenant(tenantId),
                whole ? (object == null ? null : UUID.fromString(object)) : now == null ? null : now.objectId(),
                Objects.requireNonNull(text("username", now == null ? null : now.username())),
                PastLog.AS_IN_ENTRA.equals(status)
                        ? PastLog.asInEntra(byHand, then.bool(UserField.ACCOUNT_ENABLED))
                        : UserStatus.valueOf(Objects.requireNonNull(status)),
                byHand, excluded, MfaState.valueOf(Objects.requireNonNull(text("mfa",
                        now == null ? null : now.mfa().name()))),
                names.roleId(role), role, source == null ? RoleSource.DEFAULT : RoleSource.valueOf(source),
                values.containsKey("ruleId") || now == null ? number("ruleId") : now.ruleId(),
                now == null ? 0 : now.version(),
                whole || now == null ? number("firstRunId") : now.firstRunId(),
                whole || now == null ? number("lastRunId") : now.lastRunId(),
                changed == null ? now == null ? Instant.EPOCH : now.changedAt() : Instant.parse(changed), then);
    }

    private @Nullable String text(String name, @Nullable String otherwise) {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }
}
