package org.rollcall.source;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// How a caller watches over calls to a directory: it may cancel them, and hears of waits.
public interface CallControl {
    /// @throws CancellationException if the caller wants to stop
    void checkCancelled();

    /// Waits before a retry. Returns early only by throwing.
    ///
    /// @param reason in words: "Entra asks for a pause"
    /// @throws CancellationException if the caller wants to stop
    void pause(Duration time, String reason);

    /// What is asked for on behalf of a person who waits may ask for priority (`x-ms-throttle-priority: High`).
    default boolean interactive() {
        return false;
    }

    /// The longest time without any progress before a call gives up.
    default Duration patience() {
        return Duration.ofSeconds(120);
    }
}
