package org.rollcall.ui.signin;

import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.source.DeviceCode;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;

/// While the person is elsewhere: in their browser, or typing a code on another page.
final class WaitingPage extends VBox {
    private static final Duration NO_LONGER_THAN = Duration.ofMinutes(15);

    private final SignInViewModel model;
    private final Node first;

    private WaitingPage(SignInViewModel model, Node first) {
        super(20);
        this.model = model;
        this.first = first;
    }

    static WaitingPage browser(SignInViewModel model, @Nullable URI address) {
        var again = Buttons.plain(Messages.get("signin.browser.again"), Icons.OUTSIDE, () -> {
            if (address != null) {
                model.window().links().open(address);
            }
        });
        again.setId("signin.browser.again");
        again.setDisable(address == null);
        var cancel = cancel(model);
        var page = new WaitingPage(model, cancel);
        page.getChildren().addAll(
                page.waiting(Labels.of(Messages.get("signin.browser.waiting"), "strong"),
                        Labels.wrapped(Messages.get("signin.browser.sentence"), "muted")),
                new HBox(8, again, cancel));
        return page;
    }

    static WaitingPage asking(SignInViewModel model) {
        var cancel = cancel(model);
        var page = new WaitingPage(model, cancel);
        page.getChildren().addAll(page.waiting(Labels.of(Messages.get("signin.code.asking"), "strong"),
                Labels.wrapped(Messages.get("signin.code.asking.sentence"), "muted")), new HBox(8, cancel));
        return page;
    }

    static WaitingPage code(SignInViewModel model, DeviceCode code) {
        var letters = Labels.of(code.userCode(), "mono", "large", "sign-in-code");
        letters.setId("signin.code");
        letters.setAccessibleText(
                code.userCode().chars().mapToObj(Character::toString).collect(Collectors.joining(" ")));
        var open = Buttons.primary(Messages.get("signin.code.open"), () -> {
            copy(code.userCode());
            model.window().links().open(URI.create(code.url()));
        });
        open.setId("signin.code.open");
        open.setGraphic(Icons.of(Icons.OUTSIDE, Icons.SMALL));
        open.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        open.getStyleClass().add(Styles.LARGE);
        open.setMaxWidth(Double.MAX_VALUE);
        var copy = Buttons.plain(Messages.get("signin.code.copy"), Icons.COPY, () -> copy(code.userCode()));
        copy.setId("signin.code.copy");
        copy.setOnAction(_ -> {
            copy(code.userCode());
            copy.setText(Messages.get("common.copied"));
            copy.setGraphic(Icons.of(Icons.CHECK));
        });
        var fresh = Buttons.plain(Messages.get("signin.code.new"), Icons.AGAIN, model::byCode);
        fresh.setId("signin.code.new");
        var page = new WaitingPage(model, open);
        var box = new VBox(8, letters,
                Labels.caption(Messages.get("signin.code.at", code.url().replaceFirst("^https://", ""))));
        box.getStyleClass().add("sign-in-code-box");
        var remaining = Labels.caption("");
        remaining.setId("signin.code.left");
        var bar = new ProgressBar(1);
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("signin.code.remaining"));
        page.getChildren().addAll(Labels.wrapped(Messages.get("signin.code.sentence"), "muted"), box, open,
                new VBox(8, page.waiting(Labels.of(Messages.get("signin.code.waiting")), remaining), bar),
                new HBox(8, copy, fresh, Labels.spacer(), cancel(model)));
        page.countDown(code, remaining, bar);
        return page;
    }

    private void countDown(DeviceCode code, Label remaining, ProgressBar bar) {
        var clock = model.window().clock();
        var good = Duration.between(clock.instant(), code.expiresAt());
        var whole = good.compareTo(NO_LONGER_THAN) > 0 ? good : NO_LONGER_THAN;
        Runnable tick = () -> {
            var left = Duration.between(clock.instant(), code.expiresAt());
            if (left.isNegative() || left.isZero()) {
                model.expired();
                return;
            }
            remaining.setText(Messages.get("signin.code.left", left.toMinutes(), left.toSecondsPart()));
            bar.setProgress(Math.min(1, (double) left.toMillis() / whole.toMillis()));
        };
        var ticking = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick.run()));
        ticking.setCycleCount(Animation.INDEFINITE);
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                ticking.stop();
            } else {
                ticking.play();
                tick.run();
            }
        });
        remaining.setText(Messages.get("signin.code.left", Math.max(0, good.toMinutes()),
                Math.max(0, good.toSecondsPart())));
        bar.setProgress(Math.clamp((double) good.toMillis() / whole.toMillis(), 0, 1));
    }

    private static Node cancel(SignInViewModel model) {
        var cancel = Buttons.plain(Messages.get("common.cancel"), model::cancel);
        cancel.setId("signin.cancel");
        cancel.setCancelButton(true);
        return cancel;
    }

    private Node waiting(Label first, Label second) {
        var words = new VBox(2, first, second);
        words.setMinWidth(0);
        var row = new HBox(12, new BusySpinner(model.window().motion()), words);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    Node first() {
        return first;
    }
}
