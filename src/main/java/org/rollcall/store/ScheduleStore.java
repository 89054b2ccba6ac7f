package org.rollcall.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Timing;

import static org.rollcall.store.gen.Tables.SCHEDULE;

/// The schedules as people made them. When a schedule is due next is db-scheduler's to know; `next_run_at` repeats it
/// for people to read.
public final class ScheduleStore {
    private final Database database;

    public ScheduleStore(Database database) {
        this.database = database;
    }

    /// All, by name.
    public List<Schedule> list() {
        return database.dsl().selectFrom(SCHEDULE).orderBy(SCHEDULE.NAME, SCHEDULE.ID).fetch(ScheduleStore::read);
    }

    public Optional<Schedule> byId(long id) {
        return database.dsl().selectFrom(SCHEDULE).where(SCHEDULE.ID.eq(id)).fetchOptional(ScheduleStore::read);
    }

    public Optional<Schedule> ofProfile(long profileId) {
        return database.dsl().selectFrom(SCHEDULE).where(SCHEDULE.PROFILE_ID.eq(profileId))
                .fetchOptional(ScheduleStore::read);
    }

    public Schedule insert(long profileId, String name, Timing timing, Instant nextRunAt, String createdBy,
            Instant now) {
        return database.transaction(() -> database.dsl().insertInto(SCHEDULE).set(SCHEDULE.PROFILE_ID, profileId)
                .set(SCHEDULE.NAME, name).set(SCHEDULE.EVERY_SECONDS, timing.every().toSeconds())
                .set(SCHEDULE.AT_TIME, text(timing.at())).set(SCHEDULE.MISSED, timing.missed().name())
                .set(SCHEDULE.STATE, Schedule.State.ACTIVE.name())
                .set(SCHEDULE.NEXT_RUN_AT, Times.toColumn(nextRunAt)).set(SCHEDULE.CREATED_BY, createdBy)
                .set(SCHEDULE.CREATED_AT, Times.toColumn(now)).returning().fetchSingle(ScheduleStore::read));
    }

    public void setTiming(long id, Timing timing) {
        database.transaction(() -> database.dsl().update(SCHEDULE)
                .set(SCHEDULE.EVERY_SECONDS, timing.every().toSeconds()).set(SCHEDULE.AT_TIME, text(timing.at()))
                .set(SCHEDULE.MISSED, timing.missed().name()).where(SCHEDULE.ID.eq(id)).execute());
    }

    /// Whether the next run reads everything again.
    public void setReadEverything(long id, boolean everything) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.READ_EVERYTHING, everything)
                .where(SCHEDULE.ID.eq(id)).execute());
    }

    public void setNext(long id, @Nullable Instant nextRunAt) {
        database.transaction(() -> database.dsl().update(SCHEDULE)
                .set(SCHEDULE.NEXT_RUN_AT, Times.toColumnOrNull(nextRunAt)).where(SCHEDULE.ID.eq(id)).execute());
    }

    /// A guard stopped a run: from now on it only reads.
    public void quarantine(long id, long runId, String reason) {
        database.transaction(() -> database.dsl().update(SCHEDULE)
                .set(SCHEDULE.STATE, Schedule.State.QUARANTINED.name()).set(SCHEDULE.STATE_REASON, reason)
                .set(SCHEDULE.STOPPED_RUN_ID, runId).where(SCHEDULE.ID.eq(id)).execute());
    }

    public void setReason(long id, @Nullable String reason) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.STATE_REASON, reason)
                .where(SCHEDULE.ID.eq(id)).execute());
    }

    /// Nothing waits for a person any more, and earlier failures are forgotten.
    public void setState(long id, Schedule.State state, @Nullable String reason, @Nullable Instant nextRunAt) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.STATE, state.name())
                .set(SCHEDULE.STATE_REASON, reason).set(SCHEDULE.NEXT_RUN_AT, Times.toColumnOrNull(nextRunAt))
                .set(SCHEDULE.FAILURES, 0).setNull(SCHEDULE.STOPPED_RUN_ID).where(SCHEDULE.ID.eq(id)).execute());
    }

    /// Notes how a run ended.
    ///
    /// @param runId null: none was begun, the one before stays the last
    public void ran(long id, @Nullable Long runId, int failures) {
        database.transaction(() -> {
            var update = database.dsl().update(SCHEDULE).set(SCHEDULE.FAILURES, failures);
            (runId == null ? update : update.set(SCHEDULE.LAST_RUN_ID, runId)).where(SCHEDULE.ID.eq(id)).execute();
        });
    }

    /// Makes executions due that a process which is no more had begun. For whoever alone runs schedules.
    ///
    /// @return how many there were
    public int releasePicked(Instant now) {
        // The table is db-scheduler's own, which jOOQ knows nothing of.
        return database.transaction(() -> database.dsl().execute("update scheduled_tasks set picked = false,"
                + " picked_by = null, last_heartbeat = null, execution_time = ?, version = version + 1"
                + " where picked = true", Times.toColumn(now)));
    }

    public void delete(long id) {
        database.transaction(() -> database.dsl().deleteFrom(SCHEDULE).where(SCHEDULE.ID.eq(id)).execute());
    }

    private static @Nullable String text(@Nullable LocalTime at) {
        return at == null ? null : at.toString();
    }

    private static Schedule read(Record row) {
        String at = row.get(SCHEDULE.AT_TIME);
        return new Schedule(row.get(SCHEDULE.ID), row.get(SCHEDULE.PROFILE_ID), row.get(SCHEDULE.NAME),
                new Timing(Duration.ofSeconds(row.get(SCHEDULE.EVERY_SECONDS)),
                        at == null ? null : LocalTime.parse(at), Schedule.Missed.valueOf(row.get(SCHEDULE.MISSED))),
                Schedule.State.valueOf(row.get(SCHEDULE.STATE)),
                row.get(SCHEDULE.STATE_REASON), row.get(SCHEDULE.FAILURES),
                Times.fromColumnOrNull(row.get(SCHEDULE.NEXT_RUN_AT)), row.get(SCHEDULE.LAST_RUN_ID),
                row.get(SCHEDULE.READ_EVERYTHING), row.get(SCHEDULE.STOPPED_RUN_ID),
                row.get(SCHEDULE.CREATED_BY), Times.fromColumn(row.get(SCHEDULE.CREATED_AT)));
    }
}
