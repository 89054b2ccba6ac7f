package org.rollcall.ui.schedules;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Trigger;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;

/// Schedules and runs in words.
final class ScheduleWords {
    private ScheduleWords() {}

    /// "Everyone, no guests", "34 groups", "3 people by name".
    static String scope(ProfileConfig config) {
        var scope = config.scope();
        var parts = new ArrayList<String>();
        if (scope.all()) {
            parts.add(Messages.get("schedules.scope.everyone"));
        }
        if (scope.groups().size() == 1) {
            parts.add(Messages.get("schedules.scope.group", scope.groups().getFirst().name()));
        } else if (!scope.groups().isEmpty()) {
            parts.add(Messages.get("schedules.scope.groups", scope.groups().size()));
        }
        if (!scope.groups().isEmpty() && !scope.nested()) {
            parts.add(Messages.get("schedules.scope.direct"));
        }
        if (!scope.people().isEmpty()) {
            parts.add(Messages.get("schedules.scope.people", scope.people().size()));
        }
        if (!config.filters().guests()) {
            parts.add(Messages.get("schedules.scope.noGuests"));
        }
        if (!config.filters().disabled()) {
            parts.add(Messages.get("schedules.scope.noDisabled"));
        }
        if (!config.filters().mfaRegistered()) {
            parts.add(Messages.get("schedules.scope.noMfa"));
        }
        return String.join(", ", parts);
    }

    /// "Runs in this window"
    static String runner(ScheduleService.Runner runner) {
        return Messages.get(switch (runner) {
            case HERE -> "schedules.where";
            case SERVICE -> "schedules.where.service";
            case ELSEWHERE -> "schedules.where.elsewhere";
            case NOBODY -> "schedules.where.nobody";
        });
    }

    static String runnerSentence(ScheduleService.Runner runner) {
        return Messages.get(switch (runner) {
            case HERE -> "schedules.where.sentence";
            case SERVICE -> "schedules.where.service.sentence";
            case ELSEWHERE -> "schedules.where.elsewhere.sentence";
            case NOBODY -> "schedules.where.nobody.sentence";
        });
    }

    static String missed(Schedule.Missed missed) {
        return Messages.get(missed == Schedule.Missed.RUN ? "schedules.missed.run" : "schedules.missed.skip");
    }

    /// "at 06:00"; empty without a time of day.
    static String at(Schedule schedule) {
        return schedule.timing().at() == null ? "" : Messages.get("schedules.at", schedule.timing().at().toString());
    }

    static Look look(ScheduleView view) {
        if (view.running()) {
            return Look.running();
        }
        return switch (view.schedule().state()) {
            case ACTIVE -> view.schedule().backsOff() && view.schedule().failures() > 1
                    ? Look.scheduleBackingOff()
                    : view.lastRun().filter(ScheduleWords::failed).map(ScheduleWords::stopped)
                            .orElseGet(Look::scheduleActive);
            case PAUSED -> Look.schedulePaused();
            case QUARANTINED -> Look.scheduleQuarantined();
        };
    }

    private static Look stopped(Run run) {
        return run.state() == RunState.STOPPED ? Look.scheduleStopped() : Look.of(run.state());
    }

    /// Blank while paused.
    static String next(ScheduleView view, Clock clock) {
        var next = view.schedule().nextRunAt();
        return switch (view.schedule().state()) {
            case QUARANTINED -> Messages.get("schedules.waits");
            case PAUSED -> "";
            case ACTIVE -> next == null ? Messages.get("schedules.notPlanned") : Moments.of(next, clock);
        };
    }

    /// "Contoso daily was stopped by a guard", "Contoso daily: 4 changes".
    static String ended(String schedule, Run run) {
        return switch (run.state()) {
            case STOPPED -> Messages.get("schedules.ran.stopped", schedule);
            case FAILED -> Messages.get("schedules.ran.failed", schedule);
            case INTERRUPTED -> Messages.get("schedules.ran.interrupted", schedule);
            default -> Messages.get("schedules.ran", schedule, result(run));
        };
    }

    /// "4 changes", or how it ended otherwise.
    static String result(Run run) {
        return run.state() == RunState.SUCCEEDED
                ? Messages.get("schedules.changes", changes(run))
                : Look.of(run.state()).word();
    }

    static long changes(Run run) {
        return run.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                .mapToLong(each -> each.getValue()).sum();
    }

    static String took(Run run) {
        var ended = run.endedAt();
        return ended == null ? "" : Moments.length(Duration.between(run.startedAt(), ended));
    }

    static String trigger(Run run) {
        return run.trigger() == Trigger.MANUAL
                ? Messages.get("schedules.by.hand", run.startedBy())
                : run.trigger() == Trigger.CATCH_UP
                        ? Messages.get("schedules.by.catchUp")
                        : Messages.get("schedules.by.schedule");
    }

    static boolean failed(Run run) {
        return run.state() == RunState.FAILED || run.state() == RunState.STOPPED
                || run.state() == RunState.INTERRUPTED;
    }

    static String kind(ChangeKind kind) {
        return Look.of(kind).word();
    }
}
