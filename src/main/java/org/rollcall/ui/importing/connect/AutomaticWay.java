package org.rollcall.ui.importing.connect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.AdministratorSession;
import org.rollcall.connect.RegistrationPlan;
import org.rollcall.connect.RegistrationPlan.Rights;
import org.rollcall.connect.RegistrationService;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.ImportSession;

/// Registers Rollcall automatically: an administrator signs in, looks at what will be made, and agrees.
final class AutomaticWay extends ConnectWay {
    /// How far it is.
    enum Part {
        SIGN_IN,
        REVIEW,
        CREATE,
        CHECK
    }

    /// How a registration ended: with a tenant, with trouble, or with neither if it was cancelled and taken back.
    private record Outcome(@Nullable Tenant tenant, @Nullable RollcallException trouble) {}

    private final RegistrationService registration;
    private final SignInModel<AdministratorSession> signIn;
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.SIGN_IN);
    private final ObjectProperty<@Nullable RegistrationPlan> plan = new SimpleObjectProperty<>();
    private final SimpleBooleanProperty mfaReport = new SimpleBooleanProperty(true);
    private final ObjectProperty<@Nullable RunningJob> creating = new SimpleObjectProperty<>();
    private final SimpleBooleanProperty takenBack = new SimpleBooleanProperty();
    private final AutomaticView view;
    private @Nullable AdministratorSession administrator;
    private @Nullable Tenant known;

    /// @param byHand shows the other way
    AutomaticWay(ImportSession session, RegistrationService registration, Runnable byHand) {
        super(session);
        this.registration = registration;
        var bootstrap = RegistrationService.BOOTSTRAP_CLIENT_ID;
        signIn = new SignInModel<>(session.window(),
                (show, job) -> registration.signInByDeviceCode(session.actor(),
                        session.draft().place(), bootstrap, show, job),
                (open, job) -> registration.signInByBrowser(session.actor(),
                        session.draft().place(), bootstrap, open, job),
                this::signedIn);
        view = new AutomaticView(session, this, signIn, byHand);
        var draft = session.draft();
        signIn.stageProperty().subscribe(_ -> update());
        part.subscribe(_ -> update());
        List.of(draft.tenantProperty(), draft.authorityUrlProperty(), draft.graphUrlProperty(),
                draft.proxyUrlProperty(), draft.proxyUserProperty())
                .forEach(one -> one.subscribe(_ -> update()));
        draft.cloudProperty().subscribe(_ -> update());
        view.unknownProperty().subscribe(this::update);
    }

    ObjectProperty<Part> partProperty() {
        return part;
    }

    ObjectProperty<@Nullable RegistrationPlan> planProperty() {
        return plan;
    }

    ObjectProperty<@Nullable RunningJob> creatingProperty() {
        return creating;
    }

    /// Whether the last attempt was cancelled and what it had made is gone again.
    SimpleBooleanProperty takenBackProperty() {
        return takenBack;
    }

    /// Whether the permission for the MFA report is asked for.
    SimpleBooleanProperty mfaReportProperty() {
        return mfaReport;
    }

    /// The tenant if it is connected already; then it gets a new certificate, and nothing else is made.
    @Nullable
    Tenant known() {
        return known;
    }

    String administratorName() {
        var who = administrator;
        return who == null ? "" : who.userName();
    }

    @Override
    Node node() {
        return view.node();
    }

    @Override
    String sentence() {
        return Messages.get("importing.automatic.sentence");
    }

    private void signedIn(AdministratorSession who) {
        administrator = who;
        look();
    }

    /// Looks at what is there and what would be made.
    void look() {
        var who = administrator;
        if (who == null) {
            return;
        }
        trouble.set(null);
        Set<String> optional = mfaReport.get() ? Set.of("AuditLog.Read.All") : Set.of();
        blocked.set(Messages.get("importing.automatic.looking"));
        session.window().tasks().quietly(job -> {
            var found = session.services().tenants().list(session.actor()).stream()
                    .filter(one -> one.directoryId().equals(who.tenantId())).findFirst();
            return new Looked(registration.plan(session.actor(), who,
                    new RegistrationService.Options(RegistrationService.APPLICATION_NAME, optional), job), found);
        }, looked -> {
            known = looked.known.orElse(null);
            plan.set(looked.plan);
            part.set(Part.REVIEW);
            update();
        }, e -> {
            // The sign-in is still good: whoever lost the network need not type another code.
            if (e.kind() == ErrorKind.OFFLINE || e.kind() == ErrorKind.THROTTLED) {
                part.set(Part.SIGN_IN);
                signIn.failed(e, this::look);
            } else {
                again();
                fail(e, null);
            }
        });
    }

    private record Looked(RegistrationPlan plan, Optional<Tenant> known) {}

    /// Back to the sign-in; the administrator's token is forgotten.
    void again() {
        forget();
        takenBack.set(false);
        plan.set(null);
        part.set(Part.SIGN_IN);
        signIn.cancel();
    }

    private void forget() {
        var who = administrator;
        administrator = null;
        if (who != null) {
            who.close();
        }
    }

    @Override
    void next(Runnable goOn) {
        if (part.get() == Part.REVIEW) {
            create(goOn);
        } else {
            goOn.run();
        }
    }

    private void create(Runnable goOn) {
        var who = administrator;
        var agreed = plan.get();
        if (who == null || agreed == null) {
            return;
        }
        trouble.set(null);
        takenBack.set(false);
        part.set(Part.CREATE);
        creating.set(session.window().tasks().start(Messages.get("importing.automatic.creating"),
                job -> outcome(who, agreed, job), outcome -> ended(outcome, goOn), e -> {
                    creating.set(null);
                    part.set(Part.REVIEW);
                    fail(e, () -> create(goOn));
                }));
    }

    private Outcome outcome(AdministratorSession who, RegistrationPlan agreed, JobContext job) {
        try {
            return new Outcome(made(who, agreed, job), null);
        } catch (CancellationException e) {
            return new Outcome(null, null);
        } catch (RollcallException e) {
            // Told even after Cancel: taking back may have failed, and then something is left behind in Entra.
            return new Outcome(null, e);
        }
    }

    private Tenant made(AdministratorSession who, RegistrationPlan agreed, JobContext job) {
        var tenants = session.services().tenants();
        var connected = known;
        if (connected != null) {
            registration.renewCertificate(session.actor(), who, connected.name(), job);
            return tenants.byName(connected.name());
        }
        var taken = tenants.list(session.actor()).stream().map(one -> one.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
        var name = session.draft().place().tenant().strip();
        for (int i = 2; taken.contains(name.toLowerCase(java.util.Locale.ROOT)); i++) {
            name = session.draft().place().tenant().strip() + " " + i;
        }
        var stored = registration.register(session.actor(), who, agreed, name, job);
        var organization = stored.organization();
        if (organization == null || organization.isBlank()
                || taken.contains(organization.toLowerCase(java.util.Locale.ROOT))) {
            return stored;
        }
        tenants.rename(session.actor(), stored.name(), organization);
        return tenants.byName(organization);
    }

    private void ended(Outcome outcome, Runnable goOn) {
        creating.set(null);
        var tenant = outcome.tenant;
        if (tenant == null) {
            takenBack.set(outcome.trouble == null);
            part.set(Part.REVIEW);
            if (outcome.trouble != null) {
                fail(outcome.trouble, () -> create(goOn));
            }
            return;
        }
        session.draft().connected(tenant, Messages.get("importing.automatic.credential"), null);
        forget();
        part.set(Part.CHECK);
        goOn.run();
    }

    @Override
    void update() {
        switch (part.get()) {
            case SIGN_IN -> {
                foot.set(waitingFoot());
                blocked.set(session.draft().isConnected() ? "" : whyNot());
            }
            case REVIEW -> {
                var seen = plan.get();
                foot.set(WizardFoot.committing(verb()));
                blocked.set(seen != null && seen.rights() == Rights.TOO_FEW
                        ? Messages.get("importing.automatic.rights")
                        : "");
            }
            case CREATE -> {
                foot.set(WizardFoot.running(Messages.get("importing.automatic.cancel"), ""));
                blocked.set(Messages.get("importing.automatic.busy"));
            }
            case CHECK -> {
                foot.set(WizardFoot.usual());
                blocked.set("");
            }
        }
    }

    /// What Next is called while the plan is looked at.
    String verb() {
        return Messages.get(known == null ? "importing.automatic.create" : "importing.automatic.renew", where());
    }

    /// The tenant in words: nobody knows it by its id, but everybody knows the domain that they sign in with.
    private String where() {
        var connected = known;
        if (connected != null) {
            return connected.name();
        }
        var typed = session.draft().tenantProperty().get().strip();
        var who = administratorName();
        int at = who.indexOf('@');
        return at < 0 || typed.contains(".") ? typed : who.substring(at + 1);
    }

    private String whyNot() {
        var missing = view.missing();
        return switch (signIn.stageProperty().get()) {
            case SignInModel.Stage.Idle() -> missing.isEmpty() ? Messages.get("importing.automatic.missing") : missing;
            case SignInModel.Stage.Code(var code, var good) -> Messages.get("importing.signIn.blocked");
            case SignInModel.Stage.Done() -> Messages.get("importing.automatic.looking");
            default -> Messages.get("importing.signIn.blocked.signIn");
        };
    }

    /// The page's own button is the accent one while somebody signs in.
    private WizardFoot waitingFoot() {
        var usual = WizardFoot.usual();
        return new WizardFoot(usual.cancelLabel(), true, true, true, usual.nextLabel(), session.draft().isConnected());
    }

    @Override
    void cancelled() {
        var job = creating.get();
        if (job != null) {
            job.cancel();
        }
    }

    @Override
    void left() {
        if (part.get() == Part.SIGN_IN && administrator == null) {
            signIn.cancel();
        }
    }
}
