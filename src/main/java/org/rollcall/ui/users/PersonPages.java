package org.rollcall.ui.users;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Ref;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.sync.Decision;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Tone;

/// What stands under the tabs of a person's pane.
final class PersonPages {
    private final Clock clock;
    private final Navigator navigator;

    PersonPages(Clock clock, Navigator navigator) {
        this.clock = clock;
        this.navigator = navigator;
    }

    /// All mapped attributes, as in Entra; what Entra has no value for is left out.
    List<Node> profile(PersonDetail detail) {
        UserRow person = detail.person();
        var rows = new ArrayList<Node>();
        rows.add(fact(Messages.get("users.column.username"), person.username()));
        rows.add(fact(Messages.get("users.filter.tenant"),
                Objects.requireNonNullElse(person.tenant(), Messages.get("users.tenant.local"))));
        for (var field : UserField.values()) {
            if (person.tells(field) && field != UserField.DISPLAY_NAME) {
                rows.add(fact(Messages.get("users.field." + field.graphName()), words(person, field)));
            }
        }
        if (person.objectId() != null) {
            rows.add(fact(Messages.get("users.field.objectId"), person.objectId().toString(), "mono"));
        }
        if (detail.asOf() == null) {
            rows.add(fact(Messages.get("users.column.changed"), Moments.exact(person.changedAt(), clock)));
        }
        return rows;
    }

    private String words(UserRow person, UserField field) {
        return switch (field.type()) {
            case DirectoryField.Type.TEXT -> person.attributes().textOrEmpty(field);
            case DirectoryField.Type.BOOLEAN ->
                Messages.get(person.attributes().isTrue(field) ? "users.yes" : "users.no");
            case DirectoryField.Type.INSTANT -> {
                var at = person.attributes().instant(field);
                yield at == null ? "" : Moments.exact(at, clock);
            }
            case DirectoryField.Type.LIST -> Messages.list(person.attributes().list(field));
        };
    }

    private static Node fact(String name, String value, String... styleClasses) {
        var text = Labels.wrapped(value, styleClasses);
        var row = new VBox(Labels.caption(name), text);
        row.getStyleClass().add("person-fact");
        return row;
    }

    List<Node> groups(PersonDetail detail) {
        if (detail.groups().isEmpty()) {
            return List.of(Labels.wrapped(Messages.get("users.groups.none"), "muted"));
        }
        var rows = new ArrayList<Node>();
        for (var path : detail.groups()) {
            var group = path.group();
            var link = Buttons.link(group.shownName(), () -> navigator.open("groups",
                    Map.of("tenant", Long.toString(group.tenantId()), "group", group.objectId().toString())));
            link.setMinWidth(0);
            var way = path.isDirect()
                    ? Messages.get("users.groups.direct")
                    : Messages.get("users.groups.through",
                            String.join(" › ",
                                    path.path().stream().skip(1).map(Ref::name).map(DisplayText::within).toList()));
            var icon = Icons.of(Icons.GROUP, Icons.IN_TEXT, Tone.MUTED);
            var words = new VBox(link, Labels.wrapped(way, "caption", "muted"));
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            var row = new HBox(8, icon, words);
            row.getStyleClass().add("person-group");
            rows.add(row);
        }
        return rows;
    }

    List<Node> why(PersonDetail detail) {
        if (detail.asOf() != null) {
            return List.of(Labels.wrapped(Messages.get("users.past.why"), "muted"));
        }
        var blocks = new ArrayList<Node>();
        for (var decision : detail.why()) {
            if (!blocks.isEmpty()) {
                blocks.add(Labels.line());
            }
            blocks.add(decision(detail.person(), decision));
        }
        blocks.add(Labels.line());
        blocks.add(ways(detail));
        return blocks;
    }

