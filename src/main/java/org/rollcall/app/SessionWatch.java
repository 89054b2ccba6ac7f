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

/// Whether the person at the window may still do what they may do: looked at before every action and every few seconds. A
/// deactivated person, a changed role and a switched-off way count at once. Used off the FX thread.
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
        /// Nothing was done for too long.
        record Locked() implements Finding {}

        /// The person may do other things now.
        record Changed(String role) implements Finding {}

        /// The session is over; why, in words.
        record Ended(String words) implements Finding {}
    }

    /// @param mode  how the person signed in
    /// @param known what the window is made for
    /// @param found hears of anything but "as before", on the thread that looked
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

    /// The window follows another session, or none: whatever is still to be done here is refused.
    void end() {
        over = true;
    }

    /// The window shows the lock screen.
    void locked(boolean now) {
        locked = now;
    }

    /// The person did something.
    void touch() {
        session.touch();
        look();
    }

    /// Before an action.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: it must not be done
    void require() {
        if (over || look()) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "session.not-open",
                    Words.of("app.session.not-open"), Words.of("app.session.not-open.remedy"));
        }
    }

    /// @return whether anything is not as before
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
        // What goes on behind the lock screen goes on.
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
