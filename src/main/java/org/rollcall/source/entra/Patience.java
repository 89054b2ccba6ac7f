package org.rollcall.source.entra;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.rollcall.source.CallControl;

/// The retry policy of a call: waits between attempts, and fails after the caller's timeout without progress. The server's
/// `Retry-After` is used where given; otherwise waits double from one second, with jitter, so that many clients do not return
/// at once.
final class Patience {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final CallControl control;
    private final Duration longest;
    private final Map<String, Integer> faults = new HashMap<>();
    private long since = System.nanoTime();
    /// Requested waits. Counted apart from the clock, because tests do not really wait.
    private Duration waited = Duration.ZERO;
    private int attempts;

    Patience(CallControl control) {
        this(control, control.patience());
    }

    /// @param longest upper limit of the caller's timeout
    Patience(CallControl control, Duration longest) {
        this.control = control;
        this.longest = longest.compareTo(control.patience()) < 0 ? longest : control.patience();
    }

    /// Progress was made: restarts the count.
    void progress() {
        since = System.nanoTime();
        waited = Duration.ZERO;
        attempts = 0;
        faults.clear();
    }

    /// The remaining time, at least a second.
    Duration left() {
        Duration left = longest.minus(spent());
        return left.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : left;
    }

    /// Waits for the next attempt.
    ///
    /// @throws org.rollcall.domain.RollcallException the fault's outcome after the last attempt
    void waitAfter(TransientFault fault) {
        attempts++;
        int times = faults.merge(fault.outcome().code(), 1, Integer::sum);
        Duration asked = fault.retryAfter();
        Duration wait = asked != null ? asked : backoff(attempts);
        if (times >= fault.limit() || spent().plus(wait).compareTo(longest) > 0) {
            throw fault.outcome();
        }
        control.checkCancelled();
        if (wait.isPositive()) {
            control.pause(wait, fault.reason());
            waited = waited.plus(wait);
        }
    }

    private Duration spent() {
        Duration clock = Duration.ofNanos(System.nanoTime() - since);
        return clock.compareTo(waited) > 0 ? clock : waited;
    }

    private static Duration backoff(int attempt) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 5));
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            wait = LONGEST_WAIT;
        }
        return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1));
    }
}
