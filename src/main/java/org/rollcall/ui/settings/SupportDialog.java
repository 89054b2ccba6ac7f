package org.rollcall.ui.settings;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Shows all that is in a support file before it is saved.
final class SupportDialog {
    private static final int LINES = 18;

    private SupportDialog() {}

    static Node row(WindowContext context, SettingsViewModel model) {
        var create = Buttons.plain(Messages.get("settings.support.create"),
                () -> model.support(text -> show(context, model, text)));
        create.setId("settings.support.create");
        String reason = model.reason(Permission.MANAGE_SETTINGS);
        return new SettingsRow(Feather.LIFE_BUOY, Messages.get("settings.support"),
                Messages.get("settings.support.caption"), new Disallowed(create,
                        new ReadOnlyStringWrapper(reason.isEmpty() ? model.reason(Permission.VIEW_ACTIVITY) : reason)));
    }

    private static void show(WindowContext context, SettingsViewModel model, String text) {
        var shown = new TextArea(text.lines().map(DisplayText::text).reduce((a, b) -> a + "\n" + b).orElse(""));
        shown.setId("settings.support.text");
        shown.setEditable(false);
        shown.setPrefRowCount(LINES);
        shown.setAccessibleText(Messages.get("settings.support.title"));
        var dialog = new DialogBox(Messages.get("settings.support.title"))
                .content(new VBox(12, Labels.wrapped(Messages.get("settings.support.sentence")), shown)).width(760);
        var save = Buttons.primary(Messages.get("settings.support.save"), () -> {
            dialog.close();
            model.services().files().save(Messages.get("settings.support.title"), "rollcall-support.txt",
                    file -> model.saveSupport(file, text));
        });
        save.setId("settings.support.save");
        context.dialogs().show(dialog.action(save).firstFocus(save));
    }
}
