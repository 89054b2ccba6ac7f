package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.text.Words;

/// Sessions of people in a window: locked after a time without activity, ended after a longer time in any case. The limits are
/// read each time, so changes take effect at once.
public final class Sessions {
    private final AuthSettingsStore settings;
    private final AuditService audit;
    private final Clock clock;

    Sessions(AuthSettingsStore settings, AuditService audit, Clock clock) {
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /// The state of a session.
    public enum State {
        OPEN,
        /// The person has to authenticate again to continue.
        LOCKED,
        /// The person has to sign in again.
        ENDED
    }

    /// Starts a session for somebody who has just signed in.
    public Session begin(Actor actor) {
        return new Session(actor);
    }

    /// One person's session. Thread-safe.
    public final class Session {
        private final Actor actor;
        private Instant begun;
        private Instant touched;
        private boolean locked;
        private boolean ended;

        private Session(Actor actor) {
            this.actor = actor;
            begun = clock.instant();
            touched = begun;
        }

        public Actor actor() {
            return actor;
        }

        /// Records activity. Without effect unless the session is open.
        public synchronized void touch() {
            if (state() == State.OPEN) {
                touched = clock.instant();
            }
        }

        /// Checked periodically and before each action.
        public synchronized State state() {
            if (ended) {
                return State.ENDED;
            }
            AuthSettings limits = settings.get();
            Instant now = clock.instant();
            // Setting the clock back must not extend a session.
            begun = begun.isAfter(now) ? now : begun;
            touched = touched.isAfter(now) ? now : touched;
            if (Duration.between(begun, now).compareTo(limits.absolute()) >= 0) {
                end("ABSOLUTE");
                return State.ENDED;
            }
            if (!locked && Duration.between(touched, now).compareTo(limits.idle()) >= 0) {
                lock("IDLE");
            }
            return locked ? State.LOCKED : State.OPEN;
        }

        /// The person locks the window.
        public synchronized void lock() {
            if (state() == State.OPEN) {
                lock("PERSON");
            }
        }

        /// Continues after the person has signed in again.
        ///
        /// @throws RollcallException NOT_SIGNED_IN: another person, or the session has ended
        public synchronized void unlock(Actor again) {
            if (state() == State.ENDED || !Objects.equals(again.userId(), actor.userId())) {
                throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "session.other",
                        Words.of("signin.session.other"), Words.of("signin.session.other.remedy"));
            }
            locked = false;
            touched = clock.instant();
            note("session.unlock", "PERSON");
        }

        /// The person signs out.
        public synchronized void signOut() {
            if (!ended) {
                end("PERSON");
            }
        }

        private void lock(String because) {
            locked = true;
            note("session.lock", because);
        }

        private void end(String because) {
            ended = true;
            note("signout", because);
        }

        private void note(String action, String because) {
            audit.record(actor, action, "USER", String.valueOf(actor.userId()), actor.name(),
                    Map.of("because", because), null);
        }
    }
}
