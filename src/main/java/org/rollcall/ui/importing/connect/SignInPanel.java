package org.rollcall.ui.importing.connect;

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
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DeviceCode;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.connect.SignInModel.Stage;

/// Shows how a sign-in on Microsoft's page stands: the code to type with the time it is good for, the open browser, or what
/// went wrong.
final class SignInPanel extends VBox {
    private static final Duration NO_LONGER_THAN = Duration.ofMinutes(15);

    private final WindowContext window;
    private final SignInModel<?> model;
    private final Node before;
    private final String prompt;
    private final Runnable byHand;
    private final Timeline clock = new Timeline();

    /// @param before shown until a code is asked for
    /// @param prompt as whom to sign in, in a sentence
    /// @param byHand offered where policy blocks this way
    SignInPanel(WindowContext window, SignInModel<?> model, Node before, String prompt, Runnable byHand) {
        super(16);
        this.window = window;
        this.model = model;
        this.before = before;
        this.prompt = prompt;
        this.byHand = byHand;
        clock.setCycleCount(Animation.INDEFINITE);
        model.stageProperty().subscribe(this::show);
    }

    private void show(Stage stage) {
        boolean focused = getScene() != null && FocusOrder.isWithin(getScene().getFocusOwner(), this);
        clock.stop();
        switch (stage) {
            case Stage.Idle() -> getChildren().setAll(before);
            case Stage.Asking() -> getChildren().setAll(waiting(Messages.get("importing.signIn.asking"), "", null));
            case Stage.Code(var code, var good) -> showCode(code, good);
            case Stage.Browser(var address) -> showBrowser(address);
            case Stage.Done() -> getChildren().setAll(waiting(Messages.get("importing.signIn.done"), "", null));
            case Stage.Failed(var trouble, var again, boolean byBrowser) -> showTrouble(trouble, again, byBrowser);
        }
        if (focused) {
            window.fx().afterwards(() -> {
                var first = FocusOrder.first(this);
                if (first != null) {
                    first.requestFocus();
                }
            });
        }
    }

    private void showCode(DeviceCode code, Duration good) {
        var letters = Labels.of(code.userCode(), "mono", "large", "code");
        letters.setId("connect.code");
        letters.setAccessibleText(code.userCode().chars().mapToObj(Character::toString)
                .collect(Collectors.joining(" ")));
        var open = Buttons.primary(Messages.get("importing.signIn.copyAndOpen"), () -> {
            copy(code.userCode());
            window.links().open(URI.create(code.url()));
        });
        open.setGraphic(Icons.of(Icons.OUTSIDE, Icons.SMALL));
        open.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        open.setId("connect.code.open");
        var copy = Buttons.plain(Messages.get("importing.signIn.copy"), Icons.COPY, () -> copy(code.userCode()));
        copy.setId("connect.code.copy");
        var buttons = new HBox(8, open, copy);
        buttons.setAlignment(Pos.CENTER);
        var box = new VBox(16, letters, buttons, Labels.caption(code.url().replaceFirst("^https://", "")));
        box.getStyleClass().add("code-box");
        var again = Buttons.plain(Messages.get("importing.signIn.new"), Icons.AGAIN, model::code);
        again.setId("connect.code.new");
        var remaining = Labels.wrapped("", "caption", "muted");
        var bar = new ProgressBar(1);
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(Messages.get("importing.signIn.remaining"));
        var whole = good.compareTo(NO_LONGER_THAN) > 0 ? good : NO_LONGER_THAN;
        clock.getKeyFrames().setAll(new KeyFrame(javafx.util.Duration.seconds(1),
                _ -> tick(code, whole, remaining, bar)));
        clock.play();
        var instead = Buttons.link(Messages.get("importing.signIn.browser"), model::browser);
        instead.setId("connect.browser");
        var browser = new HBox(4, Labels.muted(Messages.get("importing.signIn.sameComputer")), instead);
        browser.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(new VBox(4, Labels.of(Messages.get("importing.signIn.heading"), "title-4"),
                Labels.wrapped(prompt, "muted")), box,
                new VBox(8, waiting(Messages.get("importing.signIn.waiting"), remaining, again), bar), grow(), browser);
        // Last, for it may have run out on its way here.
        tick(code, whole, remaining, bar);
    }

    private void tick(DeviceCode code, Duration whole, Label remaining, ProgressBar bar) {
        var left = Duration.between(window.clock().instant(), code.expiresAt());
        if (left.isNegative() || left.isZero()) {
            model.expired();
            return;
        }
        remaining.setText(Messages.get("importing.signIn.left", left.toMinutes(), left.toSecondsPart()));
        bar.setProgress(Math.min(1, (double) left.toMillis() / whole.toMillis()));
    }

    private void showBrowser(@Nullable URI address) {
        var cancel = Buttons.plain(Messages.get("common.cancel"), model::cancel);
        cancel.setId("connect.browser.cancel");
        var buttons = new HBox(8, cancel);
        if (address != null) {
            buttons.getChildren().addFirst(Buttons.plain(Messages.get("importing.signIn.openAgain"), Icons.OUTSIDE,
                    () -> window.links().open(address)));
        }
        var code = Buttons.link(Messages.get("importing.signIn.code"), model::code);
        getChildren().setAll(new VBox(4, Labels.of(Messages.get("importing.signIn.browser.heading"), "title-4"),
                Labels.wrapped(prompt, "muted")),
                waiting(Messages.get("importing.signIn.browser.waiting"), "", null), buttons, grow(), code);
    }

    private void showTrouble(RollcallException trouble, Runnable retry, boolean byBrowser) {
        boolean expired = trouble.code().equals("entra.code.expired");
        var title = Labels.wrapped(Messages.capital(trouble.words().shown()), "title-4");
        title.setId("connect.signIn.trouble");
        title.setGraphic(Icons.of(trouble.kind() == ErrorKind.OFFLINE ? Icons.UNREACHABLE : Icons.WRONG,
                Icons.IN_BANNER, Tone.DANGER));
        boolean codesBlocked = trouble.code().equals("entra.policy.blocked") && !byBrowser;
        var words = Messages.get(expired ? "importing.signIn.new" : "common.retry");
        var again = codesBlocked ? Buttons.plain(words, retry) : Buttons.primary(words, retry);
        again.setGraphic(Icons.of(Icons.AGAIN));
        again.setId("connect.signIn.again");
        var other = Buttons.plain(Messages.get("importing.connect.way.byHand"), byHand);
        other.setId("connect.signIn.byHand");
        var back = Buttons.flat(Messages.get("importing.signIn.change"), model::cancel);
        var buttons = new FlowPane(8, 8, again, other, back);
        if (codesBlocked) {
            var browser = Buttons.primary(Messages.get("importing.signIn.browser"), model::browser);
            browser.setGraphic(Icons.of(Icons.OUTSIDE));
            browser.setId("connect.signIn.browser");
            buttons.getChildren().addFirst(browser);
        }
        getChildren().setAll(
                new VBox(4, title, Labels.wrapped(Messages.capital(trouble.remedyWords().shown()) + ".", "muted")),
                buttons);
    }

    private Node waiting(String words, String more, @Nullable Node right) {
        return waiting(words, Labels.caption(more), right);
    }

    private Node waiting(String words, Label more, @Nullable Node right) {
        var text = new VBox(Labels.of(words), more);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(12, new BusySpinner(window.motion()), text);
        if (right != null) {
            row.getChildren().add(right);
        }
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Region grow() {
        var region = new Region();
        VBox.setVgrow(region, Priority.ALWAYS);
        return region;
    }

    private static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
