package org.rollcall.ui.users;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.TabsPane;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// One person: who they are, which groups they are in, why things are as they are, and what was done to them.
final class PersonPane extends VBox {
    /// What the foot has beside its menu, so that two short buttons stay on one line.
    private static final double WORDS = 250;
    private final PersonViewModel model;
    private final UserCommands commands;
    private final VBox head = new VBox();
    private final HBox foot = new HBox(8);
    private final VBox profile = page();
    private final VBox groups = page();
    private final VBox why = page();
    private final VBox history = page();
    private final PersonPages pages;
    private final Navigator navigator;

    PersonPane(WindowContext context, PersonViewModel model, UserCommands commands, Navigator navigator) {
        this.model = model;
        this.commands = commands;
        this.navigator = navigator;
        this.pages = new PersonPages(context.clock(), navigator);
        setId("users.pane");
        getStyleClass().add("person-pane");
        head.getStyleClass().add("person-head");
        foot.getStyleClass().add("person-foot");
        var tabs = new TabsPane(Messages.get("users.pane"))
                .add("profile", Messages.get("users.tab.profile"), () -> scrolling(profile))
                .add("groups", Messages.get("users.tab.groups"), () -> scrolling(groups))
                .add("why", Messages.get("users.tab.why"), () -> scrolling(why))
                .add("history", Messages.get("users.tab.history"), () -> scrolling(history));
        tabs.setId("users.tabs");
        tabs.getStyleClass().add("person-tabs");
        var body = new VBox(head, tabs, foot);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        var state = new StatePane(context.motion(), body);
        state.stateProperty().bind(model.stateProperty());
        VBox.setVgrow(state, Priority.ALWAYS);
        getChildren().add(state);
        model.detailProperty().subscribe(this::show);
    }

    private static VBox page() {
        var page = new VBox();
        page.getStyleClass().add("person-page");
        return page;
    }

    private static Node scrolling(VBox page) {
        var scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "person-scroll");
        return scroll;
    }

    private void show(@Nullable PersonDetail detail) {
        if (detail == null) {
            return;
        }
        var person = detail.person();
        head.getChildren().setAll(name(person), chips(person));
        profile.getChildren().setAll(pages.profile(detail));
        groups.getChildren().setAll(pages.groups(detail));
        why.getChildren().setAll(pages.why(detail));
        history.getChildren().setAll(pages.history(detail));
        boolean present = detail.asOf() == null;
        foot.setVisible(present);
        foot.setManaged(present);
        foot.getChildren().setAll(present ? buttons(person) : List.of());
    }

    private Node name(UserRow person) {
        var title = Labels.of(DisplayText.of(person.shownName()), "title-4");
        title.setId("users.pane.name");
        title.setTooltip(Labels.tip(DisplayText.of(person.shownName())));
        var job = person.attributes().text(UserField.JOB_TITLE);
        var second = Labels.muted(
                job == null || job.isBlank() ? person.username() : Messages.list(List.of(person.username(), job)));
        second.setId("users.pane.second");
        var words = new VBox(2, title, second);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var close = IconButton.flat(Icons.CLOSE, Messages.get("common.close"), model::close).small();
        close.setId("users.pane.close");
        var row = new HBox(12, new Avatar(person.shownName(), 48), words, close);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static Node chips(UserRow person) {
        var row = new FlowPane(8, 6);
        var status = Look.of(person.status());
        row.getChildren().addAll(
                Chip.of(status.word(), person.status() == UserStatus.ACTIVE ? Tone.SUCCESS : Tone.DEFAULT,
                        status.icon()),
                Chip.role(person.role(), person.role().equals(Role.ADMINISTRATOR)));
        if (person.mfa() != MfaState.UNKNOWN) {
            row.getChildren().add(Chip.of(Messages.get(person.mfa() == MfaState.REGISTERED
                    ? "users.mfa.registered"
                    : "users.mfa.notRegistered"), Tone.DEFAULT, Look.of(person.mfa()).icon()));
        }
        if (person.excluded()) {
            row.getChildren().add(Chip.of(Messages.get("users.chip.excluded"), Tone.WARNING));
        }
        if (person.isGuest()) {
            row.getChildren().add(Chip.of(Messages.get("users.chip.guest")));
        }
        return row;
    }

    private List<Node> buttons(UserRow person) {
        var role = Buttons.plain(Messages.get("users.changeRole"), Icons.ROLE,
                () -> commands.changeRole(List.of(person.id())));
        role.setId("users.pane.role");
        role.setDisable(person.status() == UserStatus.REMOVED);
        var more = new MenuButton("", Icons.of(Icons.MORE));
        more.setId("users.pane.more");
        more.getStyleClass().add(Styles.BUTTON_ICON);
        more.setAccessibleText(Messages.get("users.more"));
        boolean manage = commands.reason(Permission.MANAGE_USERS).isEmpty();
        if (person.status() != UserStatus.REMOVED) {
            more.getItems().add(person.disabledByHand()
                    ? item("users.activate", manage, person, commands::activate)
                    : item("users.deactivate", manage, person, commands::deactivate));
        }
        if (person.isLocal()) {
            var remove = new MenuItem(Messages.get("users.remove"));
            remove.setDisable(!manage);
            remove.setOnAction(_ -> commands.removeLocal(person));
            var reset = new MenuItem(Messages.get("users.reset"));
            reset.setDisable(!manage);
            reset.setOnAction(_ -> commands.resetPassword(person));
            var glass = new MenuItem(Messages.get("users.glass"));
            glass.setDisable(!commands.reason(Permission.MANAGE_AUTHENTICATION).isEmpty()
                    || !person.role().equals(Role.ADMINISTRATOR));
            glass.setOnAction(_ -> commands.makeBreakGlass(person));
            more.getItems().addAll(reset, glass, remove);
        } else {
            more.getItems().add(person.excluded()
                    ? item("users.include", manage, person, commands::include)
                    : item("users.exclude", manage, person, commands::exclude));
        }
        more.getItems().add(item("users.export", commands.reason(Permission.EXPORT).isEmpty(), person,
                commands::export));
        var test = Buttons.plain(Messages.get("users.test"), () -> navigator.open("authentication",
                java.util.Map.of("test", person.username(), "way", person.isLocal() ? "local" : "")));
        test.setId("users.pane.test");
        // Breaks into two lines where a language has longer words.
        var words = new FlowPane(8, 8,
                new Disallowed(role, new ReadOnlyStringWrapper(commands.reason(Permission.CHANGE_ROLES))),
                new Disallowed(test, new ReadOnlyStringWrapper(commands.reason(Permission.MANAGE_AUTHENTICATION))));
        words.setPrefWrapLength(WORDS);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        more.setMinWidth(USE_PREF_SIZE);
        return List.of(words, more);
    }

    private static MenuItem item(String key, boolean allowed, UserRow person, Consumer<List<Long>> action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!allowed);
        item.setOnAction(_ -> action.accept(List.of(person.id())));
        return item;
    }
}
