package org.rollcall.ui.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Who one is here: details beside groups, role with why, ways to sign in and the last sign-ins.
final class ProfileView extends StackPane {
    private static final int SHOWN = 12;

    private final WindowContext context;
    private final ProfileViewModel model;
    private final FileAsk files;
    private final VBox page = new VBox();

    ProfileView(WindowContext context, ProfileViewModel model, FileAsk files) {
        this.context = context;
        this.model = model;
        this.files = files;
        page.getStyleClass().add("page");
        page.setMaxWidth(1040);
        var centred = new StackPane(page);
        centred.setAlignment(Pos.TOP_LEFT);
        var scroll = new ScrollPane(centred);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        var state = new StatePane(context.motion(), scroll);
        state.stateProperty().bind(model.stateProperty());
        getChildren().add(state);
        model.profileProperty().subscribe(this::show);
    }

    private void show(@Nullable OwnProfile profile) {
        if (profile == null) {
            return;
        }
        var grid = new GridPane(16, 0);
        var half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().setAll(half, half);
        grid.add(new VBox(16, details(profile.person()), groups(profile)), 0, 0);
        grid.add(new VBox(16, why(profile), ways(profile), signIns(profile)), 1, 0);
        page.getChildren().setAll(head(profile.person()), grid);
    }

