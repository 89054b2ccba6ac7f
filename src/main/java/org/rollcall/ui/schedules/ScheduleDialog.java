package org.rollcall.ui.schedules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Missed;
import org.rollcall.domain.Schedule.Timing;
import org.rollcall.schedule.Intervals;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.WindowContext;

/// Asks when a schedule runs; says meanwhile when that would be next, or what is wrong.
final class ScheduleDialog {
    private final WindowContext context;
    private final SchedulesViewModel model;
    private final ScheduleView view;
    private final TextField number = new TextField();
    private final ComboBox<Unit> unit = new ComboBox<>();
    private final TextField at = new TextField();
    private final ComboBox<Missed> missed = new ComboBox<>();
    private final FormField everyField;
    private final FormField atField;

    private enum Unit {
        MINUTES(Duration.ofMinutes(1), "m", "schedules.edit.minutes"),
        HOURS(Duration.ofHours(1), "h", "schedules.edit.hours"),
        DAYS(Duration.ofDays(1), "d", "schedules.edit.days");

        private final Duration one;
        private final String letter;
        private final String key;

        Unit(Duration one, String letter, String key) {
            this.one = one;
            this.letter = letter;
            this.key = key;
        }

        /// The largest that an interval is a whole number of.
        static Unit of(Duration every) {
            return List.of(DAYS, HOURS, MINUTES).stream()
                    .filter(each -> every.toSeconds() % each.one.toSeconds() == 0).findFirst().orElse(MINUTES);
        }
    }

    private ScheduleDialog(WindowContext context, SchedulesViewModel model, ScheduleView view) {
        this.context = context;
        this.model = model;
        this.view = view;
        Timing timing = view.schedule().timing();
        Unit shown = Unit.of(timing.every());
        number.setId("schedules.edit.number");
        number.setText(String.valueOf(timing.every().dividedBy(shown.one)));
        number.setAccessibleText(Messages.get("schedules.edit.every"));
        number.setPrefColumnCount(6);
        unit.setId("schedules.edit.unit");
        unit.getItems().setAll(Unit.values());
        unit.setConverter(new ShownAs<>(each -> Messages.get(each.key)));
        unit.setValue(shown);
        unit.setAccessibleText(Messages.get("schedules.edit.unit"));
        HBox.setHgrow(number, Priority.ALWAYS);
        at.setId("schedules.edit.at");
        at.setText(timing.at() == null ? "" : timing.at().toString());
        at.setPromptText(Messages.get("schedules.edit.at.any"));
        missed.setId("schedules.edit.missed");
        missed.getItems().setAll(Missed.values());
        missed.setConverter(new ShownAs<>(ScheduleWords::missed));
        missed.setValue(timing.missed());
        everyField = new FormField(Messages.get("schedules.edit.every"), new HBox(8, number, unit));
        atField = new FormField(Messages.get("schedules.edit.at"), at,
                Messages.get("schedules.edit.at.hint", model.zone().getId()));
    }

    static void open(WindowContext context, SchedulesViewModel model, ScheduleView view) {
        new ScheduleDialog(context, model, view).show();
    }

    private void show() {
        var next = Labels.wrapped("", "muted");
        next.setId("schedules.edit.next");
        var form = new VBox(16, everyField, atField,
                new FormField(Messages.get("schedules.edit.missed"), missed,
                        Messages.get("schedules.edit.missed.hint")),
                next);
        var dialog = new DialogBox(Messages.get("schedules.edit.title", view.schedule().name()))
                .subtitle(ScheduleWords.scope(view.profile().config())).content(form).firstFocus(number);
        var save = Buttons.primary(Messages.get("schedules.edit.do"), () -> {});
        save.setId("schedules.edit.do");
        save.setOnAction(_ -> {
            Timing timing = read();
            if (timing != null) {
                save.setDisable(true);
                model.edit(view, timing, dialog::close, refused -> {
                    save.setDisable(false);
                    everyField.errorProperty().set(Messages.trouble(refused));
                });
            }
        });
        Runnable look = () -> {
            Timing timing = read();
            save.setDisable(timing == null);
            next.setText(timing == null || view.schedule().state() == Schedule.State.PAUSED
                    ? ""
                    : Messages.get("schedules.edit.next", Moments.within(
                            timing.equals(view.schedule().timing()) && view.schedule().nextRunAt() != null
                                    ? Objects.requireNonNull(view.schedule().nextRunAt())
                                    : Intervals.next(timing, context.clock().instant(), model.zone()),
                            context.clock())));
        };
        number.textProperty().subscribe(_ -> look.run());
        unit.valueProperty().subscribe(_ -> look.run());
        at.textProperty().subscribe(_ -> look.run());
        missed.valueProperty().subscribe(_ -> look.run());
        var what = Buttons.small(Messages.get("schedules.edit.what"), () -> {
            dialog.close();
            model.editImport(view);
        });
        what.setId("schedules.edit.what");
        what.setGraphic(Icons.of(Icons.EDIT, Icons.SMALL));
        what.setDisable(!model.reason(Permission.IMPORT).isEmpty() || view.running());
        form.getChildren().add(what);
        context.dialogs().show(dialog.action(save));
    }

    /// @return null: something is wrong, and the fields say what
    private @Nullable Timing read() {
        everyField.errorProperty().set("");
        atField.errorProperty().set("");
        LocalTime time;
        try {
            time = at.getText().isBlank() ? null : Intervals.parseTime(at.getText());
        } catch (RollcallException e) {
            atField.errorProperty().set(Messages.trouble(e));
            return null;
        }
        try {
            String text = number.getText().strip();
            Duration every = Intervals.parse(text + Objects.requireNonNullElse(unit.getValue(), Unit.HOURS).letter);
            return Intervals.check(
                    new Timing(every, time, Objects.requireNonNullElse(missed.getValue(), Missed.RUN)));
        } catch (RollcallException e) {
            everyField.errorProperty().set(Messages.trouble(e));
            return null;
        }
    }
}
