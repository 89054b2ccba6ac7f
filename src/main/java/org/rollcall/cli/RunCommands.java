package org.rollcall.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.RunFilter;
import org.rollcall.runs.RunService;
import org.rollcall.runs.UndoService;
import org.rollcall.text.Words;

@Command(name = "runs", description = "Look at what imports did, undo it, and deal with runs that a guard stopped.", subcommands = {
        RunCommands.ListRuns.class, RunCommands.Show.class, RunCommands.Undo.class, RunCommands.Apply.class,
        RunCommands.Discard.class })
final class RunCommands {
    private RunCommands() {}

    @Command(name = "list", description = "List runs, newest first.")
    static final class ListRuns extends SignedInCommand {
        @Option(names = "--tenant", paramLabel = "NAME", description = "Only runs of this tenant.")
        @Nullable
        String tenant;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Option(names = "--after", paramLabel = "RUN", description = "Go on after this run.")
        @Nullable
        Long after;

        @Override
        int run(Session session) {
            UserCommands.requireLimit(limit);
            RunFilter filter = tenant == null
                    ? RunFilter.everything()
                    : RunFilter.ofTenant(session.workspace().tenants().byName(tenant).id());
            List<Run> runs = session.workspace().runs().list(session.actor(), filter, after, limit);
            session.out().answer(new Doc().put("runs", runs.stream().map(Documents::run).toList())
                    .id("next", runs.size() < limit ? null : runs.getLast().id()), table(runs).lines());
            return ExitCode.DONE;
        }
    }

    /// Runs for people, a line each.
    static TextTable table(List<Run> runs) {
        var table = new TextTable("RUN", "TENANT", "IMPORT", "STARTED", "STATE", "CHANGES", "REQUESTS", "BY");
        runs.forEach(run -> table.row(Long.toString(run.id()), run.tenantName(), run.profileName(),
                Text.time(run.startedAt()), run.state(), changes(run), run.requests(), run.startedBy()));
        return table;
    }

    private static long changes(Run run) {
        return run.counts().entrySet().stream().filter(entry -> entry.getKey().changesDirectory())
                .mapToLong(entry -> entry.getValue()).sum();
    }

    /// One run, named on the command line.
    abstract static class OnRun extends SignedInCommand {
        @Parameters(paramLabel = "RUN", description = "The run's id.")
        String id = "";

        final long run() {
            if (!id.matches("[0-9]{1,18}")) {
                throw RollcallException.input("run.unknown", Words.of("cli.run.unknown", id),
                        Words.of("cli.run.unknown.remedy"));
            }
            return Long.parseLong(id);
        }
    }

    @Command(name = "undo", description = "Take back what a run did, wherever it is still as the run left it.")
    static final class Undo extends OnRun {
        @Option(names = "--preview", description = "Only say what would be taken back and what would be left alone.")
        boolean preview;

        @Option(names = "--all", description = "Take back what was changed since, too.")
        boolean all;

        @Override
        int run(Session session) {
            UndoService undo = session.workspace().undo();
            try (Progress progress = session.invocation().progress()) {
                if (!preview) {
                    Run run = undo.undo(session.actor(), run(), all, progress).run();
                    return RunAnswer.of(session.out(), run);
                }
                UndoService.Preview found = undo.preview(session.actor(), run(), all, progress);
                var lines = new ArrayList<>(RunAnswer.lines(found.run()));
                found.leftAlone().forEach(change -> lines.add("  " + Show.line(change)));
                session.out().answer(Documents.run(found.run()), lines);
                return ExitCode.DONE;
            }
        }
    }

    @Command(name = "apply", description = "Apply what a guard against removals stopped, exactly as it was, once.")
    static final class Apply extends OnRun {
        @Override
        int run(Session session) {
            try (Progress progress = session.invocation().progress()) {
                return RunAnswer.of(session.out(),
                        session.workspace().stoppedRuns().apply(session.actor(), run(), progress).run());
            }
        }
    }

    @Command(name = "discard", description = "Drop the changes that a guard stopped.")
    static final class Discard extends OnRun {
        @Override
        int run(Session session) {
            session.workspace().stoppedRuns().discard(session.actor(), run());
            session.out().answer(new Doc().put("discarded", id),
                    Words.of("cli.runCommands.discardedTheChangesOfRun", id).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Show one run.")
    static final class Show extends OnRun {

        @Option(names = "--changes", description = "With every change: old value, new value, reason.")
        boolean changes;

        @Override
        int run(Session session) {
            RunService runs = session.workspace().runs();
            Run run = runs.show(session.actor(), run());
            Doc doc = Documents.run(run);
            var lines = new ArrayList<>(RunAnswer.lines(run));
            if (run.error() != null) {
                lines.add("  " + Text.clean(Text.recalled(run.error().message())) + "; "
                        + Text.clean(Text.recalled(run.error().commandRemedy())));
            }
            if (changes) {
                // Read as they are written: a first import of a large tenant has more than memory holds.
                Iterable<Doc> all = () -> new Documented(runs.allChanges(session.actor(), run.id(),
                        ChangeFilter.everything()));
                doc.put("changes", all);
                if (!session.out().json()) {
                    session.out().lines(lines);
                    runs.allChanges(session.actor(), run.id(), ChangeFilter.everything())
                            .forEachRemaining(change -> session.out().lines(List.of("  " + line(change.change()))));
                    return ExitCode.DONE;
                }
            }
            session.out().answer(doc, lines);
            return ExitCode.DONE;
        }

        /// Changes as documents, one at a time.
        private record Documented(Iterator<RunChange> changes) implements Iterator<Doc> {
            @Override
            public boolean hasNext() {
                return changes.hasNext();
            }

            @Override
            public Doc next() {
                return Documents.change(changes.next().change());
            }
        }

        private static String line(Change change) {
            String what = switch (change) {
                case Change.PersonChange person -> person.name() + difference(person.kind(), person.before().toString(),
                        person.after().toString());
                case Change.GroupChange group -> group.name() + difference(group.kind(), group.before().toString(),
                        group.after().toString());
                case Change.MemberChange member -> member.objectId() + " <- " + member.memberId();
            };
            return change.kind().jsonName() + "  " + Text.clean(what) + "  (" + change.reason().code().words() + ")";
        }

        private static String difference(ChangeKind kind, String before, String after) {
            return kind == ChangeKind.CREATE || kind == ChangeKind.GROUP_CREATE ? "" : "  " + before + " -> " + after;
        }
    }
}
