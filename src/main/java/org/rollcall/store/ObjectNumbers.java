package org.rollcall.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.OBJECT_NUMBER;

/// Small numbers for the objects of each tenant, so that a member of a list takes a few bytes. An object gets its number when it
/// is first seen and keeps it; numbers are never reused.
///
/// Single lookups use the table's indexes; after many lookups a tenant's numbers are cached in memory, about 30 bytes an
/// object.
final class ObjectNumbers {
    /// Stands for "has no number".
    static final int NONE = 0;
    /// From this many lookups on, caching all numbers of a tenant is cheaper.
    private static final int MANY = 2_000;

    private final Database database;
    private final Map<Long, Numbers> kept = new HashMap<>();
    private final Map<Long, Integer> asked = new HashMap<>();
    /// Tenants with numbers that are not committed yet.
    private final Set<Long> open = new HashSet<>();

    ObjectNumbers(Database database) {
        this.database = database;
    }

    /// The numbers of these objects, in their order; [#NONE] for those without.
    synchronized int[] of(long tenantId, Collection<UUID> ids) {
        @Nullable
        Numbers all = keptAfter(tenantId, ids.size());
        var result = new int[ids.size()];
        int at = 0;
        if (all != null) {
            if (database.isShared() && ids.stream().anyMatch(id -> all.number(id) == NONE)) {
                catchUp(tenantId, all);
            }
            for (UUID id : ids) {
                result[at++] = all.number(id);
            }
            return result;
        }
        Map<UUID, Integer> found = look(tenantId, ids);
        for (UUID id : ids) {
            result[at++] = found.getOrDefault(id, NONE);
        }
        return result;
    }

    /// The same, assigning numbers to objects without one, in the caller's transaction.
    int[] make(long tenantId, Collection<UUID> ids) {
        int[] numbers = of(tenantId, ids);
        if (Arrays.stream(numbers).noneMatch(number -> number == NONE)) {
            return numbers;
        }
        database.alone();
        // Another process may have assigned some meanwhile.
        return give(tenantId, ids, database.isShared() ? of(tenantId, ids) : numbers);
    }

    private synchronized int[] give(long tenantId, Collection<UUID> ids, int[] numbers) {
        var fresh = new LinkedHashSet<UUID>();
        int at = 0;
        for (UUID id : ids) {
            if (numbers[at++] == NONE) {
                fresh.add(id);
            }
        }
        database.inTransaction(transaction -> transaction.numbered.add(tenantId));
        open.add(tenantId);
        @Nullable
        Numbers all = kept.get(tenantId);
        int first = (all != null ? all.last() : last(tenantId)) + 1;
        if (first > Integer.MAX_VALUE - fresh.size()) {
            throw new RollcallException(ErrorKind.STORAGE, "storage.numbers",
                    Words.of("store.storage.numbers"), Words.of("store.storage.numbers.remedy"));
        }
        var given = new HashMap<UUID, Integer>();
        for (UUID id : fresh) {
            given.put(id, first + given.size());
        }
        JdbcBatch.run(database, "insert into object_number (tenant_id, number, object_id) values (?, ?, ?)", fresh,
                (statement, id) -> {
                    statement.setLong(1, tenantId);
                    statement.setInt(2, given.getOrDefault(id, NONE));
                    statement.setObject(3, id);
                });
        if (all != null) {
            fresh.forEach(id -> all.put(given.getOrDefault(id, NONE), id));
        }
        at = 0;
        for (UUID id : ids) {
            if (numbers[at] == NONE) {
                numbers[at] = given.getOrDefault(id, NONE);
            }
            at++;
        }
        return numbers;
    }

    /// The objects with these numbers, in their order.
    synchronized UUID[] ids(long tenantId, int[] numbers) {
        @Nullable
        Numbers all = keptAfter(tenantId, numbers.length);
        var result = new UUID[numbers.length];
        if (all != null) {
            if (database.isShared() && Arrays.stream(numbers).max().orElse(NONE) > all.last()) {
                catchUp(tenantId, all);
            }
            for (int i = 0; i < numbers.length; i++) {
                UUID id = all.id(numbers[i]);
                result[i] = id;
            }
            return result;
        }
        var found = new HashMap<Integer, UUID>();
        for (List<Integer> chunk : Chunks.of(Arrays.stream(numbers).boxed().toList())) {
            database.dsl().select(OBJECT_NUMBER.NUMBER, OBJECT_NUMBER.OBJECT_ID).from(OBJECT_NUMBER)
                    .where(Chunks.pairs(OBJECT_NUMBER.TENANT_ID, tenantId, OBJECT_NUMBER.NUMBER, chunk))
                    .forEach(row -> found.put(row.value1(), row.value2()));
        }
        for (int i = 0; i < numbers.length; i++) {
            UUID id = found.get(numbers[i]);
            if (id == null) {
                throw missing(numbers[i]);
            }
            result[i] = id;
        }
        return result;
    }

