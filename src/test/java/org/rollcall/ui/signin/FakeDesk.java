package org.rollcall.ui.signin;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Lets in whom the test wants let in, and notes what was asked.
@SuppressWarnings("NullAway") // nulls stand for "as usual"
final class FakeDesk implements SignInDesk {
    final List<String> asked = new ArrayList<>();
    Set<SignInMode> ways = EnumSet.of(SignInMode.BROWSER, SignInMode.DEVICE, SignInMode.LOCAL);
    String tenant = "Contoso";
    SignInOutcome refusal;
    String message = "the user name or the password is wrong";
    String remedy = "try again, or ask an administrator for a new password";
    /// Stops while the browser is open or the code shows, as somebody who takes their time does.
    boolean waits;
    Instant codeExpires;
    URI browsed = URI.create("https://login.example/authorize?state=1");

    @Override
    public Offer offer() {
        return new Offer(ways, ways.stream().anyMatch(SignInMode::isEntra) ? tenant : null);
    }

    @Override
    public Actor signIn(SignInMode mode, String user, SignInPrompts prompts, JobContext job) {
        asked.add(mode + " " + user);
        if (mode == SignInMode.BROWSER) {
            prompts.browse(browsed);
        } else if (mode == SignInMode.DEVICE) {
            prompts.show(new DeviceCode("FGH4K2MPQ", "https://microsoft.com/devicelogin", codeExpires));
        } else {
            asked.add(String.valueOf(prompts.password(user)));
        }
        if (waits) {
            throw new java.util.concurrent.CancellationException("still waiting");
        }
        if (refusal != null) {
            throw new SignInRefusedException(refusal, null, Words.verbatim(message), Words.verbatim(remedy), null);
        }
        return new Actor(1L, user.isEmpty() ? "maren.holt" : user, "window", EnumSet.allOf(Permission.class));
    }

    @Override
    public Actor signInChanging(String user, char[] password, char[] newPassword, JobContext job) {
        asked.add("change " + user + " " + String.valueOf(password) + " to " + String.valueOf(newPassword));
        if (newPassword.length < 12) {
            throw RollcallException.input("password.short", "the password is too short", "use at least 12 characters");
        }
        return new Actor(1L, user, "window", EnumSet.allOf(Permission.class));
    }
}
