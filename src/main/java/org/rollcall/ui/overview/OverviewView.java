package org.rollcall.ui.overview;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
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

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.health.Matter;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Disallowed;
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
    private static final String OTHER = "";

    private final Clock clock;
    private final Navigator navigator;
    private final Function<Permission, String> reason;

    /// @param reason  why the person may not do something; empty if they may
    /// @param asTable whether the days show as a table
    OverviewView(OverviewFigures figures, Clock clock, Navigator navigator, Function<Permission, String> reason,
            BooleanProperty asTable) {
        this.clock = clock;
        this.navigator = navigator;
        this.reason = reason;
        getStyleClass().addAll("edge-to-edge", "overview");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var page = new VBox();
        page.getStyleClass().add("page");
        var attention = attention(figures);
        var side = synchronization(figures);
        page.getChildren().addAll(tiles(figures), beside(attention, side));
        if (!figures.days().isEmpty()) {
            page.getChildren().add(DaysCard.of(figures.days(), asTable));
        }
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
        var people = figures.people();
        var administrators = figures.administrators();
        long cannot = people.active() - people.canSignIn();
        return new HBox(16,
                tile("users", Icons.USER, "overview.people", people.all(),
                        Messages.get("overview.people.second", people.active(), people.all() - people.active()),
                        "users", Map.of()),
                tile("groups", Icons.GROUP, "overview.groups", figures.groups(),
                        Messages.get("overview.groups.second", figures.tenants().size()), "groups", Map.of()),
                // Who holds a role is seen among the people.
                tile("administrators", Icons.ROLE, "overview.administrators",
                        administrators.local() + administrators.imported(),
                        Messages.get("overview.administrators.second", administrators.local(),
                                administrators.imported()),
                        "users", Map.of("role", Role.ADMINISTRATOR, "status", "ACTIVE")),
                tile("signin", Icons.AUTHENTICATION, "overview.signin", people.canSignIn(),
                        Messages.get("overview.signin.second", cannot), "users",
                        Map.of("signin", "yes")));
    }

    private Button tile(String id, Ikon icon, String key, long figure, String second, String screen,
            Map<String, String> arguments) {
        var name = Messages.get(key);
        var number = Messages.get("overview.figure", figure);
        var content = new VBox(4, withIcon(name, icon), Labels.of(number, "figure"), Labels.caption(second));
        var button = new Button();
        button.setId("overview.tile." + id);
        button.setGraphic(content);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("overview-tile");
        button.setAccessibleText(name + ", " + number + ", " + second);
        button.setOnAction(_ -> navigator.open(screen, arguments));
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
            rows.getChildren().add(matter(matters.get(i), i));
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

    private Node matter(Matter matter, int number) {
        boolean credential = matter.screen().equals("connect");
        var icon = switch (matter.gravity()) {
            case STOPPED ->
                Icons.of(credential ? Icons.AUTHENTICATION : Icons.STOPPED, Icons.IN_BANNER, Tone.DANGER);
            case WARNING ->
                Icons.of(credential ? Icons.AUTHENTICATION : Icons.WARNING, Icons.IN_BANNER, Tone.WARNING);
            case NOTE -> Icons.of(Icons.INFO, Icons.IN_BANNER, Tone.MUTED);
        };
        var sentence = Labels.wrapped(matter.sentence(), "caption", "muted");
        var words = new VBox(2, Labels.wrapped(matter.title(), "medium"), sentence);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        var action = Buttons.small(matter.action(), () -> navigator.open(matter.screen(), matter.arguments()));
        action.setId("overview.matter." + number);
        action.setAccessibleText(matter.action() + ": " + matter.title());
        if (number == 0) {
            action.getStyleClass().add("accent");
        }
        var row = new HBox(12, icon, words,
                new Disallowed(action, new ReadOnlyStringWrapper(reason.apply(matter.needs()))));
        row.getStyleClass().addAll("overview-row", "row-line");
        return row;
    }

    private Region synchronization(OverviewFigures figures) {
        var rows = new VBox();
        figures.tenants().forEach(tenant -> rows.getChildren().add(tenant(tenant)));
        rows.getChildren().add(roles(figures.roles()));
        return Card.headed(Messages.get("overview.synchronization"), rows,
                small(Messages.get("overview.schedules.all"), "schedules"));
    }

    private Node small(String words, String screen) {
        var link = Buttons.link(words, () -> navigator.open(screen));
        link.getStyleClass().add("caption");
        return link;
    }

    private Node tenant(OverviewFigures.TenantState tenant) {
        var run = tenant.last();
        boolean running = run != null && run.state() == RunState.RUNNING;
        boolean waits = tenant.schedule() == Schedule.State.QUARANTINED;
        var name = Labels.of(tenant.name(), "medium");
        name.setMinWidth(0);
        var first = new HBox(8, name, Labels.spacer());
        if (waits && !running) {
            first.getChildren().add(status(Look.scheduleQuarantined()));
        } else if (run != null) {
            first.getChildren().add(status(Look.of(run.state())));
        } else if (reason.apply(Permission.VIEW_ACTIVITY).isEmpty()) {
            first.getChildren().add(status(Look.notYetRun()));
        } else {
            // Who may not see runs and schedules knows nothing about them.
            return block(first);
        }
        var next = tenant.next();
        String soon;
        if (waits) {
            soon = Messages.get("overview.next.none");
        } else if (tenant.schedule() == Schedule.State.PAUSED) {
            soon = Look.schedulePaused().word();
        } else {
            soon = next == null
                    ? Messages.get("overview.next.byHand")
                    : Messages.get("overview.next", Moments.brief(next, clock));
        }
        if (run == null) {
            return block(first, Labels.caption(soon));
        }
        var before = Labels.wrapped(last(run), "caption", "muted");
        before.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(before, Priority.ALWAYS);
        var then = Labels.caption(soon);
        then.setMinWidth(USE_PREF_SIZE);
        return block(first, new HBox(8, before, then));
    }

    private static VBox block(Node... lines) {
        var block = new VBox(4, lines);
        block.getStyleClass().addAll("overview-block", "row-line");
        return block;
    }

    private static StatusLabel status(Look look) {
        var label = new StatusLabel(look);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private String last(Run run) {
        var when = Moments.brief(run.startedAt(), clock);
        return switch (run.state()) {
            case RUNNING -> Messages.get("overview.last.since", when);
            case SUCCEEDED -> Messages.get("overview.last.changes", when, run.counts().entrySet().stream()
                    .filter(each -> each.getKey().changesDirectory()).mapToLong(each -> each.getValue()).sum());
            default -> Messages.get("overview.last", when);
        };
    }

    private Node roles(List<OverviewFigures.RoleShare> shares) {
        var parts = new ArrayList<GaugeBar.Part>();
        // Four short words fit on a line; the roles themselves are a click away.
        parts.add(part("overview.roles.administrators", people(shares, Role.ADMINISTRATOR), "gauge-1"));
        parts.add(part("overview.roles.operators", people(shares, Role.OPERATOR), "gauge-2"));
        parts.add(part("overview.roles.other", people(shares, OTHER), "gauge-3"));
        parts.add(part("overview.roles.users", people(shares, Role.USER), "gauge-4"));
        var bar = new GaugeBar();
        bar.setParts(parts);
        var head = new HBox(Labels.heading(Messages.get("overview.roles"), "strong"), Labels.spacer(),
                small(Messages.get("overview.roles.open"), "roles"));
        head.setAlignment(Pos.CENTER_LEFT);
        var box = new VBox(10, head, bar, GaugeBar.legend(parts));
        box.getStyleClass().add("overview-block");
        return box;
    }

    private static GaugeBar.Part part(String key, long people, String shade) {
        return new GaugeBar.Part(Messages.get(key), people, shade);
    }

    /// @param role one of those with a word of its own, or [#OTHER] for all others
    private static long people(List<OverviewFigures.RoleShare> shares, String role) {
        var named = Set.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.USER);
        return shares.stream().filter(share -> role.equals(named.contains(share.name()) ? share.name() : OTHER))
                .mapToLong(OverviewFigures.RoleShare::people).sum();
    }
}