    /// Called after commit or rollback of a transaction that assigned numbers to objects of these tenants.
    synchronized void ended(Set<Long> numbered, boolean committed) {
        if (!committed) {
            numbered.forEach(kept::remove);
        }
        open.removeAll(numbered);
    }

    /// Evicts a deleted tenant.
    synchronized void forget(long tenantId) {
        kept.remove(tenantId);
        asked.remove(tenantId);
    }

    private @Nullable Numbers keptAfter(long tenantId, int questions) {
        @Nullable
        Numbers all = kept.get(tenantId);
        if (all != null) {
            return all;
        }
        int sofar = asked.merge(tenantId, questions, (a, b) -> Math.min(MANY, a) + Math.min(MANY, b));
        // Another connection does not see numbers of an open transaction.
        if (sofar < MANY || open.contains(tenantId) && !database.isInTransaction()) {
            return null;
        }
        var read = new Numbers();
        catchUp(tenantId, read);
        kept.put(tenantId, read);
        return read;
    }

    /// Reads numbers that are not cached yet.
    private void catchUp(long tenantId, Numbers known) {
        try (var rows = database.dsl().select(OBJECT_NUMBER.NUMBER, OBJECT_NUMBER.OBJECT_ID).from(OBJECT_NUMBER)
                .where(OBJECT_NUMBER.TENANT_ID.eq(tenantId), OBJECT_NUMBER.NUMBER.gt(known.last()))
                .orderBy(OBJECT_NUMBER.TENANT_ID, OBJECT_NUMBER.NUMBER).fetchLazy()) {
            rows.forEach(row -> known.put(row.value1(), row.value2()));
        }
    }

    private Map<UUID, Integer> look(long tenantId, Collection<UUID> ids) {
        var found = new HashMap<UUID, Integer>();
        for (List<UUID> chunk : Chunks.of(new LinkedHashSet<>(ids))) {
            database.dsl().select(OBJECT_NUMBER.OBJECT_ID, OBJECT_NUMBER.NUMBER).from(OBJECT_NUMBER)
                    .where(Chunks.pairs(OBJECT_NUMBER.TENANT_ID, tenantId, OBJECT_NUMBER.OBJECT_ID, chunk))
                    .forEach(row -> found.put(row.value1(), row.value2()));
        }
        return found;
    }

    private int last(long tenantId) {
        return database.dsl().select(OBJECT_NUMBER.NUMBER).from(OBJECT_NUMBER)
                .where(OBJECT_NUMBER.TENANT_ID.eq(tenantId))
                .orderBy(OBJECT_NUMBER.TENANT_ID.desc(), OBJECT_NUMBER.NUMBER.desc()).limit(1)
                .fetchOptional(OBJECT_NUMBER.NUMBER).orElse(0);
    }

    private static RollcallException missing(int number) {
        return new RollcallException(ErrorKind.STORAGE, "storage.damaged",
                Words.of("store.storage.damaged.objectNumbers", number),
                Words.of("store.storage.damaged.objectNumbers.remedy"));
    }

    /// All numbers of a tenant, both ways. Numbers follow each other from 1; ids are looked up by a hash of their own bits,
    /// which Entra draws at random.
    private static final class Numbers {
        private long[] high = new long[1024];
        private long[] low = new long[1024];
        private int[] slots = new int[2048];
        private int last;

        int last() {
            return last;
        }

        void put(int number, UUID id) {
            if (number >= high.length) {
                int larger = Math.max(number + 1, high.length + (high.length >> 1));
                high = Arrays.copyOf(high, larger);
                low = Arrays.copyOf(low, larger);
            }
            high[number] = id.getMostSignificantBits();
            low[number] = id.getLeastSignificantBits();
            last = Math.max(last, number);
            if (last > slots.length / 2) {
                slots = new int[slots.length * 2];
                for (int each = 1; each <= last; each++) {
                    slots[slot(high[each], low[each])] = each;
                }
            } else {
                slots[slot(high[number], low[number])] = number;
            }
        }

        int number(UUID id) {
            return slots[slot(id.getMostSignificantBits(), id.getLeastSignificantBits())];
        }

        UUID id(int number) {
            if (number > last || number < 1) {
                throw missing(number);
            }
            return new UUID(high[number], low[number]);
        }

        private int slot(long h, long l) {
            long mixed = (h ^ l * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
            int at = (int) (mixed >>> 32) & slots.length - 1;
            while (slots[at] != 0 && (high[slots[at]] != h || low[slots[at]] != l)) {
                at = at + 1 & slots.length - 1;
            }
            return at;
        }
    }
}
