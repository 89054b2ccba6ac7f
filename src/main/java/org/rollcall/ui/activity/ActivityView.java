package org.rollcall.ui.activity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.activity.ActivityViewModel.Tab;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Runs or events: search, filters and export above, the table with a card about the selected row below; above events the bar
/// with the state of their chain.
final class ActivityView extends VBox {
    private static final Duration KEYSTROKES = Duration.millis(150);
    private static final Duration SOON = Duration.millis(500);
    private static final double CARD = 244;
    private static final double ONE_ROW_FROM = 1020;

    private final WindowContext context;
    private final ActivityViewModel model;
    private final FileAsk files;
    private final SearchField search = new SearchField(Messages.get("activity.search"));
    private final StackPane chips = new StackPane();
    private final Region space = Labels.spacer();
    private final HBox toolbar = new HBox(12);
    private final Node events;
    private final Node runs;
    private final EventChips eventChips;
    private final RunChips runChips;
    private final ChainBar chain;

    ActivityView(WindowContext context, ActivityViewModel model, FileAsk files, LongConsumer openRun,
            Navigator navigator) {
        this.context = context;
        this.model = model;
        this.files = files;
        getStyleClass().addAll("page", "activity");
        eventChips = new EventChips(model.events(), model.reason(Permission.VIEW_DIRECTORY).isEmpty());
        runChips = new RunChips(model.runs());
        chain = new ChainBar(context, model, this::exportEvidence);
        events = sides(ActivityTables.events(context, model.events()), model.events().rows(),
                new EventCard(context, model, openRun, navigator));
        runs = sides(ActivityTables.runs(context, model.runs(), openRun), model.runs().rows(),
                new RunCard(context.clock(), model, openRun, navigator));
        buildToolbar();
        model.tabProperty().subscribe(this::show);
        widthProperty().subscribe(_ -> place());
    }

    /// The table with its four states, and the card beside it.
    private HBox sides(Region table, PagedRows<?> rows, Region card) {
        var state = new StatePane(context.motion(), table);
        state.setEmptyIcon(Icons.ACTIVITY);
        state.stateProperty().bind(rows.stateProperty());
        var box = Card.bare(state);
        HBox.setHgrow(box, Priority.ALWAYS);
        box.setMinWidth(0);
        card.setMinWidth(CARD);
        card.setPrefWidth(CARD);
        card.setMaxWidth(CARD);
        var sides = new HBox(16, box, card);
        VBox.setVgrow(sides, Priority.ALWAYS);
        sides.setMinHeight(0);
        return sides;
    }

    private void buildToolbar() {
        var tabs = new Segmented<>(Messages.get("activity.title"), List.of(Tab.RUNS, Tab.EVENTS),
                tab -> Messages.get(tab == Tab.RUNS ? "activity.tab.runs" : "activity.tab.events"));
        tabs.setId("activity.tabs");
        tabs.valueProperty().bindBidirectional(model.tabProperty());
        search.setId("activity.search");
        search.setMinWidth(260);
        search.setPrefWidth(260);
        var wait = new PauseTransition(KEYSTROKES);
        wait.setOnFinished(_ -> searched());
        search.textProperty().addListener(_ -> wait.playFromStart());
        Runnable follow = () -> {
            if (wait.getStatus() != Animation.Status.RUNNING && !text().equals(search.getText())) {
                search.setText(text());
                wait.stop();
            }
        };
        model.events().queryProperty().subscribe(_ -> follow.run());
        model.runs().queryProperty().subscribe(_ -> follow.run());
        model.tabProperty().subscribe(_ -> follow.run());
        HBox.setHgrow(chips, Priority.ALWAYS);
        chips.setMinWidth(0);
        // A row computes the height of its parts at their preferred width, so they have to get that width.
        chips.widthProperty().subscribe(width -> {
            eventChips.setPrefWrapLength(Math.max(280, width.doubleValue()));
            runChips.setPrefWrapLength(Math.max(280, width.doubleValue()));
        });
        toolbar.getStyleClass().add("activity-toolbar");
        toolbar.getChildren().addAll(tabs, search, space, busy(), export());
    }

