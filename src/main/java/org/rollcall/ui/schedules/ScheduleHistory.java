package org.rollcall.ui.schedules;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.sync.plan.Guards;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.TabsPane;
import org.rollcall.ui.common.WindowContext;

/// The open schedule: its last runs as bars and as a list, what it does, and how careful it is.
final class ScheduleHistory extends StackPane {
    private static final double BAR_HEIGHT = 64;

    private final WindowContext context;
    private final SchedulesViewModel model;
    private final LongConsumer showRun;
    private String tab = "history";

    ScheduleHistory(WindowContext context, SchedulesViewModel model, LongConsumer showRun) {
        this.context = context;
        this.model = model;
        this.showRun = showRun;
        model.openProperty().subscribe(_ -> rebuild());
        model.runs().addListener((javafx.beans.Observable _) -> rebuild());
        model.all().addListener((javafx.beans.Observable _) -> rebuild());
    }

    private void rebuild() {
        var view = model.opened();
        if (view == null) {
            getChildren().clear();
            return;
        }
        var tabs = new TabsPane(view.schedule().name())
                .add("history", Messages.get("schedules.tab.history"), this::history)
                .add("does", Messages.get("schedules.tab.does"), () -> facts(view, true, model.zone()))
                .add("policies", Messages.get("schedules.tab.policies"), () -> policies(view));
        tabs.setId("schedules.tabs");
        tabs.open(tab);
        tabs.openProperty().subscribe(now -> tab = now);
        tabs.getStyleClass().add("schedules-tabs");
        boolean active = view.schedule().state() == Schedule.State.ACTIVE;
        var run = Buttons.small(Messages.get("schedules.run"), () -> model.runNow(view));
        run.setId("schedules.runNow");
        run.setGraphic(Icons.of(Icons.RUN, Icons.SMALL));
        run.setDisable(view.running());
        var pause = Buttons.small(Messages.get(active ? "schedules.pause" : "schedules.resume"),
                () -> {
                    if (active) {
                        model.pause(view);
                    } else {
                        model.resume(view);
                    }
                });
        pause.setId("schedules.pauseResume");
        pause.setGraphic(Icons.of(active ? Icons.PAUSE : Icons.RUN, Icons.SMALL));
        var edit = Buttons.small(Messages.get("schedules.edit"), () -> ScheduleDialog.open(context, model, view));
        edit.setId("schedules.edit");
        edit.setGraphic(Icons.of(Icons.EDIT, Icons.SMALL));
        var runReason = model.reasonNotToRun(view);
        var card = Card.headed(view.schedule().name(), tabs,
                runReason.isEmpty() ? run : new Disallowed(run, new ReadOnlyStringWrapper(runReason)),
                new Disallowed(pause, new ReadOnlyStringWrapper(model.reason(Permission.MANAGE_SCHEDULES))),
                new Disallowed(edit, new ReadOnlyStringWrapper(model.reason(Permission.MANAGE_SCHEDULES))));
        getChildren().setAll(card);
    }

    private Node policies(ScheduleView view) {
        var change = Buttons.small(Messages.get("schedules.limits.change"),
                () -> LimitsDialog.open(context, model, view));
        change.setId("schedules.limits");
        change.setGraphic(Icons.of(Icons.EDIT, Icons.SMALL));
        String reason = view.running() ? Messages.get("schedules.limits.running") : model.reason(Permission.IMPORT);
        var box = (VBox) facts(view, false, model.zone());
        box.getChildren().add(new HBox(new Disallowed(change, new ReadOnlyStringWrapper(reason))));
        return box;
    }

    private Node history() {
        var runs = model.runs();
        if (runs.isEmpty()) {
            return Labels.wrapped(Messages.get("schedules.never.sentence"), "muted");
        }
        var table = new WholeRows(table(runs));
        VBox.setVgrow(table, Priority.ALWAYS);
        var box = new VBox(8, Labels.caption(Messages.get("schedules.bars", runs.size())), bars(runs), table);
        box.getStyleClass().add("schedules-history");
        return box;
    }

