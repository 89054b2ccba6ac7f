package org.rollcall.ui.groups;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.AsOfDialog;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.CsvFile;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The open group: what it is, what it is in, which rules use it, and who is in it.
final class GroupPane extends VBox {
    private static final double CARDS_BESIDE = 560;
    private static final double PARENTS = 208;
    /// "Administrator" with its icon.
    private static final double ROLE = 128;
    private static final double STATUS = 104;

    private final WindowContext context;
    private final GroupsViewModel model;
    private final FileAsk files;
    private final Navigator navigator;
    private final VBox top = new VBox(16);
    private final SearchField search = new SearchField(Messages.get("groups.members.find"));

    GroupPane(WindowContext context, GroupsViewModel model, FileAsk files, Navigator navigator) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.navigator = navigator;
        getStyleClass().addAll("page", "group-pane");
        search.setId("groups.members.search");
        search.setMinWidth(140);
        search.setPrefWidth(196);
        search.setMaxWidth(196);
        var wait = new PauseTransition(Duration.millis(150));
        wait.setOnFinished(_ -> model.memberSearchProperty().set(search.getText()));
        search.textProperty().addListener(_ -> wait.playFromStart());
        model.memberSearchProperty().subscribe(words -> {
            if (words.isEmpty() && !search.getText().isEmpty()) {
                search.clear();
            }
        });
        var state = new StatePane(context.motion(), table());
        state.setEmptyIcon(Icons.GROUP);
        state.stateProperty().bind(model.memberStateProperty());
        var card = Card.bare(state);
        VBox.setVgrow(card, Priority.ALWAYS);
        var more = Buttons.link(Messages.get("groups.members.more"), model::readMore);
        more.visibleProperty().bind(model.moreProperty());
        more.managedProperty().bind(more.visibleProperty());
        getChildren().addAll(top, card, more);
        model.detailProperty().subscribe(this::show);
        // What is told of a group may be the same then and now.
        model.asOfProperty().addListener(_ -> show(model.detailProperty().get()));
    }

    private void show(@Nullable GroupDetail detail) {
        if (detail == null) {
            return;
        }
        var cards = new StackPane();
        var parents = parents(detail);
        var rules = rules(detail);
        widthProperty().subscribe(width -> {
            HBox.setHgrow(parents, Priority.ALWAYS);
            HBox.setHgrow(rules, Priority.ALWAYS);
            // What a row asks for its height has to be at the width it gets.
            double half = Math.max(240, (width.doubleValue() - 60) / 2);
            parents.setPrefWidth(half);
            rules.setPrefWidth(half);
            cards.getChildren().setAll(width.doubleValue() - 48 >= CARDS_BESIDE || width.doubleValue() == 0
                    ? new HBox(12, parents, rules)
                    : new VBox(12, parents, rules));
        });
        top.getChildren().setAll(head(detail), cards, choice(detail));
        var moment = model.asOfProperty().get();
        if (moment != null) {
            top.getChildren().add(2, then(moment));
        }
    }

    private Node then(Instant moment) {
        var back = Buttons.small(Messages.get("common.asOf.back"), () -> model.asOfProperty().set(null));
        back.setId("groups.asOf.back");
        var place = new StackPane();
        model.untoldProperty().subscribe(untold -> {
            var sentences = new ArrayList<>(List.of(Messages.get("groups.asOf.sentence")));
            untold.forEach(each -> sentences.add(Messages.capital(Messages.recalled(each)) + "."));
            var banner = new Banner(untold.isEmpty() ? Tone.ACCENT : Tone.WARNING, Icons.CLOCK,
                    Messages.get("groups.asOf.banner", Moments.exact(moment, context.clock())),
                    String.join(" ", sentences), back);
            banner.setId("groups.asOf.shown");
            place.getChildren().setAll(banner);
        });
        return place;
    }

    private Node head(GroupDetail detail) {
        var group = detail.group();
        var tile = new StackPane(Icons.of(GroupWords.icon(group), Icons.IN_TILE, Tone.ACCENT));
        tile.getStyleClass().add("tile-icon");
        var name = Labels.of(DisplayText.of(group.shownName()), "title-3");
        name.setId("groups.name");
        name.setTooltip(Labels.tip(DisplayText.of(group.shownName())));
        var words = new VBox(name, Labels.wrapped(GroupWords.second(group), "muted"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var export = new IconButton(Icons.EXPORT, Messages.get("groups.export"), () -> export(group));
        export.setId("groups.export");
        var past = new IconButton(Icons.CLOCK, Messages.get("groups.asOf"), () -> AsOfDialog.open(context,
                Messages.get("groups.asOf.title"), moment -> model.services().past().check(model.actor(), moment),
                model.asOfProperty()::set));
        past.setId("groups.asOf");
        var add = Buttons.plain(Messages.get("groups.rule.add"), Icons.ADD,
                () -> AddRuleDialog.open(context, model, detail));
        add.setId("groups.rule.add");
        add.getStyleClass().add(Styles.ACCENT);
        var actor = model.actor();
        var reason = detail.profiles().isEmpty()
                ? Messages.get("groups.rule.noImport")
                : Disallowed.reason(actor.may(Permission.MANAGE_ROLES), Permission.MANAGE_ROLES.words());
        var row = new HBox(12, tile, words, past,
                new Disallowed(export, new ReadOnlyStringWrapper(
                        Disallowed.reason(actor.may(Permission.EXPORT), Permission.EXPORT.words()))),
                new Disallowed(add, new ReadOnlyStringWrapper(reason)));
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private Region parents(GroupDetail detail) {
        var chips = new FlowPane(6, 6);
        chips.setPrefWrapLength(PARENTS);
        for (var parent : detail.parents()) {
            var chip = parent.cycle()
                    ? Chip.of(parent.group().shownName(), Tone.WARNING, Icons.CYCLE)
                    : Chip.of(parent.group().shownName(), Tone.DEFAULT, GroupWords.icon(parent.group()));
            chip.setMinWidth(0);
            chip.setMaxWidth(240);
            var button = Buttons.link("", () -> model.open(parent.group()));
            button.setGraphic(chip);
            button.setMinWidth(0);
            button.setAccessibleText(Messages.get("groups.open", parent.group().shownName()));
            chips.getChildren().add(button);
        }
        var card = Card.of(Labels.caption(Messages.get("groups.parents")));
        var inside = (VBox) card.getChildren().getFirst();
        inside.setSpacing(6);
        inside.getChildren()
                .add(chips.getChildren().isEmpty() ? Labels.of(Messages.get("groups.parents.none")) : chips);
        detail.parents().stream().filter(GroupDetail.Parent::cycle).findFirst()
                .ifPresent(parent -> inside.getChildren().add(Labels.wrapped(Messages.get("groups.parents.cycle",
                        parent.group().shownName(), detail.group().shownName()), "caption", "muted")));
        // A row asks its parts for their height at the width they would like, so that has to be the one they get.
        inside.widthProperty().subscribe(width -> chips.setPrefWrapLength(Math.max(PARENTS, width.doubleValue() - 32)));
        card.setPrefWidth(240);
        card.setMinWidth(0);
        return card;
    }

    private static Region rules(GroupDetail detail) {
        var card = Card.of(Labels.caption(Messages.get("groups.rules")));
        var inside = (VBox) card.getChildren().getFirst();
        inside.setSpacing(6);
        if (detail.rules().isEmpty()) {
            inside.getChildren().add(Labels.of(Messages.get("groups.rules.none")));
        }
        for (var use : detail.rules()) {
            var id = use.rule().group().id();
            var key = id.equals(detail.group().objectId())
                    ? "groups.rules.decides"
                    : detail.below().contains(id) ? "groups.rules.below" : "groups.rules.above";
            var words = Labels.of(Messages.get("groups.rules.gives", use.rule().group().name(), use.role()));
            words.setMinWidth(0);
            var row = new HBox(6, Chip.of(Messages.get("groups.rules.number", use.rule().position() + 1), Tone.DEFAULT,
                    Look.of(org.rollcall.domain.RoleSource.RULE).icon()), words);
            row.setAlignment(Pos.CENTER_LEFT);
            inside.getChildren().addAll(row, Labels.wrapped(
                    Messages.get(key, use.decides()), "caption",
                    "muted"));
        }
        card.setPrefWidth(240);
        card.setMinWidth(0);
        return card;
    }

    private Node choice(GroupDetail detail) {
        var segments = new Segmented<>(Messages.get("groups.members"), List.of(GroupsViewModel.Shown.values()),
                shown -> switch (shown) {
                    case EVERYONE -> Messages.get("groups.members.everyone", detail.everyone());
                    case DIRECT -> Messages.get("groups.members.direct", detail.direct());
                    case GROUPS -> Messages.get("groups.members.groups", detail.groups());
                });
        segments.setId("groups.shown");
        segments.setValue(model.shownProperty().get());
        segments.valueProperty().addListener((_, _, now) -> model.shownProperty().set(now));
        var row = new HBox(12, segments, Labels.spacer(), search);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Region table() {
        var table = new TableView<MemberLine>();
        table.setId("groups.members");
        Columns.dress(table, Messages.get("groups.members"));
        table.getStyleClass().add("no-open");
        table.setItems(model.members());
        table.getColumns().setAll(List.of(
                Columns.<MemberLine>graphic("name", Messages.get("groups.members.name"), 220, GroupPane::name,
                        java.util.Comparator.comparing(MemberLine::name)),
                Columns.text("through", Messages.get("groups.members.through"), 200, MemberLine::through),
                Columns.<MemberLine>graphic("role", Messages.get("groups.members.role"), ROLE, GroupPane::role,
                        java.util.Comparator.comparing(line -> line.person() == null ? "" : line.person().role())),
                Columns.<MemberLine>graphic("status", Messages.get("groups.members.status"), STATUS, GroupPane::status,
                        java.util.Comparator.comparing(MemberLine::name))));
        // Names and paths get the room that is left.
        hold(table.getColumns().get(2), ROLE);
        hold(table.getColumns().get(3), STATUS);
        Columns.alignToHead(table);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                open(table.getSelectionModel().getSelectedItem());
            }
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
                open(table.getSelectionModel().getSelectedItem());
            }
        });
        return table;
    }

    private static void hold(TableColumn<?, ?> column, double width) {
        column.setMinWidth(width);
        column.setMaxWidth(width);
    }

    private void open(@Nullable MemberLine line) {
        if (line != null && line.person() != null) {
            navigator.open("users", Map.of("user", Long.toString(line.person().id())));
        } else if (line != null && line.group() != null) {
            model.open(line.group());
        }
    }

    private static Node name(MemberLine line) {
        var name = Labels.of(line.name());
        name.setTooltip(Labels.tip(DisplayText.of(line.name())));
        name.setMinWidth(0);
        Node picture = line.group() != null
                ? Icons.of(GroupWords.icon(line.group()), Icons.IN_TEXT, Tone.MUTED)
                : new Avatar(line.name(), 24);
        var row = new HBox(8, picture, name);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Node role(MemberLine line) {
        return line.person() == null
                ? Labels.of("")
                : Chip.role(line.person().role(), line.person().role().equals(Role.ADMINISTRATOR));
    }

    private static Node status(MemberLine line) {
        return line.person() == null ? Labels.of("") : new StatusLabel(Look.of(line.person().status()));
    }

    private void export(GroupRow group) {
        files.save(Messages.get("groups.export"), "members.csv",
                file -> context.tasks().start(Messages.get("groups.exporting", group.shownName()), job -> {
                    var count = new long[1];
                    CsvFile.write(file, List.of("objectId", "username", "displayName", "mail", "role", "status"),
                            sink -> model.forEachMember(group, user -> {
                                job.checkCancelled();
                                count[0]++;
                                var mail = user.mail();
                                sink.accept(List.of(String.valueOf(user.objectId()), user.username(), user.shownName(),
                                        mail == null ? "" : mail, user.role(), user.status().name()));
                            }));
                    return count[0];
                }, count -> context.toasts().show(Toast
                        .done(Messages.get("groups.exported", count, String.valueOf(file.getFileName())))),
                        trouble -> context.toasts().show(Toast.failed(Messages.trouble(trouble)))));
    }
}
