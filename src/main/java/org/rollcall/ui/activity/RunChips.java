package org.rollcall.ui.activity;

import java.util.List;
import javafx.scene.layout.FlowPane;

import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.ui.common.ChoiceChip;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;

/// The filters of runs: when, result, import, trigger.
final class RunChips extends FlowPane {
    private static final List<RunState> STATES = List.of(RunState.RUNNING, RunState.SUCCEEDED, RunState.FAILED,
            RunState.STOPPED, RunState.CANCELLED, RunState.INTERRUPTED);

    RunChips(RunsViewModel model) {
        super(8, 8);
        getStyleClass().add("activity-chips");
        var since = new ChoiceChip<>(Messages.get("activity.column.when"), Messages.get("activity.since.any"),
                List.of(Since.values()), Since::words);
        since.setId("activity.filter.since");
        var state = new ChoiceChip<>(Messages.get("activity.column.state"), Messages.get("activity.state.any"), STATES,
                each -> Look.of(each).word());
        state.setId("activity.filter.state");
        var schedule = new ChoiceChip<>(Messages.get("activity.column.schedule"),
                Messages.get("activity.schedule.any"), List.<ActivityServices.ImportName>of(),
                ActivityServices.ImportName::name);
        schedule.setId("activity.filter.schedule");
        var trigger = new ChoiceChip<>(Messages.get("activity.fact.trigger"), Messages.get("activity.trigger.any"),
                List.of(Trigger.values()), RunWords::trigger);
        trigger.setId("activity.filter.trigger");
        getChildren().addAll(since, state, schedule, trigger);
        model.importsProperty().subscribe(schedule::offer);
        model.queryProperty().subscribe(query -> {
            since.valueProperty().set(query.since());
            state.valueProperty().set(query.state());
            schedule.valueProperty().set(query.schedule());
            trigger.valueProperty().set(query.trigger());
        });
        var query = model.queryProperty();
        since.valueProperty().addListener((_, _, now) -> query.set(query.get().withSince(now)));
        state.valueProperty().addListener((_, _, now) -> query.set(query.get().withState(now)));
        schedule.valueProperty().addListener((_, _, now) -> query.set(query.get().withSchedule(now)));
        trigger.valueProperty().addListener((_, _, now) -> query.set(query.get().withTrigger(now)));
    }
}
