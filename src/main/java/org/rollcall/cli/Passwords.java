package org.rollcall.cli;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.SmallFile;
import org.rollcall.text.Words;

/// Where a password comes from: a file that was named, the variable `ROLLCALL_PASSWORD`, a person. Never an argument, which
/// everybody on the machine could read.
final class Passwords {
    static final String VARIABLE = "ROLLCALL_PASSWORD";

    private final Terminal terminal;
    private final @Nullable String file;
    private final String variable;
    private final String option;

    Passwords(Terminal terminal, @Nullable String file) {
        this(terminal, file, VARIABLE, "--password-file");
    }

    private Passwords(Terminal terminal, @Nullable String file, String variable, String option) {
        this.terminal = terminal;
        this.file = file;
        this.variable = variable;
        this.option = option;
    }

    /// New passwords of people who have signed in with another one.
    static Passwords ofNew(Terminal terminal, @Nullable String file) {
        return new Passwords(terminal, file, "ROLLCALL_NEW_PASSWORD", "--new-password-file");
    }

    /// Passwords of people whose sign-in is tested.
    static Passwords ofTested(Terminal terminal, @Nullable String file) {
        return new Passwords(terminal, file, "ROLLCALL_TEST_PASSWORD", "--test-password-file");
    }

    /// Empty if it was given empty: whoever signs somebody in refuses that.
    ///
    /// @throws RollcallException INPUT: the file cannot be read; NOT_SIGNED_IN: there is none and nobody to ask
    char[] present(String user) {
        char[] given = given();
        if (given == null && terminal.prompt() != null) {
            given = terminal.prompt().ask(Words.of("cli.passwords.passwordOf", Text.clean(user)).shown());
        }
        if (given == null) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.no-password",
                    Words.of("cli.signin.no-password", user),
                    Words.of("cli.signin.no-password.remedy", variable, option));
        }
        return given;
    }

    /// Whether [#chosen] has where to take one from.
    boolean areGivenOrAsked() {
        return file != null || terminal.variable(variable) != null || terminal.prompt() != null;
    }

    /// A new password; a person has to type it twice.
    ///
    /// @throws RollcallException INPUT: none, or typed differently
    char[] chosen(String user) {
        char[] given = given();
        if (given != null && given.length > 0) {
            return given;
        }
        if (given != null || terminal.prompt() == null) {
            throw RollcallException.input("password.none", Words.of("cli.password.none", user),
                    Words.of("cli.password.none.remedy", variable, option));
        }
        char[] first = terminal.prompt()
                .ask(Words.of("cli.passwords.newPasswordOf12Characters", Text.clean(user)).shown());
        char[] second = first == null ? null : terminal.prompt().ask(Words.of("cli.passwords.onceMore").shown());
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw RollcallException.input("password.differs", Words.of("cli.password.differs"),
                    Words.of("cli.password.differs.remedy"));
        }
        Arrays.fill(second, '\0');
        return first;
    }

    private char @Nullable [] given() {
        if (file != null) {
            return firstLine(file, Words.of("files.what.password"));
        }
        String given = terminal.environment().get(variable);
        return given == null ? null : given.toCharArray();
    }

    /// The first line of a file that holds one secret.
    ///
    /// @throws RollcallException INPUT: it cannot be read, is empty, or far too large
    static char[] read(String name, Words what) {
        char[] line = firstLine(name, what);
        if (line.length == 0) {
            throw RollcallException.input("file.empty", Words.of("cli.file.empty", what, name),
                    Words.of("cli.file.empty.remedy"));
        }
        return line;
    }

    private static char[] firstLine(String name, Words what) {
        return SmallFile.text(SmallFile.path(name, what), what).lines().findFirst().orElse("").toCharArray();
    }
}
