package org.rollcall.ui.settings;

import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyAddresses;
import org.rollcall.notify.NotifyService.Added;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.CopyField;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Asks for the address that signed messages are posted to, and shows the key that was made for it, once.
final class WebhookDialog {
    private WebhookDialog() {}

    static void open(WindowContext context, SettingsViewModel model) {
        var url = new TextField();
        url.setId("settings.webhook.url");
        url.setPromptText("https://");
        var key = new PasswordInput(Messages.get("settings.webhook.key"));
        key.field().setId("settings.webhook.key");
        var trouble = new VBox();
        var form = new VBox(16, new FormField(Messages.get("settings.webhook.url"), url),
                new FormField(Messages.get("settings.webhook.key"), key, Messages.get("settings.webhook.key.hint")),
                trouble);
        var dialog = new DialogBox(Messages.get("settings.webhook.title"))
                .subtitle(Messages.get("settings.webhook.subtitle")).content(form).firstFocus(url);
        var add = Buttons.primary(Messages.get("settings.webhook.do"), () -> {
            trouble.getChildren().clear();
            String given = new String(key.password());
            try {
                model.add(NotifyAddresses.webhook(url.getText()), given.isEmpty() ? null : given, added -> {
                    dialog.close();
                    shown(context, added);
                }, refused -> trouble.getChildren().setAll(Banner.failure(refused)));
            } catch (RollcallException e) {
                trouble.getChildren().setAll(Banner.failure(e));
            }
        });
        add.setId("settings.webhook.do");
        add.disableProperty().bind(url.textProperty().isEmpty());
        context.dialogs().show(dialog.action(add));
    }

    private static void shown(WindowContext context, Added added) {
        String key = added.key();
        if (key == null) {
            context.toasts().show(Toast.done(
                    Messages.get("settings.notify.added", added.channel().settings().words())));
            return;
        }
        var field = new CopyField(Messages.get("settings.webhook.key"), key);
        field.field().setId("settings.webhook.made");
        context.dialogs().show(new DialogBox(Messages.get("settings.webhook.made"))
                .content(new VBox(12, Labels.wrapped(Messages.get("settings.webhook.made.sentence")), field))
                .cancelLabel(Messages.get("common.close")));
    }
}
