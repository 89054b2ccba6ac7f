package org.rollcall.ui.settings;

import java.util.Arrays;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.WindowContext;

/// Asks for the address of a log server or webhook that is sent the end of the audit log.
final class AnchorDialog {
    private AnchorDialog() {}

    static void open(WindowContext context, SettingsViewModel model) {
        var address = new TextField(model.anchorProperty().get());
        address.setId("settings.anchor.address.label");
        address.setPromptText("syslog+tls://");
        var key = new PasswordInput(Messages.get("settings.anchor.address.key"));
        key.field().setId("settings.anchor.address.key");
        var trouble = new VBox();
        var form = new VBox(16,
                new FormField(Messages.get("settings.anchor.address.label"), address,
                        Messages.get("settings.anchor.address.hint")),
                new FormField(Messages.get("settings.anchor.address.key"), key,
                        Messages.get("settings.anchor.address.key.hint")),
                trouble);
        var dialog = new DialogBox(Messages.get("settings.anchor.address.title"))
                .subtitle(Messages.get("settings.anchor.address.subtitle")).content(form).firstFocus(address);
        var sending = new SimpleBooleanProperty();
        var use = Buttons.primary(Messages.get("settings.anchor.address.do"), () -> {
            trouble.getChildren().clear();
            sending.set(true);
            char[] given = key.password();
            String signs = given.length == 0 ? null : new String(given);
            Arrays.fill(given, '\0');
            model.setAnchor(address.getText(), signs, dialog::close, refused -> {
                sending.set(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        use.setId("settings.anchor.address.do");
        use.disableProperty().bind(address.textProperty().isEmpty().or(sending));
        context.dialogs().show(dialog.action(use));
    }
}
