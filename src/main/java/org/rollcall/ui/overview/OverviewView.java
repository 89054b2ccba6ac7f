package org.rollcall.ui.overview;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.Role;
import org.rollcall.domain.Schedule;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.GaugeBar;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;

/// The figures of one moment: four cards, what needs attention, how synchronization stands and who holds which role.
final class OverviewView extends ScrollPane {
    private static final double NARROW_BELOW = 820;
    private static final double SIDE = 376;
    private static final List<String> SHADES = List.of("gauge-1", "gauge-2", "gauge-3", "gauge-4");

    private final Clock clock;
    private final Navigator navigator;

    OverviewView(OverviewFigures figures, Clock clock, Navigator navigator) {
        this.clock = clock;
        this.navigator = navigator;
        getStyleClass().addAll("edge-to-edge", "overview");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var page = new VBox();
        page.getStyleClass().add("page");
        var attention = attention(figures);
        var side = synchronization(figures);
        page.getChildren().addAll(tiles(figures), beside(attention, side));
        setContent(page);
        widthProperty().subscribe(width -> {
            boolean narrow = width.doubleValue() > 0 && width.doubleValue() < NARROW_BELOW;
            var row = narrow ? new VBox(16, attention, side) : beside(attention, side);
            page.getChildren().set(1, row);
        });
    }

    private static HBox beside(Region wide, Region side) {
        side.setMinWidth(Region.USE_PREF_SIZE);
        side.setPrefWidth(SIDE);
        HBox.setHgrow(wide, Priority.ALWAYS);
        return new HBox(16, wide, side);
    }

    private Node tiles(OverviewFigures figures) {
        long other = figures.people() - figures.active();
        var row = new HBox(16,
                tile("users", Icons.USER, "overview.people", figures.people(),
                        Messages.get("overview.people.second", figures.active(), other)),
                tile("groups", Icons.GROUP, "overview.groups", figures.groups(),
                        Messages.get("overview.groups.second", figures.tenants())),
                tile("administrators", Icons.ROLE, "overview.administrators", figures.administrators(),
                        Messages.get("overview.administrators.second", figures.whoCanSignIn())),
                tile("schedules", Icons.SCHEDULE, "overview.schedules", figures.schedules().size(),
                        Messages.get("overview.schedules.second", figures.schedules().stream()
                                .filter(view -> view.schedule().state() == Schedule.State.ACTIVE).count())));
        return row;
    }

    private Button tile(String screen, Ikon icon, String key, long figure, String second) {
        var name = Messages.get(key);
        var number = Messages.get("overview.figure", figure);
        var content = new VBox(4, withIcon(name, icon), Labels.of(number, "figure"), Labels.caption(second));
        var button = new Button();
        button.setId("overview.tile." + screen);
        button.setGraphic(content);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("overview-tile");
        button.setAccessibleText(name + ", " + number + ", " + second);
        // Who holds a role is seen among the people.
        button.setOnAction(_ -> {
            if (screen.equals("administrators")) {
                navigator.open("users", Map.of("role", Role.ADMINISTRATOR));
            } else {
                navigator.open(screen);
            }
        });
        button.setMaxWidth(Double.MAX_VALUE);
        button.setPrefWidth(1);
        HBox.setHgrow(button, Priority.ALWAYS);
        return button;
    }

    private static Node withIcon(String text, Ikon icon) {
        var label = Labels.muted(text);
        label.setGraphic(Icons.of(icon, Icons.IN_TEXT, Tone.MUTED));
        label.setGraphicTextGap(8);
        return label;
    }

    private Region attention(OverviewFigures figures) {
        var rows = new VBox();
        var matters = figures.matters();
        for (int i = 0; i < matters.size(); i++) {
            rows.getChildren().add(matter(matters.get(i), i == 0));
        }
        if (matters.isEmpty()) {
            var well = Labels.of(Messages.get("overview.well"));
            well.setId("overview.well");
            well.setGraphic(Icons.of(Icons.DONE, Icons.IN_BANNER, Tone.SUCCESS));
            well.setGraphicTextGap(12);
            var row = new HBox(well);
            row.getStyleClass().add("overview-row");
            rows.getChildren().add(row);
        }
        var count = matters.isEmpty() ? "" : Messages.get("overview.matters", matters.size());
        var card = Card.headed(Messages.get("overview.attention"), rows, Labels.caption(count));
        card.setMaxHeight(Double.MAX_VALUE);
        return card;
    }

