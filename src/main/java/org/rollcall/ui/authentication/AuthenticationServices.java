package org.rollcall.ui.authentication;

import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.signin.SignInFigures;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.signin.SignInTest;
import org.rollcall.source.SignInTrail;
import org.rollcall.task.JobContext;

/// The services of Authentication.
public record AuthenticationServices(AuthenticationService authentication, SignInFigures figures, Tester tester) {
    /// Tests a sign-in, see [SignInTest#test].
    @FunctionalInterface
    public interface Tester {
        SignInTest.Result test(Actor actor, String user, SignInMode mode, SignInPrompts prompts, SignInTrail trail,
                JobContext job);
    }
}
