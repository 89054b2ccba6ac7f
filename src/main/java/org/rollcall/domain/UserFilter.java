package org.rollcall.domain;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A filter of people. Empty sets and nulls match everybody; all conditions must hold.
///
/// @param search     words that must each occur in name, user name, mail or department, ignoring case
/// @param tenantIds  people of these tenants; [#LOCAL] stands for local accounts
/// @param group      in this group
/// @param department exactly this one, ignoring case
/// @param guests     true: guests only, false: no guests
/// @param excluded   true: only those excluded from synchronization, false: none of them
/// @param signIn     true: those who could sign in by some way, as far as known; false: the others
public record UserFilter(String search, Set<UserStatus> statuses, Set<Long> roleIds, Set<RoleSource> sources,
        Set<MfaState> mfa, Set<Long> tenantIds, @Nullable InGroup group, @Nullable String department,
        @Nullable Boolean guests, @Nullable Boolean excluded, @Nullable Boolean signIn) {

    /// The id in place of a tenant's: people without a tenant.
    public static final long LOCAL = 0;

    public UserFilter {
        statuses = Set.copyOf(statuses);
        roleIds = Set.copyOf(roleIds);
        sources = Set.copyOf(sources);
        mfa = Set.copyOf(mfa);
        tenantIds = Set.copyOf(tenantIds);
    }

    /// @param nested true: through groups below it too
    public record InGroup(long tenantId, UUID groupId, boolean nested) {}

    public static UserFilter everyone() {
        return new UserFilter("", Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null, null, null);
    }

    public UserFilter withSearch(String text) {
        return new UserFilter(text, statuses, roleIds, sources, mfa, tenantIds, group, department, guests, excluded,
                signIn);
    }

    public UserFilter withStatuses(Set<UserStatus> values) {
        return new UserFilter(search, values, roleIds, sources, mfa, tenantIds, group, department, guests, excluded,
                signIn);
    }

    public UserFilter withRoles(Set<Long> ids) {
        return new UserFilter(search, statuses, ids, sources, mfa, tenantIds, group, department, guests, excluded,
                signIn);
    }

    public UserFilter withSources(Set<RoleSource> values) {
        return new UserFilter(search, statuses, roleIds, values, mfa, tenantIds, group, department, guests, excluded,
                signIn);
    }

    public UserFilter withMfa(Set<MfaState> values) {
        return new UserFilter(search, statuses, roleIds, sources, values, tenantIds, group, department, guests,
                excluded, signIn);
    }

    public UserFilter withTenants(Set<Long> ids) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, ids, group, department, guests, excluded,
                signIn);
    }

    public UserFilter withGroup(@Nullable InGroup value) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, tenantIds, value, department, guests, excluded,
                signIn);
    }

    public UserFilter withDepartment(@Nullable String value) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, tenantIds, group, value, guests, excluded,
                signIn);
    }

    public UserFilter withGuests(@Nullable Boolean value) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, tenantIds, group, department, value, excluded,
                signIn);
    }

    public UserFilter withExcluded(@Nullable Boolean value) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, tenantIds, group, department, guests, value,
                signIn);
    }

    public UserFilter withSignIn(@Nullable Boolean value) {
        return new UserFilter(search, statuses, roleIds, sources, mfa, tenantIds, group, department, guests, excluded,
                value);
    }

    public boolean isEveryone() {
        return equals(everyone());
    }
}
