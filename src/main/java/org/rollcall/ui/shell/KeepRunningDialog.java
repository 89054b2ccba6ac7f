package org.rollcall.ui.shell;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Asks once what becomes of the schedules when the window is closed.
public final class KeepRunningDialog {
    private KeepRunningDialog() {}

    /// @param schedules how many would no longer run
    /// @param keep      goes on without a window
    /// @param quit      ends the program
    public static void open(WindowContext context, int schedules, Runnable keep, Runnable quit) {
        var dialog = new DialogBox(Messages.get("shell.closing.title"));
        var end = Buttons.plain(Messages.get("shell.closing.quit"), () -> {
            dialog.close();
            quit.run();
        });
        end.setId("shell.closing.quit");
        var stay = Buttons.primary(Messages.get("shell.closing.keep"), () -> {
            dialog.close();
            keep.run();
        });
        stay.setId("shell.closing.keep");
        context.dialogs().show(dialog.content(Labels.wrapped(Messages.get("shell.closing.sentence", schedules)))
                .width(560).note(Messages.get("shell.closing.later")).besides(end).action(stay).firstFocus(stay));
    }
}
