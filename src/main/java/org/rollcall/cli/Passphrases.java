package org.rollcall.cli;

import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Where passphrases come from: a file that was named, a variable, a person. Never an argument, which everybody on the machine
/// could read.
final class Passphrases {
    private static final String OPENING = "ROLLCALL_PASSPHRASE";
    static final String BACKUP = "ROLLCALL_BACKUP_PASSPHRASE";
    private static final String CHOSEN = "ROLLCALL_NEW_PASSPHRASE";

    private final Terminal terminal;
    private final @Nullable String file;

    /// @param file named with `--passphrase-file`
    Passphrases(Terminal terminal, @Nullable String file) {
        this.terminal = terminal;
        this.file = file;
    }

    /// The passphrase of a data folder, asked for only where there is one.
    Supplier<char[]> opening() {
        return once(() -> {
            char[] given = given(file, OPENING);
            return given == null ? asked(Words.of("cli.passphrases.passphraseOfTheDataFolder").shown()) : given;
        });
    }

    /// The same for commands to which `--passphrase-file` names that of a backup: the variable comes first.
    Supplier<char[]> openingBesideBackup() {
        return once(() -> {
            char[] given = given(null, OPENING);
            if (given == null) {
                given = given(file, OPENING);
            }
            return given == null ? asked(Words.of("cli.passphrases.passphraseOfTheDataFolder").shown()) : given;
        });
    }

    /// A new passphrase; a person has to type it twice.
    ///
    /// @param chosenFile named with `--new-passphrase-file`
    /// @param opens      whether the other passphrase opens the data folder now, so that it is not the new one
    Supplier<char[]> chosen(@Nullable String chosenFile, boolean opens) {
        return once(() -> {
            char[] given = given(chosenFile, CHOSEN);
            if (given == null && !opens) {
                given = given(file, OPENING);
            }
            return given == null ? twice(Words.of("cli.passphrases.newPassphraseOfTheData").shown()) : given;
        });
    }

    /// Whether [#ofNewBackup] has where to take one from.
    boolean isBackupGivenOrAsked() {
        return file != null || terminal.variable(BACKUP) != null || terminal.prompt() != null;
    }

    /// That of a backup that is being written.
    char[] ofNewBackup() {
        char[] given = given(file, BACKUP);
        return given == null ? twice(Words.of("cli.passphrases.passphraseOfTheBackup8").shown()) : given;
    }

    /// That of a backup that is there.
    Supplier<char[]> ofOldBackup() {
        return once(() -> {
            char[] given = given(file, BACKUP);
            if (given == null && terminal.prompt() != null) {
                given = terminal.prompt().ask(Words.of("cli.passphrases.passphraseOfTheBackup").shown());
            }
            if (given == null) {
                throw RollcallException.input("backup.no-passphrase", Words.of("cli.backup.no-passphrase"),
                        Words.of("cli.backup.no-passphrase.remedy", BACKUP));
            }
            return given;
        });
    }

    /// Asks at most once in a call; each answer is a copy, since who asks wipes it.
    private static Supplier<char[]> once(Supplier<char[]> source) {
        char[][] known = new char[1][];
        return () -> {
            if (known[0] == null) {
                known[0] = source.get();
            }
            return known[0].clone();
        };
    }

    char @Nullable [] given(@Nullable String name, String variable) {
        if (name != null) {
            return Passwords.read(name, Words.of("files.what.passphrase"));
        }
        String value = terminal.variable(variable);
        return value == null ? null : value.toCharArray();
    }

    private char[] asked(String question) {
        char[] typed = terminal.prompt() == null ? null : terminal.prompt().ask(question);
        if (typed == null || typed.length == 0) {
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "vault.passphrase-missing",
                    Words.of("cli.vault.passphrase-missing"),
                    Words.of("cli.vault.passphrase-missing.remedy", OPENING));
        }
        return typed;
    }

    char[] twice(String question) {
        if (terminal.prompt() == null) {
            throw RollcallException.input("vault.passphrase-none", Words.of("cli.vault.passphrase-none"),
                    Words.of("cli.vault.passphrase-none.remedy", CHOSEN));
        }
        char[] first = terminal.prompt().ask(question);
        char[] second = first == null ? null : terminal.prompt().ask(Words.of("cli.passphrases.onceMore").shown());
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw RollcallException.input("vault.passphrase-differs", Words.of("cli.vault.passphrase-differs"),
                    Words.of("cli.vault.passphrase-differs.remedy"));
        }
        Arrays.fill(second, '\0');
        return first;
    }
}
