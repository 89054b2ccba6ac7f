package org.rollcall.source.entra;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// A failure that a retry may resolve.
final class TransientFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int UNTIL_PATIENCE_ENDS = Integer.MAX_VALUE;

    private final String reason;
    private final @Nullable Duration retryAfter;
    private final int limit;
    private final RollcallException outcome;

    /// @param reason     display text for a waiting person
    /// @param retryAfter the pause the server asked for; null: none
    /// @param limit      how often in a row this may happen before it is final
    /// @param outcome    the error after the last attempt
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
