package org.rollcall.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.PAST;
import static org.rollcall.store.gen.Tables.PAST_GONE;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.RUN;

/// In which order the directory was changed, and what was there before a change by hand: what is needed to go back to an
/// earlier moment ([PastReader]). Runs keep their own changes. Each method is to be called in the transaction of the change,
/// before it is made.
public final class PastLog {
    /// In place of a status: what Entra says, unless somebody is deactivated by hand.
    static final String AS_IN_ENTRA = "AS_IN_ENTRA";
    static final String DISABLED_BY_HAND = "disabledByHand";
    static final String EXCLUDED = "excluded";

    private final Database database;
    private final Clock clock;

    public PastLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What a row tells.
    enum What {
        /// A run was applied.
        RUN,
        /// Values of people were changed by hand.
        PEOPLE,
        /// People came by hand.
        ADDED,
        /// Somebody's row went, or became somebody else's.
        ROW,
        /// A role came, or was given another name.
        ROLE,
        /// A tenant was given another name.
        TENANT
    }

    /// What can no longer be told.
    enum Gone {
        /// Somebody who was removed, purged by hand.
        PERSON,
        /// A local account that was removed before such things were kept.
        LOCAL,
        /// A tenant, with its people, groups and runs.
        TENANT
    }

    /// A run with changes is about to be applied. What is done by hand later in the same transaction is undone before it.
    public void runBegins(long runId) {
        write(What.RUN, runId, null, Map.of());
    }

    /// Notes a run that was applied, once; those that changed nothing leave nothing to go back over.
    static void ran(Database database, Run run) {
        Instant at = run.endedAt();
        if (run.state() != RunState.SUCCEEDED || run.kind() == RunKind.PREVIEW || at == null) {
            return;
        }
        int begun = database.dsl().update(PAST).set(PAST.AT, Times.toColumn(at))
                .where(PAST.WHAT.eq(What.RUN.name()), PAST.SUBJECT.eq(run.id())).execute();
        if (begun > 0) {
            // Others may have written since it began: the last number rises once more.
            database.dsl().insertInto(PAST).set(PAST.AT, Times.toColumn(at)).set(PAST.WHAT, What.ADDED.name())
                    .execute();
            return;
        }
        boolean changes = run.counts().entrySet().stream()
                .anyMatch(each -> each.getKey().changesDirectory() && each.getValue() > 0);
        if (changes || firstRun(database) == null) {
            database.dsl().insertInto(PAST).set(PAST.AT, Times.toColumn(at)).set(PAST.WHAT, What.RUN.name())
                    .set(PAST.SUBJECT, run.id()).execute();
        }
    }

    /// When the first run was applied; null: never.
    static @Nullable Instant firstRun(Database database) {
        return database.dsl().select(PAST.AT).from(PAST).where(PAST.WHAT.eq(What.RUN.name()))
                .orderBy(PAST.WHAT, PAST.NUMBER).limit(1).fetchOptional(row -> Times.fromColumn(row.value1()))
                .orElse(null);
    }

    /// The number of the last row; 0: there is none.
    static long newest(Database database) {
        return database.dsl().select(PAST.NUMBER).from(PAST).orderBy(PAST.NUMBER.desc()).limit(1)
                .fetchOptional(PAST.NUMBER).orElse(0L);
    }

