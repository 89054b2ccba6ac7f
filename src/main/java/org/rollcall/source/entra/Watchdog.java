package org.rollcall.source.entra;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.microsoft.kiota.RequestOption;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

import org.rollcall.source.CallControl;

/// Cancels running requests when the caller cancels or a request exceeds the caller's timeout.
final class Watchdog implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private final ScheduledExecutorService timer;

    Watchdog() {
        var executor = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("entra-watchdog").factory());
        executor.setRemoveOnCancelPolicy(true);
        timer = executor;
    }

    Watch begin(CallControl control, Duration limit) {
        var watch = new Watch(control, limit);
        watch.task = timer.scheduleWithFixedDelay(watch::look, LOOK.toMillis(), LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// One running request. Attached to the request as an option, which connects it to its call.
    static final class Watch implements RequestOption, AutoCloseable {
        private final CallControl control;
        private final long end;
        private volatile @Nullable Call call;
        private volatile @Nullable ScheduledFuture<?> task;
        private volatile boolean cancelled;
        private volatile boolean late;

        private Watch(CallControl control, Duration limit) {
            this.control = control;
            this.end = System.nanoTime() + limit.toNanos();
        }

        void started(Call started) {
            call = started;
            if (cancelled || late) {
                started.cancel();
            }
        }

        boolean cancelled() {
            return cancelled;
        }

        /// The request was cancelled because of its timeout.
        boolean late() {
            return late;
        }

        private void look() {
            try {
                control.checkCancelled();
                if (System.nanoTime() - end < 0) {
                    return;
                }
                late = true;
            } catch (CancellationException e) {
                cancelled = true;
            }
            Call running = call;
            if (running != null) {
                running.cancel();
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends RequestOption> Class<T> getType() {
            return (Class<T>) Watch.class;
        }

        @Override
        public void close() {
            ScheduledFuture<?> running = task;
            if (running != null) {
                running.cancel(false);
            }
        }
    }
}
