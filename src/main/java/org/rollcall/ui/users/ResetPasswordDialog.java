package org.rollcall.ui.users;

import java.util.Arrays;
import java.util.function.Consumer;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.ui.common.CopyField;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Resets the password of a local account: asks, then shows the one-time password, which nobody can look up again.
final class ResetPasswordDialog {
    private ResetPasswordDialog() {}

    static void ask(WindowContext context, LocalAccountService accounts, Actor actor, UserRow person,
            Consumer<RollcallException> refused) {
        context.dialogs().confirmDanger(Messages.get("users.reset.title", person.shownName()),
                Messages.get("users.reset.sentence"), Messages.get("users.reset"), () -> context.tasks().quietly(_ -> {
                    char[] made = accounts.reset(actor, person.id());
                    try {
                        return String.valueOf(made);
                    } finally {
                        Arrays.fill(made, '\0');
                    }
                }, password -> show(context, person, password), refused));
    }

    private static void show(WindowContext context, UserRow person, String password) {
        var field = new CopyField(Messages.get("users.reset.name"), password);
        field.setId("users.reset.password");
        context.dialogs().show(new DialogBox(Messages.get("users.reset.done", person.shownName()))
                .content(new VBox(16, Labels.wrapped(Messages.get("users.reset.hand")), field))
                .cancelLabel(Messages.get("common.close")));
    }
}
