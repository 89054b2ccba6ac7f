package org.rollcall.ui.importing;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Messages;

/// Asks Entra what the connection may do.
final class VerifyStep extends AbstractStep {
    private final ImportSession session;

    VerifyStep(ImportSession session) {
        super("verify", Messages.get("importing.verify.title"), Messages.get("importing.verify.heading"),
                Messages.get("importing.verify.sentence.checking"));
        this.session = session;
    }

    @Override
    public Node content() {
        return new VBox(org.rollcall.ui.common.Labels.muted(session.draft().tenantNameProperty().get()));
    }
}
