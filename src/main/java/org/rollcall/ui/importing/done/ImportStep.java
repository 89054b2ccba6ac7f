package org.rollcall.ui.importing.done;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.sync.plan.Guards;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;

/// Applies the preview, exactly as it was shown: one bar, and Cancel, after which the directory is as it was.
public final class ImportStep extends AbstractStep {
    /// Where stages and words do not fit below each other with room around them, in pixels.
    private static final double LOW = 520;

    private final ImportSession session;
    private final ImportProgress progress;
    private final VBox outcome = new VBox();
    private Runnable onward = () -> {};
    private Runnable background = () -> {};
    private Runnable backward = () -> {};
    private @Nullable RunningJob job;
    private boolean running;
    private boolean leftRunning;

    public ImportStep(ImportSession session) {
        super("import", Messages.get("importing.import.title"), Messages.get("importing.import.heading"),
                Messages.get("importing.import.sentence"));
        this.session = session;
        progress = new ImportProgress(session.window().motion(), session.window().clock());
        note.set(Messages.get("importing.import.note"));
    }

    /// @param goOn  shows the next step, once all is in
    /// @param leave closes the wizard while the import goes on
    /// @param back  shows the preview again
    public void connect(Runnable goOn, Runnable leave, Runnable back) {
        onward = goOn;
        background = leave;
        backward = back;
    }

    @Override
    public Node content() {
        var page = new VBox(16, progress, outcome);
        page.getStyleClass().add("import-page");
        var scroll = scrolling(page);
        scroll.heightProperty().subscribe(height -> {
            page.getStyleClass().remove("compact");
            if (height.doubleValue() > 0 && height.doubleValue() < LOW) {
                page.getStyleClass().add("compact");
            }
        });
        return scroll;
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
        sentence.set(Messages.get("importing.import.sentence"));
        foot.set(WizardFoot.running(Messages.get("importing.import.cancel"),
                Messages.get("importing.import.background")));
        outcome.getChildren().setAll(new Banner(Tone.DEFAULT, Icons.INFO, Messages.get("importing.import.ifCancel"),
                Messages.get("importing.import.ifCancel.sentence")));
        progress.start();
        Integer removals = draft.allowances().get(Guards.REMOVALS);
        Integer lostRoles = draft.allowances().get(Guards.LOST_ROLES);
        var edits = new PreviewEdits(draft.leftOut(), draft.rolesByHand(),
                removals == null ? null : new PeopleLimit(removals, false),
                draft.allowances().get(Guards.ADMINISTRATORS_GIVEN),
                lostRoles == null ? null : new PeopleLimit(lostRoles, false));
        var started = session.window().tasks().start(
                Messages.get("importing.import.job", draft.tenantNameProperty().get()),
                context -> apply(preview, edits, context), this::ended, this::failed);
        if (running) {
            job = started;
        }
    }

    /// @return empty if cancelled
    private Optional<Run> apply(long preview, PreviewEdits edits, JobContext context) {
        var planned = session.services().runs().show(session.actor(), preview);
        session.window().fx().execute(() -> planned(planned));
        try {
            return Optional
                    .of(session.services().imports().applyPreview(session.actor(), preview, edits, watched(context))
                            .run());
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    /// The job as it is, with its stages shown here.
    private JobContext watched(JobContext job) {
        return new JobContext() {
            @Override
            public void progress(long done, long total) {
                job.progress(done, total);
            }

            @Override
            public void message(String text) {
                job.message(text);
            }

            @Override
            public void stage(Enum<?> stage, long done) {
                if (stage instanceof ApplyStage now) {
                    session.window().fx().execute(() -> {
                        if (running) {
                            progress.at(now, done);
                        }
                    });
                }
            }

            @Override
            public CancelToken cancelToken() {
                return job.cancelToken();
            }
        };
    }

    private void planned(Run preview) {
        int leftOut = session.draft().leftOut().size();
        if (running) {
            heading.set(Messages.get("importing.import.heading.people", Math.max(0,
                    preview.count(ChangeKind.CREATE) + preview.count(ChangeKind.REACTIVATE) - leftOut)));
            progress.planned(preview, leftOut);
        }
    }

    private void ended(Optional<Run> imported) {
        running = false;
        job = null;
        if (imported.isEmpty()) {
            stopped(null, new Banner(Tone.DEFAULT, Icons.INFO, Messages.get("importing.import.cancelled"),
                    Messages.get("importing.import.cancelled.sentence"), retry()));
            return;
        }
        Run run = imported.get();
        session.draft().importRunProperty().set(run.id());
        progress.ended(run);
        foot.set(WizardFoot.finished(Messages.get("importing.import.result")));
        summary.set(Messages.get("importing.import.summary", run.count(ChangeKind.CREATE)));
        if (leftRunning) {
            session.window().toasts().show(Toast.done(progress.words()));
            session.window().tasks().quietly(_ -> {
                session.forgetDraft();
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
            session.window().toasts().show(Toast.failed(trouble.words().shown()));
        }
        // The directory has moved on since the preview was made, and nobody has seen what would happen now.
        boolean outdated = trouble.kind() == ErrorKind.CONFLICT;
        if (outdated) {
            session.draft().previewRevisionProperty().set(-1);
        }
        stopped(trouble.kind(), outdated
                ? new Banner(Tone.DANGER, Icons.WRONG, Messages.capital(trouble.words().shown()),
                        Messages.get("importing.import.outdated"), newPreview())
                : Banner.failure(trouble, retry()));
    }

    private Button retry() {
        var button = Buttons.plain(Messages.get("common.retry"), Icons.AGAIN, this::start);
        button.setId("importing.import.retry");
        return button;
    }

    private Button newPreview() {
        var button = Buttons.plain(Messages.get("importing.import.newPreview"), Icons.AGAIN, () -> backward.run());
        button.setId("importing.import.newPreview");
        return button;
    }

    private void stopped(@Nullable ErrorKind trouble, Banner banner) {
        banner.setId("importing.import.outcome");
        heading.set(Messages.get("importing.import.stopped"));
        sentence.set(Messages.get(trouble == null
                ? "importing.import.sentence.cancelled"
                : "importing.import.sentence.failed"));
        progress.stopped(trouble);
        outcome.getChildren().setAll(banner);
        foot.set(WizardFoot.usual());
        blocked.set(Messages.get(trouble == ErrorKind.CONFLICT
                ? "importing.import.blocked.outdated"
                : "importing.import.blocked"));
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
            blocked.set(Messages.get("importing.import.cancelling"));
        }
    }
}
