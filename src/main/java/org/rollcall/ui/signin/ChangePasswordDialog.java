package org.rollcall.ui.signin;

import java.util.Arrays;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Asks for the present and the new password of the signed-in person.
public final class ChangePasswordDialog {
    private ChangePasswordDialog() {}

    public static void open(WindowContext context, LocalAccountService accounts, Actor actor) {
        var before = new PasswordInput(Messages.get("signin.change.old"));
        before.field().setId("signin.change.oldField");
        var after = new PasswordInput(Messages.get("signin.change.new"));
        after.field().setId("signin.change.newField");
        var problem = Labels.problem();
        var dialog = new DialogBox(Messages.get("signin.change.title"));
        var change = Buttons.primary(Messages.get("signin.change.do"), () -> {});
        change.setId("signin.change.do");
        change.setOnAction(_ -> {
            change.setDisable(true);
            var old = before.password();
            var fresh = after.password();
            context.tasks().quietly(_ -> {
                try {
                    accounts.changeOwn(actor, old, fresh);
                    return true;
                } finally {
                    Arrays.fill(old, '\0');
                    Arrays.fill(fresh, '\0');
                }
            }, _ -> {
                dialog.close();
                context.toasts().show(Toast.done(Messages.get("signin.change.done")));
            }, trouble -> {
                change.setDisable(false);
                boolean wrong = trouble instanceof SignInRefusedException refused
                        && refused.outcome() == SignInOutcome.WRONG_PASSWORD;
                problem.setText(wrong ? Messages.get("signin.change.wrong") : Messages.trouble(trouble));
            });
        });
        Runnable look = () -> change.setDisable(empty(before) || empty(after));
        before.field().textProperty().subscribe(_ -> look.run());
        after.field().textProperty().subscribe(_ -> look.run());
        context.dialogs().show(dialog.action(change).firstFocus(before.field()).content(new VBox(16,
                new FormField(Messages.get("signin.change.old"), before),
                new FormField(Messages.get("signin.change.new"), after, Messages.get("signin.change.rules")),
                problem)));
    }

    private static boolean empty(PasswordInput input) {
        return input.field().getText().isEmpty();
    }
}
