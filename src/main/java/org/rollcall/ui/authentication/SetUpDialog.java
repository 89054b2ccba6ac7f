package org.rollcall.ui.authentication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.authentication.AuthenticationViewModel.Answer;
import org.rollcall.ui.authentication.AuthenticationViewModel.Standing;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Scrolling;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// How Active Directory is reached: asks, checks each server, and switches it on.
final class SetUpDialog {
    private static final int LARGEST_CA = 1_000_000;
    private static final double FORM = 390;

    private final WindowContext context;
    private final AuthenticationViewModel model;
    private final CaFile files;
    private final TextArea servers = new TextArea();
    private final OnOff startTls = new OnOff(Messages.get("authentication.setUp.startTls"));
    private final TextField base = field("base");
    private final TextField domain = field("domain");
    private final TextField suffix = field("suffix");
    private final TextField user = field("user");
    private final PasswordInput password = new PasswordInput(Messages.get("authentication.setUp.password"));
    private final FormField serversField = new FormField(Messages.get("authentication.setUp.servers"), servers,
            Messages.get("authentication.setUp.servers.hint"));
    private final VBox results = new VBox(8);
    private final HBox ca = new HBox(8);
    private @Nullable String caPem;

    private SetUpDialog(WindowContext context, AuthenticationViewModel model, CaFile files) {
        this.context = context;
        this.model = model;
        this.files = files;
    }

    static void open(WindowContext context, AuthenticationViewModel model, CaFile files, Standing now) {
        new SetUpDialog(context, model, files).show(now);
    }

    private static TextField field(String name) {
        var field = new TextField();
        field.setId("authentication.setUp." + name);
        field.setPromptText(Messages.get("authentication.setUp." + name + ".prompt"));
        return field;
    }

    private void show(Standing now) {
        servers.setId("authentication.setUp.servers");
        servers.setPrefRowCount(2);
        servers.setMinHeight(Region.USE_PREF_SIZE);
        servers.setPromptText(Messages.get("authentication.setUp.servers.prompt"));
        startTls.setId("authentication.setUp.startTls");
        password.field().setId("authentication.setUp.password");
        results.setId("authentication.setUp.results");
        var known = now.status().settings().ad();
        if (known != null) {
            servers.setText(String.join("\n", known.servers()));
            startTls.setSelected(known.startTls());
            base.setText(known.baseDn());
            domain.setText(Objects.requireNonNullElse(known.domain(), ""));
            suffix.setText(Objects.requireNonNullElse(known.upnSuffix(), ""));
            user.setText(Objects.requireNonNullElse(known.bindUser(), ""));
            caPem = known.caPem();
        }
        showCa("");
        var dialog = new DialogBox(Messages.get("authentication.setUp.title"))
                .subtitle(Messages.get("authentication.setUp.second")).width(680);
        var check = Buttons.plain(Messages.get("authentication.setUp.check"), this::check);
        check.setId("authentication.setUp.check");
        var save = Buttons.primary(Messages.get("authentication.setUp.save"), () -> {});
        save.setId("authentication.setUp.save");
        save.setOnAction(_ -> save(dialog, save));
        save.setDisable(now.entraOn());
        var note = now.entraOn() ? Messages.get("authentication.ad.notWithEntra") : "";
        var tls = new HBox(12, words("authentication.setUp.startTls"), startTls);
        tls.setAlignment(Pos.CENTER_LEFT);
        var form = new VBox(16, serversField, tls,
                row(new FormField(Messages.get("authentication.setUp.base"), base),
                        new FormField(Messages.get("authentication.setUp.domain"), domain),
                        new FormField(Messages.get("authentication.setUp.suffix"), suffix)),
                new VBox(4, Labels.of(Messages.get("authentication.setUp.ca"), "medium"), ca),
                row(new FormField(Messages.get("authentication.setUp.user"), user,
                        Messages.get("authentication.setUp.user.hint")),
                        new FormField(Messages.get("authentication.setUp.password"), password,
                                Messages.get("authentication.setUp.password.hint"))));
        form.getStyleClass().add("auth-form");
        var scroll = Scrolling.vertical(form);
        scroll.setPrefHeight(FORM);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        // Beside the form, which may scroll: what the servers answered must be seen.
        var answers = new HBox(16, check, results);
        HBox.setHgrow(results, Priority.ALWAYS);
        results.setMinWidth(0);
        answers.setAlignment(Pos.TOP_LEFT);
        answers.getStyleClass().add("auth-answers");
        results.getChildren().setAll(Labels.wrapped(Messages.get("authentication.setUp.check.hint"), "caption",
                "muted"));
        context.dialogs().show(dialog.content(new VBox(12, scroll, Labels.line(), answers)).note(note).action(save)
                .firstFocus(servers));
    }