    private static Node ways(PersonDetail detail) {
        var box = new VBox(6, Labels.of(Messages.get("users.ways"), "strong"));
        box.setId("users.ways");
        for (var way : detail.ways()) {
            var words = Labels.wrapped(way.words());
            var open = way.open();
            words.setGraphic(open == null
                    ? Icons.of(org.kordamp.ikonli.feather.Feather.HELP_CIRCLE, Icons.IN_TEXT, Tone.MUTED)
                    : open
                            ? Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS)
                            : Icons.of(Icons.FAILED, Icons.IN_TEXT, Tone.DANGER));
            words.setGraphicTextGap(6);
            box.getChildren().add(words);
        }
        return box;
    }

    private Node decision(UserRow person, Decision decision) {
        var title = switch (decision.about()) {
            case "role" -> Messages.get("users.why.role", decision.value());
            case "status" -> Messages.get("users.why.status", Look.of(UserStatus.valueOf(decision.value())).word());
            default -> Messages.get("users.why.imported");
        };
        var head = new HBox(8, Labels.heading(title, "strong"), Labels.spacer());
        head.setAlignment(Pos.CENTER_LEFT);
        var rule = decision.rule();
        if (rule != null) {
            // "Rule 4: Controlling gives Auditor".
            var link = Buttons.link(rule.split(":", 2)[0], () -> navigator.open("roles"));
            link.setId("users.why.rule");
            link.getStyleClass().add("caption");
            head.getChildren().add(link);
        }
        var run = decision.run();
        if (run != null) {
            head.getChildren().add(run(run));
        }
        var box = new VBox(2, head,
                Labels.wrapped(Messages.get("users.why.because", Messages.recalled(decision.because())), "muted"));
        var path = decision.path();
        for (int i = 0; i < path.size(); i++) {
            var word = i > 0
                    ? Messages.get("users.why.in", path.get(i - 1))
                    : decision.about().equals("role")
                            ? Messages.get("users.why.rule")
                            : Messages.get("users.why.chosen", decision.value());
            box.getChildren().addAll(step(Icons.GROUP, path.get(i), word), joint());
        }
        if (!path.isEmpty()) {
            box.getChildren().add(step(Icons.USER, person.shownName(), Messages.get("users.why.direct")));
        }
        box.getStyleClass().add("person-decision");
        return box;
    }

    private Hyperlink run(long run) {
        var link = Buttons.link(Messages.get("users.why.run", String.valueOf(run)),
                () -> navigator.open("schedules", Map.of("run", String.valueOf(run))));
        link.getStyleClass().add("caption");
        return link;
    }

    private static Node step(Ikon icon, String name, String word) {
        var first = Labels.of(name, "caption");
        var second = Labels.of(word, "caption", "muted");
        second.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(4, first, second);
        row.setAlignment(Pos.CENTER_LEFT);
        var all = new HBox(10, Icons.of(icon, Icons.SMALL, Tone.MUTED), row);
        all.setAlignment(Pos.CENTER_LEFT);
        all.getStyleClass().add("person-step");
        return all;
    }

    private static Node joint() {
        var line = new Region();
        line.getStyleClass().add("person-joint");
        return new HBox(line);
    }

    List<Node> history(PersonDetail detail) {
        if (detail.history().isEmpty()) {
            return List.of(Labels.wrapped(Messages.get("users.history.none"), "muted"));
        }
        return detail.history().stream().map(this::event).toList();
    }

    private Node event(PersonDetail.Event event) {
        var icon = Icons.of(event.look().icon(), Icons.IN_TEXT, event.look().tone());
        var words = new VBox(2, Labels.of(event.look().word(), "medium"));
        for (var each : event.words()) {
            var name = Messages.has("users.field." + each.name())
                    ? Messages.get("users.field." + each.name())
                    : each.name();
            words.getChildren().add(Labels.wrapped(difference(name, each), "caption"));
        }
        var moment = Moments.of(event.at(), clock);
        var run = event.run();
        if (run == null) {
            words.getChildren().add(Labels.wrapped(
                    moment.isEmpty() ? event.by() : Messages.get("users.history.when", moment, event.by()), "caption",
                    "muted"));
        } else {
            var row = new HBox(6, Labels.caption(moment), run(run));
            row.setAlignment(Pos.CENTER_LEFT);
            words.getChildren().add(row);
        }
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(10, icon, words);
        row.getStyleClass().add("person-event");
        return row;
    }

    private static String difference(String name, PersonDetail.Difference each) {
        if (each.name().equals("roleSource") && !each.after().isEmpty()) {
            return each.before().isEmpty()
                    ? Messages.get("users.history.source.now", each.after())
                    : Messages.get("users.history.source.changed", each.before(), each.after());
        }
        if (each.before().isEmpty()) {
            return Messages.get("users.history.now", name, each.after());
        }
        return each.after().isEmpty()
                ? Messages.get("users.history.was", name, each.before())
                : Messages.get("users.history.changed", name, each.before(), each.after());
    }
}
