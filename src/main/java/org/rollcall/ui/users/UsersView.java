package org.rollcall.ui.users;

import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;

/// Search, filters, ticks and the table; at the right the pane of one person, which lies over the table where there is
/// no room beside it.
final class UsersView extends StackPane {
    private static final double PANE = 344;
    private static final double BESIDE_FROM = 984;
    /// A letter is looked for at once, unless the one before is still being looked for.
    private static final Duration KEYSTROKES = Duration.millis(40);

    private final SearchField search = new SearchField(Messages.get("users.search"));
    private final HBox sides;
    private final Supplier<PersonPane> paneMaker;
    private final PersonViewModel person;
    private @Nullable PersonPane pane;

    UsersView(WindowContext context, UsersViewModel model, PersonViewModel person, UserCommands commands,
            Navigator navigator, @Nullable WindowPreferences preferences) {
        this.person = person;
        getStyleClass().add("users");
        var table = new UsersTable(model, person, commands, context.clock(), preferences);
        var content = new StatePane(context.motion(), table);
        content.stateProperty().bind(model.stateProperty());
        VBox.setVgrow(content, Priority.ALWAYS);
        var main = new VBox(toolbar(model, commands, table),
                new UserFilterBar(model, context.clock(), commands::askMoment),
                new UsersNotices(model, commands, context.clock()),
                new UserSelectionBar(model.ticks(), commands), content);
        main.getStyleClass().add("users-main");
        main.setMinWidth(0);
        HBox.setHgrow(main, Priority.ALWAYS);
        sides = new HBox(main);
        paneMaker = () -> new PersonPane(context, person, commands, navigator);
        getChildren().add(sides);
        person.openProperty().subscribe(_ -> place());
        widthProperty().subscribe(_ -> place());
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE && person.openProperty().get() != null) {
                person.close();
                table.requestFocus();
                event.consume();
            }
        });
    }

    private void place() {
        boolean open = person.openProperty().get() != null;
        if (!open && pane == null) {
            return;
        }
        var placed = pane();
        boolean beside = getWidth() >= BESIDE_FROM;
        sides.getChildren().remove(placed);
        getChildren().remove(placed);
        placed.getStyleClass().remove("over");
        if (open && beside) {
            sides.getChildren().add(placed);
        } else if (open) {
            placed.getStyleClass().add("over");
            getChildren().add(placed);
        }
    }

    /// Made when somebody is opened for the first time.
    private PersonPane pane() {
        var made = pane;
        if (made == null) {
            made = paneMaker.get();
            made.setMinWidth(PANE);
            made.setMaxWidth(PANE);
            made.setPrefWidth(PANE);
            StackPane.setAlignment(made, Pos.CENTER_RIGHT);
            pane = made;
        }
        return made;
    }

    private HBox toolbar(UsersViewModel model, UserCommands commands, UsersTable table) {
        search.setId("users.search");
        search.setMinWidth(120);
        search.setMaxWidth(520);
        HBox.setHgrow(search, Priority.ALWAYS);
        var wait = new PauseTransition(KEYSTROKES);
        Runnable look = () -> model.filterProperty().set(model.filterProperty().get().withSearch(search.getText()));
        wait.setOnFinished(_ -> look.run());
        search.textProperty().addListener(_ -> {
            wait.stop();
            if (model.isReading()) {
                wait.playFromStart();
            } else {
                look.run();
            }
        });
        model.filterProperty().subscribe(filter -> {
            if (!filter.search().equals(search.getText())
                    && wait.getStatus() != javafx.animation.Animation.Status.RUNNING) {
                search.setText(filter.search());
            }
        });
        search.setOnAction(_ -> table.requestFocus());
        var export = Buttons.plain(Messages.get("users.export"), Icons.EXPORT, commands::exportFiltered);
        export.setId("users.export");
        var spacer = Labels.spacer();
        HBox.setHgrow(spacer, Priority.SOMETIMES);
        var row = new HBox(8, search, spacer, table.chooser(),
                new Disallowed(export, new javafx.beans.property.ReadOnlyStringWrapper(
                        commands.reason(Permission.EXPORT))),
                add(commands), more(commands));
        row.getStyleClass().add("users-toolbar");
        return row;
    }

    private static MenuButton add(UserCommands commands) {
        var add = new MenuButton(Messages.get("users.add"), Icons.of(Icons.ADD));
        add.setId("users.add");
        add.getStyleClass().add(Styles.ACCENT);
        add.setMinWidth(USE_PREF_SIZE);
        var bring = new MenuItem(Messages.get("users.add.import"), Icons.of(Icons.TENANT));
        bring.setDisable(!commands.reason(Permission.IMPORT).isEmpty());
        bring.setOnAction(_ -> commands.addPeople());
        var local = new MenuItem(Messages.get("users.add.local"), Icons.of(Icons.USER));
        local.setDisable(!commands.reason(Permission.MANAGE_USERS).isEmpty());
        local.setOnAction(_ -> commands.addLocal());
        add.getItems().addAll(bring, local);
        return add;
    }

    private static MenuButton more(UserCommands commands) {
        var more = new MenuButton("", Icons.of(Icons.MORE));
        more.setId("users.menu");
        more.getStyleClass().add(Styles.BUTTON_ICON);
        more.setMinWidth(USE_PREF_SIZE);
        more.setAccessibleText(Messages.get("users.more"));
        more.setTooltip(Labels.tip(Messages.get("users.more")));
        var purge = new MenuItem(Messages.get("users.purge.menu"), Icons.of(Icons.DELETE));
        purge.setDisable(!commands.reason(Permission.MANAGE_USERS).isEmpty());
        purge.setOnAction(_ -> commands.purge());
        more.getItems().add(purge);
        return more;
    }

    void focusFilter() {
        search.requestFocus();
    }
}
