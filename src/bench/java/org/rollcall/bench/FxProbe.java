package org.rollcall.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;

/// Feels the FX thread's pulse: asks it for nothing, again and again, and notes the longest it took to answer. A machine
/// that others use makes it answer late too; so what the FX thread itself worked in one stretch is noted beside it.
final class FxProbe {
    private static final long PAUSE_MILLIS = 4;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong busiest = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("fx-probe").unstarted(this::run);
    private long worked; // on the FX thread

    /// @param wall      longest time in which the FX thread did not answer, nanoseconds
    /// @param processor most that it worked between two answers, nanoseconds
    record Stall(long wall, long processor) {}

    void start() {
        thread.start();
    }

    /// What was longest since the last call.
    Stall take() {
        return new Stall(longest.getAndSet(0), busiest.getAndSet(0));
    }

    private void run() {
        try {
            while (true) {
                var answered = new CountDownLatch(1);
                long asked = System.nanoTime();
                Platform.runLater(() -> {
                    long now = THREADS.getCurrentThreadCpuTime();
                    if (worked != 0) {
                        busiest.accumulateAndGet(now - worked, Math::max);
                    }
                    worked = now;
                    answered.countDown();
                });
                answered.await();
                longest.accumulateAndGet(System.nanoTime() - asked, Math::max);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
