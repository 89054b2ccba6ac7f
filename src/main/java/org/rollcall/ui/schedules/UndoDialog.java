package org.rollcall.ui.schedules;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Change;
import org.rollcall.domain.Guard;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Asks before a run is undone: what would be taken back, what was changed since and stays or is taken back too, and that the
/// schedule is paused.
final class UndoDialog {
    private final WindowContext context;
    private final RunDeeds deeds;
    private final Run run;
    private final Runnable reload;
    private final LongConsumer openRun;
    private final VBox parts = new VBox(12);
    private final CheckBox all = new CheckBox(Messages.get("schedules.undo.all"));
    private final Button act;
    private final Label problem = Labels.problem();
    private final DialogBox box;

    private UndoDialog(WindowContext context, RunDeeds deeds, Run run, Runnable reload, LongConsumer openRun) {
        this.context = context;
        this.deeds = deeds;
        this.run = run;
        this.reload = reload;
        this.openRun = openRun;
        act = Buttons.danger(Messages.get("schedules.undo.do", 0), this::undo);
        act.setId("undo.do");
        act.setDisable(true);
        all.setId("undo.all");
        all.selectedProperty().addListener(_ -> look());
        box = new DialogBox(Messages.get("schedules.undo.title", String.valueOf(run.id())))
                .subtitle(Messages.get("schedules.undo.of", run.tenantName(),
                        Moments.exact(run.startedAt(), context.clock())))
                .content(new VBox(12, parts, problem)).width(640).action(act);
    }

    static void open(WindowContext context, RunDeeds deeds, Run run, Runnable reload, LongConsumer openRun) {
        var dialog = new UndoDialog(context, deeds, run, reload, openRun);
        dialog.parts.getChildren().setAll(Labels.muted(Messages.get("schedules.undo.looking")));
        dialog.look();
        context.dialogs().show(dialog.box);
    }

    private void look() {
        act.setDisable(true);
        boolean asked = all.isSelected();
        deeds.preview(run.id(), asked, undoing -> {
            if (asked == all.isSelected()) {
                show(undoing);
            }
        }, this::failed);
    }

    private void show(RunDeeds.Undoing undoing) {
        Run would = undoing.preview().run();
        problem.setText("");
        parts.getChildren().setAll(heading("schedules.undo.back", undoing.changes()), ChangeLines.counts(would));
        var back = undoing.preview().takenBack().stream().filter(each -> each.kind().changesDirectory()
                && !(each instanceof Change.MemberChange)).map(each -> ChangeRow.of(each, Map.of())).toList();
        if (!back.isEmpty()) {
            parts.getChildren().add(list("undo.back", "schedules.undo.back.list", back));
        }
        if (undoing.leftAlone() > 0 || all.isSelected()) {
            parts.getChildren().add(Labels.line());
            parts.getChildren().add(heading("schedules.undo.stays", undoing.leftAlone()));
            if (undoing.leftAlone() > 0) {
                parts.getChildren().add(list("undo.stays", "schedules.undo.stays.list",
                        undoing.preview().leftAlone().stream().map(each -> ChangeRow.leftAlone(each)).toList()));
            }
            parts.getChildren().add(all);
        }
        if (!undoing.schedule().isEmpty()) {
            parts.getChildren().add(new Banner(Tone.DEFAULT, Icons.PAUSE, "",
                    Messages.get("schedules.undo.pauses", undoing.schedule())));
        }
        would.guards().stream().filter(Guard::stopped).findFirst().ifPresent(guard -> parts.getChildren()
                .add(new Banner(Tone.DANGER, Icons.STOPPED, "", Messages.recalled(guard.message()))));
        act.setText(Messages.get("schedules.undo.do", undoing.changes()));
        act.setDisable(would.guardStopped() || undoing.changes() == 0);
    }

    private static HBox heading(String key, long count) {
        var words = Labels.wrapped(Messages.get(key, count), "strong");
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(words);
    }

    private static ListView<ChangeRow> list(String id, String name, List<ChangeRow> rows) {
        var list = ChangeLines.list(Messages.get(name), rows);
        list.setId(id);
        return list;
    }

    private void undo() {
        act.setDisable(true);
        deeds.undo(run.id(), all.isSelected(), ended -> {
            box.close();
            if (ended.state() == RunState.SUCCEEDED) {
                context.toasts().show(Toast.done(Messages.get("schedules.undo.done", String.valueOf(run.id())),
                        Messages.get("schedules.undo.look"), () -> openRun.accept(ended.id())));
            } else if (ended.error() != null) {
                context.toasts().show(Toast.failed(Messages.trouble(ended.error().toException())));
            }
            reload.run();
        }, trouble -> {
            failed(trouble);
            act.setDisable(false);
        });
    }

    private void failed(RollcallException trouble) {
        problem.setText(Messages.trouble(trouble));
    }
}
