package org.rollcall.store;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Guests;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserFilter;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// A filter of people as a condition over the tables of [UserRows].
final class UserConditions {
    /// As [Guests] says.
    static final Condition GUEST = DSL.lower(DSL.coalesce(DIRECTORY_USER.USER_TYPE, "")).eq(Guests.TYPE);

    private UserConditions() {}

    /// @param members who is in `filter.group()`
    /// @param settings how people sign in, for `filter.signIn()`
    static Condition of(UserFilter filter, Collection<UUID> members, AuthSettings settings) {
        Condition all = DSL.noCondition();
        for (String word : filter.search().strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                all = all.and(DIRECTORY_USER.SEARCH_KEY.contains(SearchKeys.fold(word)));
            }
        }
        all = all.and(anyOf(DIRECTORY_USER.STATUS, names(filter.statuses())))
                .and(anyOf(ROLE_ASSIGNMENT.ROLE_ID, filter.roleIds()))
                .and(anyOf(ROLE_ASSIGNMENT.SOURCE, names(filter.sources())))
                .and(anyOf(DIRECTORY_USER.MFA, names(filter.mfa())))
                .and(tenants(filter.tenantIds()));
        if (filter.group() != null) {
            all = all.and(DIRECTORY_USER.TENANT_ID.eq(filter.group().tenantId()))
                    .and(DIRECTORY_USER.OBJECT_ID.in(DSL.select(Chunks.ID).from(Chunks.table(members))));
        }
        if (filter.department() != null) {
            all = all.and(DIRECTORY_USER.DEPARTMENT.equalIgnoreCase(filter.department()));
        }
        if (filter.guests() != null) {
            all = all.and(filter.guests() ? GUEST : GUEST.not());
        }
        if (filter.signIn() != null) {
            Condition works = SignInConditions.any(settings, false);
            all = all.and(filter.signIn() ? works : works.not());
        }
        if (filter.excluded() != null) {
            all = all.and(DIRECTORY_USER.EXCLUDED.eq(filter.excluded()));
        }
        return all;
    }

    private static Condition tenants(Set<Long> ids) {
        Condition any = anyOf(DIRECTORY_USER.TENANT_ID, ids);
        return ids.contains(UserFilter.LOCAL) ? any.or(DIRECTORY_USER.TENANT_ID.isNull()) : any;
    }

    private static <T> Condition anyOf(Field<T> field, Collection<T> values) {
        return values.isEmpty() ? DSL.noCondition() : field.in(values);
    }

    private static Collection<String> names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toList();
    }
}
