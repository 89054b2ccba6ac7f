package org.rollcall.ui.authentication;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.signin.SignInTest;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.SignInTrail;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.CopyField;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Tests whether somebody could sign in, without signing them in, and shows every step.
final class TestDialog {
    private final WindowContext context;
    private final AuthenticationViewModel model;
    private final TextField person = new TextField();
    private final ComboBox<SignInMode> way = new ComboBox<>();
    private final PasswordInput password = new PasswordInput(Messages.get("authentication.test.password"));
    private final FormField personField = new FormField(Messages.get("authentication.test.person"), person,
            Messages.get("authentication.test.person.hint"));
    private final FormField passwordField = new FormField(Messages.get("authentication.test.password"), password,
            Messages.get("authentication.test.password.hint"));
    private final VBox steps = new VBox(10);
    private final VBox elsewhere = new VBox(8);
    private @Nullable RunningJob running;

    private TestDialog(WindowContext context, AuthenticationViewModel model) {
        this.context = context;
        this.model = model;
    }

    /// @param user to test; empty: entered in the dialog
    /// @param mode preselected; null: the first that fits
    static void open(WindowContext context, AuthenticationViewModel model, String user, @Nullable SignInMode mode) {
        new TestDialog(context, model).show(user, mode);
    }

    private void show(String user, @Nullable SignInMode mode) {
        person.setId("authentication.test.person");
        person.setText(user);
        way.setId("authentication.test.way");
        way.getItems().setAll(SignInMode.values());
        way.setConverter(words());
        var standing = model.standingProperty().get();
        way.setValue(mode != null ? mode : standing != null && standing.adOn() ? SignInMode.AD : SignInMode.BROWSER);
        password.field().setId("authentication.test.password");
        steps.setId("authentication.test.steps");
        steps.getStyleClass().add("auth-steps");
        steps.getChildren().setAll(Labels.wrapped(Messages.get("authentication.test.none"), "muted"));
        passwordField.managedProperty().bind(passwordField.visibleProperty());
        way.valueProperty().subscribe(now -> passwordField
                .setVisible(now == SignInMode.LOCAL || now == SignInMode.AD || now == SignInMode.PASSWORD));
        elsewhere.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(elsewhere.getChildren()));
        HBox.setHgrow(personField, Priority.ALWAYS);
        var wayField = new FormField(Messages.get("authentication.test.way"), way);
        wayField.setMinWidth(220);
        var top = new HBox(16, personField, wayField);
        var dialog = new DialogBox(Messages.get("authentication.test.title"))
                .subtitle(Messages.get("authentication.test.second")).width(640);
        var go = Buttons.primary(Messages.get("authentication.test.do"), () -> {});
        go.setId("authentication.test.do");
        go.setOnAction(_ -> run(go));
        context.dialogs().show(dialog.content(new VBox(16, top, passwordField, elsewhere, steps))
                .cancelLabel(Messages.get("common.close")).onCancel(this::stop).action(go)
                .firstFocus(user.isEmpty() ? person : way));
    }

    private static StringConverter<SignInMode> words() {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable SignInMode mode) {
                return mode == null ? "" : Messages.get("authentication.mode." + mode.word());
            }

            @Override
            public @Nullable SignInMode fromString(String text) {
                return null;
            }
        };
    }

    private void stop() {
        var job = running;
        running = null;
        if (job != null) {
            job.cancel();
        }
    }

    private void run(Button go) {
        var user = person.getText().strip();
        var mode = Objects.requireNonNull(way.getValue());
        personField.errorProperty().set(user.isEmpty() ? Messages.get("authentication.test.person.missing") : "");
        if (user.isEmpty()) {
            person.requestFocus();
            return;
        }
        stop();
        go.setDisable(true);
        elsewhere.getChildren().clear();
        steps.getChildren().setAll(waiting());
        var typed = password.password();
        password.clear();
        SignInTrail trail = (step, detail) -> context.fx().execute(
                () -> steps.getChildren().add(Math.max(0, steps.getChildren().size() - 1), passed(step, detail)));
        running = context.tasks().quietly(job -> {
            try {
                return model.services().tester().test(model.actor(), user, mode, new Prompts(typed), trail, job);
            } finally {
                Arrays.fill(typed, '\0');
            }
        }, result -> {
            go.setDisable(false);
            ended(result);
        }, trouble -> {
            go.setDisable(false);
            failed(trouble);
        });
    }

    private Node waiting() {
        var row = new HBox(8, new BusySpinner(context.motion()),
                Labels.muted(Messages.get("authentication.test.running")));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Node passed(SignInTrail.Step step, String detail) {
        return line(Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS),
                Messages.get("authentication.step." + step.name()), Messages.capital(detail));
    }

    private static Node line(Node icon, String title, String detail) {
        var words = new VBox(Labels.wrapped(title, "medium"), Labels.wrapped(detail, "caption", "muted"));
        return WayCard.line(icon, words);
    }

    private void ended(SignInTest.Result result) {
        elsewhere.getChildren().clear();
        var lines = new java.util.ArrayList<Node>();
        List<SignInTest.Passed> all = result.steps();
        all.forEach(each -> lines.add(passed(each.step(), Messages.recalled(each.detail()))));
        var words = Messages.capital(result.message().shown()) + ".";
        if (result.admitted()) {
            lines.add(banner(Tone.SUCCESS, Messages.get("authentication.test.admitted"), words));
        } else {
            var code = result.code() == null
                    ? Messages.get("authentication.outcome", result.outcome().name())
                    : Messages.get("authentication.outcome.code", result.outcome().name(), result.code());
            var remedy = result.remedy() == null ? null : result.remedy().shown();
            lines.add(banner(Tone.DANGER, words,
                    (remedy == null || remedy.isEmpty() ? "" : Messages.capital(remedy) + ". ") + code));
        }
        steps.getChildren().setAll(lines);
    }

    private static Node banner(Tone tone, String title, String sentence) {
        var banner = new Banner(tone, tone == Tone.SUCCESS ? Icons.DONE : Icons.FAILED, title, sentence);
        banner.setId("authentication.test.result");
        return banner;
    }

    private void failed(RollcallException trouble) {
        elsewhere.getChildren().clear();
        steps.getChildren().setAll(Banner.failure(trouble));
    }

    /// Shows the tested person where to sign in, and passes the password entered for them.
    private final class Prompts implements SignInPrompts {
        private final char[] typed;

        Prompts(char[] typed) {
            this.typed = typed;
        }

        @Override
        public char[] password(String user) {
            return typed.clone();
        }

        @Override
        public void browse(URI address) {
            context.fx().execute(() -> {
                var again = Buttons.plain(Messages.get("authentication.test.browser.again"), Icons.OUTSIDE,
                        () -> context.links().open(address));
                var row = new HBox(12, Labels.wrapped(Messages.get("authentication.test.browser")), again);
                row.setAlignment(Pos.CENTER_LEFT);
                elsewhere.getChildren().setAll(row);
                context.links().open(address);
            });
        }

        @Override
        public void show(DeviceCode code) {
            context.fx().execute(() -> elsewhere.getChildren().setAll(
                    Labels.wrapped(Messages.get("authentication.test.code", code.url())),
                    new CopyField(Messages.get("authentication.test.code.name"), code.userCode())));
        }

        @Override
        public boolean hasDisplay() {
            return true;
        }
    }
}
