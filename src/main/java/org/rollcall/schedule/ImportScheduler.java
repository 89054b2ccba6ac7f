package org.rollcall.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.store.Database;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

/// The background service: db-scheduler with one row for each schedule. A run that was missed while no process was running is
/// due at once and therefore made up for exactly once. One process at a time runs the schedules of a data folder; any number of
/// processes plan them.
public final class ImportScheduler implements ScheduleQueue, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImportScheduler.class);
    private static final String TASK = "import";
    private static final int THREADS = 2;
    /// Covers a process that stopped without finishing, and a machine that was suspended.
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int MISSED_HEARTBEATS = 6;
    private static final Duration MEND_EVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Database database;
    private final Clock clock;
    private final Duration polling;
    private final Jitter jitter;
    private final CustomTask<Void> task;
    private final SchedulerClient client;
    private volatile @Nullable Running running;

    /// The runner, while this process runs schedules.
    ///
    /// @param stopping cancels runs in progress
    private record Running(ScheduleService service, Scheduler scheduler, ScheduledExecutorService mending,
            CancelToken stopping) {}

    /// @param polling the interval of polling the database
    public ImportScheduler(Database database, Clock clock, Duration polling, Jitter jitter) {
        this.database = database;
        this.clock = clock;
        this.polling = polling;
        this.jitter = jitter;
        this.task = Tasks.custom(TASK, Void.class).onFailureReschedule(new Stored()).onDeadExecutionRevive()
                .execute((instance, context) -> turn(Long.parseLong(instance.getId()),
                        context.getExecution().executionTime));
        this.client = SchedulerClient.Builder.create(database.dataSource(), task).build();
    }

    private CompletionHandler<Void> turn(long id, Instant due) {
        Running now = running();
        return switch (now.service().runPlanned(id, due, JobContext.silent(now.stopping()))) {
            case ScheduleService.Turn.Done(Instant at) -> again(jittered(id, at));
            case ScheduleService.Turn.Postponed(Instant at) -> again(at);
            case ScheduleService.Turn.None() -> (complete, operations) -> operations.stop();
            // db-scheduler counts failures by exceptions.
            case ScheduleService.Turn.Failed(String message) -> throw new TurnFailed(message);
        };
    }

    private static CompletionHandler<Void> again(Instant at) {
        return (complete, operations) -> operations.reschedule(complete, at);
    }

    private Instant jittered(long id, Instant at) {
        return at.plus(jitter.of(id, at));
    }

    private Running running() {
        return Objects.requireNonNull(running, "not started");
    }

    /// Starts running due schedules, and those that a killed process had started. Called by the only process that runs the
    /// schedules of the data folder.
    public synchronized void start(ScheduleService service) {
        if (running != null) {
            return;
        }
        var scheduler = new ClockedBuilder(database, task, clock).threads(THREADS).pollingInterval(polling)
                .heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .failureLogging(LogLevel.DEBUG, false).shutdownMaxWait(PATIENCE).build();
        var mending = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("schedules-mending").factory());
        running = new Running(service, scheduler, mending, new CancelToken());
        service.revive();
        service.mend();
        scheduler.start();
        mending.scheduleWithFixedDelay(() -> mend(service), MEND_EVERY.toSeconds(), MEND_EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    private static void mend(ScheduleService service) {
        try {
            service.mend();
        } catch (RuntimeException e) {
            LOG.warn("What is planned could not be looked over", e);
        }
    }

    /// Polls now.
    public void wake() {
        running().scheduler().triggerCheckForDueExecutions();
    }

    @Override
    public void plan(long scheduleId, Instant at) {
        var instance = TaskInstanceId.of(TASK, String.valueOf(scheduleId));
        Instant due = jittered(scheduleId, at);
        var known = client.getScheduledExecution(instance);
        if (known.isEmpty()) {
            client.scheduleIfNotExists(new TaskInstance<Void>(TASK, String.valueOf(scheduleId)), due);
        } else if (!known.get().isPicked() && !known.get().getExecutionTime().equals(due)) {
            try {
                client.reschedule(instance, due);
            } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
                // It has just started; it is planned again when it ends.
                LOG.debug("The schedule {} has just begun", scheduleId, e);
            }
        }
    }

    @Override
    public void forget(long scheduleId) {
        var instance = TaskInstanceId.of(TASK, String.valueOf(scheduleId));
        try {
            client.getScheduledExecution(instance).filter(each -> !each.isPicked())
                    .ifPresent(_ -> client.cancel(instance));
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
            // It has just started; it is not planned again when it ends.
            LOG.debug("The schedule {} has just begun", scheduleId, e);
        }
    }

    /// Cancels the run in progress, waits for it and runs nothing more until started again.
    public synchronized void stop() {
        Running now = running;
        if (now != null) {
            now.stopping().cancel();
            now.mending().shutdownNow();
            now.scheduler().stop();
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// After a failure the service decides when it is due: later each time.
    private final class Stored implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete complete) {
            long id = Long.parseLong(complete.getExecution().taskInstance.getId());
            try {
                return jittered(id, running().service().dueNext(id));
            } catch (RuntimeException e) {
                LOG.warn("The schedule {} failed, and so did looking up when it is due", id, e);
                return clock.instant().plus(org.rollcall.domain.Schedule.SHORTEST);
            }
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }

    private static final class TurnFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TurnFailed(String message) {
            super(message, null, false, false);
        }
    }

    /// db-scheduler accepts a clock only from a subclass of its builder.
    private static final class ClockedBuilder extends SchedulerBuilder {
        ClockedBuilder(Database database, CustomTask<Void> task, Clock time) {
            super(database.dataSource(), List.of(task));
            this.clock = time::instant;
        }
    }
}
