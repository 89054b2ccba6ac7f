package org.rollcall.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.Run.Admins;
import org.rollcall.domain.Run.Failure;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;

import static org.rollcall.store.gen.Tables.RUN;

/// Runs with all that is known about them except their changes, which [ChangeStore] keeps.
public final class RunStore {
    /// What [#keep] gets where somebody dropped the change set.
    public static final String DISCARDED = "discarded";

    private final Database database;

    public RunStore(Database database) {
        this.database = database;
    }

    /// What a run has read, and for a preview what it was planned for. Kept as one JSON document.
    private record Evidence(@Nullable List<StreamEvidence> streams, @Nullable String draft) {}

    /// A run that begins.
    ///
    /// @param draft what a preview is for, in a form that only its owner understands; null for others
    public Run start(Tenant tenant, @Nullable Long profileId, String profileName, RunKind kind, Trigger trigger,
            String startedBy, Instant now, @Nullable String draft) {
        return database.transaction(() -> read(database.dsl().insertInto(RUN)
                .set(RUN.TENANT_ID, tenant.id())
                .set(RUN.TENANT_NAME, tenant.name())
                .set(RUN.PROFILE_ID, profileId)
                .set(RUN.PROFILE_NAME, profileName)
                .set(RUN.KIND, kind.name())
                .set(RUN.TRIGGER_KIND, trigger.name())
                .set(RUN.STARTED_BY, startedBy)
                .set(RUN.STATE, RunState.RUNNING.name())
                .set(RUN.STARTED_AT, Times.toColumn(now))
                .set(RUN.EVIDENCE, Json.write(new Evidence(List.of(), draft)))
                .returning().fetchSingle()));
    }

    /// A run that takes another one back begins.
    public Run startUndo(Tenant tenant, Run of, String startedBy, Instant now) {
        return database.transaction(() -> {
            Run run = start(tenant, of.profileId(), of.profileName(), RunKind.UNDO, Trigger.MANUAL, startedBy, now,
                    null);
            database.dsl().update(RUN).set(RUN.UNDO_OF, of.id()).where(RUN.ID.eq(run.id())).execute();
            return byId(run.id()).orElseThrow();
        });
    }

    /// What a run that a guard stopped was planned from, in a form that only its owner understands.
    ///
    /// @param kept null: the change set is not to be applied any more
    public void keep(long id, @Nullable String kept) {
        database.transaction(() -> {
            database.dsl().update(RUN).set(RUN.KEPT, kept).where(RUN.ID.eq(id)).execute();
        });
    }

    /// As [#keep] got it.
    public Optional<String> kept(long id) {
        return database.dsl().select(RUN.KEPT).from(RUN).where(RUN.ID.eq(id), RUN.KEPT.ne(DISCARDED))
                .fetchOptional(RUN.KEPT);
    }

    /// Whether somebody has dropped what a guard had stopped.
    public boolean isDiscarded(long id) {
        return database.dsl().fetchExists(RUN, RUN.ID.eq(id), RUN.KEPT.eq(DISCARDED));
    }

    /// Stores everything about the run that may change while it goes on.
    public void update(Run run) {
        database.transaction(() -> {
            database.dsl().update(RUN)
                    .set(RUN.PROFILE_ID, run.profileId())
                    .set(RUN.KIND, run.kind().name())
                    .set(RUN.STATE, run.state().name())
                    .set(RUN.STARTED_AT, Times.toColumn(run.startedAt()))
                    .set(RUN.ENDED_AT, Times.toColumnOrNull(run.endedAt()))
                    .set(RUN.STARTED_BY, run.startedBy())
                    .set(RUN.COMPLETE, run.complete())
                    .set(RUN.EVIDENCE, Json.write(new Evidence(run.evidence(), draft(run.id()).orElse(null))))
                    .set(RUN.COUNTS, Json.write(run.counts()))
                    .set(RUN.GUARDS, Json.write(run.guards()))
                    .set(RUN.ADMINS_BEFORE, run.admins() == null ? null : run.admins().before())
                    .set(RUN.ADMINS_AFTER, run.admins() == null ? null : run.admins().after())
                    .set(RUN.REQUESTS, run.requests())
                    .set(RUN.BASE_REVISION, run.baseRevision())
                    .set(RUN.ERROR, run.error() == null ? null : Json.write(run.error()))
                    .where(RUN.ID.eq(run.id())).execute();
            PastLog.ran(database, run);
        });
    }

