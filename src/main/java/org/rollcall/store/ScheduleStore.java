package org.rollcall.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Schedule;

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

    public Schedule insert(long profileId, String name, Duration every, Instant nextRunAt, String createdBy,
            Instant now) {
        return database.transaction(() -> database.dsl().insertInto(SCHEDULE).set(SCHEDULE.PROFILE_ID, profileId)
                .set(SCHEDULE.NAME, name).set(SCHEDULE.EVERY_SECONDS, every.toSeconds())
                .set(SCHEDULE.STATE, Schedule.State.ACTIVE.name())
                .set(SCHEDULE.NEXT_RUN_AT, Times.toColumn(nextRunAt)).set(SCHEDULE.CREATED_BY, createdBy)
                .set(SCHEDULE.CREATED_AT, Times.toColumn(now)).returning().fetchSingle(ScheduleStore::read));
    }

    public void setInterval(long id, Duration every) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.EVERY_SECONDS, every.toSeconds())
                .where(SCHEDULE.ID.eq(id)).execute());
    }

    public void setState(long id, Schedule.State state, @Nullable String reason, @Nullable Instant nextRunAt) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.STATE, state.name())
                .set(SCHEDULE.STATE_REASON, reason).set(SCHEDULE.NEXT_RUN_AT, Times.toColumnOrNull(nextRunAt))
                .where(SCHEDULE.ID.eq(id)).execute());
    }

    /// Notes how a run ended and when the next one is due.
    public void ran(long id, @Nullable Long runId, int failures, @Nullable Instant nextRunAt) {
        database.transaction(() -> database.dsl().update(SCHEDULE).set(SCHEDULE.LAST_RUN_ID, runId)
                .set(SCHEDULE.FAILURES, failures).set(SCHEDULE.NEXT_RUN_AT, Times.toColumnOrNull(nextRunAt))
                .where(SCHEDULE.ID.eq(id)).execute());
    }

    public void delete(long id) {
        database.transaction(() -> database.dsl().deleteFrom(SCHEDULE).where(SCHEDULE.ID.eq(id)).execute());
    }

    private static Schedule read(Record row) {
        return new Schedule(row.get(SCHEDULE.ID), row.get(SCHEDULE.PROFILE_ID), row.get(SCHEDULE.NAME),
                Duration.ofSeconds(row.get(SCHEDULE.EVERY_SECONDS)), Schedule.State.valueOf(row.get(SCHEDULE.STATE)),
                row.get(SCHEDULE.STATE_REASON), row.get(SCHEDULE.FAILURES),
                Times.fromColumnOrNull(row.get(SCHEDULE.NEXT_RUN_AT)), row.get(SCHEDULE.LAST_RUN_ID),
                row.get(SCHEDULE.CREATED_BY), Times.fromColumn(row.get(SCHEDULE.CREATED_AT)));
    }
}
