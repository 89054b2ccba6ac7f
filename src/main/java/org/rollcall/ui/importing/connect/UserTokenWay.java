package org.rollcall.ui.importing.connect;

import java.util.List;
import java.util.Set;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.RegistrationService;
import org.rollcall.connect.TenantAddress;
import org.rollcall.connect.UserTokenService;
import org.rollcall.connect.UserTokenService.UserSignIn;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.importing.draft.AbstractStep;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportSession;

/// Connects with the token of a person who signs in, for organisations that grant no application permissions.
final class UserTokenWay extends ConnectWay {
    private final UserTokenService tokens;
    private final TenantFields fields;
    private final StringProperty client = new SimpleStringProperty(RegistrationService.BOOTSTRAP_CLIENT_ID);
    private final CheckedField clientField;
    private final SimpleBooleanProperty mfaReport = new SimpleBooleanProperty();
    private final SignInModel<UserSignIn> signIn;
    private final StackPane body = new StackPane();
    private final Node node;
    private @Nullable UserSignIn person;

    UserTokenWay(ImportSession session, UserTokenService tokens) {
        super(session);
        this.tokens = tokens;
        var draft = session.draft();
        fields = new TenantFields(session, "connect.token");
        clientField = new CheckedField("connect.token.client", Messages.get("importing.token.client"), client,
                TenantAddress::clientId);
        clientField.input().getStyleClass().add("mono");
        signIn = new SignInModel<>(session.window(),
                (show, job) -> tokens.byDeviceCode(session.actor(), draft.place(),
                        client.get(), optional(), show, job),
                (open, job) -> tokens.byBrowser(session.actor(), draft.place(), client.get(),
                        optional(), open, job),
                this::signedIn);
        var start = Buttons.primary(Messages.get("importing.automatic.start"), signIn::code);
        start.setId("connect.token.start");
        var browser = Buttons.plain(Messages.get("importing.signIn.browser"), Icons.OUTSIDE, signIn::browser);
        browser.setId("connect.token.browser");
        var mfa = new CheckBox(Messages.get("importing.token.mfa"));
        mfa.setId("connect.token.mfa");
        mfa.selectedProperty().bindBidirectional(mfaReport);
        var form = new VBox(16, new VBox(4, Labels.of(Messages.get("importing.automatic.which"), "title-4"),
                Labels.wrapped(Messages.get("importing.token.which.sentence"), "muted")));
        form.getChildren().addAll(fields.first());
        form.getChildren().addAll(clientField.node(), mfa, fields.advanced());
        var panel = new SignInPanel(session.window(), signIn, AutomaticView.form(form, start, browser),
                Messages.get("importing.token.prompt"),
                () -> draft.wayProperty().set(ImportDraft.Way.BY_HAND));
        body.getChildren().setAll(panel);
        var inside = new VBox(body);
        VBox.setVgrow(body, Priority.ALWAYS);
        inside.getStyleClass().add("connect-roomy");
        var left = Card.bare(AbstractStep.scrolling(inside));
        var right = Card.titled(Messages.get("importing.token.means"), Labels.wrapped(UserTokenService.MEANING.shown()),
                new Banner(Tone.WARNING, Icons.CLOCK, Messages.get("importing.token.schedules"),
                        Messages.get("importing.token.schedules.sentence")));
        node = AutomaticView.beside(left, right);
        Runnable look = () -> {
            List.of(start, browser).forEach(one -> one.setDisable(!missing().isEmpty()));
            update();
        };
        List.of(draft.tenantProperty(), draft.authorityUrlProperty(), draft.graphUrlProperty(),
                draft.proxyUrlProperty(), draft.proxyUserProperty(), client)
                .forEach(one -> one.subscribe(_ -> look.run()));
        draft.cloudProperty().subscribe(_ -> look.run());
        fields.unknownProperty().subscribe(_ -> look.run());
        signIn.stageProperty().subscribe(stage -> {
            if (!(stage instanceof SignInModel.Stage.Done)) {
                person = null;
                body.getChildren().setAll(panel);
            }
            update();
        });
    }

    private Set<String> optional() {
        return mfaReport.get() ? Set.of("AuditLog.Read.All") : Set.of();
    }

    private String missing() {
        var why = fields.missing();
        return why.isEmpty() && !clientField.isValid() ? Messages.get("importing.connect.missing.client") : why;
    }

    private void signedIn(UserSignIn who) {
        person = who;
        var heading = Labels.of(Messages.get("importing.token.signedIn", who.userName()), "title-4");
        heading.setId("connect.token.signedIn");
        heading.setGraphic(Icons.of(Icons.DONE, Icons.IN_BANNER, Tone.SUCCESS));
        heading.setWrapText(true);
        body.getChildren().setAll(new VBox(12, heading,
                new VBox(2, Labels.wrapped(Messages.get("importing.token.signedIn.sentence"), "muted"),
                        Labels.wrapped(String.join(", ", who.permissions().stream().sorted().toList()), "caption",
                                "muted")),
                Buttons.link(Messages.get("importing.automatic.again"), signIn::cancel)));
        update();
    }

    @Override
    Node node() {
        return node;
    }

    @Override
    String sentence() {
        return Messages.get("importing.token.sentence");
    }

    @Override
    void next(Runnable goOn) {
        var who = person;
        if (who == null) {
            goOn.run();
            return;
        }
        var place = session.draft().place();
        connect(tokens.wanted(place.tenant().strip(), place, client.get(), who), () -> {
            person = null;
            goOn.run();
        });
    }

    @Override
    void update() {
        if (isAsking()) {
            return;
        }
        var usual = WizardFoot.usual();
        boolean ready = person != null || session.draft().isConnected();
        foot.set(new WizardFoot(usual.cancelLabel(), true, true, true, usual.nextLabel(), ready));
        if (ready) {
            blocked.set("");
            return;
        }
        var why = missing();
        blocked.set(switch (signIn.stageProperty().get()) {
            case SignInModel.Stage.Idle() -> why.isEmpty() ? Messages.get("importing.token.missing") : why;
            case SignInModel.Stage.Code(var code, var good) -> Messages.get("importing.signIn.blocked");
            default -> Messages.get("importing.signIn.blocked.signIn");
        });
    }

    @Override
    void left() {
        super.left();
        if (person == null && !(signIn.stageProperty().get() instanceof SignInModel.Stage.Done)) {
            signIn.cancel();
        }
    }
}