    /// The roles of these people are about to be changed.
    void roles(Collection<Long> ids) {
        for (List<Long> chunk : Chunks.of(ids)) {
            rolesOf(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, chunk));
        }
    }

    /// The same of everybody who holds a role.
    void rolesOfHolders(long roleId) {
        rolesOf(ROLE_ASSIGNMENT.ROLE_ID.eq(roleId));
    }

    private void rolesOf(Condition which) {
        Map<Map<String, @Nullable Object>, List<Long>> alike = new LinkedHashMap<>();
        database.dsl().select(ROLE_ASSIGNMENT.USER_ID, ROLE.NAME, ROLE_ASSIGNMENT.SOURCE, ROLE_ASSIGNMENT.RULE_ID)
                .from(ROLE_ASSIGNMENT).join(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID)).where(which)
                .forEach(row -> {
                    Map<String, @Nullable Object> before = new LinkedHashMap<>();
                    before.put("role", row.value2());
                    before.put("roleSource", row.value3());
                    before.put("ruleId", row.value4());
                    alike.computeIfAbsent(before, _ -> new ArrayList<>()).add(row.value1());
                });
        alike.forEach((before, people) -> write(What.PEOPLE, null, people, before));
    }

    /// Status or exclusion of these people are about to be changed.
    void states(Collection<Long> ids) {
        Map<Map<String, @Nullable Object>, List<Long>> alike = new LinkedHashMap<>();
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.STATUS, DIRECTORY_USER.DISABLED_BY_HAND,
                    DIRECTORY_USER.EXCLUDED).from(DIRECTORY_USER).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                    .forEach(row -> {
                        Map<String, @Nullable Object> before = new LinkedHashMap<>();
                        before.put("status", row.value2());
                        before.put(DISABLED_BY_HAND, row.value3());
                        before.put(EXCLUDED, row.value4());
                        alike.computeIfAbsent(before, _ -> new ArrayList<>()).add(row.value1());
                    });
        }
        alike.forEach((before, people) -> write(What.PEOPLE, null, people, before));
    }

    /// Somebody has come who was not there before.
    void added(long id) {
        write(What.ADDED, null, List.of(id), Map.of());
    }

    /// The rows of these people are about to go, or to become somebody else's.
    void rows(Collection<Long> ids) {
        for (List<Long> chunk : Chunks.of(ids)) {
            UserRows.select(database.dsl()).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk)).orderBy(DIRECTORY_USER.ID)
                    .fetch().forEach(row -> write(What.ROW, row.get(DIRECTORY_USER.ID), null, image(row)));
        }
    }

    private static Map<String, @Nullable Object> image(Record row) {
        var user = UserRows.read(row);
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("tenantId", user.tenantId());
        all.put("objectId", user.objectId() == null ? null : user.objectId().toString());
        all.put("username", user.username());
        all.put("status", user.status().name());
        all.put(DISABLED_BY_HAND, user.disabledByHand());
        all.put(EXCLUDED, user.excluded());
        all.put("mfa", user.mfa().name());
        all.put("role", user.role());
        all.put("roleSource", user.roleSource().name());
        all.put("ruleId", user.ruleId());
        all.put("firstRunId", user.firstRunId());
        all.put("lastRunId", user.lastRunId());
        all.put("changedAt", user.changedAt().toString());
        for (UserField field : UserField.values()) {
            Object value = user.attributes().get(field);
            if (value != null) {
                all.put(field.graphName(), value instanceof Instant ? value.toString() : value);
            }
        }
        return all;
    }

    /// There is a new role.
    public void roleAdded(long roleId, String name) {
        write(What.ROLE, roleId, null, Map.of("after", name));
    }

    /// A role is about to be called otherwise.
    public void roleRenamed(long roleId, String before, String after) {
        if (!before.equals(after)) {
            write(What.ROLE, roleId, null, names(before, after));
        }
    }

    /// A tenant is about to be called otherwise.
    public void tenantRenamed(long tenantId, String before, String after) {
        if (!before.equals(after)) {
            write(What.TENANT, tenantId, null, names(before, after));
        }
    }

    private static Map<String, @Nullable Object> names(String before, String after) {
        return Map.of("before", before, "after", after);
    }

    /// A tenant is about to go, and with it everything that its runs keep.
    public void tenantRemoved(long tenantId, String name) {
        Instant since = database.dsl().select(RUN.ENDED_AT).from(RUN)
                .where(RUN.TENANT_ID.eq(tenantId), RUN.STATE.eq(RunState.SUCCEEDED.name()),
                        RUN.KIND.ne(RunKind.PREVIEW.name()))
                .orderBy(RUN.ID).limit(1).fetchOptional(row -> Times.fromColumnOrNull(row.value1())).orElse(null);
        if (since != null) {
            gone(Gone.TENANT, name, since);
        }
        // Without their runs these can no more be told than the rest of it.
        database.dsl().deleteFrom(PAST).where(PAST.WHAT.eq(What.ROW.name()), PAST.SUBJECT.in(
                database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                        .where(DIRECTORY_USER.TENANT_ID.eq(tenantId))))
                .execute();
    }

    /// These people are about to be deleted for good: what is kept of their rows goes, and that somebody was here stays.
    ///
    /// @param since  since when each of them was here, by id
    /// @param former ids of rows that they had besides
    void purged(Map<Long, @Nullable Instant> since, Collection<Long> former) {
        var rows = new ArrayList<>(since.keySet());
        rows.addAll(former);
        JdbcBatch.run(database, "delete from past where what = 'ROW' and subject = ?", rows,
                (statement, id) -> statement.setLong(1, id));
        var until = Times.toColumn(clock.instant());
        JdbcBatch.run(database, "insert into past_gone (what, since, until) values ('PERSON', ?, ?)",
                List.copyOf(since.entrySet()), (statement, each) -> {
                    statement.setObject(1, Times.toColumnOrNull(each.getValue()));
                    statement.setObject(2, until);
                });
        moved();
    }

    private void gone(Gone what, @Nullable String name, @Nullable Instant since) {
        database.dsl().insertInto(PAST_GONE).set(PAST_GONE.WHAT, what.name()).set(PAST_GONE.NAME, name)
                .set(PAST_GONE.SINCE, Times.toColumnOrNull(since)).set(PAST_GONE.UNTIL, Times.toColumn(clock.instant()))
                .execute();
        moved();
    }

    /// Whoever is reading the past finds that it has changed.
    private void moved() {
        write(What.ADDED, null, List.of(), Map.of());
    }

    private void write(What what, @Nullable Long subject, @Nullable List<Long> people,
            Map<String, @Nullable Object> before) {
        database.dsl().insertInto(PAST).set(PAST.AT, Times.toColumn(clock.instant())).set(PAST.WHAT, what.name())
                .set(PAST.SUBJECT, subject).set(PAST.PEOPLE, people == null ? null : people.toArray(Long[]::new))
                .set(PAST.BEFORE_STATE, before.isEmpty() ? null : Json.write(before)).execute();
    }

    /// The status of somebody of whom it is only known that it was Entra's to say.
    static UserStatus asInEntra(boolean disabledByHand, @Nullable Boolean accountEnabled) {
        return !disabledByHand && UserStatus.isEnabled(accountEnabled) ? UserStatus.ACTIVE : UserStatus.DISABLED;
    }
}
