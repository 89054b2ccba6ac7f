package org.rollcall.ui.shell;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.Popover;

import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Tone;

/// The line at the bottom: what runs, how far, and Cancel; at the right when the next synchronization is due.
final class StatusBar extends HBox {
    private static final double BAR = 160;

    private final ShellViewModel model;
    private final Motion motion;
    private final HBox jobs = new HBox();

    StatusBar(ShellViewModel model, Motion motion) {
        this.model = model;
        this.motion = motion;
        getStyleClass().add("status-bar");
        jobs.getStyleClass().add("status-jobs");
        jobs.setId("shell.jobs");
        var next = Labels.bound(model.nextSynchronizationProperty(), "caption", "muted");
        next.setGraphic(Icons.of(Icons.CLOCK, Icons.SMALL, Tone.MUTED));
        next.setId("shell.next");
        // Who may not see the schedules is told nothing about them.
        next.visibleProperty().bind(next.textProperty().isNotEmpty());
        getChildren().addAll(jobs, Labels.spacer(), next);
        model.jobs().addListener((ListChangeListener<RunningJob>) _ -> show());
        show();
    }

    private void show() {
        if (model.jobs().isEmpty()) {
            var quiet = new Label(Messages.get("shell.jobs.none"), Icons.of(Icons.DONE, Icons.SMALL, Tone.SUCCESS));
            quiet.getStyleClass().addAll("caption", "muted");
            jobs.getChildren().setAll(quiet);
            return;
        }
        jobs.getChildren().setAll(job(model.jobs().getFirst()));
        int more = model.jobs().size() - 1;
        if (more > 0) {
            jobs.getChildren().add(more(more));
        }
    }

    private HBox job(RunningJob job) {
        var words = Labels.bound(job.wordsProperty(), "caption");
        var bar = new ProgressBar();
        bar.progressProperty().bind(job.progressProperty());
        bar.setPrefWidth(BAR);
        bar.setMinWidth(BAR);
        bar.setAccessibleText(job.title());
        var cancel = Buttons.link(Messages.get("common.cancel"), job::cancel);
        cancel.getStyleClass().add("caption");
        cancel.setAccessibleText(Messages.get("shell.jobs.cancel", job.title()));
        var row = new HBox(16, new BusySpinner(motion), words, bar, cancel);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Hyperlink more(int number) {
        var link = Buttons.link(Messages.get("shell.jobs.more", number), () -> {});
        link.getStyleClass().add("caption");
        link.setOnAction(_ -> {
            var list = new VBox(12, model.jobs().stream().map(this::job).toArray(Node[]::new));
            var popover = new Popover(list);
            popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
            popover.setAnimated(false);
            popover.show(link);
        });
        return link;
    }
}
