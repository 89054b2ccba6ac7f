package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The tenant's clock: the system's time, which can be moved forward to let tokens, delta links and deleted objects expire.
public final class SampleClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    /// Moves the clock forward.
    public synchronized void advance(Duration d) {
        offset = offset.plus(d);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(offset);
    }
}
