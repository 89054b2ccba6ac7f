package org.rollcall.store;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectFromStep;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MfaState;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.TENANT;

/// Reads people with their tenant's name and their role.
final class UserRows {
    private static final FieldColumns<UserField> ATTRIBUTES = new FieldColumns<>(UserField.class, DIRECTORY_USER);
    /// A person's version and last change are their own or, if it is a later one, their role's.
    static final Field<Integer> VERSION = DIRECTORY_USER.VERSION.plus(DSL.coalesce(ROLE_ASSIGNMENT.VERSION, 0))
            .as("person_version");
    static final Field<OffsetDateTime> CHANGED = DSL.greatest(DIRECTORY_USER.CHANGED_AT,
            DSL.coalesce(ROLE_ASSIGNMENT.CHANGED_AT, ROLE_ASSIGNMENT.ASSIGNED_AT, DIRECTORY_USER.CHANGED_AT));
    private static final Field<OffsetDateTime> CHANGED_AT = CHANGED.as("person_changed_at");
    private static final List<Field<?>> OWN = List.of(DIRECTORY_USER.ID, DIRECTORY_USER.TENANT_ID, TENANT.NAME,
            DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.USERNAME, DIRECTORY_USER.STATUS, DIRECTORY_USER.DISABLED_BY_HAND,
            DIRECTORY_USER.EXCLUDED, DIRECTORY_USER.MFA, ROLE.ID, ROLE.NAME, ROLE_ASSIGNMENT.SOURCE,
            ROLE_ASSIGNMENT.RULE_ID, VERSION, DIRECTORY_USER.FIRST_RUN_ID, DIRECTORY_USER.LAST_RUN_ID, CHANGED_AT);

    private UserRows() {}

    static SelectJoinStep<Record> select(DSLContext dsl) {
        return join(dsl.select(fields()));
    }

    private static <R extends Record> SelectJoinStep<R> join(SelectFromStep<R> select) {
        return select.from(DIRECTORY_USER)
                .leftJoin(TENANT).on(TENANT.ID.eq(DIRECTORY_USER.TENANT_ID))
                .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .leftJoin(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID));
    }

    /// No more tables than the filter and the order speak of: a million people take their time with each.
    static <R extends Record> SelectJoinStep<R> join(SelectFromStep<R> select, UserFilter filter,
            @Nullable UserSort sort) {
        var joined = select.from(DIRECTORY_USER);
        UserSort.By by = sort == null ? UserSort.By.NAME : sort.by();
        if (!filter.roleIds().isEmpty() || !filter.sources().isEmpty()) {
            joined = joined.join(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID));
        } else if (by == UserSort.By.ROLE || by == UserSort.By.SOURCE || by == UserSort.By.CHANGED) {
            joined = joined.leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID));
        }
        if (by == UserSort.By.ROLE) {
            joined = joined.leftJoin(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID));
        }
        if (by == UserSort.By.TENANT) {
            joined = joined.leftJoin(TENANT).on(TENANT.ID.eq(DIRECTORY_USER.TENANT_ID));
        }
        return joined;
    }

    static UserRow read(Record row) {
        @Nullable
        String source = row.get(ROLE_ASSIGNMENT.SOURCE);
        return new UserRow(row.get(DIRECTORY_USER.ID), row.get(DIRECTORY_USER.TENANT_ID), row.get(TENANT.NAME),
                row.get(DIRECTORY_USER.OBJECT_ID), row.get(DIRECTORY_USER.USERNAME),
                UserStatus.valueOf(row.get(DIRECTORY_USER.STATUS)), row.get(DIRECTORY_USER.DISABLED_BY_HAND),
                row.get(DIRECTORY_USER.EXCLUDED), MfaState.valueOf(row.get(DIRECTORY_USER.MFA)),
                Objects.requireNonNullElse(row.get(ROLE.ID), 0L),
                Objects.requireNonNullElse(row.get(ROLE.NAME), Role.USER),
                source == null ? RoleSource.DEFAULT : RoleSource.valueOf(source), row.get(ROLE_ASSIGNMENT.RULE_ID),
                row.get(VERSION), row.get(DIRECTORY_USER.FIRST_RUN_ID),
                row.get(DIRECTORY_USER.LAST_RUN_ID), Times.fromColumn(row.get(CHANGED_AT)),
                ATTRIBUTES.read(row, OWN.size()));
    }

    private static List<Field<?>> fields() {
        var fields = new ArrayList<Field<?>>(OWN);
        fields.addAll(ATTRIBUTES.columns());
        return fields;
    }
}
