package org.rollcall.ui.activity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.LongConsumer;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditExport;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowContext;

/// All facts of one event.
final class EventCard extends DetailCard {
    private final Clock clock;
    private final ActivityViewModel model;
    private final LongConsumer openRun;
    private final Navigator navigator;

    EventCard(WindowContext context, ActivityViewModel model, LongConsumer openRun, Navigator navigator) {
        super("activity.event");
        this.clock = context.clock();
        this.model = model;
        this.openRun = openRun;
        this.navigator = navigator;
        model.events().openProperty().subscribe(this::show);
    }

    private void show(@Nullable AuditEvent event) {
        if (event == null) {
            showNothing(Messages.get("activity.event.none"));
            return;
        }
        var number = Labels.caption(Messages.get("activity.event.number", event.seq()));
        number.setMinWidth(USE_PREF_SIZE);
        number.setId("activity.event.number");
        var title = new HBox(8, strong(EventWords.what(event).word()), number);
        var name = Labels.wrapped(EventWords.who(event.actor()), "medium");
        name.setId("activity.event.who");
        var words = new VBox(name, Labels.caption(EventWords.from(event)));
        HBox.setHgrow(words, Priority.ALWAYS);
        var person = new HBox(12, new Avatar(EventWords.who(event.actor()), 32), words);
        person.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var head = new VBox(12, title, person);
        head.getStyleClass().addAll("activity-head", "row-line");
        showParts(head, facts(event), buttons(event));
    }

    private ArrayList<Node> facts(AuditEvent event) {
        var facts = new ArrayList<Node>();
        facts.add(fact(Messages.get("activity.fact.when"), Moments.exact(event.at(), clock)));
        if (model.reason(Permission.VIEW_DIRECTORY).isEmpty()) {
            facts.add(then("activity.event.then", event.at(), navigator));
        }
        if (event.objectName() != null) {
            facts.add(fact(Messages.get("activity.fact.about"), event.objectName()));
        }
        for (var each : EventFacts.of(event)) {
            facts.add(fact(each.name(), each.value()));
        }
        var computer = EventWords.computer(event);
        if (!computer.isEmpty()) {
            facts.add(fact(Messages.get("activity.fact.computer"), computer));
        }
        if (event.runId() != null) {
            facts.add(fact(Messages.get("activity.fact.run"), String.valueOf(event.runId())));
        }
        facts.add(Labels.line());
        var hash = fact(Messages.get("activity.fact.hash"), shortened(event.hash()), "mono", "caption");
        hash.setAccessibleHelp(event.hash());
        facts.add(hash);
        return facts;
    }

    /// "9f3c71e0 b54a 8d12 … 6e07": enough to compare by eye; Copy copies all of it.
    private static String shortened(String hash) {
        return hash.length() < 20
                ? hash
                : hash.substring(0, 8) + " " + hash.substring(8, 12) + " " + hash.substring(12, 16) + " … "
                        + hash.substring(hash.length() - 4);
    }

    private ArrayList<Node> buttons(AuditEvent event) {
        var buttons = new ArrayList<Node>();
        var run = event.runId();
        if (run != null) {
            var open = Buttons.plain(Messages.get("activity.show.run"), () -> openRun.accept(run));
            open.setId("activity.event.run");
            buttons.add(open);
        } else if ("USER".equals(event.objectType()) && event.objectId() != null
                && model.reason(Permission.VIEW_DIRECTORY).isEmpty()) {
            var id = event.objectId();
            var show = Buttons.plain(Messages.get("activity.show.person"),
                    () -> navigator.open("users", Map.of("user", id)));
            show.setId("activity.event.person");
            buttons.add(show);
        }
        var copy = Buttons.plain(Messages.get("common.copy"), Icons.COPY, () -> copy(event));
        copy.setId("activity.event.copy");
        buttons.add(copy);
        return buttons;
    }

    private static void copy(AuditEvent event) {
        var text = new ClipboardContent();
        var lines = new StringBuilder();
        AuditExport.fields(event).forEach((name, value) -> {
            if (value != null) {
                lines.append(name).append(": ").append(value).append('\n');
            }
        });
        text.putString(lines.toString());
        Clipboard.getSystemClipboard().setContent(text);
    }
}
