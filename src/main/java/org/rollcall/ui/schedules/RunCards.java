package org.rollcall.ui.schedules;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;

/// The cards on a run's page: what it changed, what it saw, what its guards said.
final class RunCards {
    private RunCards() {}

    static Region changed(Run run) {
        var rows = new VBox(6);
        run.counts().forEach((kind, count) -> {
            if (count > 0) {
                var row = new HBox(8, new StatusLabel(look(run, kind)), Labels.spacer(), Labels.of(number(count)));
                rows.getChildren().add(row);
            }
        });
        if (rows.getChildren().isEmpty()) {
            rows.getChildren().add(Labels.muted(Messages.get("schedules.run.nothing")));
        }
        var head = new HBox(Labels.heading(Messages.get(run.state() == RunState.STOPPED
                ? "schedules.run.would"
                : "schedules.run.changed"), "strong"), Labels.spacer(),
                Labels.muted(Messages.get("schedules.changes", ScheduleWords.changes(run))));
        var card = Card.of(head, rows);
        card.setMinWidth(210);
        card.setPrefWidth(260);
        return card;
    }

    /// What an undo left alone is no conflict.
    static Look look(@Nullable Run run, ChangeKind kind) {
        return run != null && run.kind() == RunKind.UNDO && kind == ChangeKind.CONFLICT
                ? ChangeLines.stays()
                : Look.of(kind);
    }

    static Region evidence(Run run) {
        var rows = new VBox(6);
        var titles = line(Labels.caption(Messages.get("schedules.run.stream")), "caption",
                Messages.get("schedules.run.pages"), Messages.get("schedules.run.objects"),
                Messages.get("schedules.run.requests"));
        rows.getChildren().add(titles);
        for (var stream : run.evidence()) {
            rows.getChildren().add(line(Labels.of(stream(stream.stream())), "body", number(stream.pages()),
                    number(stream.objects()), number(stream.requests())));
        }
        var look = run.complete()
                ? new Look(Icons.DONE, Tone.SUCCESS, Messages.get("schedules.run.complete"))
                : new Look(Icons.WARNING, Tone.WARNING, Messages.get("schedules.run.incomplete"));
        var head = new HBox(8, Labels.heading(Messages.get("schedules.run.evidence"), "strong"), Labels.spacer());
        if (run.kind() == RunKind.UNDO) {
            rows.getChildren().setAll(Labels.muted(Messages.get("schedules.run.noEvidence")));
        } else {
            head.getChildren().add(new StatusLabel(look));
        }
        var card = Card.of(head, rows);
        HBox.setHgrow(card, Priority.ALWAYS);
        card.setMinWidth(330);
        return card;
    }

    private static HBox line(Label name, String style, String... numbers) {
        var row = new HBox(8, name, Labels.spacer());
        name.setMinWidth(0);
        for (var number : numbers) {
            var label = Labels.of(number, style);
            if (style.equals("caption")) {
                label.getStyleClass().add("muted");
            }
            label.setMinWidth(58);
            label.setAlignment(Pos.CENTER_RIGHT);
            row.getChildren().add(label);
        }
        return row;
    }

    /// Streams are named in capitals with underscores; people read "Groups and members".
    private static String stream(String name) {
        var key = "schedules.run.stream." + name.toLowerCase(Locale.ROOT);
        return Messages.has(key)
                ? Messages.get(key)
                : Messages.capital(name.replace('_', ' ').toLowerCase(Locale.ROOT));
    }

    static Region guards(Run run) {
        var rows = new VBox(6);
        var admins = run.admins();
        if (admins != null) {
            rows.getChildren().add(guard(Messages.get("schedules.run.admins", admins.before(), admins.after()), false));
        }
        for (Guard guard : run.guards()) {
            rows.getChildren().add(guard(Messages.recalled(guard.message()), guard.stopped()));
        }
        if (rows.getChildren().isEmpty()) {
            rows.getChildren().add(Labels.muted(Messages.get("schedules.run.guards.none")));
        }
        var card = Card.titled(Messages.get("schedules.run.guards"), rows);
        card.setMinWidth(210);
        card.setPrefWidth(240);
        return card;
    }

    private static Node guard(String words, boolean stopped) {
        var label = Labels.wrapped(words);
        HBox.setHgrow(label, Priority.ALWAYS);
        return new HBox(8, stopped
                ? Icons.of(Icons.STOPPED, Icons.IN_TEXT, Tone.DANGER)
                : Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS), label);
    }

    private static String number(long amount) {
        return Formats.number(amount);
    }
}
