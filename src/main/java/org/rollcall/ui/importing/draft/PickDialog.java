package org.rollcall.ui.importing.draft;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Ref;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.WindowContext;

/// Finds one group or person in the tenant by name and hands it over.
public final class PickDialog {
    private static final Duration TYPING = Duration.millis(300);

    private PickDialog() {}

    public static void open(WindowContext window, String title, String verb,
            BiFunction<String, JobContext, List<Ref>> search, Consumer<Ref> picked) {
        var field = new SearchField(Messages.get("importing.pick.search"));
        field.setId("importing.pick.search");
        var list = new ListView<Ref>();
        list.setId("importing.pick.list");
        list.setAccessibleText(title);
        list.setPrefHeight(240);
        list.setPlaceholder(Labels.muted(Messages.get("importing.pick.prompt")));
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Ref ref, boolean empty) {
                super.updateItem(ref, empty);
                setText(empty || ref == null ? null : DisplayText.of(ref.name()));
            }
        });
        var dialog = new DialogBox(title).content(new VBox(12, field, list)).firstFocus(field);
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
        typing.setOnFinished(_ -> find(window, field, list, search));
        field.textProperty().addListener((_, _, _) -> typing.playFromStart());
        window.dialogs().show(dialog.action(act));
    }

    private static void find(WindowContext window, SearchField field, ListView<Ref> list,
            BiFunction<String, JobContext, List<Ref>> search) {
        String text = field.getText().strip();
        if (text.isEmpty()) {
            list.getItems().clear();
            list.setPlaceholder(Labels.muted(Messages.get("importing.pick.prompt")));
            return;
        }
        window.tasks().quietly(context -> search.apply(text, context), found -> {
            if (text.equals(field.getText().strip())) {
                list.setPlaceholder(Labels.muted(Messages.get("importing.pick.nothing", text)));
                list.getItems().setAll(found);
                list.getSelectionModel().selectFirst();
            }
        }, trouble -> {
            list.getItems().clear();
            var failed = StatePane.failed(window.motion(), Messages.get("importing.pick.failed"), trouble,
                    () -> find(window, field, list, search));
            failed.setId("importing.pick.failed");
            list.setPlaceholder(failed);
        });
    }
}
