package org.rollcall.ui.schedules;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.runs.UndoService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.plan.Guards;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.UiTasks;

/// What can be done about a run: undo it, or apply or drop what a guard stopped. Knows no scene.
final class RunDeeds {
    private static final int NAMED = 200;

    private final UiTasks tasks;
    private final SchedulesServices services;
    private final Actor actor;
    private final ReadOnlyObjectWrapper<@Nullable Standing> standing = new ReadOnlyObjectWrapper<>();

    RunDeeds(UiTasks tasks, SchedulesServices services, Actor actor) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
    }

    /// Of the run that shows.
    record Standing(Run run, UndoService.Standing undo, StoppedRuns.Standing stopped) {}

    /// What an undo would do, and whom it keeps from running by itself.
    ///
    /// @param schedule the name of the schedule that is paused; empty: none runs
    record Undoing(UndoService.Preview preview, String schedule) {
        long changes() {
            return ScheduleWords.changes(preview.run());
        }

        long leftAlone() {
            return preview.run().count(ChangeKind.CONFLICT);
        }
    }

    ReadOnlyObjectProperty<@Nullable Standing> standingProperty() {
        return standing.getReadOnlyProperty();
    }

    /// Why the person may do nothing about runs; empty if they may.
    String reason() {
        return Disallowed.reason(actor.may(Permission.IMPORT), Permission.IMPORT.words());
    }

    void look(Run run) {
        tasks.quietly(_ -> new Standing(run, services.undo().standing(actor, run), actor.may(Permission.IMPORT)
                ? services.stopped().standing(actor, run)
                : StoppedRuns.Standing.NOTHING), standing::set, _ -> standing.set(null));
    }

    void preview(long run, boolean all, Consumer<Undoing> then, Consumer<RollcallException> failed) {
        tasks.quietly(job -> {
            UndoService.Preview preview = services.undo().preview(actor, run, all, job);
            return new Undoing(preview, schedule(preview.run()));
        }, then, failed);
    }

    private String schedule(Run undoing) {
        return services.schedules().list(actor).stream()
                .filter(view -> Optional.ofNullable(undoing.profileId()).filter(id -> id == view.profile().id())
                        .isPresent())
                .map(ScheduleView::schedule).filter(each -> each.state() != Schedule.State.PAUSED)
                .map(Schedule::name).findFirst().orElse("");
    }

    void undo(long run, boolean all, Consumer<Run> then, Consumer<RollcallException> failed) {
        tasks.start(Messages.get("schedules.undo.doing", String.valueOf(run)),
                job -> services.undo().undo(actor, run, all, job).run(), then, failed);
    }

    void apply(long run, Consumer<Run> then, Consumer<RollcallException> failed) {
        tasks.start(Messages.get("schedules.apply.doing", String.valueOf(run)),
                job -> services.stopped().apply(actor, run, job).run(), then, failed);
    }

    void discard(long run, Runnable then, Consumer<RollcallException> failed) {
        tasks.quietly(_ -> {
            services.stopped().discard(actor, run);
            return true;
        }, _ -> then.run(), failed);
    }

    /// Who would lose their account, or get another role where a guard stopped the run for that, if what was stopped were
    /// applied; the first few hundred.
    void losers(Run run, Consumer<List<ChangeRow>> then, Consumer<RollcallException> failed) {
        var kinds = EnumSet.of(ChangeKind.REMOVE, ChangeKind.DEACTIVATE);
        if (run.guard(Guards.LOST_ROLES).filter(Guard::stopped).isPresent()) {
            kinds.add(ChangeKind.ROLE_CHANGE);
        }
        var losing = new ChangeFilter(kinds, "");
        tasks.quietly(_ -> services.runs().changes(actor, run.id(), losing, -1, NAMED).stream()
                .map(each -> ChangeRow.of(each.change(), Map.of())).toList(), then, failed);
    }
}
