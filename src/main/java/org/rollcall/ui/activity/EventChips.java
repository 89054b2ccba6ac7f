package org.rollcall.ui.activity;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.ui.common.ChoiceChip;
import org.rollcall.ui.common.FilterChip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;

/// The filters of events: when, who, what, and the newest event to show.
final class EventChips extends FlowPane {
    private final EventsViewModel model;
    private final ChoiceChip<Since> since = new ChoiceChip<>(Messages.get("activity.column.when"),
            Messages.get("activity.since.any"), List.of(Since.values()), Since::words);
    private final ChoiceChip<String> who = new ChoiceChip<>(Messages.get("activity.column.who"),
            Messages.get("activity.who.any"), List.of(AuditFilter.SCHEDULES), EventWords::who);
    private final ChoiceChip<EventKind> kind = new ChoiceChip<>(Messages.get("activity.column.what"),
            Messages.get("activity.kind.any"), List.of(EventKind.values()), EventKind::words);

    /// @param findsPeople whether all people can be searched
    EventChips(EventsViewModel model, boolean findsPeople) {
        super(8, 8);
        this.model = model;
        getStyleClass().add("activity-chips");
        since.setId("activity.filter.since");
        who.setId("activity.filter.who");
        kind.setId("activity.filter.kind");
        if (findsPeople) {
            who.further(new SeparatorMenuItem(), people());
        }
        getChildren().addAll(since, who, kind);
        model.queryProperty().subscribe(query -> {
            since.valueProperty().set(query.since());
            who.valueProperty().set(query.who());
            kind.valueProperty().set(query.kind());
            getChildren().setAll(since, who, kind);
            var around = query.around();
            if (around != null) {
                var chip = FilterChip.set(Messages.get("activity.start.chip"), Messages.get("activity.number", around),
                        () -> model.queryProperty().set(model.queryProperty().get().withStart(null)));
                chip.setId("activity.filter.start");
                getChildren().add(chip);
            }
        });
        since.valueProperty()
                .addListener((_, _, now) -> model.queryProperty().set(model.queryProperty().get().withSince(now)));
        who.valueProperty()
                .addListener((_, _, now) -> model.queryProperty().set(model.queryProperty().get().withWho(now)));
        kind.valueProperty()
                .addListener((_, _, now) -> model.queryProperty().set(model.queryProperty().get().withKind(now)));
    }

    private CustomMenuItem people() {
        var search = new SearchField(Messages.get("activity.who.find"));
        search.setId("activity.who.find");
        var list = new ListView<UserRow>();
        list.setId("activity.who.list");
        list.setAccessibleText(Messages.get("activity.column.who"));
        list.setPrefSize(280, 200);
        list.setCellFactory(_ -> new PersonCell());
        var wait = new PauseTransition(Duration.millis(200));
        wait.setOnFinished(_ -> model.findPeople(search.getText(), list.getItems()::setAll));
        search.textProperty().addListener(_ -> wait.playFromStart());
        Runnable choose = () -> {
            var chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                who.hide();
                who.valueProperty().set(chosen.username());
            }
        };
        list.setOnMouseClicked(_ -> choose.run());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                choose.run();
            }
        });
        var item = new CustomMenuItem(new VBox(8, search, list), false);
        item.getStyleClass().add("users-group-item");
        who.setOnShowing(_ -> model.findPeople(search.getText(), list.getItems()::setAll));
        return item;
    }

    private static final class PersonCell extends ListCell<UserRow> {
        @Override
        protected void updateItem(@Nullable UserRow person, boolean empty) {
            super.updateItem(person, empty);
            setText(empty || person == null
                    ? null
                    : Messages.get("activity.who.person", person.shownName(), person.username()));
            setGraphic(empty || person == null ? null : Icons.of(Icons.USER));
        }
    }
}
