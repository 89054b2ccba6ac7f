package org.rollcall.ui.schedules;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.ChoiceChip;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The tenants at the left; the schedules with what they do next, and the open one's history below.
final class SchedulesView extends StackPane {
    private static final double TENANTS_FROM = 980;
    private static final double ROW = 52;

    private final WindowContext context;
    private final SchedulesViewModel model;
    private final LongConsumer showRun;
    private final ObservableList<ScheduleView> shown = FXCollections.observableArrayList();
    private final ReadOnlyLongWrapper tenant = new ReadOnlyLongWrapper();
    private final TableView<ScheduleView> table = new TableView<>();
    private final VBox banners = new VBox(16);
    private final ScheduleHistory history;
    private boolean choosing;

    SchedulesView(WindowContext context, SchedulesViewModel model, LongConsumer showRun) {
        this.context = context;
        this.model = model;
        this.showRun = showRun;
        this.history = new ScheduleHistory(context, model, showRun);
        getStyleClass().add("schedules");
        buildTable();
        var add = Buttons.small(Messages.get("schedules.new"), model::newSchedule);
        add.setGraphic(Icons.of(Icons.ADD, Icons.SMALL));
        add.setId("schedules.new");
        var chip = tenantChip();
        var card = Card.headed(Messages.get("schedules.all"), table, chip,
                new Disallowed(add, new ReadOnlyStringWrapper(model.reason(Permission.IMPORT))));
        var note = Labels.wrapped("", "caption", "muted");
        model.runnerProperty().subscribe(now -> note.setText(ScheduleWords.runnerSentence(now)));
        var page = new VBox(16, banners, card, history, note);
        page.getStyleClass().add("page");
        VBox.setVgrow(history, Priority.ALWAYS);
        var scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "schedules-scroll");
        var state = new StatePane(context.motion(), scroll);
        state.setEmptyIcon(Icons.SCHEDULE);
        state.stateProperty().bind(model.stateProperty());
        HBox.setHgrow(state, Priority.ALWAYS);
        var tenants = new TenantColumn(context, model, tenant);
        tenant.addListener((_, _, _) -> refresh());
        var sides = new HBox(tenants, state);
        Runnable place = () -> {
            boolean room = getWidth() >= TENANTS_FROM;
            boolean any = !model.tenants().isEmpty();
            tenants.setVisible(room && any);
            tenants.setManaged(room && any);
            List.of(chip, note).forEach(part -> {
                part.setVisible(!room);
                part.setManaged(!room);
            });
        };
        widthProperty().subscribe(_ -> place.run());
        model.tenants().subscribe(place);
        getChildren().add(sides);
        model.all().addListener((javafx.beans.Observable _) -> refresh());
        model.openProperty().subscribe(_ -> choose());
        refresh();
    }

    /// In place of the column of tenants where there is no room for it.
    private ChoiceChip<Long> tenantChip() {
        var chip = new ChoiceChip<Long>(Messages.get("schedules.tenants"), Messages.get("schedules.tenants.all"),
                List.of(), id -> model.all().stream().map(ScheduleView::tenant).filter(each -> each.id() == id)
                        .findFirst().map(Tenant::name).orElse(""));
        chip.setId("schedules.tenant");
        model.all().subscribe(() -> chip
                .offer(model.all().stream().map(view -> view.tenant().id()).distinct().toList()));
        chip.valueProperty().addListener((_, _, id) -> tenant.set(id == null ? 0 : id));
        tenant.addListener((_, _, id) -> chip.valueProperty().set(id.longValue() == 0 ? null : id.longValue()));
        return chip;
    }

    private void buildTable() {
        table.setId("schedules.table");
        Columns.dress(table, Messages.get("schedules.title"));
        table.getStyleClass().add("tall");
        table.setItems(shown);
        table.getColumns().add(Columns.<ScheduleView>graphic("name", Messages.get("schedules.column.name"), 180,
                view -> two(view.schedule().name(), ScheduleWords.scope(view.profile().config())),
                java.util.Comparator.comparing(view -> view.schedule().name())));
        table.getColumns().add(Columns.<ScheduleView>graphic("every", Messages.get("schedules.column.every"), 84,
                view -> ScheduleWords.at(view.schedule()).isEmpty()
                        ? Labels.of(Moments.length(view.schedule().every()))
                        : two(Moments.length(view.schedule().every()), ScheduleWords.at(view.schedule()), ""),
                java.util.Comparator.comparing(view -> view.schedule().every())));
        table.getColumns().add(Columns.<ScheduleView>graphic("last", Messages.get("schedules.column.last"), 196,
                this::last, java.util.Comparator.comparing(view -> view.lastRun().map(Run::id).orElse(0L))));
        table.getColumns().add(Columns.text("next", Messages.get("schedules.column.next"), 112,
                view -> ScheduleWords.next(view, context.clock())));
        table.getColumns().add(Columns.<ScheduleView>graphic("state", Messages.get("schedules.column.state"), 116,
                SchedulesView::state,
                java.util.Comparator.comparing(view -> view.schedule().state())));
        var actions = Columns.<ScheduleView>graphic("actions", "", 92, this::actions,
                java.util.Comparator.comparing(view -> view.schedule().id()));
        actions.setSortable(false);
        actions.setMinWidth(92);
        actions.setMaxWidth(92);
        table.getColumns().add(actions);
        Columns.alignToHead(table);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getSelectionModel().selectedItemProperty().subscribe(view -> {
            if (view != null && !choosing) {
                model.openProperty().set(view.schedule().id());
            }
        });
        size();
    }

    private static Node state(ScheduleView view) {
        var label = new StatusLabel(ScheduleWords.look(view));
        String reason = view.schedule().stateReason() == null
                ? null
                : Messages.recalled(view.schedule().stateReason());
        if (reason != null) {
            label.setTooltip(Labels.tip(reason));
            label.setAccessibleHelp(reason);
        }
        return label;
    }

    private static Node two(String first, String second) {
        return two(first, second, "medium");
    }

    private static Node two(String first, String second, String look) {
        var name = look.isEmpty() ? Labels.of(first) : Labels.of(first, look);
        name.setTooltip(Labels.tip(first));
        var caption = Labels.caption(second);
        caption.setTooltip(Labels.tip(second));
        var box = new VBox(name, caption);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        box.setMinWidth(0);
        return box;
    }

    private Node last(ScheduleView view) {
        return view.lastRun().map(this::last).orElseGet(() -> Labels.muted(Messages.get("schedules.never")));
    }

    private Node last(Run run) {
        var look = Look.of(run.state());
        var result = new Label(DisplayText.text(ScheduleWords.result(run)),
                Icons.of(look.icon(), Icons.SMALL, look.tone()));
        result.getStyleClass().add("caption");
        var box = new VBox(Labels.of(Moments.of(run.startedAt(), context.clock())), result);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        box.setMinWidth(0);
        javafx.scene.control.Tooltip.install(box, new javafx.scene.control.Tooltip(
                Messages.get("schedules.last.second", ScheduleWords.took(run), run.requests())));
        return box;
    }

    private Node actions(ScheduleView view) {
        Node first;
        if (view.running()) {
            var cancel = IconButton.flat(Icons.CLOSE, Messages.get("schedules.cancel", view.schedule().name()),
                    () -> model.cancel(view)).small();
            cancel.setDisable(!model.canCancel(view));
            first = cancel;
        } else {
            var run = IconButton.flat(Icons.RUN, Messages.get("schedules.run.of", view.schedule().name()),
                    () -> model.runNow(view)).small();
            run.setId("schedules.run." + view.schedule().id());
            first = new Disallowed(run, new ReadOnlyStringWrapper(model.reasonNotToRun(view)));
        }
        var more = new MenuButton("", Icons.of(Icons.MORE));
        more.setId("schedules.more." + view.schedule().id());
        more.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        more.setAccessibleText(Messages.get("schedules.more", view.schedule().name()));
        boolean manage = model.reason(Permission.MANAGE_SCHEDULES).isEmpty();
        boolean active = view.schedule().state() == Schedule.State.ACTIVE;
        more.getItems().setAll(
                item("schedules.run", model.reasonNotToRun(view).isEmpty() && !view.running(),
                        () -> model.runNow(view)),
                item("schedules.everything", model.reasonNotToRun(view).isEmpty() && !view.running(),
                        () -> model.runEverything(view)),
                active
                        ? item("schedules.pause", manage, () -> model.pause(view))
                        : item("schedules.resume", manage, () -> model.resume(view)),
                item("schedules.edit", manage, () -> ScheduleDialog.open(context, model, view)),
                item("schedules.delete", manage, () -> askDelete(view)));
        var row = new HBox(4, first, more);
        row.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        return row;
    }

    private static MenuItem item(String key, boolean allowed, Runnable action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!allowed);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void askDelete(ScheduleView view) {
        context.dialogs().confirmDanger(Messages.get("schedules.delete.title", view.schedule().name()),
                Messages.get("schedules.delete.sentence"), Messages.get("schedules.delete.do"),
                () -> model.remove(view));
    }

    private void refresh() {
        banners.getChildren().setAll(model.all().stream().filter(view -> !view.running()).flatMap(
                view -> view.schedule().state() == Schedule.State.QUARANTINED
                        ? Stream.of(quarantined(view))
                        : view.lastRun().filter(ScheduleWords::failed).map(run -> failed(view, run)).stream())
                .toList());
        banners.setManaged(!banners.getChildren().isEmpty());
        choosing = true;
        shown.setAll(
                model.all().stream().filter(view -> tenant.get() == 0 || view.tenant().id() == tenant.get()).toList());
        size();
        choose();
    }

    private Node quarantined(ScheduleView view) {
        Schedule schedule = view.schedule();
        String reason = Messages.recalled(Objects.requireNonNullElse(schedule.stateReason(), ""));
        var look = Buttons.plain(Messages.get("schedules.quarantined.look"), Icons.LOOK, () -> {
            Long run = schedule.stoppedRunId();
            view.lastRun().map(Run::id).filter(_ -> run == null).or(() -> Optional.ofNullable(run))
                    .ifPresent(showRun::accept);
        });
        look.getStyleClass().add(Styles.ACCENT);
        var goOn = Buttons.plain(Messages.get("schedules.quarantined.resume"), Icons.RUN, () -> model.resume(view));
        goOn.setId("schedules.goOn." + schedule.id());
        return new Banner(Tone.DANGER, Icons.STOPPED, Messages.get("schedules.ran.stopped", schedule.name()),
                Messages.get("schedules.quarantined.sentence", reason), look, new Disallowed(goOn,
                        new ReadOnlyStringWrapper(model.reason(Permission.MANAGE_SCHEDULES))));
    }

    private Node failed(ScheduleView view, Run run) {
        var error = run.error();
        var sentence = error == null
                ? Messages.get("schedules.stopped.sentence")
                : Messages.trouble(error.toException());
        var next = view.schedule().nextRunAt();
        if (view.schedule().backsOff() && next != null) {
            sentence = sentence + " " + Messages.get("schedules.backsOff", view.schedule().failures(),
                    Moments.within(next, context.clock()));
        }
        var look = Buttons.plain(Messages.get("schedules.look"), Icons.LOOK, () -> showRun.accept(run.id()));
        look.getStyleClass().add(Styles.ACCENT);
        return new Banner(Tone.DANGER, Icons.STOPPED,
                ScheduleWords.ended(view.schedule().name(), run), sentence, look);
    }

    /// As high as its rows, up to eight; more of them scroll.
    private void size() {
        double height = 36 + ROW * Math.clamp(shown.size(), 1, 8);
        table.setMinHeight(height);
        table.setPrefHeight(height);
        table.setMaxHeight(height);
    }

    private void choose() {
        choosing = true;
        var open = model.opened();
        if (open == null) {
            table.getSelectionModel().clearSelection();
        } else {
            table.getSelectionModel().select(open);
        }
        choosing = false;
    }
}
