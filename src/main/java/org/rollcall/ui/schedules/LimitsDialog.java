package org.rollcall.ui.schedules;

import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.rollcall.domain.ProfileConfig.Policies;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.sync.plan.Guards;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Asks how much a run of an import may do before a guard stops it.
final class LimitsDialog {
    private static final int LARGEST = 1_000_000_000;

    private final TextField percent;
    private final TextField least;
    private final TextField administrators;

    private LimitsDialog(Policies now) {
        percent = field("percent", now.maxRemovalPercent());
        least = field("least", now.minRemovals());
        administrators = field("administrators", Guards.mostAdministrators(now));
    }

    private static TextField field(String id, int value) {
        var field = new TextField(Integer.toString(value));
        field.setId("schedules.limits." + id);
        return field;
    }

    static void open(WindowContext context, SchedulesViewModel model, ScheduleView view) {
        new LimitsDialog(view.profile().config().policies()).show(context, model, view);
    }

    private void show(WindowContext context, SchedulesViewModel model, ScheduleView view) {
        var percentField = new FormField(Messages.get("schedules.limits.percent"), percent,
                Messages.get("schedules.limits.percent.hint"));
        var leastField = new FormField(Messages.get("schedules.limits.least"), least,
                Messages.get("schedules.limits.least.hint"));
        var administratorsField = new FormField(Messages.get("schedules.limits.administrators"), administrators,
                Messages.get("schedules.limits.administrators.hint"));
        HBox.setHgrow(percentField, Priority.ALWAYS);
        HBox.setHgrow(leastField, Priority.ALWAYS);
        var trouble = new VBox();
        var dialog = new DialogBox(Messages.get("schedules.limits.title", view.schedule().name()))
                .subtitle(Messages.get("schedules.limits.subtitle"))
                .content(new VBox(16, new HBox(16, percentField, leastField), administratorsField, trouble)).width(600)
                .firstFocus(percent);
        var save = Buttons.primary(Messages.get("schedules.edit.do"), () -> {});
        save.setId("schedules.limits.do");
        Runnable look = () -> save.setDisable(!(right(percentField, percent, 100) & right(leastField, least, LARGEST)
                & right(administratorsField, administrators, LARGEST)));
        for (TextField each : new TextField[]{ percent, least, administrators }) {
            each.textProperty().subscribe(_ -> look.run());
        }
        save.setOnAction(_ -> {
            save.setDisable(true);
            model.limit(view, new Policies(number(percent), number(least), number(administrators)), dialog::close,
                    refused -> {
                        save.setDisable(false);
                        trouble.getChildren().setAll(Banner.failure(refused));
                    });
        });
        context.dialogs().show(dialog.action(save));
    }

    private static boolean right(FormField field, TextField input, int most) {
        boolean right = number(input) >= 0 && number(input) <= most;
        field.errorProperty().set(right ? "" : Messages.get("schedules.limits.wrong", most));
        return right;
    }

    /// @return -1: it is not a whole number
    private static int number(TextField input) {
        String typed = input.getText().strip();
        return typed.matches("[0-9]{1,9}") ? Integer.parseInt(typed) : -1;
    }
}
