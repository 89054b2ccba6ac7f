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
                    stopped.isEmpty() ? Words.of("cli.end.aGuardStoppedTheRun") : Words.recalled(stopped),
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
        String what = run.state() == RunState.PLANNED ? "Preview" : Words.of("cli.runAnswer.run", run.id()).shown();
        lines.add(Words
                .of("cli.runAnswer.of",
                        what + (run.undoOf() == null ? "" : Words.of("cli.runAnswer.undoes", run.undoOf()).shown()),
                        Text.clean(run.tenantName()), Text.clean(run.profileName()), run.state())
                .shown());
        lines.addAll(counts(run));
        for (StreamEvidence stream : run.evidence()) {
            lines.add(Words.of("cli.runAnswer.readOn", stream.stream(),
                    Text.count(stream.objects(), "object"), Text.count(stream.pages(), "page"),
                    Text.count(stream.requests(), "request")).shown());
            for (ReadNote note : stream.notes()) {
                lines.add("    " + (note.attention() ? "! " : "- ") + Text.clean(Text.recalled(note.asked())) + ": "
                        + Text.clean(Text.recalled(note.came())));
            }
        }
        lines.add(Words.of("cli.runAnswer.inAll", Text.count(run.requests(), "request"),
                run.complete() ? Words.of("cli.runAnswer.inAll.part2") : Words.of("cli.runAnswer.inAll.part2.else"))
                .shown());
        Run.Admins admins = run.admins();
        if (admins != null) {
            lines.add(Words.of("cli.runAnswer.administratorsBeforeAfter", admins.before(), admins.after()).shown());
        }
        for (Guard guard : run.guards()) {
            lines.add(Words.of("cli.runAnswer.guard", guard.name(),
                    guard.stopped()
                            ? Words.of("cli.runAnswer.guard.part2")
                            : Words.of("cli.runAnswer.guard.part2.else"),
                    Text.clean(Text.recalled(guard.message()))).shown());
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
            lines.add(Words.of("cli.runAnswer.nothingHasChanged").shown());
        }
        return lines;
    }

    private static String words(Run run, ChangeKind kind) {
        return run.kind() == RunKind.UNDO && kind == ChangeKind.CONFLICT
                ? Words.of("cli.runAnswer.changedSinceLeftAlone").shown()
                : words(kind);
    }

    private static String words(ChangeKind kind) {
        return switch (kind) {
            case CREATE -> Words.of("cli.runAnswer.newPeople").shown();
            case UPDATE -> Words.of("cli.runAnswer.peopleUpdated").shown();
            case RENAME -> Words.of("cli.runAnswer.peopleRenamed").shown();
            case DEACTIVATE -> Words.of("cli.runAnswer.peopleDeactivated").shown();
            case REACTIVATE -> Words.of("cli.runAnswer.peopleReactivated").shown();
            case REMOVE -> Words.of("cli.runAnswer.peopleRemoved").shown();
            case GROUP_CREATE -> Words.of("cli.runAnswer.newGroups").shown();
            case GROUP_UPDATE -> Words.of("cli.runAnswer.groupsUpdated").shown();
            case GROUP_REMOVE -> Words.of("cli.runAnswer.groupsRemoved").shown();
            case MEMBER_ADD -> Words.of("cli.runAnswer.membershipsAdded").shown();
            case MEMBER_REMOVE -> Words.of("cli.runAnswer.membershipsRemoved").shown();
            case ROLE_GRANT -> Words.of("cli.runAnswer.rolesGivenByRules").shown();
            case ROLE_CHANGE -> Words.of("cli.runAnswer.rolesChanged").shown();
            case CONFLICT -> "conflicts";
            case SKIP -> "skipped";
        };
    }
}
