package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lets new objects be unknown for a while, as Entra's replicas do. Off unless a number of calls or a time is set;
/// applies to what is created afterwards.
///
/// With a number of calls, the first that many look-ups of each kind fail; with a time, all of them until the tenant's
/// clock has passed it. Both may be set.
public final class ReplicationDelay {
    private record Wait(int calls, Instant until) {}

    private final Map<String, Wait> waiting = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile int calls;
    private volatile Duration time = Duration.ZERO;

    ReplicationDelay(Clock clock) {
        this.clock = clock;
    }

    /// How many look-ups of a new object fail.
    public void setCalls(int count) {
        calls = count;
    }

    /// How long, by the tenant's clock, look-ups of a new object fail.
    public void setTime(Duration duration) {
        time = duration;
    }

    /// Notes that something new exists which is looked up under that key.
    void created(String key) {
        if (calls > 0 || time.isPositive()) {
            waiting.put(key, new Wait(calls, clock.instant().plus(time)));
        }
    }

    /// Whether the look-up finds the object; a failed look-up counts.
    boolean hasArrived(String key) {
        if (waiting.isEmpty()) {
            return true;
        }
        var arrived = new boolean[1];
        waiting.compute(key, (_, wait) -> {
            if (wait == null || (wait.calls <= 0 && !clock.instant().isBefore(wait.until))) {
                arrived[0] = true;
                return null;
            }
            return new Wait(wait.calls - 1, wait.until);
        });
        return arrived[0];
    }
}
