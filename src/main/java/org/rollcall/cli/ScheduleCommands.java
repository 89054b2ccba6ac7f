package org.rollcall.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.Schedule;
import org.rollcall.schedule.Intervals;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.sync.Draft;
import org.rollcall.text.Words;

@Command(name = "schedules", description = "Look at imports that repeat, and add, change, run, pause or remove them.", subcommands = {
        ScheduleCommands.ListSchedules.class, ScheduleCommands.Show.class, ScheduleCommands.Add.class,
        ScheduleCommands.Edit.class, ScheduleCommands.RunNow.class, ScheduleCommands.Pause.class,
        ScheduleCommands.Resume.class, ScheduleCommands.Remove.class, ScheduleCommands.History.class })
final class ScheduleCommands {
    private ScheduleCommands() {}

    private static Doc document(ScheduleView view, ZoneId zone) {
        Schedule schedule = view.schedule();
        Run last = view.lastRun().orElse(null);
        return new Doc().id("id", schedule.id()).put("name", schedule.name()).put("tenant", view.tenant().name())
                .put("profile", view.profile().name()).put("every", Intervals.format(schedule.every()))
                .put("at", schedule.timing().at() == null ? null : schedule.timing().at().toString())
                .put("timeZone", zone.getId())
                .put("missed", schedule.timing().missed().name().toLowerCase(Locale.ROOT))
                .put("state", schedule.state()).put("stateReason", schedule.stateReason())
                .put("failures", schedule.failures())
                .id("stoppedRun", schedule.stoppedRunId())
                .put("lastRun", last == null ? null : last.startedAt())
                .put("nextRun", schedule.nextRunAt())
                .put("lastResult", last == null ? null : last.state())
                .put("running", view.running());
    }

    private static Object answer(ScheduleView view, Session session) {
        return document(view, session.workspace().schedules().zone());
    }

    private static String every(Schedule schedule, ZoneId zone) {
        return Intervals.format(schedule.every())
                + (schedule.timing().at() == null
                        ? ""
                        : Words.of("cli.scheduleCommands.at", schedule.timing().at(), zone.getId()).shown());
    }

    private static List<String> lines(List<ScheduleView> views, Session session) {
        var lines = new ArrayList<>(table(views, session.workspace().schedules().zone()).lines());
        views.stream().filter(view -> view.schedule().stateReason() != null)
                .forEach(view -> lines.add(
                        view.schedule().name() + ": " + Text.recalled(String.valueOf(view.schedule().stateReason()))));
        return lines;
    }

    private static TextTable table(List<ScheduleView> views, ZoneId zone) {
        var table = new TextTable("ID", "NAME", "TENANT", "EVERY", "STATE", "LAST RUN", "RESULT", "NEXT RUN");
        views.forEach(view -> table.row(Long.toString(view.schedule().id()), view.schedule().name(),
                view.tenant().name(), every(view.schedule(), zone), view.schedule().state(),
                view.lastRun().map(run -> Text.time(run.startedAt())).orElse(""),
                view.lastRun().map(run -> run.state().name()).orElse(""), Text.time(view.schedule().nextRunAt())));
        return table;
    }

    @Command(name = "list", description = "List schedules.")
    static final class ListSchedules extends SignedInCommand {
        @Override
        int run(Session session) {
            List<ScheduleView> views = session.workspace().schedules().list(session.actor());
            session.out().answer(new Doc().put("schedules", views.stream()
                    .map(view -> answer(view, session)).toList()), lines(views, session));
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
            session.out().answer(new Doc().put("schedule", ScheduleCommands.answer(view, session)),
                    lines(List.of(view), session));
            return ExitCode.DONE;
        }
    }

    /// When a schedule runs, as options.
    static final class When {
        @Option(names = "--at", paramLabel = "HH:MM", description = "Time of day in this machine's time zone; with an interval of days it runs then, a shorter one is counted from it; \"any\" takes it away.")
        @Nullable
        String at;

        @Option(names = "--missed", paramLabel = "run|skip", description = "What becomes of runs that were due while nothing ran: made good once, or left out; otherwise run.")
        Schedule.@Nullable Missed missed;

        void check() {
            if (at != null && !isAny()) {
                Intervals.parseTime(at);
            }
        }

        private boolean isAny() {
            return "any".equalsIgnoreCase(Objects.requireNonNullElse(at, "").strip());
        }

        /// @throws RollcallException INPUT: the interval does not fit the time of day
        Schedule.Timing over(Schedule.Timing before, @Nullable String every) {
            return Intervals.check(new Schedule.Timing(every == null ? before.every() : Intervals.parse(every),
                    at == null ? before.at() : isAny() ? null : Intervals.parseTime(at),
                    missed == null ? before.missed() : missed));
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

        @Mixin
        When when = new When();

        @Option(names = "--every", paramLabel = "TIME", required = true, description = "Interval: 30m, 6h, 2d.")
        String every = "";

        @Override
        void check() {
            Intervals.parse(every);
            when.check();
        }

        @Override
        int run(Session session) {
            ScheduleService schedules = session.workspace().schedules();
            Schedule.Timing timing = when.over(Schedule.Timing.every(Intervals.parse(every)), every);
            Schedule made = schedules.set(session.actor(), which.of(session).id(), timing);
            ScheduleView view = schedules.find(session.actor(), Long.toString(made.id()));
            session.out().answer(new Doc().put("schedule", answer(view, session)), lines(List.of(view), session));
            return ExitCode.DONE;
        }
    }

    @Command(name = "edit", description = "Change when a schedule runs, and what it imports from its next run on.")
    static final class Edit extends OnSchedule {
        @Mixin
        When when = new When();

        @Mixin
        ImportSettings settings = new ImportSettings();

        @Override
        void check() {
            settings.check();
            when.check();
            if (!configures() && !settings.full && settings.every == null && when.at == null && when.missed == null) {
                throw RollcallException.input("schedule.edit", Words.of("cli.schedule.edit"),
                        Words.of("cli.schedule.edit.remedy"));
            }
        }

        private boolean configures() {
            return settings.configures() || settings.limits();
        }

        @Override
        int run(Session session) {
            ScheduleService schedules = session.workspace().schedules();
            ScheduleView view = find(session);
            session.actor().require(Permission.MANAGE_SCHEDULES);
            Schedule.Timing timing = when.over(view.schedule().timing(), settings.every);
            if (configures()) {
                try (Progress progress = session.invocation().progress()) {
                    Draft draft = new ImportDrafts(session, settings, view.tenant().name(), view.profile().name())
                            .edited(progress);
                    session.workspace().imports().configure(session.actor(), view.tenant().name(),
                            view.profile().name(), draft);
                }
            }
            schedules.set(session.actor(), view.profile().id(), timing);
            if (settings.full) {
                schedules.readEverything(session.actor(), view.schedule().id());
            }
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
                    Words.of("cli.scheduleCommands.removedTheSchedule", Text.clean(view.schedule().name())).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "history", description = "List the runs of a schedule's import, newest first.")
    static final class History extends OnSchedule {
        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Override
        void check() {
            UserCommands.requireLimit(limit);
        }

        @Override
        int run(Session session) {
            ScheduleView view = find(session);
            List<Run> runs = session.workspace().runs().list(session.actor(),
                    RunFilter.ofProfile(view.profile().id()), null, limit);
            session.out().answer(new Doc().put("runs", runs.stream().map(Documents::run).toList()),
                    RunCommands.table(runs).lines());
            return ExitCode.DONE;
        }
    }
}
