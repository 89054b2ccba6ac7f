package org.rollcall.ui.importing;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.Parent;
import javafx.util.Duration;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.sync.choose.DraftService.SavedDraft;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.wizard.WizardModel;
import org.rollcall.ui.common.wizard.WizardShell;
import org.rollcall.ui.common.wizard.WizardStep;
import org.rollcall.ui.importing.choose.ChooseStep;
import org.rollcall.ui.importing.connect.ConnectStep;
import org.rollcall.ui.importing.connect.VerifyStep;
import org.rollcall.ui.importing.done.DoneStep;
import org.rollcall.ui.importing.done.ImportStep;
import org.rollcall.ui.importing.draft.FilePicker;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportEdit;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.Prefill;
import org.rollcall.ui.importing.draft.TenantFacts;
import org.rollcall.ui.importing.map.MapStep;
import org.rollcall.ui.importing.preview.PreviewStep;

/// The wizard as a whole: its steps over one draft, kept between two starts until it is finished.
public final class ImportWizard {
    private static final Duration SAVED_AFTER = Duration.millis(500);
    private final ImportSession session;
    private final WizardModel model;
    private final WizardShell shell;
    private final Runnable closed;
    private final PauseTransition saving = new PauseTransition(SAVED_AFTER);
    private boolean over;

    /// @param closed the wizard is done with, finished or not
    public ImportWizard(WindowContext window, ImportServices services, Actor actor, ImportDraft draft,
            Runnable closed) {
        this(window, services, actor, draft, closed, closed);
    }

    /// @param signIn the wizard is done with, and the person wants to decide who signs in
    public ImportWizard(WindowContext window, ImportServices services, Actor actor, ImportDraft draft,
            Runnable closed, Runnable signIn) {
        this(new ImportSession(window, services, actor, draft, FilePicker.system()), closed, signIn);
    }

    ImportWizard(ImportSession session, Runnable closed) {
        this(session, closed, closed);
    }

    ImportWizard(ImportSession session, Runnable closed, Runnable signIn) {
        this.session = session;
        var window = session.window();
        var draft = session.draft();
        this.closed = closed;
        var steps = steps(session);
        model = new WizardModel(steps);
        steps.stream().filter(DoneStep.class::isInstance).map(DoneStep.class::cast)
                .forEach(step -> step.onSignIn(() -> finish(signIn)));
        shell = new WizardShell(window, Messages.get("importing.title"), model, this::leave, this::finish);
        shell.subjectProperty().bind(draft.organizationProperty());
        saving.setOnFinished(_ -> save());
        model.currentProperty().subscribe(index -> {
            if (index.intValue() >= 0) {
                draft.stepProperty().set(steps.get(index.intValue()).id());
            }
        });
        steps.stream().filter(ImportStep.class::isInstance).map(ImportStep.class::cast).forEach(step -> step.connect(
                () -> {
                    if (model.step().equals(step)) {
                        model.next(this::finish);
                    }
                }, this::leave, model::back));
        model.open(opening(steps));
        // Writing answers takes long only the first time.
        window.tasks().quietly(_ -> new ImportDraft().answers(), _ -> {}, _ -> {});
        draft.changesProperty().addListener((_, _, _) -> saving.playFromStart());
    }

    /// A wizard with what is known beforehand.
    public static ImportWizard filledIn(WindowContext window, ImportServices services, Actor actor, Prefill known,
            Runnable closed) {
        return filledIn(window, services, actor, known, closed, closed);
    }

    /// The same.
    ///
    /// @param signIn as for [#ImportWizard]
    public static ImportWizard filledIn(WindowContext window, ImportServices services, Actor actor, Prefill known,
            Runnable closed, Runnable signIn) {
        return new ImportWizard(window, services, actor, known.draft(), closed, signIn);
    }

    /// A wizard with the answers of an import that is there.
    ///
    /// @param signIn as for [#ImportWizard]
    public static ImportWizard editing(WindowContext window, ImportServices services, Actor actor, ImportEdit known,
            Runnable closed, Runnable signIn) {
        return new ImportWizard(window, services, actor, known.draft(), closed, signIn);
    }

    /// What was left open last.
    public static Optional<ImportDraft> saved(ImportServices services, Actor actor) {
        return services.drafts().newest(actor).map(saved -> {
            var draft = ImportDraft.resumed(saved.id(), saved.answers());
            if (actor.may(Permission.MANAGE_TENANTS)) {
                services.draftCredentials().kept(actor, saved.id())
                        .ifPresent(kept -> draft.certificate(kept.credential(), kept.made()));
            }
            return draft;
        });
    }

    /// For the window: fills it.
    public Parent view() {
        return shell;
    }

    public ImportDraft draft() {
        return session.draft();
    }

    WizardModel model() {
        return model;
    }

    private static List<WizardStep> steps(ImportSession session) {
        var facts = new TenantFacts(session);
        return new ArrayList<>(List.of(new ConnectStep(session), new VerifyStep(session),
                new ChooseStep(session, facts), new MapStep(session, facts), new PreviewStep(session),
                new ImportStep(session), new DoneStep(session)));
    }

    /// Preview and import are made anew, so a draft goes on at the mapping at the latest.
    private String opening(List<WizardStep> steps) {
        var last = session.draft().stepProperty().get();
        if (session.draft().tenantNameProperty().get().isEmpty()) {
            return "connect";
        }
        return List.of("preview", "import", "done").contains(last) ? "map" : last;
    }

    private void save() {
        saving.stop();
        if (over) {
            return;
        }
        var draft = session.draft();
        var now = new SavedDraft(draft.id(), draft.answers());
        session.window().tasks().quietly(_ -> {
            session.services().drafts().save(session.actor(), now);
            return now;
        }, _ -> shell.savedProperty().set(
                Messages.get("importing.draft.saved", Formats.time(LocalTime.now(session.window().clock())))),
                trouble -> shell.savedProperty().set(Messages.get("importing.draft.unsaved", trouble.words().shown())));
    }

    private void leave() {
        if (session.draft().importRunProperty().get() == null) {
            save();
            over = true;
            model.step().left();
            closed.run();
        } else {
            finish();
        }
    }

    private void finish() {
        finish(closed);
    }

    private void finish(Runnable then) {
        saving.stop();
        over = true;
        session.window().tasks().quietly(_ -> {
            session.forgetDraft();
            return true;
        }, _ -> then.run(), _ -> then.run());
    }
}
