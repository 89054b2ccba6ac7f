package org.rollcall.ui.settings;

import java.util.Arrays;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;

/// Two fields for a passphrase that nobody has typed before.
final class NewPassphrase extends VBox {
    /// As the services ask for.
    private static final int SHORTEST = 8;

    private final PasswordInput first = new PasswordInput(Messages.get("settings.backup.passphrase"));
    private final PasswordInput again = new PasswordInput(Messages.get("settings.backup.again"));

    /// @param id   of the fields, followed by `.passphrase` and `.again`
    /// @param hint below the first
    NewPassphrase(String id, String hint) {
        super(16);
        first.field().setId(id + ".passphrase");
        again.field().setId(id + ".again");
        getChildren().setAll(new FormField(Messages.get("settings.backup.passphrase"), first, hint),
                new FormField(Messages.get("settings.backup.again"), again));
    }

    Node firstFocus() {
        return first.field();
    }

    BooleanBinding tooShort() {
        return first.field().textProperty().length().lessThan(SHORTEST);
    }

    /// @throws RollcallException INPUT: the two differ
    char[] typed() {
        char[] passphrase = first.password();
        if (!Arrays.equals(passphrase, again.password())) {
            throw RollcallException.input("backup.passphrases", Messages.get("settings.backup.differ"),
                    Messages.get("settings.backup.differ.remedy"));
        }
        return passphrase;
    }
}
