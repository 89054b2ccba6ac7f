package org.rollcall.ui.users;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;

import org.rollcall.roles.PastService;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Asks for the moment at which people are looked at: a day, which means its end, or a time of it.
final class AsOfDialog {
    private AsOfDialog() {}

    static void open(WindowContext context, PastService past, UsersViewModel model) {
        ZoneId zone = context.clock().getZone();
        var day = new DatePicker(LocalDate.ofInstant(context.clock().instant(), zone).minusDays(1));
        day.setId("users.asOf.day");
        day.getEditor().setAccessibleText(Messages.get("users.asOf.day"));
        var time = new TextField();
        time.setId("users.asOf.time");
        time.setPromptText("23:59");
        var dayField = new FormField(Messages.get("users.asOf.day"), day);
        var timeField = new FormField(Messages.get("users.asOf.time"), time, Messages.get("users.asOf.time.hint"));
        HBox.setHgrow(dayField, Priority.ALWAYS);
        HBox.setHgrow(timeField, Priority.ALWAYS);
        var dialog = new DialogBox(Messages.get("users.asOf.title")).subtitle(Messages.get("users.asOf.subtitle"))
                .content(new HBox(16, dayField, timeField)).firstFocus(day);
        var button = new Button[1];
        button[0] = Buttons.primary(Messages.get("users.asOf.do"), () -> {
            dayField.errorProperty().set("");
            timeField.errorProperty().set("");
            var chosen = day.getValue();
            if (chosen == null) {
                dayField.errorProperty().set(Messages.get("users.asOf.day.none"));
                return;
            }
            var moment = moment(chosen, time.getText().strip(), zone, context.clock().instant());
            if (moment == null) {
                timeField.errorProperty().set(Messages.get("users.asOf.time.wrong"));
                return;
            }
            button[0].setDisable(true);
            context.tasks().quietly(_ -> {
                past.check(model.actor(), moment);
                return true;
            }, _ -> {
                dialog.close();
                model.asOfProperty().set(moment);
            }, refused -> {
                button[0].setDisable(false);
                dayField.errorProperty().set(Messages.trouble(refused));
            });
        });
        button[0].setId("users.asOf.do");
        context.dialogs().show(dialog.action(button[0]));
    }

    /// @param time empty: the end of the day, or now if it has not ended
    /// @return null: that is not a time
    private static @Nullable Instant moment(LocalDate day, String time, ZoneId zone, Instant now) {
        if (time.isEmpty()) {
            var end = day.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
            boolean today = day.equals(LocalDate.ofInstant(now, zone));
            return today ? now : end;
        }
        try {
            return day.atTime(LocalTime.parse(time.length() == 4 ? "0" + time : time)).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
