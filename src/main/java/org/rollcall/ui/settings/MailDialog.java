package org.rollcall.ui.settings;

import java.util.Arrays;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyAddresses;
import org.rollcall.text.Words;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.CaField;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Asks for a mail server and for whom its messages are.
final class MailDialog {
    private final TextField server = field("server");
    private final Segmented<Security> security = new Segmented<>(Messages.get("settings.mail.security"),
            List.of(Security.STARTTLS, Security.TLS, Security.NONE),
            each -> Messages.get("settings.mail.security." + each.name()));
    private final TextField from = field("from");
    private final TextField to = field("to");
    private final TextField user = field("user");
    private final PasswordInput password = new PasswordInput(Messages.get("settings.mail.password"));
    private final StringProperty ca = new SimpleStringProperty("");
    private final VBox trouble = new VBox();

    private MailDialog() {
        server.setPromptText("mail.example.org");
        to.setPromptText("admins@example.org");
        password.field().setId("settings.mail.password");
    }

    private static TextField field(String id) {
        var field = new TextField();
        field.setId("settings.mail." + id);
        return field;
    }

    static void open(WindowContext context, SettingsViewModel model) {
        new MailDialog().show(context, model);
    }

    private void show(WindowContext context, SettingsViewModel model) {
        var serverField = new FormField(Messages.get("settings.mail.server"), server,
                Messages.get("settings.mail.server.hint"));
        var securityField = new FormField(Messages.get("settings.mail.security"), security);
        var userField = new FormField(Messages.get("settings.mail.user"), user,
                Messages.get("settings.mail.user.hint"));
        var passwordField = new FormField(Messages.get("settings.mail.password"), password);
        HBox.setHgrow(serverField, Priority.ALWAYS);
        HBox.setHgrow(userField, Priority.ALWAYS);
        HBox.setHgrow(passwordField, Priority.ALWAYS);
        var authorities = new CaField("settings.mail.ca", context.tasks(), model.services().open(),
                new CredentialFiles(context.clock())::certificateAuthorities, ca);
        var form = new VBox(16, new HBox(16, serverField, securityField),
                new FormField(Messages.get("settings.mail.from"), from),
                new FormField(Messages.get("settings.mail.to"), to, Messages.get("settings.mail.to.hint")),
                new HBox(16, userField, passwordField), authorities.node(), trouble);
        var dialog = new DialogBox(Messages.get("settings.mail.title")).subtitle(Messages.get("settings.mail.subtitle"))
                .content(form).width(640).firstFocus(server);
        var add = Buttons.primary(Messages.get("settings.mail.do"), () -> {
            trouble.getChildren().clear();
            try {
                NotifyChannel.Settings settings = read();
                String secret = new String(password.password());
                model.add(settings, settings.user() == null ? null : secret, added -> {
                    dialog.close();
                    context.toasts().show(Toast.done(
                            Messages.get("settings.notify.added", added.channel().settings().words()),
                            Messages.get("settings.notify.test"), () -> model.test(added.channel())));
                }, this::refused);
            } catch (RollcallException e) {
                refused(e);
            }
        });
        add.setId("settings.mail.do");
        add.disableProperty().bind(server.textProperty().isEmpty().or(from.textProperty().isEmpty())
                .or(to.textProperty().isEmpty()));
        context.dialogs().show(dialog.action(add));
    }

    private void refused(RollcallException refused) {
        trouble.getChildren().setAll(Banner.failure(refused));
    }

    /// @throws RollcallException INPUT
    private NotifyChannel.Settings read() {
        String typed = server.getText().strip();
        String user = this.user.getText().strip();
        if (user.isEmpty() != (password.password().length == 0)) {
            throw RollcallException.input("notify.user", Words.of("notify.user"), Words.of("notify.user.remedy"));
        }
        List<String> addresses = Arrays.stream(to.getText().split("[,;\\s]+")).filter(each -> !each.isBlank()).toList();
        return NotifyAddresses.mail(typed.contains("://") ? typed : "smtp://" + typed, security.getValue(),
                from.getText().strip(), addresses, user.isEmpty() ? null : user, ca.get().isEmpty() ? null : ca.get());
    }
}
