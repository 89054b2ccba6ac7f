package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.sync.plan.Guards;
import org.rollcall.text.Words;

/// Says how a run ended, in words or as its document, and with which exit code.
final class RunAnswer {
    private RunAnswer() {}

    /// @return the exit code
    static int of(Output out, Run run) {
        return of(out, run, List.of());
    }

    /// @param more lines for people
    static int of(Output out, Run run, List<String> more) {
        var lines = new ArrayList<>(lines(run));
        lines.addAll(more);
        out.answer(Documents.run(run), lines);
        return switch (run.state()) {
            case SUCCEEDED, PLANNED, RUNNING -> run.count(ChangeKind.CONFLICT) > 0 || run.needsAttention()
                    || run.guards().stream().anyMatch(guard -> guard.name().equals(Guards.GROUP_GONE))
                            ? ExitCode.ATTENTION
                            : ExitCode.DONE;
            case CANCELLED -> {
                out.error("CANCELLED", Words.of("cli.end.cancelledNothingWasChanged"),
                        Words.of("cli.end.runItAgainToGo"),
                        java.util.Map.of());
                yield ExitCode.CANCELLED;
            }
            case STOPPED, FAILED, INTERRUPTED -> failed(out, run);
        };
    }

    private static int failed(Output out, Run run) {
        Run.Failure error = run.error();
        if (error != null) {
            RollcallException thrown = error.toException();
            if (error.code().equals("guard." + Guards.ADMINISTRATORS_GIVEN)) {
                thrown.onCommandLine(Words.of("cli.runAnswer.failed.remedy.cli", error.remedy()));
            }
            out.error(thrown);
            return ExitCode.of(error.kind());
        }
        String stopped = String.join(", ",
                run.guards().stream().filter(Guard::stopped).map(Guard::message).toList());
        if (run.state() == RunState.STOPPED) {
            out.error(ErrorKind.GUARD.name(),
                    stopped.isEmpty() ? Words.of("cli.end.aGuardStoppedTheRun") : Words.verbatim(stopped),
                    Words.of("cli.end.lookAtTheChangesWith", run.id()), java.util.Map.of());
            return ExitCode.GUARD;
        }
        out.error(ErrorKind.REFUSED.name(), Words.of("cli.end.theRunDidNotEnd"), Words.of("cli.end.runItAgain"),
                java.util.Map.of());
        return ExitCode.DIRECTORY;
    }

    /// What a run or a preview found, for people.
    static List<String> lines(Run run) {
        var lines = new ArrayList<String>();
        String what = run.state() == RunState.PLANNED ? "Preview" : "Run " + run.id();
        lines.add(what + (run.undoOf() == null ? "" : ", which undoes run " + run.undoOf() + ",") + " of "
                + Text.clean(run.tenantName())
                + " / " + Text.clean(run.profileName()) + ": " + run.state());
        lines.addAll(counts(run));
        for (StreamEvidence stream : run.evidence()) {
            lines.add("  read " + stream.stream() + ": " + Text.count(stream.objects(), "object", "objects") + " on "
                    + Text.count(stream.pages(), "page", "pages") + ", "
                    + Text.count(stream.requests(), "request", "requests"));
            for (ReadNote note : stream.notes()) {
                lines.add("    " + (note.attention() ? "! " : "- ") + Text.clean(note.asked()) + ": "
                        + Text.clean(note.came()));
            }
        }
        lines.add("  " + Text.count(run.requests(), "request", "requests") + " in all"
                + (run.complete() ? ", read to the end" : ", not read to the end"));
        Run.Admins admins = run.admins();
        if (admins != null) {
            lines.add("  administrators: " + admins.before() + " before, " + admins.after() + " after");
        }
        for (Guard guard : run.guards()) {
            lines.add("  guard " + guard.name() + ": " + (guard.stopped() ? "STOPS, " : "passes, ")
                    + Text.clean(guard.message()));
        }
        return lines;
    }

    /// The kinds of change that occur, two spaces in front.
    static List<String> counts(Run run) {
        var lines = new ArrayList<String>();
        for (ChangeKind kind : ChangeKind.values()) {
            long count = run.count(kind);
            if (count > 0) {
                lines.add("  " + words(run, kind) + ": " + Text.number(count));
            }
        }
        if (lines.isEmpty()) {
            lines.add("  nothing has changed");
        }
        return lines;
    }

    private static String words(Run run, ChangeKind kind) {
        return run.kind() == RunKind.UNDO && kind == ChangeKind.CONFLICT
                ? "changed since, left alone"
                : words(kind);
    }

    private static String words(ChangeKind kind) {
        return switch (kind) {
            case CREATE -> "new people";
            case UPDATE -> "people updated";
            case RENAME -> "people renamed";
            case DEACTIVATE -> "people deactivated";
            case REACTIVATE -> "people reactivated";
            case REMOVE -> "people removed";
            case GROUP_CREATE -> "new groups";
            case GROUP_UPDATE -> "groups updated";
            case GROUP_REMOVE -> "groups removed";
            case MEMBER_ADD -> "memberships added";
            case MEMBER_REMOVE -> "memberships removed";
            case ROLE_GRANT -> "roles given by rules";
            case ROLE_CHANGE -> "roles changed";
            case CONFLICT -> "conflicts";
            case SKIP -> "skipped";
        };
    }
}
