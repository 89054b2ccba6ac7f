package org.rollcall.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.store.Database;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

/// The background service: db-scheduler on threads of its own, one row per schedule. A run that was missed while no
/// program was open is due at once and therefore made good exactly once.
public final class ImportScheduler implements ScheduleQueue, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImportScheduler.class);
    private static final String TASK = "import";
    private static final int THREADS = 2;

    private final SchedulerClient client;
    private final Scheduler scheduler;
    private final CancelToken stopping = new CancelToken();
    private @Nullable ScheduleService service;

    /// @param polling how often the database is asked what is due
    public ImportScheduler(Database database, Clock clock, Duration polling) {
        CustomTask<Void> task = Tasks.custom(TASK, Void.class)
                .onFailure((FailureHandler<Void>) (complete, operations) -> {
                    LOG.warn("A scheduled import ended in an error", complete.getCause().orElse(null));
                    operations.reschedule(complete, clock.instant().plus(Duration.ofMinutes(10)));
                }).execute((instance, context) -> {
                    long id = Long.parseLong(instance.getId());
                    Instant planned = context.getExecution().executionTime;
                    Optional<Instant> next = Objects.requireNonNull(service, "not started")
                            .runPlanned(id, planned, JobContext.silent(stopping));
                    return (CompletionHandler<Void>) (complete, operations) -> next.ifPresentOrElse(
                            at -> operations.reschedule(complete, at), operations::stop);
                });
        this.client = SchedulerClient.Builder.create(database.dataSource(), task).build();
        this.scheduler = new ClockedBuilder(database, task, clock).threads(THREADS).pollingInterval(polling)
                .shutdownMaxWait(Duration.ofSeconds(30)).build();
    }

    /// Begins to run what is due.
    public void start(ScheduleService runner) {
        this.service = runner;
        scheduler.start();
    }

    /// Looks now instead of at the next poll.
    public void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    @Override
    public void plan(long scheduleId, Instant at) {
        var instance = TaskInstanceId.of(TASK, String.valueOf(scheduleId));
        boolean known = client.getScheduledExecution(instance).isPresent();
        if (known) {
            if (!client.getScheduledExecution(instance).map(each -> each.isPicked()).orElse(false)) {
                client.reschedule(instance, at);
            }
        } else {
            client.scheduleIfNotExists(new com.github.kagkarlsson.scheduler.task.TaskInstance<Void>(TASK,
                    String.valueOf(scheduleId)), at);
        }
    }

    @Override
    public void forget(long scheduleId) {
        var instance = TaskInstanceId.of(TASK, String.valueOf(scheduleId));
        client.getScheduledExecution(instance).filter(each -> !each.isPicked())
                .ifPresent(each -> client.cancel(instance));
    }

    /// Asks a run that is going on to cancel, waits for it and stops.
    @Override
    public void close() {
        stopping.cancel();
        scheduler.stop();
    }

    /// db-scheduler takes a clock only from a subclass of its builder.
    private static final class ClockedBuilder extends SchedulerBuilder {
        ClockedBuilder(Database database, CustomTask<Void> task, Clock time) {
            super(database.dataSource(), java.util.List.of(task));
            this.clock = time::instant;
        }
    }
}
