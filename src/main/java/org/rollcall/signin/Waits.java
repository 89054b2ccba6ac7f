package org.rollcall.signin;

import java.time.Duration;
import java.util.concurrent.CancellationException;

import org.rollcall.source.CallControl;

/// Timeouts for people.
final class Waits {
    private Waits() {}

    /// Waits without progress reports or cancellation; an interrupt ends it.
    static CallControl sleeping() {
        return new CallControl() {
            @Override
            public void checkCancelled() {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted");
                }
            }

            @Override
            public void pause(Duration time, String reason) {
                try {
                    Thread.sleep(time);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                }
            }
        };
    }
}