    private Node bars(List<Run> runs) {
        long most = Math.max(1, runs.stream().mapToLong(ScheduleWords::changes).max().orElse(1));
        var row = new HBox(6);
        row.setAlignment(Pos.BOTTOM_LEFT);
        row.getStyleClass().add("schedules-bars");
        row.setAccessibleText(Messages.get("schedules.bars", runs.size()));
        for (int i = runs.size() - 1; i >= 0; i--) {
            var run = runs.get(i);
            var bar = new Region();
            double height = Math.max(2, BAR_HEIGHT * ScheduleWords.changes(run) / most);
            bar.setMinSize(4, height);
            bar.setPrefSize(14, height);
            bar.setMaxSize(14, height);
            bar.getStyleClass().add("schedules-bar");
            if (ScheduleWords.failed(run)) {
                bar.getStyleClass().add("failed");
            } else if (i == 0) {
                bar.getStyleClass().add("newest");
            }
            Tooltip.install(bar, new Tooltip(Messages.get("schedules.last",
                    Moments.of(run.startedAt(), context.clock()), ScheduleWords.result(run))));
            row.getChildren().add(bar);
        }
        return row;
    }

    private TableView<Run> table(List<Run> runs) {
        var table = new TableView<Run>();
        table.setId("schedules.runs");
        Columns.dress(table, Messages.get("schedules.tab.history"));
        table.getStyleClass().addAll("compact", "no-open");
        table.getItems().setAll(runs);
        table.getColumns().add(Columns.text("run", Messages.get("schedules.run.column.run"), 70,
                run -> String.valueOf(run.id())));
        table.getColumns().add(Columns.<Run>graphic("state", Messages.get("schedules.column.state"), 190,
                run -> new StatusLabel(Look.of(run.state())), Comparator.comparing(Run::state)));
        table.getColumns().add(Columns.text("started", Messages.get("schedules.run.column.started"), 130,
                run -> Moments.of(run.startedAt(), context.clock())));
        table.getColumns().add(Columns.text("took", Messages.get("schedules.run.column.took"), 140,
                ScheduleWords::took));
        table.getColumns().add(Columns.number("changes", Messages.get("schedules.run.column.changes"), 90,
                run -> Formats.number(ScheduleWords.changes(run))));
        table.getColumns().add(Columns.number("requests", Messages.get("schedules.run.column.requests"), 90,
                run -> Formats.number(run.requests())));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setRowFactory(_ -> {
            var row = new TableRow<Run>();
            row.setOnMouseClicked(_ -> {
                if (!row.isEmpty()) {
                    showRun.accept(row.getItem().id());
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            var chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                showRun.accept(chosen.id());
            }
        });
        return table;
    }

    private static Node facts(ScheduleView view, boolean does, ZoneId zone) {
        var config = view.profile().config();
        var box = new VBox(8);
        box.getStyleClass().add("schedules-history");
        if (does) {
            box.getChildren().addAll(fact("schedules.fact.tenant", view.tenant().name()),
                    fact("schedules.fact.scope", ScheduleWords.scope(config)),
                    fact("schedules.fact.username", config.mapping().username().graphName()),
                    fact("schedules.column.every", view.schedule().timing().at() == null
                            ? Moments.length(view.schedule().every())
                            : Messages.get("schedules.every.at", Moments.length(view.schedule().every()),
                                    ScheduleWords.at(view.schedule()), zone.getId())),
                    fact("schedules.fact.by", view.schedule().createdBy()));
            String reason = view.schedule().stateReason() == null
                    ? null
                    : Messages.recalled(view.schedule().stateReason());
            if (reason != null) {
                box.getChildren().add(fact("schedules.column.state", reason));
            }
        } else {
            box.getChildren().addAll(
                    fact("schedules.fact.removals", Messages.get("schedules.fact.removals.words",
                            config.policies().maxRemovalPercent(), config.policies().minRemovals())),
                    fact("schedules.fact.lostRoles", Messages.get("schedules.fact.lostRoles.words",
                            Guards.lostRolePercent(config.policies()), Guards.leastLostRoles(config.policies()))),
                    fact("schedules.fact.administrators", Messages.get("schedules.fact.administrators.words",
                            Guards.mostAdministrators(config.policies()))),
                    fact("schedules.fact.missed", ScheduleWords.missed(view.schedule().timing().missed())),
                    fact("schedules.fact.same", Messages.get("schedules.fact.same.words")));
        }
        return box;
    }

    private static Node fact(String key, String value) {
        var name = Labels.muted(Messages.get(key));
        name.setMinWidth(160);
        var text = Labels.wrapped(value);
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(16, name, text);
    }
}
