package org.rollcall.ui.settings;

import java.util.Arrays;
import javafx.scene.layout.VBox;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.WindowContext;

/// Asks for the passphrase that a backup is sealed with, twice, then for its file.
final class BackupDialog {
    /// As the services ask for.
    private static final int SHORTEST = 8;

    private BackupDialog() {}

    static void open(WindowContext context, SettingsViewModel model) {
        var first = new PasswordInput(Messages.get("settings.backup.passphrase"));
        first.field().setId("settings.backup.passphrase");
        var again = new PasswordInput(Messages.get("settings.backup.again"));
        again.field().setId("settings.backup.again");
        var trouble = new VBox();
        var form = new VBox(16, new FormField(Messages.get("settings.backup.passphrase"), first,
                Messages.get("settings.backup.passphrase.hint")),
                new FormField(Messages.get("settings.backup.again"), again), trouble);
        var dialog = new DialogBox(Messages.get("settings.backup.title"))
                .subtitle(Messages.get("settings.backup.subtitle")).content(form).firstFocus(first.field());
        var choose = Buttons.primary(Messages.get("settings.backup.do"), () -> {
            char[] passphrase = first.password();
            if (!Arrays.equals(passphrase, again.password())) {
                trouble.getChildren().setAll(Banner.failure(RollcallException.input("backup.passphrases",
                        Messages.get("settings.backup.differ"), Messages.get("settings.backup.differ.remedy"))));
                return;
            }
            dialog.close();
            model.services().files().save(Messages.get("settings.backup.title"), "rollcall-backup",
                    file -> model.backup(file, passphrase));
        });
        choose.setId("settings.backup.do");
        choose.disableProperty().bind(first.field().textProperty().length().lessThan(SHORTEST));
        context.dialogs().show(dialog.action(choose));
    }
}
