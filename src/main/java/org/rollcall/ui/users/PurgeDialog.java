package org.rollcall.ui.users;

import java.time.Duration;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Spinner;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Actor;
import org.rollcall.people.PurgeService;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Deletes people for good who have been removed for long: says how many that are before it does.
final class PurgeDialog {
    private static final int MOST_DAYS = 36_500;
    private static final int USUAL_DAYS = 90;
    private static final javafx.util.Duration WAIT = javafx.util.Duration.millis(200);

    private final WindowContext context;
    private final PurgeService purges;
    private final Actor actor;
    private final Runnable changed;
    private final Spinner<Integer> days = new Spinner<>(0, MOST_DAYS, USUAL_DAYS);
    private final VBox trouble = new VBox();
    private final Button button;
    private final DialogBox dialog = new DialogBox(Messages.get("users.purge.title"))
            .subtitle(Messages.get("users.purge.subtitle"));

    private PurgeDialog(WindowContext context, PurgeService purges, Actor actor, Runnable changed) {
        this.context = context;
        this.purges = purges;
        this.actor = actor;
        this.changed = changed;
        trouble.managedProperty().bind(Bindings.isNotEmpty(trouble.getChildren()));
        days.setId("users.purge.days");
        days.setEditable(true);
        days.setAccessibleText(Messages.get("users.purge.days"));
        days.getEditor().setAccessibleText(Messages.get("users.purge.days"));
        button = Buttons.danger(Messages.get("users.purge.do", 0), this::purge);
        button.setId("users.purge.do");
        var wait = new PauseTransition(WAIT);
        wait.setOnFinished(_ -> count());
        days.getEditor().textProperty().addListener(_ -> {
            // Nobody deletes on the word of a number that is not counted yet.
            button.setDisable(true);
            wait.playFromStart();
        });
    }

    static void open(WindowContext context, PurgeService purges, Actor actor, Runnable changed) {
        var opened = new PurgeDialog(context, purges, actor, changed);
        opened.button.setDisable(true);
        context.dialogs().show(opened.dialog.content(new VBox(16,
                new FormField(Messages.get("users.purge.days"), opened.days, Messages.get("users.purge.days.hint")),
                Labels.wrapped(Messages.get("users.purge.sentence")), opened.trouble))
                .action(opened.button).firstFocus(opened.days));
        opened.count();
    }

    private Duration time() {
        days.commitValue();
        return Duration.ofDays(days.getValue());
    }

    private void count() {
        trouble.getChildren().clear();
        var time = time();
        context.tasks().quietly(_ -> purges.preview(actor, time), found -> {
            button.setText(Messages.get("users.purge.do", found.people()));
            button.setDisable(found.people() == 0);
        }, refused -> trouble.getChildren().setAll(Banner.failure(refused)));
    }

    private void purge() {
        button.setDisable(true);
        var time = time();
        context.tasks().start(Messages.get("users.purge.running"), _ -> purges.purge(actor, time), done -> {
            dialog.close();
            changed.run();
            context.toasts().show(Toast.done(Messages.get("users.purge.done", done.people())));
        }, refused -> trouble.getChildren().setAll(Banner.failure(refused)));
    }
}
