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
    private static final double COLUMN = 280;

    private final TextField percent;
    private final TextField least;
    private final TextField lostPercent;
    private final TextField lostLeast;
    private final TextField administrators;
    private final Policies now;

    private LimitsDialog(Policies now) {
        this.now = now;
        percent = field("percent", now.maxRemovalPercent());
        least = field("least", now.minRemovals());
        lostPercent = field("lostPercent", Guards.lostRolePercent(now));
        lostLeast = field("lostLeast", Guards.leastLostRoles(now));
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
        var lostPercentField = new FormField(Messages.get("schedules.limits.lostPercent"), lostPercent,
                Messages.get("schedules.limits.lostPercent.hint"));
        var lostLeastField = new FormField(Messages.get("schedules.limits.least"), lostLeast,
                Messages.get("schedules.limits.least.hint"));
        var administratorsField = new FormField(Messages.get("schedules.limits.administrators"), administrators,
                Messages.get("schedules.limits.administrators.hint"));
        var trouble = new VBox();
        var dialog = new DialogBox(Messages.get("schedules.limits.title", view.schedule().name()))
                .subtitle(Messages.get("schedules.limits.subtitle"))
                .content(new VBox(16, inRow(percentField, leastField), inRow(lostPercentField, lostLeastField),
                        administratorsField, trouble))
                .width(600)
                .firstFocus(percent);
        var save = Buttons.primary(Messages.get("schedules.edit.do"), () -> {});
        save.setId("schedules.limits.do");
        Runnable look = () -> save.setDisable(!(right(percentField, percent, 100) & right(leastField, least, LARGEST)
                & right(lostPercentField, lostPercent, 100) & right(lostLeastField, lostLeast, LARGEST)
                & right(administratorsField, administrators, LARGEST)));
        for (TextField each : new TextField[]{ percent, least, lostPercent, lostLeast, administrators }) {
            each.textProperty().subscribe(_ -> look.run());
        }
        save.setOnAction(_ -> {
            save.setDisable(true);
            model.limit(view, typed(), dialog::close,
                    refused -> {
                        save.setDisable(false);
                        trouble.getChildren().setAll(Banner.failure(refused));
                    });
        });
        context.dialogs().show(dialog.action(save));
    }

    private static HBox inRow(FormField left, FormField right) {
        left.setPrefWidth(COLUMN);
        right.setPrefWidth(COLUMN);
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        return new HBox(16, left, right);
    }

    /// What is left as it was stays unsaid where it was: who may change some limits need not be who may change all.
    private Policies typed() {
        Integer most = number(administrators) == Guards.mostAdministrators(now)
                ? now.maxAdministrators()
                : Integer.valueOf(number(administrators));
        boolean lostAsBefore = number(lostPercent) == Guards.lostRolePercent(now)
                && number(lostLeast) == Guards.leastLostRoles(now);
        return new Policies(number(percent), number(least), most,
                lostAsBefore ? now.maxLostRolePercent() : Integer.valueOf(number(lostPercent)),
                lostAsBefore ? now.minLostRoles() : Integer.valueOf(number(lostLeast)));
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
