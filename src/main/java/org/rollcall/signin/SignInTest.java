package org.rollcall.signin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Tests whether somebody could sign in, without signing them in, and shows each step.
public final class SignInTest {
    private final LocalSignIn local;
    private final OutsideSignIn outside;
    private final UserQueries users;
    private final SignInLog log;

    SignInTest(LocalSignIn local, OutsideSignIn outside, UserQueries users, SignInLog log) {
        this.local = local;
        this.outside = outside;
        this.users = users;
        this.log = log;
    }

    /// @param code          `AADSTS...`, the LDAP result with its data code, or null
    /// @param message       the outcome, one sentence without a full stop
    /// @param remedy        display text for the window; null if the person would be admitted
    /// @param commandRemedy the same for the command line
    public record Result(String user, SignInMode mode, boolean admitted, SignInOutcome outcome, @Nullable String code,
            Words message, @Nullable Words remedy, @Nullable Words commandRemedy, List<Passed> steps) {
        public Result {
            steps = List.copyOf(steps);
        }
    }

    /// A step that succeeded.
    public record Passed(SignInTrail.Step step, String detail) {}

    /// @param prompts asks for the tested person's password, shows the code or page
    /// @param trail   receives each step at once; the result contains all of them
    /// @throws RollcallException NOT_ALLOWED; INPUT: the name matches several people
    public Result test(Actor actor, String user, SignInMode mode, SignInPrompts prompts, SignInTrail trail,
            CallControl control) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        var steps = Collections.synchronizedList(new ArrayList<Passed>());
        SignInTrail both = (step, detail) -> {
            steps.add(new Passed(step, detail));
            trail.passed(step, detail);
        };
        UserRow person = person(user, mode);
        Verdict verdict = verdict(actor, user, person, mode, prompts, both, control);
        SignInRefusedException refusal = verdict.refusal();
        SignInOutcome outcome = refusal == null ? SignInOutcome.ADMITTED : refusal.outcome();
        String code = refusal == null ? null : refusal.directoryCode();
        var detail = SignInLog.detail(mode, outcome, code);
        log.tested(actor, person == null ? verdict.user() : person, detail);
        return refusal == null
                ? new Result(user, mode, true, outcome, null, Words.of("signin.test.works"), null,
                        null, List.copyOf(steps))
                : new Result(user, mode, false, outcome, code, refusal.words(), refusal.remedyWords(),
                        refusal.commandRemedyWords(), List.copyOf(steps));
    }

    private Verdict verdict(Actor actor, String user, @Nullable UserRow person, SignInMode mode, SignInPrompts prompts,
            SignInTrail trail, CallControl control) {
        if (person == null) {
            return OutsideSignIn.notImported();
        }
        if (person.isLocal() && mode != SignInMode.LOCAL) {
            return Verdict.refused(person, SignInOutcome.NOT_IMPORTED,
                    Words.of("signin.signInTest.notImported"), Words.of("signin.signInTest.notImported.remedy"))
                    .onCommandLine(Words.of("signin.signInTest.notImported.remedy.cli"));
        }
        if (mode != SignInMode.LOCAL) {
            return outside.verdict(mode, user, person, prompts, trail, control);
        }
        if (!person.isLocal()) {
            return Verdict.refused(person, SignInOutcome.UNKNOWN_USER, Words.of("signin.signInTest.unknownUser"),
                    Words.of("signin.signInTest.unknownUser.remedy"));
        }
        trail.passed(Step.PERSON, person.shownName() + " (" + person.username() + ")");
        char[] password = prompts.password(person.username());
        try {
            local.test(person.username(), password, actor.origin(), control);
            trail.passed(Step.AUTHENTICATION, Words.of("signin.signInTest.thePasswordIsRight").english());
            trail.passed(Step.STATE, Words.of("signin.signInTest.activeWithTheRole", person.role()).english());
            return Verdict.admitted(person);
        } catch (SignInRefusedException e) {
            return Verdict.refused(person, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private @Nullable UserRow person(String user, SignInMode mode) {
        if (!Usernames.isPossible(user.strip())) {
            return null;
        }
        if (mode == SignInMode.AD) {
            AdSettings ad = outside.settings().ad();
            UserRow found = outside.adPerson(OutsideSignIn.AdName.of(user.strip(), ad == null ? null : ad.domain()),
                    true).orElse(null);
            if (found != null) {
                return found;
            }
        }
        try {
            return users.find(user);
        } catch (RollcallException e) {
            if (e.kind() == ErrorKind.INPUT && e.code().equals("user.unknown")) {
                return null;
            }
            throw e;
        }
    }
}
