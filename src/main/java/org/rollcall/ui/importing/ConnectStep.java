package org.rollcall.ui.importing;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Messages;

/// Connects the tenant: by hand, automatically, or by a person's token.
final class ConnectStep extends AbstractStep {
    private final ImportSession session;

    ConnectStep(ImportSession session) {
        super("connect", Messages.get("importing.connect.title"), Messages.get("importing.connect.heading"),
                Messages.get("importing.connect.byHand.sentence"));
        this.session = session;
    }

    @Override
    public Node content() {
        return new VBox(org.rollcall.ui.common.Labels.muted(session.draft().tenantProperty().get()));
    }
}
