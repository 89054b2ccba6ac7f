package org.rollcall.app;

import java.util.Optional;
import java.util.function.Supplier;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Tenant;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.ImportWizard;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportEdit;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.ui.importing.draft.Prefill;
import org.rollcall.ui.shell.StartWords;
import org.rollcall.ui.shell.WindowRoot;

/// Opens the import wizard over the shell: new, filled in, or where it was left.
final class Wizards {
    private final WindowContext context;
    private final WindowRoot root;
    private final ImportServices services;
    private final Actor actor;

    Wizards(WindowContext context, WindowRoot root, ImportServices services, Actor actor) {
        this.context = context;
        this.root = root;
        this.services = services;
        this.actor = actor;
    }

    /// Goes on with the draft that was left, or begins.
    void openNew() {
        context.tasks().quietly(_ -> ImportWizard.saved(services, actor), found -> root.cover(
                new ImportWizard(context, services, actor, found.orElseGet(ImportDraft::new), this::closed,
                        this::signIn).view()),
                trouble -> context.toasts().show(Toast.failed(trouble.words().shown())));
    }

    void open(Prefill known) {
        root.cover(ImportWizard.filledIn(context, services, actor, known, this::closed, this::signIn).view());
    }

    /// For a tenant whose credential is to be replaced.
    void connectAgain(Supplier<Optional<Tenant>> tenant) {
        context.tasks().quietly(_ -> tenant.get(), found -> found.ifPresent(known -> open(Prefill.again(known))),
                trouble -> context.toasts().show(Toast.failed(trouble.words().shown())));
    }

    /// For an import that is there, to change what it brings in.
    void edit(Supplier<ImportEdit> known) {
        context.tasks().quietly(_ -> known.get(), found -> root.cover(ImportWizard
                .editing(context, services, actor, found, () -> closed("schedules"), this::signIn).view()),
                trouble -> context.toasts().show(Toast.failed(trouble.words().shown())));
    }

    /// Says that there is a draft to go on with, if there is.
    void offerToGoOn() {
        if (actor.may(Permission.MANAGE_TENANTS)) {
            context.tasks().quietly(_ -> services.drafts().newest(actor).isPresent(), waiting -> {
                if (Boolean.TRUE.equals(waiting)) {
                    StartWords.goOn(context, this::openNew);
                }
            }, _ -> {});
        }
    }

    private void signIn() {
        root.uncover();
        root.open("authentication");
    }

    private void closed() {
        closed("overview");
    }

    private void closed(String screen) {
        root.uncover();
        root.open(screen);
    }
}
