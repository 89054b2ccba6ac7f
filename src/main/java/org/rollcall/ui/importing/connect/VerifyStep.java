package org.rollcall.ui.importing.connect;

import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.PermissionLine;
import org.rollcall.connect.PermissionLine.State;
import org.rollcall.connect.PortalGuide;
import org.rollcall.connect.VerifyReport;
import org.rollcall.domain.Cloud;
import org.rollcall.ui.common.Backstage;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportSession;

/// Asks Entra what the connection may do, and says what is missing and where to grant it.
public final class VerifyStep extends AbstractStep {
    /// Where permissions are added and granted: the third of the portal's steps.
    private static final int PERMISSIONS = 2;

    private final ImportSession session;
    private final VerifyView view;
    private final StatePane pane;
    private final Button again;
    private final SimpleBooleanProperty busy = new SimpleBooleanProperty();
    private @Nullable RunningJob checking;
    private long shownFor = -1;

    public VerifyStep(ImportSession session) {
        super("verify", Messages.get("importing.verify.title"), Messages.get("importing.verify.heading"),
                Messages.get("importing.verify.sentence.checking"));
        this.session = session;
        view = new VerifyView(session.window(), this::openPortal);
        pane = new StatePane(session.window().motion(), view.node());
        again = Buttons.plain(Messages.get("importing.verify.again"), Icons.AGAIN, this::pressed);
        again.setId("verify.again");
        busy.subscribe(now -> {
            again.setText(Messages.get(now ? "importing.verify.stop" : "importing.verify.again"));
            again.setGraphic(Icons.of(now ? Icons.CLOSE : Icons.AGAIN));
        });
        // Where the page has its own button to try again, one is enough.
        again.visibleProperty().bind(pane.stateProperty().map(now -> !(now instanceof ScreenState.Failed)));
        blocked.set(Messages.get("importing.verify.blocked.unchecked"));
    }

    @Override
    public Node content() {
        return pane;
    }

    @Override
    public Node headingAction() {
        return again;
    }

    @Override
    public void prepare(Backstage backstage) {
        backstage.layOut(pane, () -> {
            if (shownFor < 0) {
                view.prepare();
            }
        });
    }

    @Override
    public void entered() {
        var known = session.draft().reportProperty().get();
        if (known != null && shownFor == session.draft().connectionRevisionProperty().get()) {
            return;
        }
        if (known != null) {
            show(known);
        } else {
            check();
        }
    }

    @Override
    public void left() {
        stop();
    }

    private void pressed() {
        if (busy.get()) {
            stop();
        } else {
            check();
        }
    }

    private void stop() {
        var job = checking;
        if (job != null && busy.get()) {
            job.cancel();
            busy.set(false);
            pane.stateProperty().set(new ScreenState.Empty(Messages.get("importing.verify.stopped"),
                    Messages.get("importing.verify.stopped.sentence"),
                    new ScreenState.Action(Messages.get("importing.verify.again"), this::check)));
            blocked.set(Messages.get("importing.verify.blocked.unchecked"));
        }
    }

    private void check() {
        busy.set(true);
        blocked.set(Messages.get("importing.verify.blocked.checking"));
        sentence.set(Messages.get("importing.verify.sentence.checking"));
        pane.stateProperty().set(ScreenState.loading(Messages.get("importing.verify.checking")));
        checking = session.window().tasks().quietly(
                job -> session.services().tenants().verify(session.actor(),
                        session.draft().tenantNameProperty().get(), job),
                report -> {
                    busy.set(false);
                    session.draft().reportProperty().set(report);
                    show(report);
                }, trouble -> {
                    busy.set(false);
                    blocked.set(Messages.get("importing.verify.blocked.failed"));
                    pane.stateProperty().set(
                            new ScreenState.Failed(Messages.get("importing.verify.failed"), trouble, this::check));
                });
    }

    private void show(VerifyReport report) {
        shownFor = session.draft().connectionRevisionProperty().get();
        view.show(report);
        pane.stateProperty().set(ScreenState.ready());
        var needed = report.missing().stream().map(PermissionLine::name).collect(Collectors.joining(", "));
        long optional = report.permissions().stream()
                .filter(line -> line.state() == State.MISSING && !line.needed()).count();
        if (!needed.isEmpty()) {
            blocked.set(Messages.get("importing.verify.blocked.missing", needed));
            sentence.set(Messages.get("importing.verify.sentence.missing"));
        } else if (report.organization() == null) {
            blocked.set(Messages.get("importing.verify.blocked.missing", "Organization.Read.All"));
            sentence.set(Messages.get("importing.verify.sentence.missing"));
        } else {
            blocked.set("");
            sentence.set(Messages.get("importing.verify.sentence.ok", optional));
        }
        long granted = report.permissions().stream().filter(line -> line.needed() && line.state() == State.GRANTED)
                .count();
        long all = report.permissions().stream().filter(PermissionLine::needed).count();
        summary.set(all == 0
                ? Messages.get("importing.verify.summary.unknown")
                : Messages.get("importing.verify.summary", granted, all, optional));
        var organization = report.organization();
        if (organization != null) {
            session.draft().organizationProperty().set(organization.displayName());
        }
    }

    private void openPortal() {
        var draft = session.draft();
        var place = draft.place();
        var organization = session.draft().reportProperty().get() == null
                ? null
                : Objects.requireNonNull(session.draft().reportProperty().get()).organization();
        session.window().links().open(PortalGuide.steps(place.cloud(),
                organization == null ? null : organization.tenantId(), draft.clientIdProperty().get(),
                place.cloud() == Cloud.CUSTOM ? place.authorityUrl() : null).get(PERMISSIONS).blade());
    }
}
