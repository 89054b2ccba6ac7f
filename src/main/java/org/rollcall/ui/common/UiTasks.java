package org.rollcall.ui.common;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.CancelToken;
import org.rollcall.task.Job;
import org.rollcall.task.JobContext;

/// Runs jobs on background threads and passes results to the FX thread. Tests run everything on the calling thread.
public final class UiTasks {
    private static final Logger LOG = LoggerFactory.getLogger(UiTasks.class);
    private static final long MILLIS_BETWEEN_UPDATES = 100;

    private final Executor workers;
    private final Executor fx;
    private final Clock clock;
    private final ObservableList<RunningJob> running;
    private final Runnable before;

    public UiTasks(Executor workers, Executor fx, Clock clock) {
        this(workers, fx, clock, FXCollections.observableArrayList(), () -> {});
    }

    private UiTasks(Executor workers, Executor fx, Clock clock, ObservableList<RunningJob> running, Runnable before) {
        this.workers = workers;
        this.fx = fx;
        this.clock = clock;
        this.running = running;
        this.before = before;
    }

    /// The same with a check before each job.
    ///
    /// @param check throws if the job is not allowed; runs on the job's thread
    public UiTasks guarded(Runnable check) {
        return new UiTasks(workers, fx, clock, running, check);
    }

    /// For the window: a virtual thread named `window-job-N` for each job.
    public static UiTasks onThreads(FxDispatcher fx, Clock clock) {
        var threads = Thread.ofVirtual().name("window-job-", 1).factory();
        return new UiTasks(Executors.newThreadPerTaskExecutor(threads), fx, clock);
    }

    /// For tests: on the calling thread, results at once.
    public static UiTasks direct() {
        return new UiTasks(Runnable::run, Runnable::run, Clock.systemUTC());
    }

    /// The jobs that the status bar shows, oldest first; changes on the FX thread only.
    public ObservableList<RunningJob> running() {
        return running;
    }

    /// Runs `job` and shows it in the status bar under `title`.
    ///
    /// @param done   receives the result on the FX thread
    /// @param failed receives the error on the FX thread, except cancellation
    public <T extends @Nullable Object> RunningJob start(String title, Job<T> job, Consumer<? super T> done,
            Consumer<RollcallException> failed) {
        return run(new RunningJob(title), true, job, done, failed);
    }

    /// Runs `job` without showing it, for loading and validation.
    public <T extends @Nullable Object> RunningJob quietly(Job<T> job, Consumer<? super T> done,
            Consumer<RollcallException> failed) {
        return run(new RunningJob(""), false, job, done, failed);
    }

    private <T extends @Nullable Object> RunningJob run(RunningJob state, boolean shown, Job<T> job,
            Consumer<? super T> done, Consumer<RollcallException> failed) {
        if (shown) {
            fx.execute(() -> running.add(state));
        }
        workers.execute(() -> {
            Runnable ending;
            try {
                before.run();
                T result = job.run(new Reporter(state));
                ending = () -> {
                    if (!state.isCancelled() || shown) {
                        done.accept(result);
                    }
                };
            } catch (CancellationException e) {
                ending = () -> {};
            } catch (Exception | Error e) {
                var trouble = asOurs(e);
                ending = state.isCancelled() ? () -> {} : () -> failed.accept(trouble);
            }
            var last = ending;
            fx.execute(() -> {
                running.remove(state);
                last.run();
            });
        });
        return state;
    }

    /// Unexpected exceptions are internal errors: logged here, once, with a code to find them by.
    public static RollcallException asOurs(Throwable e) {
        if (e instanceof RollcallException ours) {
            return ours;
        }
        var code = "bug." + Integer.toHexString(stackHash(e));
        LOG.error("Unexpected failure {}", code, e);
        return new RollcallException(ErrorKind.BUG, code, Messages.get("common.bug.message"),
                Messages.get("common.bug.remedy"), Map.of("type", e.getClass().getName()), e);
    }

    private static int stackHash(Throwable e) {
        int hash = e.getClass().getName().hashCode();
        for (var frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith("org.rollcall")) {
                hash = 31 * hash + (frame.getClassName() + frame.getMethodName() + frame.getLineNumber()).hashCode();
            }
        }
        return hash;
    }

    /// Throttles progress reports to the newest state every tenth of a second.
    private final class Reporter implements JobContext {
        private final RunningJob state;
        private String stage = "";
        private long done;
        private long total = -1;
        private long shownAt;

        Reporter(RunningJob state) {
            this.state = state;
        }

        @Override
        public synchronized void progress(long newDone, long newTotal) {
            boolean last = newDone == newTotal && done != newDone;
            done = newDone;
            total = newTotal;
            show(last);
        }

        @Override
        public synchronized void message(String text) {
            boolean changed = !text.equals(stage);
            stage = text;
            show(changed);
        }

        @Override
        public CancelToken cancelToken() {
            return state.token();
        }

        private void show(boolean now) {
            long time = clock.millis();
            if (now || time - shownAt >= MILLIS_BETWEEN_UPDATES) {
                shownAt = time;
                var stageNow = stage;
                long doneNow = done;
                long totalNow = total;
                fx.execute(() -> state.show(stageNow, doneNow, totalNow));
            }
        }
    }
}
