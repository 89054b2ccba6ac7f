package org.rollcall.signin;

import java.util.List;
import java.util.Optional;

import org.rollcall.directory.CallControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;

/// Signs people in, each by their way.
public final class SignInService {
    /// The ways that are on, LOCAL among them, in the order in which they are offered.
    public List<SignInMode> ways() {
        throw new UnsupportedOperationException();
    }

    /// The name of the tenant whose people sign in with Entra; empty while that is off.
    public Optional<String> tenant() {
        throw new UnsupportedOperationException();
    }

    /// The way that a user name takes if none is said.
    ///
    /// @param display whether the person can see a browser that is opened here
    public SignInMode wayOf(String user, boolean display) {
        throw new UnsupportedOperationException();
    }

    /// @param origin "window", "command line" or "service", with the machine's name
    /// @throws org.rollcall.directory.SignInRefusedException    with the outcome. PASSWORD_EXPIRED of a local account: it was
    ///                                                          reset, see [LocalSignIn#signInChanging]
    /// @throws java.util.concurrent.CancellationException       the caller wanted to stop
    public Actor signIn(SignInRequest request, String origin, CallControl control) {
        throw new UnsupportedOperationException();
    }
}
