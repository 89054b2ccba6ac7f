package org.rollcall.ui.common;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Formats;

/// Asks for a moment: a day, which means its end, or a time on it.
public final class AsOfDialog {
    private static final double TIME_WIDTH = 160;

    private AsOfDialog() {}

    /// @param title  the subject
    /// @param check  refuses moments without data; runs in the background
    /// @param chosen receives the moment
    public static void open(WindowContext context, String title, Consumer<Instant> check, Consumer<Instant> chosen) {
        ZoneId zone = context.clock().getZone();
        var day = new DatePicker(LocalDate.ofInstant(context.clock().instant(), zone).minusDays(1));
        day.setId("common.asOf.day");
        day.setConverter(new DayWords());
        day.getEditor().setAccessibleText(Messages.get("common.asOf.day"));
        var time = new TextField();
        time.setId("common.asOf.time");
        time.setPromptText("23:59");
        var dayField = new FormField(Messages.get("common.asOf.day"), day);
        var timeField = new FormField(Messages.get("common.asOf.time"), time, Messages.get("common.asOf.time.hint"));
        HBox.setHgrow(dayField, Priority.ALWAYS);
        timeField.setMinWidth(TIME_WIDTH);
        timeField.setMaxWidth(TIME_WIDTH);
        var trouble = new VBox();
        trouble.managedProperty().bind(Bindings.isNotEmpty(trouble.getChildren()));
        var dialog = new DialogBox(title).subtitle(Messages.get("common.asOf.subtitle"))
                .content(new VBox(16, new HBox(16, dayField, timeField), trouble)).firstFocus(day);
        var button = new Button[1];
        button[0] = Buttons.primary(Messages.get("common.asOf.do"), () -> {
            dayField.errorProperty().set("");
            timeField.errorProperty().set("");
            trouble.getChildren().clear();
            var picked = day.getValue();
            if (picked == null) {
                dayField.errorProperty().set(Messages.get("common.asOf.day.none"));
                return;
            }
            var moment = moment(picked, time.getText().strip(), zone, context.clock().instant());
            if (moment == null) {
                timeField.errorProperty().set(Messages.get("common.asOf.time.wrong"));
                return;
            }
            button[0].setDisable(true);
            context.tasks().quietly(_ -> {
                check.accept(moment);
                return true;
            }, _ -> {
                dialog.close();
                chosen.accept(moment);
            }, refused -> {
                button[0].setDisable(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        button[0].setId("common.asOf.do");
        context.dialogs().show(dialog.action(button[0]));
    }

    /// "3 Jun 2026" as elsewhere; "2026-06-03" is accepted too.
    private static final class DayWords extends StringConverter<@Nullable LocalDate> {
        @Override
        public String toString(@Nullable LocalDate day) {
            return day == null ? "" : Formats.date(day);
        }

        @Override
        public @Nullable LocalDate fromString(String text) {
            for (DateTimeFormatter form : List.of(Formats.dateForm(), DateTimeFormatter.ISO_LOCAL_DATE)) {
                try {
                    return LocalDate.parse(text.strip(), form);
                } catch (DateTimeParseException e) {
                    // The other format, or invalid.
                    continue;
                }
            }
            return null;
        }
    }

    /// @param time empty: the end of the day, or now if it has not ended
    /// @return null: invalid
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
