package org.rollcall.ui.schedules;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.FilterChip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// One run: what it changed, what it saw, what its guards said, and every change with its reason.
final class RunView extends StackPane {
    private static final Set<ChangeKind> PEOPLE = EnumSet.of(ChangeKind.CREATE, ChangeKind.UPDATE, ChangeKind.RENAME,
            ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE, ChangeKind.REMOVE);
    private static final Set<ChangeKind> GROUPS = EnumSet.of(ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE,
            ChangeKind.GROUP_REMOVE);
    private static final Set<ChangeKind> MEMBERS = EnumSet.of(ChangeKind.MEMBER_ADD, ChangeKind.MEMBER_REMOVE);
    private static final Set<ChangeKind> ROLES = EnumSet.of(ChangeKind.ROLE_GRANT, ChangeKind.ROLE_CHANGE);

    private final WindowContext context;
    private final RunViewModel model;
    private final FileAsk files;
    private final Back back;
    private final RunActions actions;
    private final HBox buttons = new HBox(8);
    private final VBox top = new VBox(16);

    /// Where the page leads back to.
    record Back(String title, Runnable go) {}

    /// @param openRun shows the page of another run
    RunView(WindowContext context, RunViewModel model, FileAsk files, Back back, LongConsumer openRun) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.back = back;
        this.actions = new RunActions(context, model.deeds(), model::reload, openRun);
        var table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        var more = Buttons.link(Messages.get("schedules.run.more"), model::readMore);
        more.setId("run.more");
        more.visibleProperty().bind(model.moreProperty());
        more.managedProperty().bind(more.visibleProperty());
        var page = new VBox(16, top, table, more);
        page.getStyleClass().add("page");
        var state = new StatePane(context.motion(), page);
        state.stateProperty().bind(model.stateProperty());
        getChildren().add(state);
        model.runProperty().subscribe(this::show);
        model.deeds().standingProperty().subscribe(this::act);
    }

    /// Whatever can be done about the run that shows is known a moment after the run itself.
    private void act(RunDeeds.@Nullable Standing standing) {
        if (standing != null && standing.run().equals(model.runProperty().get())) {
            show(standing.run());
            actions.place(buttons, standing);
            actions.placeAbove(top, standing);
        }
    }

    private void show(@Nullable Run run) {
        if (run == null) {
            return;
        }
        var cards = new HBox(16, RunCards.changed(run), RunCards.evidence(run), RunCards.guards(run));
        top.getChildren().setAll(head(run), cards);
        if (run.error() != null) {
            top.getChildren().add(1, Banner.failure(run.error().toException()));
        }
        top.getChildren().add(filters(run));
    }

    private Node head(Run run) {
        var path = new HBox(6, small(Buttons.link(back.title(), back.go())),
                Icons.of(Icons.NEXT, Icons.IN_CHIP, Tone.MUTED),
                Labels.caption(Messages.get("schedules.run.title", String.valueOf(run.id()))));
        path.setAlignment(Pos.CENTER_LEFT);
        var look = Look.of(run.state());
        var title = new HBox(12,
                Labels.heading(Messages.get("schedules.run.title", String.valueOf(run.id())), "title-3"),
                Chip.of(look.word(), chipTone(run.state()), look.icon()));
        title.setAlignment(Pos.CENTER_LEFT);
        title.getChildren().getFirst().setId("run.title");
        var when = Labels.wrapped(Messages.get("schedules.run.when", run.tenantName(), ScheduleWords.trigger(run),
                Moments.exact(run.startedAt(), context.clock()), ScheduleWords.took(run)), "muted");
        var words = new VBox(2, path, title, when);
        HBox.setHgrow(words, Priority.ALWAYS);
        var export = Buttons.plain(Messages.get("schedules.run.export"), Icons.EXPORT, this::export);
        export.setId("run.export");
        export.setDisable(!model.mayExport());
        buttons.getChildren().setAll(export);
        buttons.setMinWidth(USE_PREF_SIZE);
        var row = new HBox(8, words, buttons);
        row.setAlignment(Pos.BOTTOM_LEFT);
        return row;
    }

    private static Node small(javafx.scene.control.Hyperlink link) {
        link.getStyleClass().add("caption");
        link.setId("run.back");
        return link;
    }

    private static Tone chipTone(RunState state) {
        return switch (state) {
            case SUCCEEDED -> Tone.SUCCESS;
            case FAILED, STOPPED -> Tone.DANGER;
            case INTERRUPTED -> Tone.WARNING;
            case RUNNING -> Tone.ACCENT;
            case CANCELLED, PLANNED -> Tone.DEFAULT;
        };
    }

    private void export() {
        files.save(Messages.get("schedules.run.export"), "run-" + model.id() + ".csv",
                file -> model.export(file,
                        count -> context.toasts().show(Toast.done(Messages.get("schedules.run.exported", count,
                                String.valueOf(file.getFileName())))),
                        trouble -> context.toasts().show(Toast.failed(
                                Messages.trouble(trouble)))));
    }

    private Node filters(Run run) {
        var group = new ToggleGroup();
        var chips = new FlowPane(8, 8);
        chips.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(chips, Priority.ALWAYS);
        chip(chips, group, "schedules.run.filter.all", EnumSet.allOf(ChangeKind.class), run, true);
        chip(chips, group, "schedules.run.filter.people", PEOPLE, run, false);
        chip(chips, group, "schedules.run.filter.groups", GROUPS, run, false);
        chip(chips, group, "schedules.run.filter.members", MEMBERS, run, false);
        chip(chips, group, "schedules.run.filter.roles", ROLES, run, false);
        chip(chips, group, run.kind() == RunKind.UNDO
                ? "schedules.run.filter.stays"
                : "schedules.run.filter.conflicts", EnumSet.of(ChangeKind.CONFLICT), run, false);
        chip(chips, group, "schedules.run.filter.skipped", EnumSet.of(ChangeKind.SKIP), run, false);
        var search = new SearchField(Messages.get("schedules.run.search"));
        search.setId("run.search");
        search.setMinWidth(200);
        var wait = new PauseTransition(Duration.millis(150));
        wait.setOnFinished(_ -> model.filterProperty()
                .set(new ChangeFilter(model.filterProperty().get().kinds(), search.getText())));
        search.textProperty().addListener(_ -> wait.playFromStart());
        var row = new HBox(16, chips, search);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void chip(FlowPane chips, ToggleGroup group, String key, Set<ChangeKind> kinds, Run run, boolean all) {
        long count = kinds.stream().mapToLong(run::count).sum();
        if (count == 0 && !all && !model.filterProperty().get().kinds().equals(kinds)) {
            return;
        }
        ToggleButton chip = FilterChip.toggle(Messages.get(key), count);
        chip.setId(key);
        chip.setToggleGroup(group);
        var chosen = model.filterProperty().get().kinds();
        chip.setSelected(all ? chosen.isEmpty() : chosen.equals(kinds));
        chip.setOnAction(_ -> {
            chip.setSelected(true);
            model.filterProperty()
                    .set(new ChangeFilter(all ? RunViewModel.none() : kinds, model.filterProperty().get().text()));
        });
        chips.getChildren().add(chip);
    }

    private Region table() {
        var table = new TableView<ChangeRow>();
        table.setId("run.changes");
        Columns.dress(table, Messages.get("schedules.run.changed"));
        table.getStyleClass().add("no-open");
        table.setItems(model.changes());
        table.setPlaceholder(Labels.muted(Messages.get("schedules.run.noMatch")));
        table.getColumns().setAll(List.of(
                Columns.<ChangeRow>graphic("change", Messages.get("schedules.run.column.change"), 150,
                        row -> new StatusLabel(RunCards.look(model.runProperty().get(), row.kind())),
                        Comparator.comparing(ChangeRow::kind)),
                Columns.text("who", Messages.get("schedules.run.column.who"), 220, ChangeRow::who),
                Columns.<ChangeRow>graphic("values", Messages.get("schedules.run.column.values"), 320, RunView::values,
                        Comparator.comparing(ChangeRow::after)),
                Columns.text("because", Messages.get("schedules.run.column.because"), 260, ChangeRow::because)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        Columns.alignToHead(table);
        table.setMinHeight(160);
        var card = Card.bare(table);
        card.setMaxHeight(Double.MAX_VALUE);
        return card;
    }

    private static Node values(ChangeRow row) {
        var box = new HBox(8);
        box.setAlignment(Pos.CENTER_LEFT);
        if (!row.before().isEmpty()) {
            box.getChildren().add(Labels.muted(row.before()));
        }
        if (!row.before().isEmpty() && !row.after().isEmpty()) {
            box.getChildren().add(Icons.of(Icons.TO, Icons.SMALL, Tone.MUTED));
        }
        box.getChildren().add(Labels.of(row.after()));
        box.setMinWidth(0);
        box.setAccessibleText(row.before().isEmpty() || row.after().isEmpty()
                ? row.before() + row.after()
                : Messages.get("schedules.run.fromTo", row.before(), row.after()));
        return box;
    }
}
