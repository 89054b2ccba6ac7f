package org.rollcall.ui.roles;

import javafx.animation.PauseTransition;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.roles.RulePreview;
import org.rollcall.roles.RulePreview.ChangedPerson;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.WindowContext;

/// Everybody whose role would change, to be searched, a page at a time.
final class ChangedPeopleDialog {
    private static final int PAGE = 50;

    private final WindowContext context;
    private final RolesViewModel model;
    private final RulePreview preview;
    private final SearchField search = new SearchField(Messages.get("roles.people.find"));
    private final VBox rows = new VBox();
    private String words = "";

    private ChangedPeopleDialog(WindowContext context, RolesViewModel model, RulePreview preview) {
        this.context = context;
        this.model = model;
        this.preview = preview;
    }

    static void open(WindowContext context, RolesViewModel model, RulePreview preview) {
        new ChangedPeopleDialog(context, model, preview).show();
    }

    private void show() {
        search.setId("roles.people.search");
        rows.setId("roles.people.rows");
        var wait = new PauseTransition(Duration.millis(150));
        wait.setOnFinished(_ -> {
            words = search.getText();
            read(null);
        });
        search.textProperty().addListener(_ -> wait.playFromStart());
        var scroll = new ScrollPane(rows);
        scroll.getStyleClass().addAll("edge-to-edge", "roles-people");
        scroll.setFitToWidth(true);
        scroll.setPrefHeight(420);
        read(null);
        context.dialogs().show(new DialogBox(Messages.get("roles.save.changes", preview.changes().size()))
                .subtitle(Messages.get("roles.save.title")).cancelLabel(Messages.get("common.close"))
                .content(new VBox(12, search, scroll)).firstFocus(search));
    }

    private void read(@Nullable String after) {
        var asked = words;
        context.tasks().quietly(_ -> model.rules().people(preview, asked, after, PAGE), page -> {
            if (!asked.equals(words)) {
                return;
            }
            if (after == null) {
                rows.getChildren().clear();
            } else {
                rows.getChildren().removeLast();
            }
            for (ChangedPerson person : page.rows()) {
                var row = IfYouSaveCard.person(model, person);
                row.getStyleClass().addAll("roles-person", "row-line");
                rows.getChildren().add(row);
            }
            if (page.next() != null) {
                var more = Buttons.link(Messages.get("roles.people.more"), () -> read(page.next()));
                more.setId("roles.people.more");
                rows.getChildren().add(more);
            }
            if (rows.getChildren().isEmpty()) {
                rows.getChildren().add(Labels.muted(Messages.get("roles.people.noMatch")));
            }
        }, trouble -> rows.getChildren().setAll(Labels.wrapped(Messages.trouble(trouble), "fg-danger")));
    }
}
