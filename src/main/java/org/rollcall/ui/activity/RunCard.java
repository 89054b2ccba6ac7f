package org.rollcall.ui.activity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;

/// A summary of a run; its page has the details.
final class RunCard extends DetailCard {
    private final Clock clock;
    private final LongConsumer openRun;
    private final boolean mayLook;
    private final Navigator navigator;

    RunCard(Clock clock, ActivityViewModel model, LongConsumer openRun, Navigator navigator) {
        super("activity.run");
        this.mayLook = model.reason(Permission.VIEW_DIRECTORY).isEmpty();
        this.navigator = navigator;
        this.clock = clock;
        this.openRun = openRun;
        model.runs().openProperty().subscribe(this::show);
    }

    private void show(@Nullable Run run) {
        if (run == null) {
            showNothing(Messages.get("activity.run.none"));
            return;
        }
        var title = strong(Messages.get("activity.run.title", String.valueOf(run.id())));
        title.setId("activity.run.title");
        var head = new VBox(8, title, new StatusLabel(Look.of(run.state())));
        head.getStyleClass().addAll("activity-head", "row-line");
        var open = Buttons.plain(Messages.get("activity.show.run"), () -> openRun.accept(run.id()));
        open.setId("activity.run.open");
        showParts(head, facts(run), List.of(open));
    }

    private ArrayList<Node> facts(Run run) {
        var facts = new ArrayList<Node>();
        facts.add(fact(Messages.get("activity.column.schedule"), RunWords.name(run)));
        facts.add(fact(Messages.get("activity.column.started"), Moments.exact(run.startedAt(), clock)));
        if (run.endedAt() != null) {
            facts.add(fact(Messages.get("activity.column.took"), RunWords.took(run)));
        }
        var ended = run.endedAt();
        if (mayLook && ended != null && run.state() == RunState.SUCCEEDED) {
            facts.add(new HBox(12, then("activity.run.before", run.startedAt(), navigator),
                    then("activity.run.after", ended, navigator)));
        }
        facts.add(fact(Messages.get("activity.fact.trigger"),
                run.trigger() == Trigger.MANUAL
                        ? Messages.get("activity.run.by", run.startedBy())
                        : RunWords.trigger(run.trigger())));
        var error = run.error();
        if (error != null) {
            facts.add(Labels.line());
            facts.add(note(Look.of(run.state()), Messages.trouble(error.toException())));
        }
        facts.add(Labels.line());
        facts.add(changes(run));
        for (Guard guard : run.guards()) {
            facts.add(note(guard.stopped()
                    ? new Look(Icons.STOPPED, Tone.DANGER, Messages.recalled(guard.message()))
                    : new Look(Icons.DONE, Tone.SUCCESS, Messages.recalled(guard.message())),
                    Messages.recalled(guard.message())));
        }
        return facts;
    }

    private static Node changes(Run run) {
        var rows = new VBox(4, Labels.caption(Messages.get("activity.column.changes")));
        run.counts().forEach((kind, count) -> {
            if (count > 0) {
                rows.getChildren().add(new HBox(8, new StatusLabel(Look.of(kind)), Labels.spacer(),
                        Labels.of(Formats.number(count))));
            }
        });
        if (rows.getChildren().size() == 1) {
            rows.getChildren().add(Labels.of(Messages.get("activity.run.nothing")));
        }
        return rows;
    }

    private static Node note(Look look, String words) {
        var label = Labels.wrapped(words);
        HBox.setHgrow(label, javafx.scene.layout.Priority.ALWAYS);
        return new HBox(8, Icons.of(look.icon(), Icons.IN_TEXT, look.tone()), label);
    }
}
