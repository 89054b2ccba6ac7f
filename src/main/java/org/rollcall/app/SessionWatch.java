package org.rollcall.app;

import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserRow;
import org.rollcall.signin.Sessions;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.text.Words;
import org.rollcall.ui.signin.SessionWords;

/// Revalidates the session of the window before every action and every few seconds, so that a deactivated person, a changed role
/// or a sign-in method that was turned off takes effect at once. Used off the FX thread.
final class SessionWatch {
    private final AppContext app;
    private final Sessions.Session session;
    private final Actor actor;
    private final SignInMode mode;
    private final Set<Permission> known;
    private final Consumer<Finding> found;
    private volatile boolean over;
    private volatile boolean locked;

    /// What was found.
    sealed interface Finding {
        /// The idle limit was reached.
        record Locked() implements Finding {}

        /// The permissions of the person changed.
        record Changed(String role) implements Finding {}

        /// The session has ended, with the reason in words.
        record Ended(String words) implements Finding {}
    }

    /// @param mode  how the person signed in
    /// @param known what the window is made for
    /// @param found listener for every result other than "unchanged", called on the checking thread
    SessionWatch(AppContext app, Sessions.Session session, Actor actor, SignInMode mode,
            Set<Permission> known, Consumer<Finding> found) {
        this.app = app;
        this.session = session;
        this.actor = actor;
        this.mode = mode;
        this.known = known;
        this.found = found;
    }

    Sessions.Session session() {
        return session;
    }

    /// The window has another session, or none: pending actions of this one are refused.
    void end() {
        over = true;
    }

    /// The window shows the lock screen.
    void locked(boolean now) {
        locked = now;
    }

    /// Records activity of the person.
    void touch() {
        session.touch();
        look();
    }

    /// Checks before an action.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: it must not be done
    void require() {
        if (over || look()) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "session.not-open",
                    Words.of("app.session.not-open"), Words.of("app.session.not-open.remedy"));
        }
    }

    /// @return whether anything changed
    boolean look() {
        if (over) {
            return false;
        }
        Finding finding = finding();
        if (finding == null) {
            return false;
        }
        if (!(finding instanceof Finding.Locked)) {
            over = true;
        }
        found.accept(finding);
        return true;
    }

    private @Nullable Finding finding() {
        var state = session.state();
        var settings = new AuthSettingsStore(app.database()).get();
        if (state == Sessions.State.ENDED) {
            return new Finding.Ended(SessionWords.over(settings.absolute()));
        }
        Finding changed = changed();
        if (changed != null) {
            return changed;
        }
        if (!settings.isOn(mode)) {
            return new Finding.Ended(SessionWords.turnedOff());
        }
        // Jobs continue behind the lock screen.
        return state == Sessions.State.LOCKED && !locked ? new Finding.Locked() : null;
    }

    private @Nullable Finding changed() {
        Set<Permission> now;
        try {
            now = actor.permissions();
        } catch (RollcallException e) {
            if (e.kind() != ErrorKind.NOT_SIGNED_IN) {
                throw e;
            }
            return new Finding.Ended(SessionWords.ended(e));
        }
        return now.equals(known)
                ? null
                : new Finding.Changed(app.userQueries().byId(Objects.requireNonNull(actor.userId()))
                        .map(UserRow::role).orElse(""));
    }
}
