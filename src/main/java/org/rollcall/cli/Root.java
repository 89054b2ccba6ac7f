package org.rollcall.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// The options that stand before or after every command.
@Command(name = "rollcall", description = "Brings people and groups in from Microsoft Entra ID and keeps them in step.%n"
        + "Without a command it opens the window.", versionProvider = Version.class, subcommands = {
                DemoCommand.class, SampleCommands.class, InitCommand.class, TenantCommands.class, ImportCommands.class,
                UserCommands.class,
                GroupCommands.class, RoleCommands.class, RuleCommands.class, ScheduleCommands.class, RunCommands.class,
                ServiceCommand.class, NotifyCommands.class,
                AuthCommands.class, AuditCommands.class,
                ExportCommands.class, BackupCommand.class, RestoreCommand.class, SettingsCommands.class,
                VaultCommands.class,
                DoctorCommand.class }, footer = { "",
                        "Exit codes: 0 done, 2 wrong usage or input, 3 not signed in, 4 not allowed, 5 the directory refused",
                        "or could not be reached, 6 a guard stopped it, 7 done with items that need attention, 8 storage",
                        "fault, 130 cancelled." })
final class Root {
    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "Data folder; otherwise ROLLCALL_HOME, otherwise the platform's usual place.")
    @Nullable
    String home;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document.")
    boolean json;

    @Option(names = "--user", paramLabel = "NAME", scope = ScopeType.INHERIT, description = "Who signs in for this call; the password comes from ROLLCALL_PASSWORD, a file or a prompt.")
    @Nullable
    String user;

    @Option(names = "--password-file", paramLabel = "F", scope = ScopeType.INHERIT, description = "File with the password in its first line.")
    @Nullable
    String passwordFile;

    @Option(names = "--passphrase-file", paramLabel = "F", scope = ScopeType.INHERIT, description = "File with the passphrase of the data folder in its first line, otherwise ROLLCALL_PASSPHRASE; of backup and restore that of the backup.")
    @Nullable
    String passphraseFile;

    @Option(names = "--sign-in", paramLabel = "MODE", scope = ScopeType.INHERIT, description = "How --user signs in: local, ad, browser, device or password; otherwise the first way that is on.")
    @Nullable
    SignInMode signIn;

    @Option(names = CommandLineApp.LANGUAGE, paramLabel = "LANGUAGE", scope = ScopeType.INHERIT, converter = LanguageTag.class, description = "The language of this call: en, de or es; otherwise the one that is set, otherwise the system's.")
    @Nullable
    Language language;

    @Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    boolean help;

    @Option(names = { "-V", "--version" }, versionHelp = true, description = "Print the version.")
    boolean version;

    private final Invocation invocation;

    Root(Invocation invocation) {
        this.invocation = invocation;
    }

    Invocation invocation() {
        return invocation;
    }

    /// The passphrase of the data folder, if one is needed.
    Supplier<char[]> passphrase() {
        return new Passphrases(invocation.terminal(), passphraseFile).opening();
    }

    private static final class LanguageTag implements ITypeConverter<Language> {
        @Override
        public Language convert(String tag) {
            return Language.of(tag).orElseThrow(
                    () -> new TypeConversionException("'" + tag + "' is none of " + Language.tags()));
        }
    }

    /// @throws RollcallException INPUT: not a path
    Path home() {
        String named = home != null ? home : invocation.terminal().variable("ROLLCALL_HOME");
        try {
            return named == null
                    ? invocation.workspaces().usualPlace(invocation.terminal().environment())
                    : Path.of(named);
        } catch (InvalidPathException e) {
            throw RollcallException.input("folder.invalid", Words.of("cli.folder.invalid", named),
                    Words.of("cli.folder.invalid.remedy"));
        }
    }
}
