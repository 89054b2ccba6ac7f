package org.rollcall.ui.importing;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Ref;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.WindowContext;

/// Finds one group or person in the tenant by name and hands it over.
final class PickDialog {
    private static final Duration TYPING = Duration.millis(300);

    private PickDialog() {}

    static void open(WindowContext window, String title, String verb,
            BiFunction<String, JobContext, List<Ref>> search, Consumer<Ref> picked) {
        var field = new SearchField(Messages.get("importing.pick.search"));
        field.setId("importing.pick.search");
        var list = new ListView<Ref>();
        list.setId("importing.pick.list");
        list.setAccessibleText(title);
        list.setPrefHeight(240);
        var nothing = new Label(Messages.get("importing.pick.prompt"));
        nothing.getStyleClass().add("muted");
        list.setPlaceholder(nothing);
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Ref ref, boolean empty) {
                super.updateItem(ref, empty);
                setText(empty || ref == null ? null : ref.name());
            }
        });
        Label trouble = Labels.wrapped("", "caption", "fg-danger");
        trouble.setId("importing.pick.trouble");
        var retry = Buttons.small(Messages.get("common.retry"), () -> {});
        retry.setId("importing.pick.retry");
        HBox.setHgrow(trouble, Priority.ALWAYS);
        var failed = new HBox(12, trouble, retry);
        failed.setAlignment(Pos.CENTER_LEFT);
        failed.visibleProperty().bind(trouble.textProperty().isNotEmpty());
        failed.managedProperty().bind(failed.visibleProperty());
        var dialog = new DialogBox(title).content(new VBox(12, field, list, failed)).firstFocus(field);
        Button act = Buttons.primary(verb, () -> {
            Ref chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                dialog.close();
                picked.accept(chosen);
            }
        });
        act.setId("importing.pick.act");
        act.disableProperty().bind(list.getSelectionModel().selectedItemProperty().isNull());
        var typing = new PauseTransition(TYPING);
        Runnable find = () -> {
            String text = field.getText().strip();
            if (text.isEmpty()) {
                list.getItems().clear();
                return;
            }
            window.tasks().quietly(context -> search.apply(text, context), found -> {
                if (text.equals(field.getText().strip())) {
                    list.getItems().setAll(found);
                    list.getSelectionModel().selectFirst();
                    trouble.setText("");
                    nothing.setText(Messages.get("importing.pick.nothing", text));
                }
            }, e -> trouble.setText(Messages.trouble(e)));
        };
        typing.setOnFinished(_ -> find.run());
        retry.setOnAction(_ -> find.run());
        field.textProperty().addListener((_, _, _) -> typing.playFromStart());
        window.dialogs().show(dialog.action(act));
    }
}
