package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

import org.rollcall.directory.CallControl;
import org.rollcall.directory.SignInRefusedException;
import org.rollcall.domain.SignInOutcome;

/// How long is waited for people.
final class Waits {
    /// A browser that does not come back by then will not.
    static final Duration BROWSER = Duration.ofMinutes(5);

    private Waits() {}

    /// Waits where nobody listens and nobody stops it but an interrupt.
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

    /// The same control, ended once a browser has been away for too long.
    static CallControl forBrowser(CallControl control, Clock clock) {
        Instant end = clock.instant().plus(BROWSER);
        return new CallControl() {
            @Override
            public void checkCancelled() {
                control.checkCancelled();
                if (!clock.instant().isBefore(end)) {
                    throw new SignInRefusedException(SignInOutcome.CANCELLED, null,
                            "the browser did not come back within " + BROWSER.toMinutes() + " minutes", "sign in again",
                            null);
                }
            }

            @Override
            public void pause(Duration time, String reason) {
                checkCancelled();
                control.pause(time, reason);
            }

            @Override
            public boolean interactive() {
                return control.interactive();
            }

            @Override
            public Duration patience() {
                return control.patience();
            }
        };
    }
}
