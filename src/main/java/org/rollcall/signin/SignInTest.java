package org.rollcall.signin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.CallControl;
import org.rollcall.directory.SignInTrail;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;

/// Tries whether somebody could sign in, without signing them in, and shows each step on the way.
public final class SignInTest {
    /// @param code    `AADSTS...`, the LDAP result with its data code, or null
    /// @param message what happened, one sentence without a full stop
    /// @param remedy  what to do; empty if the person would be let in
    public record Result(String user, SignInMode mode, boolean admitted, SignInOutcome outcome, @Nullable String code,
            String message, String remedy, List<Passed> steps) {
        public Result {
            steps = List.copyOf(steps);
        }
    }

    /// A step that was passed.
    public record Passed(SignInTrail.Step step, String detail) {}

    /// @param prompts asks for the tested person's password, shows them their code or page
    /// @param trail   hears of each step at once; the result has them all
    /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED
    public Result test(Actor actor, String user, SignInMode mode, SignInPrompts prompts, SignInTrail trail,
            CallControl control) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        throw new UnsupportedOperationException();
    }
}
