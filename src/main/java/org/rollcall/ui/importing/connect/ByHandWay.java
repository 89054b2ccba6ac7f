package org.rollcall.ui.importing.connect;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.TenantAddress;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.ImportDraft.CredentialKind;
import org.rollcall.ui.importing.draft.ImportSession;

/// By hand: the portal's steps at the left, what the portal shows at the right.
final class ByHandWay extends ConnectWay {
    private final CredentialFiles files;
    private final TenantFields fields;
    private final CheckedField clientId;
    private final PasswordInput secret = new PasswordInput(Messages.get("importing.connect.secret"));
    private final FormField secretField;
    private final Node node;

    ByHandWay(ImportSession session) {
        super(session);
        var draft = session.draft();
        files = new CredentialFiles(session.window().clock());
        fields = new TenantFields(session, "connect.hand");
        clientId = new CheckedField("connect.hand.client", Messages.get("importing.connect.client"),
                draft.clientIdProperty(), TenantAddress::clientId);
        clientId.input().getStyleClass().add("mono");
        secret.field().setId("connect.hand.secret");
        // The field's own text is dots, so the two cannot be bound.
        secret.field().passwordProperty().addListener((_, _, typed) -> draft.secretProperty().set(typed));
        draft.secretProperty().subscribe(value -> {
            if (!value.equals(secret.field().getPassword())) {
                secret.field().setText(value);
            }
        });
        secretField = new FormField(Messages.get("importing.connect.secret"), secret);
        secretField.getChildren().removeFirst();
        secret.field().focusedProperty().subscribe((before, now) -> {
            if (before && !now) {
                lookAtSecret();
            }
        });
        draft.secretProperty().subscribe(_ -> {
            if (wrongSecret().isEmpty()) {
                secretField.errorProperty().set("");
            }
        });
        var certificate = new CertificateChoice(session);
        var kind = new Segmented<>(Messages.get("importing.connect.credential"), List.of(CredentialKind.values()),
                one -> Messages.get(one == CredentialKind.SECRET
                        ? "importing.connect.credential.secret"
                        : "importing.connect.credential.certificate"));
        kind.setId("connect.hand.kind");
        kind.valueProperty().bindBidirectional(draft.credentialKindProperty());
        draft.credentialKindProperty().subscribe(now -> {
            show(secretField, now == CredentialKind.SECRET);
            show(certificate.node(), now == CredentialKind.CERTIFICATE);
        });
        var credentialHead = new HBox(Labels.of(Messages.get("importing.connect.credential"), "medium"),
                Labels.spacer(), kind);
        credentialHead.setAlignment(Pos.CENTER_LEFT);
        var form = new VBox(16, Labels.of(Messages.get("importing.connect.shown"), "strong"));
        form.getChildren().addAll(fields.first());
        form.getChildren().addAll(clientId.node(), new VBox(4, credentialHead, secretField, certificate.node()),
                fields.advanced());
        form.getStyleClass().add("connect-form");
        var scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        var right = Card.bare(scroll);
        right.setMinWidth(380);
        right.setPrefWidth(380);
        var left = new PortalChecklist(session).node();
        HBox.setHgrow(left, Priority.ALWAYS);
        node = new HBox(24, left, right);
        List.of(draft.tenantProperty(), draft.clientIdProperty(), draft.secretProperty(),
                draft.authorityUrlProperty(), draft.graphUrlProperty(), draft.proxyUrlProperty(),
                draft.proxyUserProperty(), draft.caPemProperty()).forEach(one -> one.subscribe(_ -> update()));
        draft.cloudProperty().subscribe(_ -> update());
        draft.credentialKindProperty().subscribe(_ -> update());
        draft.certificateProperty().subscribe(_ -> update());
        draft.tenantNameProperty().subscribe(_ -> update());
        fields.unknownProperty().subscribe(_ -> update());
    }

    @Override
    Node node() {
        return node;
    }

    @Override
    String sentence() {
        return Messages.get("importing.connect.byHand.sentence");
    }

    @Override
    void next(Runnable goOn) {
        if (!isNew()) {
            goOn.run();
            return;
        }
        try {
            connect(wanted(), goOn);
        } catch (RollcallException e) {
            fail(e, null);
        }
    }

    /// Whether a credential has been given since the tenant was stored.
    private boolean isNew() {
        var draft = session.draft();
        return !draft.isConnected() || (draft.credentialKindProperty().get() == CredentialKind.SECRET
                ? !draft.secretProperty().get().isBlank()
                : draft.certificateProperty().get() != null);
    }

    private NewTenant wanted() {
        var draft = session.draft();
        var place = draft.place();
        return new NewTenant(place.tenant().strip(), place.tenant(), draft.clientIdProperty().get(), credential(),
                place.cloud(), place.authorityUrl(), place.graphUrl(), place.caPem(), place.proxyUrl());
    }

    private NewCredential credential() {
        var draft = session.draft();
        if (draft.credentialKindProperty().get() == CredentialKind.SECRET) {
            return files.secret(draft.secretProperty().get());
        }
        var certificate = draft.certificateProperty().get();
        if (certificate == null) {
            throw new IllegalStateException("Next is off without a certificate");
        }
        return certificate;
    }

    private void lookAtSecret() {
        var draft = session.draft();
        var trimmed = draft.secretProperty().get().strip();
        if (!trimmed.equals(draft.secretProperty().get())) {
            draft.secretProperty().set(trimmed);
        }
        secretField.errorProperty().set(wrongSecret());
    }

    private String wrongSecret() {
        var typed = session.draft().secretProperty().get();
        if (typed.isBlank()) {
            return "";
        }
        try {
            files.secret(typed);
            return "";
        } catch (RollcallException e) {
            return e.code().equals("credential.secret-id")
                    ? Messages.get("importing.connect.secret.id")
                    : Messages.get("importing.connect.wrong", Messages.capital(e.words().shown()),
                            Messages.capital(e.remedyWords().shown()));
        }
    }

    @Override
    void update() {
        var draft = session.draft();
        boolean kept = !isNew();
        secretField.hintProperty().set(kept ? Messages.get("importing.connect.kept") : "");
        var why = fields.missing();
        if (why.isEmpty() && !clientId.isValid()) {
            why = Messages.get("importing.connect.missing.client");
        }
        if (why.isEmpty() && !kept) {
            if (draft.credentialKindProperty().get() == CredentialKind.CERTIFICATE) {
                why = draft.certificateProperty().get() == null
                        ? Messages.get("importing.connect.missing.certificate")
                        : "";
            } else if (draft.secretProperty().get().isBlank() || !wrongSecret().isEmpty()) {
                why = Messages.get("importing.connect.missing.secret");
            }
        }
        if (!isAsking()) {
            foot.set(WizardFoot.usual());
            blocked.set(why);
        }
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
