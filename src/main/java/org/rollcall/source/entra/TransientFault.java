package org.rollcall.source.entra;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// Something went wrong that may go right next time.
final class TransientFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int UNTIL_PATIENCE_ENDS = Integer.MAX_VALUE;

    private final String reason;
    private final @Nullable Duration retryAfter;
    private final int limit;
    private final RollcallException outcome;

    /// @param reason     in words, for a person who waits
    /// @param retryAfter what the other side asked for; null: it did not say
    /// @param limit      how often in a row this may happen before it counts as final
    /// @param outcome    what to say when patience ends
    TransientFault(String reason, @Nullable Duration retryAfter, int limit, RollcallException outcome) {
        super(outcome.message(), outcome);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.limit = limit;
        this.outcome = outcome;
    }

    String reason() {
        return reason;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    int limit() {
        return limit;
    }

    RollcallException outcome() {
        return outcome;
    }
}
