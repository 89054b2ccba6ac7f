package org.rollcall.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.signin.SignInRequest;
import org.rollcall.source.DeviceCode;
import org.rollcall.text.Words;

/// Signs somebody in for one call: shows codes on standard error, opens the system's browser or the one that
/// `ROLLCALL_BROWSER` names.
final class CommandSignIn implements SignInPrompts {
    private static final String BROWSER = "ROLLCALL_BROWSER";

    private final Invocation invocation;
    private final Output output;
    private final PasswordSource passwords;

    /// Where the password of whoever signs in comes from.
    @FunctionalInterface
    interface PasswordSource {
        char[] of(String user);
    }

    CommandSignIn(Invocation invocation, Output output, PasswordSource passwords) {
        this.invocation = invocation;
        this.output = output;
        this.passwords = passwords;
    }

    /// @throws RollcallException NOT_SIGNED_IN: nobody said who they are
    static String user(Root root) {
        String user = root.user;
        if (user == null || user.isBlank()) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.nobody", Words.of("cli.signin.nobody"),
                    Words.of("cli.signin.nobody.remedy"));
        }
        return user;
    }

    static Actor signIn(Root root, Workspace workspace, Output output) {
        Invocation invocation = root.invocation();
        var prompts = new CommandSignIn(invocation, output,
                user -> new Passwords(invocation.terminal(), root.passwordFile).present(user));
        try (Progress progress = invocation.progress()) {
            return workspace.auth().signIn().signIn(new SignInRequest(root.signIn, user(root), prompts),
                    invocation.origin(), new JobControl(progress, true));
        }
    }

    @Override
    public char[] password(String user) {
        return passwords.of(user);
    }

    @Override
    public void show(DeviceCode code) {
        output.notice(
                new Doc().put("signIn", new Doc().put("url", code.url()).put("code", code.userCode()).put("expires",
                        code.expiresAt())),
                Words.of("cli.commandSignIn.toSignInOpenAnd", code.url(), code.userCode()).shown());
        long minutes = Duration.between(Instant.now(), code.expiresAt()).toMinutes();
        if (!output.json() && minutes > 0) {
            output.note(Words.of("cli.commandSignIn.theCodeIsGoodFor", minutes).shown());
        }
    }

    @Override
    public void browse(URI address) {
        String own = invocation.terminal().variable(BROWSER);
        List<String> command = own == null ? system(address.toString()) : List.of(own, address.toString());
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            output.note(Words.of("cli.commandSignIn.signInWithTheBrowser").shown());
        } catch (IOException e) {
            output.note(Words.of("cli.commandSignIn.noBrowserCouldBeOpened", address).shown());
        }
    }

    @Override
    public boolean hasDisplay() {
        String system = system();
        return system.contains("win") || system.contains("mac") || has("DISPLAY") || has("WAYLAND_DISPLAY");
    }

    private boolean has(String variable) {
        @Nullable
        String value = invocation.terminal().variable(variable);
        return value != null && !value.isBlank();
    }

    private static List<String> system(String address) {
        String system = system();
        if (system.contains("win") && !system.contains("darwin")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return List.of(system.contains("mac") ? "open" : "xdg-open", address);
    }

    private static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }
}