    private String text() {
        return model.tabProperty().get() == Tab.RUNS
                ? model.runs().queryProperty().get().text()
                : model.events().queryProperty().get().text();
    }

    private void searched() {
        if (model.tabProperty().get() == Tab.RUNS) {
            var query = model.runs().queryProperty();
            query.set(query.get().withText(search.getText()));
        } else {
            var query = model.events().queryProperty();
            query.set(query.get().withText(search.getText()));
        }
    }

    /// Spins while rows are loading, after half a second.
    private Node busy() {
        var spinner = new BusySpinner(context.motion());
        spinner.setId("activity.busy");
        spinner.setAccessibleText(Messages.get("activity.looking"));
        spinner.setVisible(false);
        var wait = new PauseTransition(SOON);
        wait.setOnFinished(_ -> spinner.setVisible(true));
        var looking = model.runs().rows().busyProperty().or(model.events().rows().busyProperty());
        looking.subscribe(now -> {
            if (now) {
                wait.playFromStart();
            } else {
                wait.stop();
                spinner.setVisible(false);
            }
        });
        spinner.getProperties().put("looking", looking);
        return spinner;
    }

    private Node export() {
        var export = new MenuButton(Messages.get("activity.export"), Icons.of(Icons.EXPORT));
        export.setId("activity.export");
        export.setMinWidth(USE_PREF_SIZE);
        var csv = new MenuItem(Messages.get("activity.export.csv"));
        csv.setOnAction(_ -> export(false));
        var json = new MenuItem(Messages.get("activity.export.json"));
        json.setOnAction(_ -> export(true));
        export.getItems().addAll(csv, json);
        return new Disallowed(export, new ReadOnlyStringWrapper(model.reason(Permission.EXPORT)));
    }

    private void export(boolean json) {
        boolean ofRuns = model.tabProperty().get() == Tab.RUNS;
        var name = (ofRuns ? "runs" : "events") + (json ? ".json" : ".csv");
        files.save(Messages.get("activity.export.title"), name, file -> {
            if (ofRuns) {
                model.runs().export(file, json, count -> done("activity.exported.runs", count, file), this::failed);
            } else {
                model.events().export(file, json, count -> done("activity.exported.events", count, file),
                        this::failed);
            }
        });
    }

    private void exportEvidence() {
        files.save(Messages.get("activity.evidence"), "chain-evidence.json",
                file -> model.chain().exportEvidence(file, this::evidenceDone, this::failed));
    }

    private void evidenceDone(Path file) {
        context.toasts().show(Toast.done(Messages.get("activity.evidence.done", String.valueOf(file.getFileName()))));
    }

    private void done(String key, Long count, Path file) {
        context.toasts().show(Toast.done(Messages.get(key, count, String.valueOf(file.getFileName()))));
    }

    private void failed(RollcallException trouble) {
        context.toasts().show(Toast.failed(Messages.trouble(trouble)));
    }

    private void show(Tab tab) {
        chips.getChildren().setAll(tab == Tab.RUNS ? runChips : eventChips);
        place();
    }

    /// Chips are beside the search if they fit, else in a row of their own.
    private void place() {
        boolean oneRow = getWidth() == 0 || getWidth() >= ONE_ROW_FROM;
        var middle = oneRow ? chips : space;
        if (toolbar.getChildren().get(2) != middle) {
            toolbar.getChildren().set(2, middle);
        }
        var parts = new ArrayList<Node>();
        parts.add(toolbar);
        if (!oneRow) {
            parts.add(chips);
        }
        if (model.tabProperty().get() == Tab.EVENTS) {
            parts.add(chain);
            parts.add(events);
        } else {
            parts.add(runs);
        }
        if (!parts.equals(getChildren())) {
            getChildren().setAll(parts);
        }
    }

    void focusFilter() {
        search.requestFocus();
    }
}
