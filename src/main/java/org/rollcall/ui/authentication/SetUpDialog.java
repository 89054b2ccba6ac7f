package org.rollcall.ui.authentication;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
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

import org.rollcall.connect.CredentialFiles;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.authentication.AuthenticationViewModel.Answer;
import org.rollcall.ui.authentication.AuthenticationViewModel.Standing;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.CaField;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FileOpen;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.Scrolling;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The configuration of Active Directory: edits it, checks each server, and enables it.
final class SetUpDialog {
    private static final double FORM = 412;

    private final WindowContext context;
    private final AuthenticationViewModel model;
    private final FileOpen files;
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
    private final StringProperty ca = new SimpleStringProperty("");

    private SetUpDialog(WindowContext context, AuthenticationViewModel model, FileOpen files) {
        this.context = context;
        this.model = model;
        this.files = files;
    }

    static void open(WindowContext context, AuthenticationViewModel model, FileOpen files, Standing now) {
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
            ca.set(Objects.requireNonNullElse(known.caPem(), ""));
        }
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
                new CaField("authentication.setUp.ca", context.tasks(), files,
                        new CredentialFiles(context.clock())::certificateAuthorities, ca).node(),
                row(new FormField(Messages.get("authentication.setUp.user"), user,
                        Messages.get("authentication.setUp.user.hint")),
                        new FormField(Messages.get("authentication.setUp.password"), password,
                                Messages.get("authentication.setUp.password.hint"))));
        form.setId("authentication.setUp.form");
        form.getStyleClass().add("auth-form");
        var scroll = Scrolling.vertical(form);
        scroll.setPrefHeight(FORM);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        // Outside the scrolling form, so that the answers of the servers are always visible.
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

    private AdSettings wanted() {
        List<String> each = Arrays.stream(servers.getText().split("[\\s,;]+")).filter(one -> !one.isEmpty()).toList();
        return new AdSettings(each, startTls.isSelected(), base.getText().strip(), orNull(domain), orNull(suffix),
                ca.get().isEmpty() ? null : ca.get(), orNull(user));
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
