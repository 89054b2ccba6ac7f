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
        var sentence = Messages.get("common.failed.sentence", trouble.message(), trouble.remedy());
        var close = Buttons.primary(Messages.get("shell.start.close"), Platform::exit);
        context.dialogs().show(new DialogBox(Messages.get("shell.start.failed")).content(Labels.wrapped(sentence))
                .cancelLabel("").onCancel(Platform::exit).action(close));
    }

    /// How to connect a tenant by commands.
    public static void connectByCommand(WindowContext context) {
        context.toasts().show(new Toast(org.rollcall.ui.common.Tone.ACCENT, org.rollcall.ui.common.Icons.INFO,
                Messages.get("shell.start.connect"), java.util.List.of()));
    }

    /// The sample tenant answers at this address.
    public static void sampleRuns(WindowContext context, String address) {
        context.toasts().show(Toast.done(Messages.get("shell.start.sample", address)));
    }
}
