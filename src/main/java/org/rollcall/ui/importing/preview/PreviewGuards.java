package org.rollcall.ui.importing.preview;

import javafx.geometry.Insets;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.sync.plan.Guards;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.importing.draft.ImportSession;

/// What the guards say about a preview. Those that a person may lift have a box that lifts them for this import, for exactly
/// as many people as the preview shows.
final class PreviewGuards extends VBox {
    private static final double WIDTH = 464;
    /// Where the words of a guard begin, beside its icon.
    private static final double INDENT = 22;

    PreviewGuards(ImportSession session, Run run, RoleDiff diff) {
        var lines = new VBox(6);
        for (Guard guard : run.guards()) {
            Tone tone = guard.stopped() ? Tone.DANGER : Tone.SUCCESS;
            var line = Labels.wrapped(Messages.recalled(guard.message()));
            line.setGraphic(Icons.of(guard.stopped() ? Icons.STOPPED : Icons.DONE, Icons.IN_TEXT, tone));
            line.setAccessibleText(Messages.get(guard.stopped()
                    ? "importing.preview.guard.stops"
                    : "importing.preview.guard.passes", Messages.recalled(guard.message())));
            lines.getChildren().add(line);
            if (guard.stopped()) {
                switch (guard.name()) {
                    case Guards.REMOVALS -> lines.getChildren().add(allow(session, guard.name(),
                            run.count(ChangeKind.REMOVE) + run.count(ChangeKind.DEACTIVATE)));
                    case Guards.LOST_ROLES -> lines.getChildren().add(allow(session, guard.name(), diff.lost()));
                    case Guards.ADMINISTRATORS_GIVEN -> lines.getChildren().add(allow(session, guard.name(),
                            diff.administrators().size()));
                    default -> {
                    } // nobody lifts those
                }
            }
        }
        var card = Card.titled(Messages.get("importing.preview.guards"), lines);
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().add(card);
        setPrefWidth(WIDTH);
        setMinWidth(300);
        setMaxWidth(WIDTH);
    }

    private static CheckBox allow(ImportSession session, String guard, long people) {
        var allowances = session.draft().allowances();
        var box = new CheckBox(Messages.get("importing.preview.allow." + guard, people));
        box.setId("importing.preview.allow." + guard);
        box.setWrapText(true);
        box.setMinHeight(USE_PREF_SIZE);
        box.setSelected(allowances.containsKey(guard));
        box.setOnAction(_ -> {
            if (box.isSelected()) {
                allowances.put(guard, (int) Math.min(people, Integer.MAX_VALUE));
            } else {
                allowances.remove(guard);
            }
        });
        VBox.setMargin(box, new Insets(0, 0, 0, INDENT));
        return box;
    }
}
