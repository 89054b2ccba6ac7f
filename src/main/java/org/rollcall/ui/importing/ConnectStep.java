package org.rollcall.ui.importing;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.NewTenant;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.ImportDraft.Way;

/// Connects the tenant: automatically, by hand, or by a person's token.
final class ConnectStep extends AbstractStep {
    private final ImportSession session;
    private final ByHandView byHand;
    private final StackPane trouble = new StackPane();
    private final StackPane page = new StackPane();
    private @Nullable RunningJob checking;

    ConnectStep(ImportSession session) {
        super("connect", Messages.get("importing.connect.title"), Messages.get("importing.connect.heading"),
                Messages.get("importing.connect.byHand.sentence"));
        this.session = session;
        byHand = new ByHandView(session);
        show(null);
        var draft = session.draft();
        draft.organizationProperty().subscribe(_ -> summarize());
        draft.credentialWordsProperty().subscribe(_ -> summarize());
        byHand.missingProperty().subscribe(_ -> update());
        draft.wayProperty().subscribe(_ -> open());
    }

    @Override
    public Node content() {
        var draft = session.draft();
        var ways = new Segmented<>(Messages.get("importing.connect.way"), List.of(Way.values()),
                way -> Messages.get(switch (way) {
                    case AUTOMATIC -> "importing.connect.way.automatic";
                    case BY_HAND -> "importing.connect.way.byHand";
                    case USER_TOKEN -> "importing.connect.way.userToken";
                }));
        ways.setId("connect.way");
        ways.valueProperty().bindBidirectional(draft.wayProperty());
        VBox.setVgrow(page, Priority.ALWAYS);
        return new VBox(16, ways, trouble, page);
    }

    private void open() {
        show(null);
        page.getChildren().setAll(byHand.node());
        update();
    }

    private void update() {
        if (checking == null) {
            foot.set(WizardFoot.usual());
            blocked.set(byHand.missingProperty().get());
        }
    }

    @Override
    public void next(Runnable goOn) {
        if (!byHand.isNew()) {
            goOn.run();
            return;
        }
        NewTenant wanted;
        try {
            wanted = byHand.wanted();
        } catch (RollcallException e) {
            show(e);
            return;
        }
        connect(wanted, goOn);
    }

    private void connect(NewTenant wanted, Runnable goOn) {
        show(null);
        foot.set(WizardFoot.running(Messages.get("importing.connect.stop"), ""));
        blocked.set(Messages.get("importing.connect.asking"));
        checking = session.window().tasks().quietly(
                job -> session.services().tenants().connect(session.actor(), wanted, job), connected -> {
                    checking = null;
                    session.draft().connected(connected.tenant(), connected.report().credentialKind(),
                            connected.report());
                    update();
                    goOn.run();
                }, e -> {
                    checking = null;
                    update();
                    show(e);
                });
        // Where jobs run at once it has ended by now.
        if (!session.draft().isConnected() && blocked.get().isEmpty()) {
            checking = null;
        }
    }

    @Override
    public void cancelled() {
        var job = checking;
        if (job != null) {
            job.cancel();
            checking = null;
            update();
        }
    }

    private void show(@Nullable RollcallException e) {
        trouble.getChildren().clear();
        trouble.setManaged(e != null);
        if (e != null) {
            var banner = Banner.failure(e, Buttons.small(Messages.get("common.close"), () -> show(null)));
            banner.setId("connect.trouble");
            trouble.getChildren().setAll(banner);
        }
    }

    private void summarize() {
        var draft = session.draft();
        summary.set(draft.organizationProperty().get().isEmpty()
                ? ""
                : Messages.get("importing.connect.summary", draft.organizationProperty().get(),
                        draft.credentialWordsProperty().get()));
    }
}