    public Optional<Run> byId(long id) {
        return database.dsl().selectFrom(RUN).where(RUN.ID.eq(id)).fetchOptional(RunStore::read);
    }

    /// What a preview was planned for, as [#start] got it.
    public Optional<String> draft(long id) {
        return database.dsl().select(RUN.EVIDENCE).from(RUN).where(RUN.ID.eq(id)).fetchOptional(RUN.EVIDENCE)
                .map(json -> Json.read(json, Evidence.class).draft());
    }

    /// Newest first.
    ///
    /// @param before only runs with a smaller id; null: from the newest on
    public List<Run> list(RunFilter filter, @Nullable Long before, int limit) {
        Condition condition = condition(filter);
        if (before != null) {
            condition = condition.and(RUN.ID.lt(before));
        }
        return database.dsl().selectFrom(RUN).where(condition).orderBy(RUN.ID.desc()).limit(limit)
                .fetch(RunStore::read);
    }

    /// The newest run of an import, ended or not; undoing and refreshes of single people apart.
    public Optional<Run> newestOf(long profileId) {
        return database.dsl().selectFrom(RUN).where(RUN.PROFILE_ID.eq(profileId), RUN.KIND.eq(RunKind.IMPORT.name()))
                .orderBy(RUN.ID.desc()).limit(1).fetchOptional(RunStore::read);
    }

    /// The newest run of an import that has ended, whoever started it.
    public Optional<Run> lastOf(long profileId) {
        return database.dsl().selectFrom(RUN)
                .where(RUN.PROFILE_ID.eq(profileId), RUN.KIND.eq(RunKind.IMPORT.name()),
                        RUN.STATE.ne(RunState.RUNNING.name()))
                .orderBy(RUN.ID.desc()).limit(1).fetchOptional(RunStore::read);
    }

    /// Whether a run of an import is going on, in whichever process.
    public boolean isRunning(long profileId) {
        return database.dsl().fetchExists(RUN, RUN.PROFILE_ID.eq(profileId), RUN.STATE.eq(RunState.RUNNING.name()),
                RUN.KIND.eq(RunKind.IMPORT.name()));
    }

    /// Whether the last thing that was done for an import was a run that succeeded, so that its mirror and the directory
    /// say the same.
    public boolean isSettled(long profileId) {
        return database.dsl().select(RUN.KIND, RUN.STATE).from(RUN).where(RUN.PROFILE_ID.eq(profileId))
                .orderBy(RUN.ID.desc()).limit(1)
                .fetchOptional(row -> RunKind.IMPORT.name().equals(row.value1())
                        && RunState.SUCCEEDED.name().equals(row.value2()))
                .orElse(false);
    }

    /// A run as far as figures need it.
    public record Outline(Instant startedAt, RunState state, Map<ChangeKind, Long> counts) {}

    /// Those that began then or later, oldest first, but for previews and refreshes of single people.
    public List<Outline> since(Instant from) {
        return database.dsl().select(RUN.STARTED_AT, RUN.STATE, RUN.COUNTS).from(RUN)
                .where(RUN.KIND.notIn(RunKind.PREVIEW.name(), RunKind.REFRESH.name()),
                        RUN.STARTED_AT.ge(Times.toColumn(from)))
                .orderBy(RUN.ID)
                .fetch(row -> new Outline(Times.fromColumn(row.value1()), RunState.valueOf(row.value2()),
                        counts(row.value3())));
    }

    public long count(RunFilter filter) {
        if (filter.equals(RunFilter.everything())) {
            // Both are known without reading a run.
            return database.dsl().fetchCount(RUN)
                    - (long) database.dsl().fetchCount(RUN, RUN.KIND.eq(RunKind.PREVIEW.name()));
        }
        return database.dsl().fetchCount(RUN, condition(filter));
    }

