package org.rollcall.app;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.FxDispatcher;

/// Does something on the FX thread again and again, from a thread that sleeps in between. An animation that never ends
/// would do the same, but JavaFX draws sixty times a second for as long as any animation runs.
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

    /// Nothing is done any more once this returns, if it is called on the FX thread.
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
