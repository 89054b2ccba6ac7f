package org.rollcall.app;

import java.util.Set;
import java.util.function.Consumer;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.signin.SignInRequest;
import org.rollcall.task.JobContext;
import org.rollcall.ui.signin.SignInDesk;

/// Lets people into the window.
///
/// @param origin   where they sign in, for the audit log
/// @param admitted hears of who was let in before the page does; may refuse by throwing
record WindowDesk(AuthServices auth, String origin, Consumer<Actor> admitted) implements SignInDesk {
    @Override
    public Offer offer() {
        return new Offer(Set.copyOf(auth.signIn().ways()), auth.signIn().tenant().orElse(null));
    }

    @Override
    public Actor signIn(SignInMode mode, String user, SignInPrompts prompts, JobContext job) {
        var actor = auth.signIn().signIn(new SignInRequest(mode, user, prompts), origin, new JobControl(job, true));
        admitted.accept(actor);
        return actor;
    }

    @Override
    public Actor signInChanging(String user, char[] password, char[] newPassword, JobContext job) {
        var actor = auth.local().signInChanging(user, password, newPassword, origin, new JobControl(job, true));
        admitted.accept(actor);
        return actor;
    }
}
