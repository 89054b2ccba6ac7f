package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.MIRROR;
import static org.rollcall.store.gen.Tables.PLAN_BASE;
import static org.rollcall.store.gen.Tables.TOUCHED;

/// Notes in the same transaction what is written into mirrors and the directory, for plans that look at nothing else; see
/// [PlanBaseStore]. Where no import has a base that could make use of it, nothing is noted; where it would be too much, the
/// bases are given up instead: their next plans go through everybody. So a first import and a full read note nothing.
final class TouchLog {
    /// More than this is not noted one by one.
    static final int MOST = 10_000;

    private final Database database;

    /// What a transaction has touched in the directory, until it ends.
    static final class Pending {
        private final Map<Long, Open> open = new HashMap<>();
        private final Set<Long> ids = new HashSet<>();
        private boolean everything;

        boolean isNothing() {
            return open.isEmpty() && ids.isEmpty() && !everything;
        }

        void people(Collection<Long> more) {
            if (ids.size() + more.size() > MOST) {
                everything = true;
            } else {
                ids.addAll(more);
            }
        }

        void people(long tenantId, Collection<UUID> objectIds) {
            Open of = open.computeIfAbsent(tenantId, id -> new Open());
            if (!of.isTooMuch()) {
                of.people.addAll(objectIds);
            }
        }

        void groups(long tenantId, Collection<UUID> objectIds) {
            Open of = open.computeIfAbsent(tenantId, id -> new Open());
            if (!of.isTooMuch()) {
                of.groups.addAll(objectIds);
            }
        }

        void everything() {
            everything = true;
        }

        private void clear() {
            open.clear();
            ids.clear();
            everything = false;
        }
    }

    private static final class Open {
        final Set<UUID> people = new HashSet<>();
        final Set<UUID> groups = new HashSet<>();

        boolean isTooMuch() {
            return people.size() + groups.size() > MOST;
        }
    }

    TouchLog(Database database) {
        this.database = database;
    }

    /// To be called in the transaction that writes into a mirror, before it does.
    ///
    /// @param what asked for only if somebody wants to know; null: too much
    void mirror(long mirrorId, Supplier<@Nullable Touched> what) {
        if (!database.dsl().fetchExists(PLAN_BASE, PLAN_BASE.MIRROR_ID.eq(mirrorId))) {
            return;
        }
        Touched touched = what.get();
        if (touched == null || touched.size() > MOST) {
            forgetMirror(mirrorId);
        } else if (touched.size() > 0) {
            long tenantId = database.dsl().select(MIRROR.TENANT_ID).from(MIRROR).where(MIRROR.ID.eq(mirrorId))
                    .fetchSingle().value1();
            write(tenantId, mirrorId, touched);
        }
    }

    /// What was read into a mirror is no longer known one by one.
    void forgetMirror(long mirrorId) {
        forget(PLAN_BASE.MIRROR_ID.eq(mirrorId), TOUCHED.MIRROR_ID.eq(mirrorId));
    }

    /// Groups of the directory that the thread's transaction writes to.
    void groups(long tenantId, Collection<UUID> objectIds) {
        database.inTransaction(open -> open.touched.groups(tenantId, objectIds));
    }

    /// People of the directory whom it writes to, besides those that [Database#peopleChanged] is told of.
    void people(long tenantId, Collection<UUID> objectIds) {
        database.inTransaction(open -> open.touched.people(tenantId, objectIds));
    }

    /// To be called at the end of each transaction, within it.
    void write(Pending pending) {
        if (pending.isNothing()) {
            return;
        }
        Set<Long> watched = database.dsl().selectDistinct(PLAN_BASE.TENANT_ID).from(PLAN_BASE)
                .fetchSet(PLAN_BASE.TENANT_ID);
        if (watched.isEmpty()) {
            return;
        }
        if (pending.everything) {
            watched.forEach(this::forgetTenant);
            return;
        }
        for (List<Long> chunk : Chunks.of(pending.ids)) {
            database.dsl().select(DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                    .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk), DIRECTORY_USER.TENANT_ID.isNotNull())
                    .forEach(row -> pending.people(row.value1(), List.of(row.value2())));
        }
        pending.open.forEach((tenantId, of) -> {
            if (watched.contains(tenantId)) {
                if (of.isTooMuch()) {
                    forgetTenant(tenantId);
                } else {
                    write(tenantId, null, new Touched(of.people, of.groups, Set.of(), Set.of()));
                }
            }
        });
    }

    /// Notes what the thread's transaction has written until now: bases that it keeps from here on know it.
    void writeNow() {
        database.inTransaction(open -> {
            write(open.touched);
            open.touched.clear();
        });
    }

    private void forgetTenant(long tenantId) {
        forget(PLAN_BASE.TENANT_ID.eq(tenantId), TOUCHED.TENANT_ID.eq(tenantId));
    }

    private void forget(Condition bases, Condition noted) {
        database.dsl().deleteFrom(PLAN_BASE).where(bases).execute();
        database.dsl().deleteFrom(TOUCHED).where(noted).execute();
    }

    private void write(long tenantId, @Nullable Long mirrorId, Touched touched) {
        record Row(Kind kind, UUID id) {}
        var rows = new ArrayList<Row>();
        for (Kind kind : Kind.values()) {
            touched.sets().get(kind.ordinal()).forEach(id -> rows.add(new Row(kind, id)));
        }
        JdbcBatch.run(database, "insert into touched (tenant_id, mirror_id, kind, object_id) values (?, ?, ?, ?)", rows,
                (statement, row) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, mirrorId, java.sql.Types.BIGINT);
                    statement.setString(3, row.kind().name());
                    statement.setObject(4, row.id());
                });
    }

    /// In the order of [Touched#sets].
    enum Kind {
        PERSON,
        GROUP,
        BELOW,
        ABOVE
    }
}
