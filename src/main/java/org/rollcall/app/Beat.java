package org.rollcall.app;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.FxDispatcher;

/// Runs a task on the FX thread at a fixed interval, driven by a sleeping background thread. A JavaFX animation could do the
/// same, but JavaFX renders sixty frames a second for as long as any animation runs.
final class Beat {
    private final Supplier<Duration> every;
    private final FxDispatcher fx;
    private final Runnable work;
    private @Nullable Thread thread;

    /// @param every between the end of one sleep and the next; the first is that much later than [#start]
    Beat(Supplier<Duration> every, FxDispatcher fx, Runnable work) {
        this.every = every;
        this.fx = fx;
        this.work = work;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("beat").start(this::run);
        }
    }

    /// Called on the FX thread, it guarantees that the task does not run again.
    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private synchronized boolean isCurrent(Thread asking) {
        return asking.equals(thread);
    }

    private void run() {
        Thread own = Thread.currentThread();
        try {
            while (isCurrent(own)) {
                Thread.sleep(every.get());
                fx.execute(() -> {
                    if (isCurrent(own)) {
                        work.run();
                    }
                });
            }
        } catch (InterruptedException e) {
            own.interrupt(); // Stopped.
        }
    }
}
