package org.rollcall.ui.shell;

import javafx.application.Platform;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// What the window says around its start.
public final class StartWords {
    private StartWords() {}

    /// The data folder cannot be opened: what to do, and then the window closes.
    public static void refuse(WindowContext context, RollcallException trouble) {
        var sentence = Messages.trouble(trouble);
        var close = Buttons.primary(Messages.get("shell.start.close"), Platform::exit);
        context.dialogs().show(new DialogBox(Messages.get("shell.start.failed")).content(Labels.wrapped(sentence))
                .cancelLabel("").onCancel(Platform::exit).action(close));
    }

    /// An import was left half-way.
    public static void goOn(WindowContext context, Runnable open) {
        context.toasts().show(Toast.done(Messages.get("shell.start.draft"), Messages.get("shell.start.goOn"), open));
    }
}
