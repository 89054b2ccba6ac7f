package org.rollcall.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;

/// Finds people's ids by their object ids.
final class PeopleIds {
    /// So many look-ups are as dear as going through everybody.
    private static final int MANY = 20_000;

    private PeopleIds() {}

    /// @param objectIds may be of things that are no people, or that are not stored: these are left out
    /// @param among     only these people; null: all
    static Set<Long> of(Database database, long tenantId, Collection<UUID> objectIds,
            @Nullable Collection<Long> among) {
        var result = new HashSet<Long>();
        if (among != null && among.size() < objectIds.size() && among.size() < MANY) {
            var wanted = new HashSet<>(objectIds);
            for (List<Long> chunk : Chunks.of(among)) {
                database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                        .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk)).and(DIRECTORY_USER.TENANT_ID.eq(tenantId))
                        .forEach(row -> {
                            if (wanted.contains(row.value2())) {
                                result.add(row.value1());
                            }
                        });
            }
            return result;
        }
        if (objectIds.size() < MANY) {
            for (List<UUID> chunk : Chunks.of(objectIds)) {
                database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                        .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                        .forEach(row -> result.add(row.value1()));
            }
        } else {
            var wanted = new HashSet<>(objectIds);
            try (var rows = database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                    .where(DIRECTORY_USER.TENANT_ID.eq(tenantId)).fetchLazy()) {
                rows.forEach(row -> {
                    if (wanted.contains(row.value2())) {
                        result.add(row.value1());
                    }
                });
            }
        }
        if (among != null) {
            result.retainAll(among instanceof Set<Long> set ? set : new HashSet<>(among));
        }
        return result;
    }
}
