package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.BackupState;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.SmallFile;
import org.rollcall.settings.Difference;
import org.rollcall.settings.ProtectionService;
import org.rollcall.settings.SettingsService;
import org.rollcall.settings.SettingsService.Outcome;
import org.rollcall.text.Words;

@Command(name = "settings", description = "The configuration as a JSON file without secrets: tenants, imports, rules, roles, "
        + "schedules, sign-in, notifications.", subcommands = { SettingsCommands.Export.class,
                SettingsCommands.Diff.class, SettingsCommands.Import.class, SettingsCommands.Protection.class })
final class SettingsCommands {
    private static final int LARGEST = 16_000_000;

    private SettingsCommands() {}

    private static Doc document(Difference difference) {
        return new Doc().put("about", difference.about()).put("what", difference.what())
                .put("here", difference.here()).put("file", difference.file()).put("words", difference.words());
    }

    /// Nothing in a file may move the cursor of the terminal.
    private static List<String> lines(List<Difference> differences) {
        return differences.stream().map(each -> Text.clean(each.words())).toList();
    }

    /// One that reads a file.
    abstract static class OfFile extends SignedInCommand {
        @Parameters(paramLabel = "FILE", description = "The settings file.")
        String file = "";

        final String text() {
            Path path = SmallFile.path(file, Words.of("files.what.settings"));
            return SmallFile.text(path, Words.of("files.what.settings"), LARGEST);
        }
    }

    @Command(name = "export", description = "Write the configuration into a file. Nothing secret is in it.")
    static final class Export extends SignedInCommand {
        @Parameters(paramLabel = "FILE", description = "The file to make.")
        String file = "";

        @Override
        int run(Session session) throws IOException {
            String json = session.workspace().settings().export(session.actor());
            ExportFile.write(session.invocation().terminal(), file, writer -> writer.write(json));
            session.out().answer(new Doc().put("file", file).put("version", 1),
                    Words.of("cli.settingsCommands.wroteTheSettingsTo", Text.clean(file)).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "diff", description = "Say in what the configuration and a file differ: exit 0 if in nothing, otherwise 7.")
    static final class Diff extends OfFile {
        @Override
        int run(Session session) {
            List<Difference> found = session.workspace().settings().diff(session.actor(), text());
            session.out().answer(new Doc().put("equal", found.isEmpty())
                    .put("differences", found.stream().map(SettingsCommands::document).toList()),
                    found.isEmpty()
                            ? List.of(Words.of("cli.settingsCommands.theSettingsAreEqual").shown())
                            : lines(found));
            return found.isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION;
        }
    }

    @Command(name = "import", description = "Make the configuration what a file says: all of it, or nothing. Tenants, imports "
            + "and roles in use of which the file says nothing stay.")
    static final class Import extends OfFile {
        @Option(names = "--preview", description = "Say what would be changed, and change nothing.")
        boolean preview;

        @Override
        int run(Session session) {
            SettingsService settings = session.workspace().settings();
            String json = text();
            Outcome outcome = preview
                    ? settings.preview(session.actor(), json)
                    : settings.bringIn(session.actor(), json);
            var lines = new ArrayList<String>();
            lines.add(outcome.differences().isEmpty()
                    ? Words.of("cli.settingsCommands.theSettingsAreAsThe").shown()
                    : preview
                            ? Words.of("cli.settingsCommands.thisWouldBeChanged").shown()
                            : Words.of("cli.settingsCommands.broughtTheSettingsIn").shown());
            lines(outcome.differences()).forEach(each -> lines.add("  " + each));
            outcome.notes().forEach(each -> lines.add("Note: " + Text.clean(each)));
            session.out().answer(new Doc().put("preview", preview)
                    .put("differences", outcome.differences().stream().map(SettingsCommands::document).toList())
                    .put("notes", outcome.notes()), lines);
            return ExitCode.DONE;
        }
    }

    @Command(name = "protection", description = "Show or change what protects this data folder: its daily backups, and the place "
            + "outside of it to which the end of the audit log is written.")
    static final class Protection extends SignedInCommand {
        enum Switch {
            on,
            off
        }

        @Option(names = "--daily-backups", paramLabel = "on|off", description = "Whether a backup is made each day; those of 7 days and 4 weeks are kept.")
        @Nullable
        Switch daily;

        @Option(names = "--audit-anchor", paramLabel = "F|ADDRESS", description = "Append the end of the audit log to this file, with which audit verify compares, or send it to syslog://HOST[:PORT], syslog+tcp://HOST[:PORT], syslog+tls://HOST[:PORT] or a webhook's https://...")
        @Nullable
        String anchor;

        @Option(names = "--audit-anchor-key-file", paramLabel = "F", description = "File with a key in its first line, which signs what is sent to a webhook; without it nothing is signed.")
        @Nullable
        String anchorKeyFile;

        @Option(names = "--no-audit-anchor", description = "Write the end of the audit log nowhere.")
        boolean noAnchor;

        @Override
        void check() {
            if (noAnchor && anchor != null) {
                throw RollcallException.input("settings.anchor",
                        Words.of("cli.settings.anchor"),
                        Words.of("cli.settings.anchor.remedy"));
            }
            if (anchorKeyFile != null && anchor == null) {
                throw RollcallException.input("settings.anchor-key", Words.of("cli.settings.anchor-key"),
                        Words.of("cli.settings.anchor-key.remedy"));
            }
        }

        @Override
        int run(Session session) {
            ProtectionService service = session.workspace().protection();
            if (daily != null) {
                service.setDailyBackups(session.actor(), daily == Switch.on);
            }
            if (anchor != null || noAnchor) {
                service.setAnchor(session.actor(), anchor, anchorKeyFile == null
                        ? null
                        : new String(Passwords.read(anchorKeyFile, Words.of("files.what.key"))));
            }
            BackupState backups = service.backups(session.actor());
            String place = service.anchor(session.actor()).orElse(null);
            session.out().answer(new Doc().put("dailyBackups", backups.daily())
                    .put("backups", service.folder().toString()).put("lastBackup", backups.madeAt())
                    .put("backupFailure", backups.failure()).put("auditAnchor", place),
                    List.of(
                            Words.of("cli.settingsCommands.dailyBackupsIn",
                                    backups.daily()
                                            ? Words.of("cli.settingsCommands.dailyBackupsIn.part1")
                                            : Words.of("cli.settingsCommands.dailyBackupsIn.part1.else"),
                                    Text.clean(service.folder().toString())).shown(),
                            Words.of("cli.settingsCommands.lastBackup",
                                    backups.madeAt() == null
                                            ? Words.of("cli.settingsCommands.lastBackup.part1")
                                            : Text.time(backups.madeAt()),
                                    backups.failure() == null
                                            ? Words.verbatim("")
                                            : Words.of("cli.settingsCommands.lastBackup.part2.else",
                                                    Text.clean(backups.failure())))
                                    .shown(),
                            Words.of("cli.settingsCommands.endOfTheAuditLog", place == null
                                    ? Words.of("cli.settingsCommands.endOfTheAuditLog.part")
                                    : Words.of("cli.settingsCommands.endOfTheAuditLog.part.else", Text.clean(place)))
                                    .shown()));
            return ExitCode.DONE;
        }
    }
}
