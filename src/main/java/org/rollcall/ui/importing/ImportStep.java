package org.rollcall.ui.importing;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.wizard.WizardFoot;

/// Applies the preview, exactly as it was shown: one bar, and Cancel, after which the directory is as it was.
final class ImportStep extends AbstractStep {
    private final ImportSession session;
    private final Label count = Labels.of("", "title-3");
    private final ProgressBar bar = new ProgressBar(0);
    private final HBox figures = new HBox();
    private final VBox outcome = new VBox(16);
    private Runnable onward = () -> {};
    private Runnable background = () -> {};
    private @Nullable RunningJob job;
    private boolean running;
    private boolean leftRunning;

    ImportStep(ImportSession session) {
        super("import", Messages.get("importing.import.title"), Messages.get("importing.import.heading"),
                Messages.get("importing.import.sentence"));
        this.session = session;
        bar.getStyleClass().add("tall");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("importing.import.progress"));
        count.setId("importing.import.count");
        figures.getStyleClass().add("access-figures");
    }

    /// @param goOn  shows the next step, once all is in
    /// @param leave closes the wizard while the import goes on
    void connect(Runnable goOn, Runnable leave) {
        onward = goOn;
        background = leave;
    }

    @Override
    public Node content() {
        return new VBox(16, Card.roomy(count, bar, figures), outcome);
    }

    @Override
    public void entered() {
        if (!running && session.draft().importRunProperty().get() == null) {
            start();
        }
    }

    private void start() {
        var draft = session.draft();
        Long preview = draft.previewRunProperty().get();
        if (preview == null) {
            return;
        }
        running = true;
        blocked.set("");
        foot.set(WizardFoot.running(Messages.get("importing.import.cancel"),
                Messages.get("importing.import.background")));
        outcome.getChildren().setAll(new Banner(Tone.DEFAULT, Icons.INFO, Messages.get("importing.import.ifCancel"),
                Messages.get("importing.import.ifCancel.sentence")));
        count.setText(Messages.get("importing.import.starting"));
        bar.setProgress(0);
        var edits = new PreviewEdits(draft.leftOut(), draft.rolesByHand(), null);
        var started = session.window().tasks().start(
                Messages.get("importing.import.job", draft.tenantNameProperty().get()),
                context -> apply(preview, edits, context), this::ended, this::failed);
        if (running) {
            job = started;
            started.progressProperty().addListener((_, _, now) -> bar.setProgress(Math.max(0, now.doubleValue())));
            started.wordsProperty().addListener((_, _, words) -> count.setText(words));
        }
    }

    /// @return empty if cancelled
    private Optional<Run> apply(long preview, PreviewEdits edits, JobContext context) {
        try {
            return Optional
                    .of(session.services().imports().applyPreview(session.actor(), preview, edits, context).run());
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private void ended(Optional<Run> imported) {
        running = false;
        job = null;
        if (imported.isEmpty()) {
            stopped(new Banner(Tone.DEFAULT, Icons.INFO, Messages.get("importing.import.cancelled"),
                    Messages.get("importing.import.cancelled.sentence")));
            return;
        }
        Run run = imported.get();
        session.draft().importRunProperty().set(run.id());
        bar.setProgress(1);
        count.setText(Messages.get("importing.import.done", run.count(ChangeKind.CREATE)));
        show(run);
        foot.set(WizardFoot.finished(Messages.get("importing.import.result")));
        summary.set(Messages.get("importing.import.summary", run.count(ChangeKind.CREATE)));
        if (leftRunning) {
            session.window().toasts().show(Toast.done(count.getText()));
            session.window().tasks().quietly(_ -> {
                session.services().drafts().remove(session.actor(), session.draft().id());
                return true;
            }, _ -> {}, _ -> {});
        } else {
            outcome.getChildren().clear();
            session.window().fx().afterwards(onward);
        }
    }

    private void failed(RollcallException trouble) {
        running = false;
        job = null;
        if (leftRunning) {
            session.window().toasts().show(Toast.failed(trouble.message()));
        }
        // The directory may have moved on since the preview was made; a new one is made when Preview opens again.
        if (trouble.kind() == org.rollcall.domain.ErrorKind.CONFLICT) {
            session.draft().previewRevisionProperty().set(-1);
        }
        stopped(Banner.failure(trouble, Buttons.plain(Messages.get("common.retry"), Icons.AGAIN, this::start)));
    }

    private void stopped(Banner banner) {
        count.setText(Messages.get("importing.import.stopped"));
        bar.setProgress(0);
        outcome.getChildren().setAll(banner);
        foot.set(WizardFoot.usual());
        blocked.set(Messages.get("importing.import.blocked"));
    }

    private void show(Run run) {
        figures.getChildren().clear();
        figure("importing.import.people", run.count(ChangeKind.CREATE));
        figure("importing.import.groups", run.count(ChangeKind.GROUP_CREATE));
        figure("importing.import.members", run.count(ChangeKind.MEMBER_ADD));
        figure("importing.import.roles", run.count(ChangeKind.ROLE_GRANT) + run.count(ChangeKind.ROLE_CHANGE));
        figure("importing.import.conflicts", run.count(ChangeKind.CONFLICT));
    }

    private void figure(String key, long value) {
        var box = new VBox(2, Labels.caption(Messages.get(key)),
                Labels.of(Messages.get("importing.number", value), "title-4"));
        box.getStyleClass().add("access-figure");
        box.setAlignment(Pos.TOP_LEFT);
        box.setPrefWidth(1);
        box.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(box, Priority.ALWAYS);
        figures.getChildren().add(box);
    }

    @Override
    public void next(Runnable goOn) {
        if (running) {
            leftRunning = true;
            background.run();
        } else {
            goOn.run();
        }
    }

    @Override
    public void cancelled() {
        RunningJob now = job;
        if (now != null) {
            now.cancel();
        }
    }
}
