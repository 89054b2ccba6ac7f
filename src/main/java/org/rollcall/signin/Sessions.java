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

/// Sessions of people in a window: locked after some time without an action, ended after a longer one whatever is done. The
/// limits are read anew each time, so a change counts at once.
public final class Sessions {
    private final AuthSettingsStore settings;
    private final AuditService audit;
    private final Clock clock;

    Sessions(AuthSettingsStore settings, AuditService audit, Clock clock) {
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /// How a session stands.
    public enum State {
        OPEN,
        /// The person has to show again who they are; then it goes on where it was.
        LOCKED,
        /// The person has to sign in anew.
        ENDED
    }

    /// Begins with somebody who has just signed in.
    public Session begin(Actor actor) {
        return new Session(actor);
    }

    /// One person's session. May be used by several threads.
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

        /// The person did something. Without effect unless the session is open.
        public synchronized void touch() {
            if (state() == State.OPEN) {
                touched = clock.instant();
            }
        }

        /// To be asked from time to time and before each action.
        public synchronized State state() {
            if (ended) {
                return State.ENDED;
            }
            AuthSettings limits = settings.get();
            Instant now = clock.instant();
            // A clock that was set back must not make a session longer.
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

        /// Goes on with somebody who has just signed in again.
        ///
        /// @throws RollcallException NOT_SIGNED_IN: somebody else, or the session has ended
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
