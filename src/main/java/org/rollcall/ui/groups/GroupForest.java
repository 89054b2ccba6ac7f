package org.rollcall.ui.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;

/// The groups of all tenants and how they are nested, as read at one moment.
record GroupForest(List<TenantGroups> tenants) {
    /// @param roots   where the tree begins
    /// @param nesting groups directly in a group, by the group
    record TenantGroups(Tenant tenant, List<GroupRow> roots, Map<UUID, List<UUID>> nesting,
            Map<UUID, GroupRow> rows) {
        /// The groups directly in one, by name.
        List<GroupRow> in(UUID group) {
            var found = new ArrayList<GroupRow>();
            for (UUID id : nesting.getOrDefault(group, List.of())) {
                var row = rows.get(id);
                if (row != null && row.status() == GroupStatus.ACTIVE) {
                    found.add(row);
                }
            }
            found.sort(Comparator.comparing(row -> SearchKeys.sort(row.displayName())));
            return found;
        }

        /// A group and all below it, each with the group it was reached from; nearer ones first.
        Map<UUID, @Nullable UUID> below(UUID group) {
            var from = new LinkedHashMap<UUID, @Nullable UUID>();
            from.put(group, null);
            var open = new ArrayDeque<UUID>();
            open.add(group);
            while (!open.isEmpty()) {
                UUID now = open.remove();
                for (UUID next : nesting.getOrDefault(now, List.of())) {
                    if (!from.containsKey(next)) {
                        from.put(next, now);
                        open.add(next);
                    }
                }
            }
            return from;
        }
    }

    static GroupForest read(GroupsServices services, Actor actor) {
        var all = new ArrayList<TenantGroups>();
        for (Tenant tenant : services.tenants().get()) {
            var nesting = services.groups().nesting(actor, tenant.id());
            var roots = services.groups().roots(actor, tenant.id());
            Set<UUID> ids = new HashSet<>();
            nesting.values().forEach(ids::addAll);
            var rows = new HashMap<>(services.groups().byObjectIds(actor, tenant.id(), ids));
            roots.forEach(root -> rows.put(root.objectId(), root));
            all.add(new TenantGroups(tenant, roots, nesting, rows));
        }
        return new GroupForest(all);
    }

    @Nullable
    TenantGroups of(long tenantId) {
        return tenants.stream().filter(each -> each.tenant().id() == tenantId).findFirst().orElse(null);
    }

    int count() {
        return tenants.stream().mapToInt(each -> each.rows().size()).sum();
    }
}
