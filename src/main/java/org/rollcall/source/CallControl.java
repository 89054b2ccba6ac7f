package org.rollcall.source;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// Lets a caller cancel calls to a directory and be notified of waits.
public interface CallControl {
    /// @throws CancellationException if the caller cancelled
    void checkCancelled();

    /// Waits before a retry. Returns early only by throwing.
    ///
    /// @param reason in words: "Entra asks for a pause"
    /// @throws CancellationException if the caller cancelled
    void pause(Duration time, String reason);

    /// Whether requests made for a waiting person should have priority (`x-ms-throttle-priority: High`).
    default boolean interactive() {
        return false;
    }

    /// The longest time without progress before a call fails.
    default Duration patience() {
        return Duration.ofSeconds(120);
    }
}
