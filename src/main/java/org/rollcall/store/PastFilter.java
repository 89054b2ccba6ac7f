package org.rollcall.store;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;

/// A filter of people as [UserConditions] has it, for rows in memory.
final class PastFilter {
    private PastFilter() {}

    /// @param members who was in `filter.group()`
    static boolean fits(UserFilter filter, Collection<UUID> members, UserRow row) {
        String key = SearchKeys.search(row.displayName(), row.username(), row.mail(), row.department());
        for (String word : filter.search().strip().split("\\s+", -1)) {
            if (!word.isEmpty() && !key.contains(SearchKeys.fold(word))) {
                return false;
            }
        }
        UserFilter.InGroup group = filter.group();
        return isOneOf(filter.statuses(), row.status())
                && (filter.roleIds().isEmpty() || filter.roleIds().contains(row.roleId()))
                && isOneOf(filter.sources(), row.roleSource())
                && isOneOf(filter.mfa(), row.mfa())
                && isOneOf(filter.tenantIds(), Objects.requireNonNullElse(row.tenantId(), UserFilter.LOCAL))
                && (group == null || Objects.equals(row.tenantId(), group.tenantId())
                        && members.contains(row.objectId()))
                && (filter.department() == null || filter.department().equalsIgnoreCase(row.department()))
                && (filter.guests() == null || filter.guests() == row.isGuest())
                && (filter.excluded() == null || filter.excluded() == row.excluded());
    }

    private static <T> boolean isOneOf(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