    private Node head(UserRow person) {
        var name = Labels.wrapped(person.shownName(), "title-3");
        name.setId("profile.name");
        var status = Look.of(person.status());
        var chips = new FlowPane(8, 6,
                Chip.of(status.word(), person.status() == UserStatus.ACTIVE ? Tone.SUCCESS : Tone.DEFAULT,
                        status.icon()),
                Chip.role(person.role(), person.role().equals(Role.ADMINISTRATOR)));
        if (person.isGuest()) {
            chips.getChildren().add(Chip.of(Messages.get("users.chip.guest")));
        }
        var words = new VBox(4, name, Labels.muted(person.username()), chips);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var export = Buttons.plain(Messages.get("profile.export"), Icons.EXPORT,
                () -> files.save(Messages.get("profile.export"), "my-data.json", model::export));
        export.setId("profile.export");
        var row = new HBox(16, new Avatar(person.shownName(), 48), words, export);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private Card details(UserRow person) {
        var facts = new ArrayList<Node>();
        facts.add(fact(Messages.get("users.filter.tenant"),
                Objects.requireNonNullElse(person.tenant(), Messages.get("profile.local"))));
        for (var field : UserField.values()) {
            var value = person.tells(field) ? words(person, field) : "";
            if (!value.isEmpty() && field != UserField.DISPLAY_NAME) {
                facts.add(fact(Messages.get("users.field." + field.graphName()), value));
            }
        }
        facts.add(fact(Messages.get("users.column.changed"), Moments.exact(person.changedAt(), context.clock())));
        return Card.titled(Messages.get("profile.details"), facts.toArray(Node[]::new));
    }

    private String words(UserRow person, UserField field) {
        return switch (field.type()) {
            case DirectoryField.Type.TEXT -> person.attributes().textOrEmpty(field);
            case DirectoryField.Type.BOOLEAN ->
                Messages.get(person.attributes().isTrue(field) ? "users.yes" : "users.no");
            case DirectoryField.Type.INSTANT -> {
                var at = person.attributes().instant(field);
                yield at == null ? "" : Moments.exact(at, context.clock());
            }
            case DirectoryField.Type.LIST -> String.join(", ", person.attributes().list(field));
        };
    }

    private static Node fact(String name, String value) {
        var title = Labels.of(name, "muted");
        title.setMinWidth(148);
        title.setPrefWidth(148);
        var text = Labels.wrapped(value);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(12, title, text);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static Card groups(OwnProfile profile) {
        var rows = new ArrayList<Node>();
        for (var path : profile.groups()) {
            rows.add(line(Icons.of(Icons.GROUP, Icons.IN_TEXT, Tone.MUTED), path.group().shownName(),
                    path.isDirect()
                            ? Messages.get("users.groups.direct")
                            : Messages.get("users.groups.through", String.join(" › ",
                                    path.path().stream().skip(1).map(Ref::name).toList()))));
        }
        if (rows.isEmpty()) {
            rows.add(Labels.wrapped(Messages.get("users.groups.none"), "muted"));
        }
        return Card.titled(Messages.get("profile.groups", profile.groups().size()), rows.toArray(Node[]::new));
    }

    private static Card why(OwnProfile profile) {
        var rows = new ArrayList<Node>();
        for (var decision : profile.why()) {
            var title = switch (decision.about()) {
                case "role" -> Messages.get("users.why.role", decision.value());
                case "status" -> Messages.get("users.why.status", Look.of(UserStatus.valueOf(decision.value())).word());
                default -> Messages.get("users.why.imported");
            };
            var icon = switch (decision.about()) {
                case "role" -> Icons.ROLE;
                case "status" -> Icons.DONE;
                default -> Icons.TENANT;
            };
            var because = Messages.get("users.why.because", Messages.recalled(decision.because()));
            rows.add(line(Icons.of(icon, Icons.IN_TEXT, Tone.MUTED), title, decision.path().isEmpty()
                    ? because
                    : Messages.get("profile.why.path", because, String.join(" › ", decision.path()))));
        }
        return Card.titled(Messages.get("profile.why"), rows.toArray(Node[]::new));
    }

    private static Card ways(OwnProfile profile) {
        List<Node> rows = profile.ways().stream()
                .filter(way -> profile.person().isLocal() == (way.mode() == SignInMode.LOCAL))
                .filter(way -> !Boolean.FALSE.equals(way.works())).map(ProfileView::way).toList();
        if (rows.isEmpty()) {
            rows = List.of(Labels.wrapped(Messages.get("users.way.none"), "muted"));
        }
        return Card.titled(Messages.get("users.ways"), rows.toArray(Node[]::new));
    }

    private static Node way(SignInForecast way) {
        boolean sure = Boolean.TRUE.equals(way.works());
        return line(sure
                ? Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS)
                : Icons.of(Feather.HELP_CIRCLE, Icons.IN_TEXT, Tone.MUTED),
                Messages.get("users.way." + way.mode().word()),
                sure ? "" : Messages.capital(Messages.recalled(way.because())));
    }

    private Card signIns(OwnProfile profile) {
        var rows = new ArrayList<Node>();
        profile.signIns().stream().limit(SHOWN).forEach(event -> rows.add(signIn(event)));
        if (rows.isEmpty()) {
            rows.add(Labels.wrapped(Messages.get("profile.signIns.none"), "muted"));
        }
        var card = Card.titled(Messages.get("profile.signIns"), rows.toArray(Node[]::new));
        card.setId("profile.signIns");
        return card;
    }

    private Node signIn(AuditEvent event) {
        boolean in = event.action().equals("signin");
        var way = event.detail().get("way");
        var mode = way == null ? "" : Messages.has("users.way." + way) ? Messages.get("users.way." + way) : "";
        var title = Messages.get(in
                ? "profile.signIn"
                : event.action().equals("signin.locked") ? "profile.signIn.locked" : "profile.signIn.refused");
        var second = mode.isEmpty()
                ? event.origin()
                : Messages.get("profile.signIn.by", mode, event.origin());
        return line(in
                ? Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS)
                : Icons.of(Icons.FAILED, Icons.IN_TEXT, Tone.DANGER),
                title, Messages.get("profile.signIn.at", Moments.of(event.at(), context.clock()), second));
    }

    private static Node line(Node icon, String first, String second) {
        var words = new VBox(Labels.wrapped(first));
        if (!second.isEmpty()) {
            words.getChildren().add(Labels.wrapped(second, "caption", "muted"));
        }
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var place = new StackPane(icon);
        place.getStyleClass().add("profile-icon");
        var row = new HBox(10, place, words);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }
}
