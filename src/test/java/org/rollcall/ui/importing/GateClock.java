package org.rollcall.ui.importing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/// The time, which can be put forward, and at which the window's jobs can be held: whoever reports progress looks at the
/// clock, so a job stands still in the middle of its work for as long as a test wants.
final class GateClock extends Clock {
    private static final long BETWEEN_REPORTS = 150;

    private final AtomicLong ahead = new AtomicLong();
    private volatile @Nullable Gate gate;

    private static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private long passes;

        Gate(long passes) {
            this.passes = passes;
        }

        private synchronized boolean holds() {
            return passes-- <= 0;
        }
    }

    void advance(Duration time) {
        ahead.addAndGet(time.toMillis());
    }

    /// Holds the next job that looks at the clock once more after `passes` times.
    void hold(long passes) {
        gate = new Gate(passes);
    }

    boolean isHolding() {
        Gate now = gate;
        return now != null && now.reached.getCount() == 0;
    }

    void release() {
        Gate now = gate;
        gate = null;
        if (now != null) {
            now.open.countDown();
        }
    }

    @Override
    public Instant instant() {
        if (Thread.currentThread().getName().startsWith("window-job-")) {
            // Far enough apart for every report to be shown.
            ahead.addAndGet(BETWEEN_REPORTS);
            Gate now = gate;
            if (now != null && now.holds()) {
                now.reached.countDown();
                try {
                    if (!now.open.await(2, TimeUnit.MINUTES)) {
                        throw new IllegalStateException("never released");
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return Instant.now().plusMillis(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // always UTC
    }
}
