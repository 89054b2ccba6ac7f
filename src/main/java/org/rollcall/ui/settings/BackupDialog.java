package org.rollcall.ui.settings;

import javafx.scene.layout.VBox;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Asks for the passphrase that a backup is sealed with, twice, then for its file.
final class BackupDialog {
    private BackupDialog() {}

    static void open(WindowContext context, SettingsViewModel model) {
        var passphrase = new NewPassphrase("settings.backup", Messages.get("settings.backup.passphrase.hint"));
        var trouble = new VBox();
        var dialog = new DialogBox(Messages.get("settings.backup.title"))
                .subtitle(Messages.get("settings.backup.subtitle")).content(new VBox(16, passphrase, trouble))
                .firstFocus(passphrase.firstFocus());
        var choose = Buttons.primary(Messages.get("settings.backup.do"), () -> {
            char[] typed;
            try {
                typed = passphrase.typed();
            } catch (RollcallException e) {
                trouble.getChildren().setAll(Banner.failure(e));
                return;
            }
            dialog.close();
            model.services().files().save(Messages.get("settings.backup.title"), "rollcall-backup",
                    file -> model.backup(file, typed));
        });
        choose.setId("settings.backup.do");
        choose.disableProperty().bind(passphrase.tooShort());
        context.dialogs().show(dialog.action(choose));
    }
}
