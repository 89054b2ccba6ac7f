package org.rollcall.cli;

import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.schedule.Intervals;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;

@Command(name = "schedules", description = "Look at imports that repeat, and run, pause or remove them.", subcommands = {
        ScheduleCommands.ListSchedules.class, ScheduleCommands.Show.class, ScheduleCommands.Add.class,
        ScheduleCommands.Edit.class, ScheduleCommands.RunNow.class, ScheduleCommands.Pause.class,
        ScheduleCommands.Resume.class, ScheduleCommands.Remove.class })
final class ScheduleCommands {
    private ScheduleCommands() {}

    private static Doc document(ScheduleView view) {
        Schedule schedule = view.schedule();
        Run last = view.lastRun().orElse(null);
        return new Doc().id("id", schedule.id()).put("name", schedule.name()).put("tenant", view.tenant().name())
                .put("profile", view.profile().name()).put("every", Intervals.format(schedule.every()))
                .put("state", schedule.state()).put("stateReason", schedule.stateReason())
                .put("lastRun", last == null ? null : last.startedAt())
                .put("nextRun", schedule.nextRunAt())
                .put("lastResult", last == null ? null : last.state())
                .put("running", view.running());
    }

    private static TextTable table(List<ScheduleView> views) {
        var table = new TextTable("ID", "NAME", "TENANT", "EVERY", "STATE", "LAST RUN", "RESULT", "NEXT RUN");
        views.forEach(view -> table.row(Long.toString(view.schedule().id()), view.schedule().name(),
                view.tenant().name(), Intervals.format(view.schedule().every()), view.schedule().state(),
                view.lastRun().map(run -> Text.time(run.startedAt())).orElse(""),
                view.lastRun().map(run -> run.state().name()).orElse(""), Text.time(view.schedule().nextRunAt())));
        return table;
    }

    @Command(name = "list", description = "List schedules.")
    static final class ListSchedules extends SignedInCommand {
        @Override
        int run(Session session) {
            List<ScheduleView> views = session.workspace().schedules().list(session.actor());
            session.out().answer(new Doc().put("schedules", views.stream().map(ScheduleCommands::document).toList()),
                    table(views).lines());
            return ExitCode.DONE;
        }
    }

    /// One schedule, named on the command line.
    abstract static class OnSchedule extends SignedInCommand {
        @Parameters(paramLabel = "SCHEDULE", description = "Id or name.")
        String name = "";

        final ScheduleView find(Session session) {
            return session.workspace().schedules().find(session.actor(), name);
        }

        final int answer(Session session, long id) {
            ScheduleView view = session.workspace().schedules().find(session.actor(), Long.toString(id));
            session.out().answer(new Doc().put("schedule", document(view)), table(List.of(view)).lines());
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Show one schedule.")
    static final class Show extends OnSchedule {
        @Override
        int run(Session session) {
            return answer(session, find(session).schedule().id());
        }
    }

    @Command(name = "add", description = "Repeat an import.")
    static final class Add extends SignedInCommand {
        @Mixin
        RuleCommands.Which which = new RuleCommands.Which();

        @Option(names = "--every", paramLabel = "TIME", required = true, description = "Interval: 30m, 6h, 2d.")
        String every = "";

        @Override
        int run(Session session) {
            ScheduleService schedules = session.workspace().schedules();
            var interval = Intervals.parse(every);
            Schedule made = schedules.set(session.actor(), which.of(session).id(), interval);
            ScheduleView view = schedules.find(session.actor(), Long.toString(made.id()));
            session.out().answer(new Doc().put("schedule", document(view)), table(List.of(view)).lines());
            return ExitCode.DONE;
        }
    }

    @Command(name = "edit", description = "Change how often a schedule runs.")
    static final class Edit extends OnSchedule {
        @Option(names = "--every", paramLabel = "TIME", required = true, description = "Interval: 30m, 6h, 2d.")
        String every = "";

        @Override
        int run(Session session) {
            var interval = Intervals.parse(every);
            ScheduleView view = find(session);
            session.workspace().schedules().set(session.actor(), view.profile().id(), interval);
            return answer(session, view.schedule().id());
        }
    }

    @Command(name = "run", description = "Run a schedule's import now.")
    static final class RunNow extends OnSchedule {
        @Override
        int run(Session session) {
            ScheduleView view = find(session);
            Run run;
            try (Progress progress = session.invocation().progress()) {
                run = session.workspace().schedules().runNow(session.actor(), view.schedule().id(), progress);
            }
            return RunAnswer.of(session.out(), run);
        }
    }

    @Command(name = "pause", description = "Stop a schedule from running until it is resumed.")
    static final class Pause extends OnSchedule {
        @Override
        int run(Session session) {
            long id = find(session).schedule().id();
            session.workspace().schedules().pause(session.actor(), id);
            return answer(session, id);
        }
    }

    @Command(name = "resume", description = "Let a schedule run again.")
    static final class Resume extends OnSchedule {
        @Override
        int run(Session session) {
            long id = find(session).schedule().id();
            session.workspace().schedules().resume(session.actor(), id);
            return answer(session, id);
        }
    }

    @Command(name = "remove", description = "Remove a schedule; what was imported stays.")
    static final class Remove extends OnSchedule {
        @Override
        int run(Session session) {
            ScheduleView view = find(session);
            session.workspace().schedules().remove(session.actor(), view.schedule().id());
            session.out().answer(new Doc().put("removed", view.schedule().name()),
                    "Removed the schedule " + Text.clean(view.schedule().name()) + ".");
            return ExitCode.DONE;
        }
    }
}
