package org.rollcall.ui.authentication;

import java.time.Duration;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Separator;
import javafx.scene.control.Spinner;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.authentication.AuthenticationViewModel.Standing;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The limits of sessions, and the sign-ins of the last seven days.
final class SessionsCard {
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_HOURS = 30 * 24;

    private SessionsCard() {}

    static Node of(WindowContext context, AuthenticationViewModel model, Standing now, Navigator navigator) {
        var settings = now.status().settings();
        var edit = Buttons.plain(Messages.get("authentication.sessions.edit"), () -> edit(context, model, now));
        edit.setId("authentication.sessions.edit");
        var left = part(Icons.CLOCK, "authentication.sessions",
                Messages.get("authentication.sessions.words", Moments.length(settings.idle()),
                        Moments.length(settings.absolute())),
                new Disallowed(edit, new ReadOnlyStringWrapper(model.reason())));
        var week = now.figures().week();
        var open = Buttons.plain(Messages.get("authentication.week.open"),
                () -> navigator.open("activity", Map.of("tab", "events", "kind", "signin")));
        open.setId("authentication.week.open");
        var right = part(Icons.ACTIVITY, "authentication.week",
                Messages.get("authentication.week.words", week.signIns(), week.refused(), week.held()), open);
        var grid = new GridPane(48, 0);
        var half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().setAll(half, half);
        grid.addRow(0, left, right);
        var line = new Separator(Orientation.VERTICAL);
        line.setMaxWidth(1);
        // Centers the line between the two.
        line.setMouseTransparent(true);
        return Card.of(new StackPane(grid, line));
    }

    private static Node part(Ikon icon, String key, String words, Node button) {
        var sentence = Labels.wrapped(words, "caption", "muted");
        sentence.setId(key + ".words");
        var text = new VBox(Labels.of(Messages.get(key), "medium"), sentence);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        if (button instanceof Region region) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
        var part = new HBox(12, Icons.of(icon, Icons.IN_BANNER, Tone.MUTED), text, button);
        part.setAlignment(Pos.CENTER_LEFT);
        part.setMinWidth(0);
        return part;
    }

    private static void edit(WindowContext context, AuthenticationViewModel model, Standing now) {
        var settings = now.status().settings();
        var idle = spinner("authentication.sessions.idle", MOST_MINUTES, settings.idle().toMinutes());
        var absolute = spinner("authentication.sessions.absolute", MOST_HOURS,
                Math.max(1, settings.absolute().toHours()));
        var trouble = new VBox();
        var dialog = new DialogBox(Messages.get("authentication.sessions.title"))
                .subtitle(Messages.get("authentication.sessions.second"));
        var save = Buttons.primary(Messages.get("authentication.sessions.save"), () -> {});
        save.setId("authentication.sessions.save");
        save.setOnAction(_ -> {
            idle.commitValue();
            absolute.commitValue();
            model.setLimits(Duration.ofMinutes(idle.getValue()), Duration.ofHours(absolute.getValue()), dialog::close,
                    refused -> trouble.getChildren().setAll(Banner.failure(refused)));
        });
        context.dialogs().show(dialog.content(new VBox(16,
                new FormField(Messages.get("authentication.sessions.idle"), idle,
                        Messages.get("authentication.sessions.idle.hint")),
                new FormField(Messages.get("authentication.sessions.absolute"), absolute,
                        Messages.get("authentication.sessions.absolute.hint")),
                trouble)).action(save).firstFocus(idle));
    }

    private static Spinner<Integer> spinner(String key, int most, long value) {
        var spinner = new Spinner<Integer>(1, most, Math.clamp(value, 1, most));
        spinner.setId(key);
        spinner.setEditable(true);
        spinner.setAccessibleText(Messages.get(key));
        spinner.getEditor().setAccessibleText(Messages.get(key));
        return spinner;
    }
}