    private Node matter(OverviewFigures.Matter matter, boolean gravest) {
        var icon = switch (matter.gravity()) {
            case STOPPED -> Icons.of(Icons.STOPPED, Icons.IN_BANNER, Tone.DANGER);
            case WARNING -> Icons.of(Icons.WARNING, Icons.IN_BANNER, Tone.WARNING);
            case NOTE -> Icons.of(Icons.INFO, Icons.IN_BANNER, Tone.MUTED);
        };
        var sentence = Labels.wrapped(matter.sentence(), "caption", "muted");
        var words = new VBox(2, Labels.wrapped(matter.title(), "medium"), sentence);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, icon, words);
        if (!matter.screen().isEmpty()) {
            var action = Buttons.small(matter.action(), () -> navigator.open(matter.screen()));
            action.setAccessibleText(matter.action() + ": " + matter.title());
            if (gravest) {
                action.getStyleClass().add("accent");
            }
            row.getChildren().add(action);
        }
        row.getStyleClass().addAll("overview-row", "row-line");
        return row;
    }

    private Region synchronization(OverviewFigures figures) {
        var rows = new VBox();
        figures.schedules().forEach(view -> rows.getChildren().add(schedule(view)));
        if (figures.schedules().isEmpty()) {
            var none = new HBox(Labels.wrapped(Messages.get("overview.schedules.none"), "muted"));
            none.getStyleClass().addAll("overview-row", "row-line");
            rows.getChildren().add(none);
        }
        rows.getChildren().add(roles(figures.roles()));
        return Card.headed(Messages.get("overview.synchronization"), rows,
                small(Messages.get("overview.schedules.all"), "schedules"));
    }

    private Node small(String words, String screen) {
        var link = Buttons.link(words, () -> navigator.open(screen));
        link.getStyleClass().add("caption");
        return link;
    }

    private Node schedule(ScheduleView view) {
        var schedule = view.schedule();
        var look = view.running() ? Look.running() : switch (schedule.state()) {
            case ACTIVE -> view.lastRun().map(run -> Look.of(run.state())).orElseGet(Look::scheduleActive);
            case PAUSED -> Look.schedulePaused();
            case QUARANTINED -> Look.scheduleQuarantined();
        };
        var first = new HBox(8, Labels.of(view.tenant().name(), "medium"), Labels.spacer(), new StatusLabel(look));
        var last = view.lastRun().map(run -> Messages.get("overview.last", Moments.of(run.startedAt(), clock)))
                .orElseGet(() -> Messages.get("overview.last.none"));
        var next = schedule.nextRunAt() == null
                ? Messages.get("overview.next.none")
                : Messages.get("overview.next", Moments.of(schedule.nextRunAt(), clock));
        var second = new HBox(8, Labels.caption(last), Labels.spacer(), Labels.caption(next));
        var block = new VBox(4, first, second);
        block.getStyleClass().addAll("overview-block", "row-line");
        return block;
    }

    private Node roles(List<OverviewFigures.RoleShare> shares) {
        var parts = new ArrayList<GaugeBar.Part>();
        for (int i = 0; i < shares.size(); i++) {
            var share = shares.get(i);
            parts.add(new GaugeBar.Part(share.name(), share.people(), SHADES.get(Math.min(i, SHADES.size() - 1))));
        }
        var bar = new GaugeBar();
        bar.setParts(parts);
        var head = new HBox(Labels.of(Messages.get("overview.roles"), "strong"), Labels.spacer(),
                small(Messages.get("overview.roles.open"), "users"));
        head.setAlignment(Pos.CENTER_LEFT);
        var box = new VBox(10, head, bar, GaugeBar.legend(parts));
        box.getStyleClass().add("overview-block");
        return box;
    }
}
