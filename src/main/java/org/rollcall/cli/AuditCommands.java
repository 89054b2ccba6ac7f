package org.rollcall.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.rollcall.audit.AuditExport;
import org.rollcall.audit.AuditService;
import org.rollcall.audit.AuditService.Verification;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Page;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

@Command(name = "audit", description = "Look at what was done, and check that nobody has tampered with it.", subcommands = {
        AuditCommands.ListEvents.class, AuditCommands.Verify.class, AuditCommands.Export.class })
final class AuditCommands {
    private AuditCommands() {}

    static Doc document(AuditEvent event) {
        Doc doc = new Doc();
        AuditExport.fields(event).forEach(doc::put);
        return doc;
    }

    @Command(name = "list", description = "List events, newest first.")
    static final class ListEvents extends SignedInCommand {
        @Option(names = "--actor", paramLabel = "NAME", description = "Only what this person did.")
        @Nullable
        String actor;

        @Option(names = "--action", paramLabel = "A", description = "Only this action, or those below: role, role.set.")
        @Nullable
        String action;

        @Option(names = "--run", paramLabel = "RUN", description = "Only what this run did.")
        @Nullable
        Long runId;

        @Option(names = "--search", paramLabel = "TEXT", description = "Only events with this text.")
        @Nullable
        String text;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Option(names = "--after", paramLabel = "CURSOR", description = "Go on after a page: its \"next\".")
        @Nullable
        String after;

        @Override
        int run(Session session) {
            UserCommands.requireLimit(limit);
            var filter = new AuditFilter(null, null, actor, action, null, null, runId, text);
            Page<AuditEvent> page = session.workspace().audit().list(session.actor(), filter, after, limit);
            var table = new TextTable("NO", "WHEN", "WHO", "WHAT", "ON", "DETAILS");
            page.rows().forEach(event -> table.row(Long.toString(event.seq()), Text.time(event.at()), event.actor(),
                    event.action(), event.objectName(), event.detail().isEmpty() ? "" : event.detail()));
            List<String> lines = new ArrayList<>(table.lines());
            if (page.next() != null) {
                lines.add(Words.of("cli.auditCommands.moreWithAfter", page.next()).shown());
            }
            session.out().answer(new Doc().put("events", page.rows().stream().map(AuditCommands::document).toList())
                    .put("total", session.workspace().audit().count(session.actor(), filter))
                    .put("next", page.next()), lines);
            return ExitCode.DONE;
        }
    }

    @Command(name = "verify", description = "Recompute the chain of events.")
    static final class Verify extends SignedInCommand {
        @Option(names = "--anchor", paramLabel = "F|ADDRESS", description = "Compare with this file, to which ends of the chain were written, instead of the one that is set; of the address that is set, say what was sent there.")
        @Nullable
        String anchor;

        @Override
        int run(Session session) {
            Verification found = session.workspace().audit().check(session.actor(), anchor, JobContext.silent())
                    .found();
            var lines = new ArrayList<String>();
            lines.add(found.intact()
                    ? Words.of("cli.auditCommands.theChainOfIsUnbroken", Text.count(found.events(), "event")).shown()
                    : Words.of("cli.auditCommands.theChainIsBrokenAt", found.brokenAt()).shown());
            if (found.anchor() != null && found.anchor().sent() != null) {
                lines.addAll(lines(found.anchor().sent()));
            }
            session.out().answer(new Doc().put("intact", found.intact()).put("events", found.events())
                    .put("brokenAt", found.brokenAt()).put("anchor", document(found.anchor())), lines);
            if (!found.intact()) {
                session.out().error("REFUSED", Words.of("cli.end.theChainOfAuditEvents", found.brokenAt()),
                        Words.of("cli.end.compareWithAnEarlierExport"), Map.of());
            }
            RollcallException trouble = found.anchor() == null ? null : found.anchor().trouble();
            if (found.intact() && trouble != null) {
                session.out().error(trouble.kind().name(), trouble.words(), trouble.commandRemedyWords(), Map.of());
            }
            return found.intact() && trouble == null ? ExitCode.DONE : ExitCode.ATTENTION;
        }

        private static List<String> lines(AuditService.Sent sent) {
            var lines = new ArrayList<String>();
            lines.add(Words.of("cli.auditCommands.sentUpTo", Text.clean(sent.place()), sent.upTo()).shown());
            lines.add(howToCheck(sent).shown());
            if (sent.failure() != null) {
                lines.add(Words.of("cli.auditCommands.lastTryFailed", Text.clean(sent.failure())).shown());
            }
            return lines;
        }

        private static Words howToCheck(AuditService.Sent sent) {
            String seq = Long.toString(sent.upTo());
            if (sent.hash() == null) {
                return Words.of("cli.auditCommands.checkThere.gone");
            }
            return switch (sent.kind()) {
                case SYSLOG -> Words.of("cli.auditCommands.checkThere.syslog", AuditService.Sent.SYSLOG_ID, seq,
                        sent.hash());
                case WEBHOOK -> Words.of("cli.auditCommands.checkThere.webhook", seq, sent.hash());
            };
        }

        /// Of an address `file` is null, and nothing is compared: `sent` says what is known.
        private static @Nullable Doc document(AuditService.@Nullable Anchored anchor) {
            if (anchor == null) {
                return null;
            }
            AuditService.Sent sent = anchor.sent();
            return new Doc().put("file", sent == null ? anchor.place() : null).put("ends", anchor.ends())
                    .put("compared", sent == null && anchor.trouble() == null).put("differsAt", anchor.differsAt())
                    .put("sent", sent == null
                            ? null
                            : new Doc().put("kind", sent.kind()).put("to", sent.place()).put("upTo", sent.upTo())
                                    .put("hash", sent.hash()).put("failure", sent.failure())
                                    .put("check", howToCheck(sent).english()));
        }
    }

    @Command(name = "export", description = "Write every event out, oldest first.")
    static final class Export extends SignedInCommand {
        @Option(names = "--format", paramLabel = "csv|json", description = "Otherwise json.")
        ExportCommands.Format format = ExportCommands.Format.JSON;

        @Option(names = "--out", paramLabel = "F", description = "Write into this file.")
        @Nullable
        String file;

        @Override
        int run(Session session) throws IOException {
            var export = new AuditExport(session.workspace().audit());
            ExportFile.write(invocation().terminal(), file, writer -> {
                if (format == ExportCommands.Format.CSV) {
                    export.csv(session.actor(), AuditFilter.everything(), writer);
                } else {
                    export.json(session.actor(), AuditFilter.everything(), writer);
                }
            });
            return ExitCode.DONE;
        }
    }
}