    private static Condition condition(RunFilter filter) {
        Condition condition = RUN.KIND.ne(RunKind.PREVIEW.name());
        if (filter.tenantId() != null) {
            condition = condition.and(RUN.TENANT_ID.eq(filter.tenantId()));
        }
        if (filter.profileId() != null) {
            condition = condition.and(RUN.PROFILE_ID.eq(filter.profileId()));
        }
        if (filter.state() != null) {
            condition = condition.and(RUN.STATE.eq(filter.state().name()));
        }
        if (filter.trigger() != null) {
            condition = condition.and(RUN.TRIGGER_KIND.eq(filter.trigger().name()));
        }
        if (filter.from() != null) {
            condition = condition.and(RUN.STARTED_AT.ge(Times.toColumn(filter.from())));
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            String text = filter.text().strip().toLowerCase(Locale.ROOT);
            Condition found = DSL.lower(RUN.TENANT_NAME).contains(text).or(DSL.lower(RUN.PROFILE_NAME).contains(text))
                    .or(DSL.lower(RUN.STARTED_BY).contains(text));
            condition = condition.and(text.matches("[0-9]{1,18}") ? found.or(RUN.ID.eq(Long.valueOf(text))) : found);
        }
        return condition;
    }

    /// Removes the previews of a profile that nobody applied, all but one.
    public void dropPreviews(long tenantId, String profileName, long exceptRunId) {
        database.transaction(() -> {
            database.dsl().deleteFrom(RUN).where(RUN.TENANT_ID.eq(tenantId), RUN.KIND.eq(RunKind.PREVIEW.name()),
                    DSL.lower(RUN.PROFILE_NAME).eq(profileName.toLowerCase(Locale.ROOT)),
                    RUN.ID.ne(exceptRunId)).execute();
        });
    }

    /// With its changes.
    public void delete(long id) {
        database.transaction(() -> {
            database.dsl().deleteFrom(RUN).where(RUN.ID.eq(id)).execute();
        });
    }

    /// Ids of runs that say they are going on.
    public List<Long> running() {
        return database.dsl().select(RUN.ID).from(RUN).where(RUN.STATE.eq(RunState.RUNNING.name())).orderBy(RUN.ID)
                .fetch(RUN.ID);
    }

    private static Map<ChangeKind, Long> counts(@Nullable String json) {
        return json == null ? Map.of() : Json.read(json, new TypeReference<LinkedHashMap<ChangeKind, Long>>() {
        });
    }

    private static Run read(Record row) {
        String evidenceText = row.get(RUN.EVIDENCE);
        List<StreamEvidence> evidence = evidenceText == null
                ? null
                : Json.read(evidenceText, Evidence.class).streams();
        Map<ChangeKind, Long> byKind = counts(row.get(RUN.COUNTS));
        String guards = row.get(RUN.GUARDS);
        String error = row.get(RUN.ERROR);
        Integer adminsBefore = row.get(RUN.ADMINS_BEFORE);
        Integer adminsAfter = row.get(RUN.ADMINS_AFTER);
        return new Run(row.get(RUN.ID), row.get(RUN.TENANT_ID), row.get(RUN.TENANT_NAME), row.get(RUN.PROFILE_ID),
                row.get(RUN.PROFILE_NAME), RunKind.valueOf(row.get(RUN.KIND)),
                Trigger.valueOf(row.get(RUN.TRIGGER_KIND)), row.get(RUN.STARTED_BY),
                RunState.valueOf(row.get(RUN.STATE)), Times.fromColumn(row.get(RUN.STARTED_AT)),
                Times.fromColumnOrNull(row.get(RUN.ENDED_AT)), row.get(RUN.COMPLETE),
                evidence == null ? List.of() : evidence, byKind,
                guards == null ? List.of() : Json.read(guards, new TypeReference<List<Guard>>() {
                }), adminsBefore == null || adminsAfter == null ? null : new Admins(adminsBefore, adminsAfter),
                row.get(RUN.REQUESTS), row.get(RUN.BASE_REVISION),
                error == null ? null : Json.read(error, Failure.class), row.get(RUN.UNDO_OF));
    }
}
