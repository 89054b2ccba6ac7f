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

/// Change log of mirrors and the directory, written in the transaction of the change, from which incremental plans derive their
/// dirty set; see [PlanBaseStore]. Nothing is logged while no import has a base that needs it. Beyond a limit the bases are
/// dropped instead, so that their next plans are full ones. A first import and a full read therefore log nothing.
final class TouchLog {
    /// Most rows that one write logs.
    static final int MOST = 10_000;

    private final Database database;

    /// Changes of a transaction in the directory, until it ends.
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

    /// Logs a write to a mirror. Called in its transaction, before the write.
    ///
    /// @param what evaluated only if a base needs it; null: more than the limit
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

    /// Drops the bases of a mirror and its part of the log.
    void forgetMirror(long mirrorId) {
        forget(PLAN_BASE.MIRROR_ID.eq(mirrorId), TOUCHED.MIRROR_ID.eq(mirrorId));
    }

    /// Logs directory groups that the thread's transaction writes.
    void groups(long tenantId, Collection<UUID> objectIds) {
        database.inTransaction(open -> open.touched.groups(tenantId, objectIds));
    }

    /// Logs directory people that it writes, besides those reported to [Database#peopleChanged].
    void people(long tenantId, Collection<UUID> objectIds) {
        database.inTransaction(open -> open.touched.people(tenantId, objectIds));
    }

    /// Flushes the pending changes. Called at the end of each transaction, within it.
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

    /// Flushes the changes of the thread's transaction so far, so that bases stored from here on include them.
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
