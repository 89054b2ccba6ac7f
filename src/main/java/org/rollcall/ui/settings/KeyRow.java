package org.rollcall.ui.settings;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.WindowContext;

/// What keeps the key that the data is encrypted with, and the dialog that changes it.
final class KeyRow {
    private static final String PASSPHRASE = "passphrase";

    private KeyRow() {}

    static Node of(WindowContext context, SettingsViewModel model) {
        var change = Buttons.plain(Messages.get("settings.key.change"), () -> open(context, model));
        change.setId("settings.key.change");
        var row = new SettingsRow(Icons.LOCK, Messages.get("settings.key"), Messages.get("settings.key.caption"),
                new Disallowed(change, new ReadOnlyStringWrapper(model.reason(Permission.MANAGE_SETTINGS))));
        model.keyProperty().subscribe(state -> {
            if (state != null) {
                row.caption(Messages.get("settings.key.kept." + state.kept())
                        + (state.settling() ? " " + Messages.get("settings.key.settling") : ""));
            }
        });
        return row;
    }

    private static void open(WindowContext context, SettingsViewModel model) {
        var state = model.keyProperty().get();
        if (state == null) {
            return;
        }
        var choice = new Segmented<>(Messages.get("settings.key"), state.choices(),
                each -> Messages.get("settings.key.choice." + each));
        choice.setId("settings.key.choice");
        choice.setValue(state.kept());
        var says = Labels.wrapped("");
        var passphrase = new NewPassphrase("settings.key", Messages.get("settings.key.hint"));
        var trouble = new VBox();
        var dialog = new DialogBox(Messages.get("settings.key.title")).subtitle(Messages.get("settings.key.subtitle"))
                .content(
                        new VBox(16, new FormField(Messages.get("settings.key.by"), choice), says, passphrase, trouble))
                .width(600);
        choice.valueProperty().subscribe(now -> {
            says.setText(Messages.get("settings.key.says." + now));
            passphrase.setVisible(PASSPHRASE.equals(now));
            passphrase.setManaged(PASSPHRASE.equals(now));
        });
        var apply = Buttons.primary(Messages.get("settings.key.do"), () -> {
            String to = choice.getValue();
            trouble.getChildren().clear();
            try {
                char[] typed = PASSPHRASE.equals(to) ? passphrase.typed() : new char[0];
                model.changeKey(to, typed, dialog::close,
                        refused -> trouble.getChildren().setAll(Banner.failure(refused)));
            } catch (RollcallException e) {
                trouble.getChildren().setAll(Banner.failure(e));
            }
        });
        apply.setId("settings.key.do");
        apply.disableProperty().bind(choice.valueProperty().isEqualTo(PASSPHRASE).and(passphrase.tooShort()));
        context.dialogs().show(dialog.action(apply));
    }
}
