package org.rollcall.ui.importing.preview;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;

/// Shows every change before it is made: who may do what before and after, the guards, and the change set itself.
public final class PreviewStep extends AbstractStep {
    private final ImportSession session;
    private final VBox page = new VBox(16);
    private final StatePane state;
    /// Cards and table in one pulse would be a long one.
    private final PauseTransition afterCards = new PauseTransition(Duration.millis(20));
    private @Nullable RunningJob job;
    private @Nullable Run run;
    private @Nullable PreviewAccess access;
    private @Nullable PreviewTable table;
    private boolean ticking;

    public PreviewStep(ImportSession session) {
        super("preview", Messages.get("importing.preview.title"), Messages.get("importing.preview.heading"),
                Messages.get("importing.preview.sentence"));
        this.session = session;
        state = new StatePane(session.window().motion(), page);
        state.setId("importing.preview");
        session.draft().allowances().addListener((javafx.beans.Observable _) -> showFoot());
        session.draft().leftOut().addListener((javafx.beans.Observable _) -> {
            // One box leaves out a hundred thousand people, one by one.
            if (!ticking) {
                ticking = true;
                session.window().fx().afterwards(this::ticked);
            }
        });
    }

    private void ticked() {
        ticking = false;
        if (access != null) {
            access.refresh();
        }
        if (table != null) {
            table.showTicks();
        }
        showFoot();
    }

    @Override
    public Node content() {
        return state;
    }

    @Override
    public void entered() {
        var draft = session.draft();
        boolean fresh = draft.previewRunProperty().get() != null
                && draft.previewRevisionProperty().get() == draft.mappingRevisionProperty().get();
        if (!fresh) {
            read();
        }
    }

    @Override
    public void left() {
        RunningJob now = job;
        if (now != null) {
            now.cancel();
            job = null;
        }
    }

    private void read() {
        var draft = session.draft();
        long revision = draft.mappingRevisionProperty().get();
        var request = draft.request();
        draft.previewRunProperty().set(null);
        draft.leftOut().clear();
        draft.allowances().clear();
        run = null;
        blocked.set(Messages.get("importing.preview.wait"));
        foot.set(WizardFoot.usual());
        state.stateProperty().set(new ScreenState.Loading(Messages.get("importing.preview.reading")));
        var services = session.services();
        var started = session.window().tasks().start(Messages.get("importing.preview.job", request.tenant()),
                context -> {
                    var report = services.imports().preview(session.actor(), request, context);
                    var diff = RoleDiff.of(services, session.actor(), report.run());
                    return new Read(report.run(), diff,
                            PreviewTable.people(services, session.actor(), report.run(), diff));
                }, read -> {
                    job = null;
                    // Somebody went back and changed an answer meanwhile.
                    if (draft.mappingRevisionProperty().get() == revision) {
                        draft.previewRevisionProperty().set(revision);
                        draft.previewRunProperty().set(read.run().id());
                        show(read);
                    }
                }, trouble -> {
                    job = null;
                    blocked.set(Messages.get("importing.preview.failed.blocked"));
                    state.stateProperty().set(new ScreenState.Failed(Messages.get("importing.preview.failed"), trouble,
                            this::read));
                });
        if (state.stateProperty().get() instanceof ScreenState.Loading) {
            job = started;
            started.wordsProperty().addListener((_, _, words) -> {
                if (started.equals(job)) {
                    state.stateProperty().set(new ScreenState.Loading(words));
                }
            });
        }
    }

    private record Read(Run run, RoleDiff roles, Set<UUID> people) {}

    private void show(Read read) {
        run = read.run();
        var shown = new PreviewAccess(session, read.run(), read.roles());
        access = shown;
        table = null;
        var cards = new HBox(16, shown, new PreviewGuards(session, read.run(), read.roles()));
        HBox.setHgrow(shown, Priority.ALWAYS);
        page.getChildren().setAll(cards);
        state.stateProperty().set(new ScreenState.Ready());
        showFoot();
        afterCards.setOnFinished(_ -> {
            if (read.run().equals(run)) {
                var rows = new PreviewTable(session, read.run(), read.roles(), read.people(), shown::refresh);
                table = rows;
                VBox.setVgrow(rows, Priority.ALWAYS);
                page.getChildren().setAll(cards, rows);
            }
        });
        afterCards.playFromStart();
    }

    private void showFoot() {
        Run now = run;
        if (now == null) {
            return;
        }
        long people = people(now);
        foot.set(WizardFoot.committing(people == 0
                ? Messages.get("importing.preview.commit.none")
                : Messages.get("importing.preview.commit", people)));
        Set<String> allowed = session.draft().allowances().keySet();
        blocked.set(now.guards().stream().filter(Guard::stopped).filter(guard -> !allowed.contains(guard.name()))
                .findFirst().map(guard -> Messages.get("importing.preview.guard", Messages.recalled(guard.message())))
                .orElse(""));
        long changes = List.of(ChangeKind.values()).stream().filter(ChangeKind::changesDirectory)
                .mapToLong(now::count).sum();
        summary.set(Messages.get("importing.preview.summary", changes, now.count(ChangeKind.CONFLICT)));
    }

    private long people(Run now) {
        return Math.max(0, now.count(ChangeKind.CREATE) + now.count(ChangeKind.REACTIVATE)
                - session.draft().leftOut().size());
    }
}