    private static Node words(String key) {
        var words = new VBox(Labels.of(Messages.get(key), "medium"),
                Labels.wrapped(Messages.get(key + ".second"), "caption", "muted"));
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static Node row(Node... fields) {
        var grid = new GridPane(16, 0);
        for (int i = 0; i < fields.length; i++) {
            var part = new ColumnConstraints();
            part.setPercentWidth(100.0 / fields.length);
            grid.getColumnConstraints().add(part);
            grid.add(fields[i], i, 0);
        }
        return grid;
    }

    private void showCa(String problem) {
        var choose = Buttons.plain(Messages.get("authentication.setUp.ca.choose"), Icons.UPLOAD,
                () -> files.choose(this::read));
        choose.setId("authentication.setUp.ca");
        var state = Labels.wrapped(!problem.isEmpty()
                ? problem
                : Messages.get(caPem == null ? "authentication.setUp.ca.none" : "authentication.setUp.ca.own"),
                "caption", problem.isEmpty() ? "muted" : "fg-danger");
        HBox.setHgrow(state, Priority.ALWAYS);
        state.setMaxWidth(Double.MAX_VALUE);
        ca.setAlignment(Pos.CENTER_LEFT);
        ca.getChildren().setAll(choose, state);
        if (caPem != null) {
            var drop = Buttons.flat(Messages.get("authentication.setUp.ca.drop"), () -> {
                caPem = null;
                showCa("");
            });
            drop.setId("authentication.setUp.ca.drop");
            ca.getChildren().add(drop);
        }
    }

    private void read(Path file) {
        context.tasks().quietly(_ -> {
            try {
                return Files.size(file) > LARGEST_CA ? "" : Files.readString(file);
            } catch (IOException e) {
                return "";
            }
        }, text -> {
            boolean right = text.contains("-----BEGIN CERTIFICATE-----");
            if (right) {
                caPem = text;
            }
            showCa(right ? "" : Messages.get("authentication.setUp.ca.wrong"));
        }, trouble -> showCa(Messages.trouble(trouble)));
    }

    private AdSettings wanted() {
        List<String> each = Arrays.stream(servers.getText().split("[\\s,;]+")).filter(one -> !one.isEmpty()).toList();
        return new AdSettings(each, startTls.isSelected(), base.getText().strip(), orNull(domain), orNull(suffix),
                caPem, orNull(user));
    }

    private static @Nullable String orNull(TextField field) {
        var text = field.getText().strip();
        return text.isEmpty() ? null : text;
    }

    private boolean complete() {
        boolean missing = wanted().servers().isEmpty();
        serversField.errorProperty().set(missing ? Messages.get("authentication.setUp.servers.missing") : "");
        if (missing) {
            servers.requestFocus();
        }
        return !missing;
    }

    private void check() {
        if (!complete()) {
            return;
        }
        var row = new HBox(8, new BusySpinner(context.motion()),
                Labels.muted(Messages.get("authentication.ad.checking")));
        row.setAlignment(Pos.CENTER_LEFT);
        results.getChildren().setAll(row);
        var typed = password.password();
        model.checkAd(wanted(), typed, answers -> {
            Arrays.fill(typed, '\0');
            results.getChildren().setAll(answers.stream().map(SetUpDialog::line).toList());
        }, trouble -> {
            Arrays.fill(typed, '\0');
            failed(trouble);
        });
    }

    private static Node line(Answer answer) {
        var trouble = answer.trouble();
        var words = Labels.wrapped(trouble == null
                ? Messages.get("authentication.setUp.answered", answer.server())
                : Messages.get("authentication.setUp.silent", answer.server(), Messages.trouble(trouble)));
        return WayCard.line(trouble == null
                ? Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS)
                : Icons.of(Icons.FAILED, Icons.IN_TEXT, Tone.DANGER), words);
    }

    private void failed(RollcallException trouble) {
        results.getChildren().setAll(Banner.failure(trouble));
    }

    private void save(DialogBox dialog, Button save) {
        if (!complete()) {
            return;
        }
        save.setDisable(true);
        var typed = password.password();
        model.enableAd(wanted(), typed, () -> {
            Arrays.fill(typed, '\0');
            dialog.close();
        }, trouble -> {
            Arrays.fill(typed, '\0');
            save.setDisable(false);
            failed(trouble);
        });
    }
}
