package org.rollcall.ui.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.settings.Difference;
import org.rollcall.settings.SettingsService.Outcome;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Shows what a settings file would change before it is brought in, and afterwards what is left to do.
final class SettingsFileDialog {
    private static final int MOST = 300;

    private SettingsFileDialog() {}

    static void choose(WindowContext context, SettingsViewModel model) {
        model.services().open().choose(Messages.get("settings.file.import.title"), file -> model.preview(file,
                read -> show(context, model, file, read), trouble -> refused(context, file, trouble)));
    }

    private static void refused(WindowContext context, Path file, RollcallException trouble) {
        context.dialogs().show(new DialogBox(Messages.get("settings.file.refused")).subtitle(name(file))
                .content(Banner.failure(trouble)).width(560).cancelLabel(Messages.get("common.close")));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void show(WindowContext context, SettingsViewModel model, Path file, SettingsViewModel.Read read) {
        Outcome outcome = read.outcome();
        if (outcome.differences().isEmpty()) {
            context.toasts().show(Toast.done(Messages.get("settings.file.same", name(file))));
            return;
        }
        var trouble = new VBox();
        var content = new VBox(16, Labels.wrapped(Messages.get("settings.file.sentence")),
                list(outcome.differences()));
        Node notes = notes(outcome.notes());
        if (notes != null) {
            content.getChildren().add(notes);
        }
        content.getChildren().add(trouble);
        var dialog = new DialogBox(Messages.get("settings.file.title", outcome.differences().size()))
                .subtitle(name(file)).content(content).width(720);
        var bring = Buttons.primary(Messages.get("settings.file.do"), () -> {
            trouble.setDisable(true);
            model.bringIn(read, done -> {
                dialog.close();
                done(context, done);
            }, refused -> {
                trouble.setDisable(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        bring.setId("settings.file.do");
        bring.disableProperty().bind(trouble.disabledProperty());
        context.dialogs().show(dialog.action(bring));
    }

    private static Node list(List<Difference> differences) {
        var lines = new VBox();
        lines.setId("settings.file.differences");
        lines.getStyleClass().add("settings-differences");
        differences.stream().limit(MOST).forEach(each -> lines.getChildren().add(line(each)));
        if (differences.size() > MOST) {
            lines.getChildren().add(Labels.muted(Messages.get("settings.file.more", differences.size() - MOST)));
        }
        var scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setPrefHeight(Math.min(320, 26 + 46.0 * differences.size()));
        scroll.setMinHeight(80);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("settings-differences-scroll");
        return scroll;
    }

    private static Node line(Difference difference) {
        String about = Messages.capital(difference.about());
        if (difference.what() == null) {
            boolean comes = difference.here() == null;
            var label = Labels.wrapped(Messages.get(comes ? "settings.file.comes" : "settings.file.onlyHere", about));
            label.setGraphic(Icons.of(comes ? Icons.ADD : Icons.NONE, Icons.SMALL,
                    comes ? Tone.SUCCESS : Tone.MUTED));
            label.getStyleClass().add("settings-difference");
            return label;
        }
        var head = Labels.wrapped(Messages.get("settings.file.changes", about, difference.what()));
        head.setGraphic(Icons.of(Icons.EDIT, Icons.SMALL, Tone.ACCENT));
        var values = Labels.wrapped(Messages.get("settings.file.fromTo", String.valueOf(difference.here()),
                String.valueOf(difference.file())), "caption", "muted");
        values.getStyleClass().add("settings-difference-values");
        var both = new VBox(2, head, values);
        both.getStyleClass().add("settings-difference");
        return both;
    }

    private static @Nullable Node notes(List<String> notes) {
        if (notes.isEmpty()) {
            return null;
        }
        var lines = new ArrayList<String>();
        notes.stream().limit(8).forEach(each -> lines.add(Messages.capital(each) + "."));
        return new Banner(Tone.WARNING, Icons.INFO, "", String.join("\n", lines));
    }

    private static void done(WindowContext context, Outcome outcome) {
        Node notes = notes(outcome.notes());
        if (notes == null) {
            context.toasts().show(Toast.done(Messages.get("settings.file.done")));
            return;
        }
        notes.setId("settings.file.notes");
        var copy = Buttons.plain(Messages.get("common.copy"), Icons.COPY, () -> {
            var content = new ClipboardContent();
            content.putString(String.join("\n", outcome.notes()));
            Clipboard.getSystemClipboard().setContent(content);
        });
        context.dialogs().show(new DialogBox(Messages.get("settings.file.done")).content(notes).width(640)
                .cancelLabel(Messages.get("common.close")).action(copy));
    }
}
