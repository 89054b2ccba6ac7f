package org.rollcall.ui.users;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;

import atlantafx.base.theme.Styles;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.IconButton;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;

/// "12 of 240 selected" and what can be done to them; there only while somebody is ticked.
final class UserSelectionBar extends HBox {
    private final Ticks ticks;

    UserSelectionBar(Ticks ticks, UserCommands commands) {
        this.ticks = ticks;
        getStyleClass().add("users-selection");
        var words = new Label();
        words.setId("users.selected");
        words.getStyleClass().add("strong");
        words.setMinWidth(USE_PREF_SIZE);
        var all = Buttons.link("", () -> ticks.all(true));
        all.setId("users.selectAll");
        all.getStyleClass().add("caption");
        ticks.revisionProperty().subscribe(_ -> {
            int count = ticks.countProperty().get();
            words.setText(Messages.get("users.selected", count, ticks.size()));
            all.setText(Messages.get("users.selectAll", ticks.size()));
            all.setVisible(count < ticks.size());
            all.setManaged(all.isVisible());
            setVisible(count > 0);
            setManaged(count > 0);
        });
        var close = IconButton.flat(Icons.CLOSE, Messages.get("users.select.none"), () -> ticks.all(false)).small();
        close.setId("users.select.none");
        getChildren().addAll(words, all, Labels.spacer(),
                button("users.bulk.role", "users.changeRole", Icons.ROLE,
                        commands.reason(Permission.CHANGE_ROLES), commands::changeRole),
                button("users.bulk.activate", "users.activate", null, commands.reason(Permission.MANAGE_USERS),
                        commands::activate),
                button("users.bulk.deactivate", "users.deactivate", null, commands.reason(Permission.MANAGE_USERS),
                        commands::deactivate),
                more(commands), close);
    }

    private Disallowed button(String id, String key, @org.jspecify.annotations.Nullable Ikon icon, String reason,
            Consumer<List<Long>> action) {
        var button = Buttons.small(Messages.get(key), () -> action.accept(ticks.ids()));
        button.setId(id);
        if (icon != null) {
            button.setGraphic(Icons.of(icon, Icons.SMALL));
        }
        return new Disallowed(button, new ReadOnlyStringWrapper(reason));
    }

    private MenuButton more(UserCommands commands) {
        var menu = new MenuButton("", Icons.of(Icons.MORE));
        menu.setId("users.bulk.more");
        menu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.SMALL);
        menu.setAccessibleText(Messages.get("users.more"));
        menu.getItems().addAll(
                item("users.exclude", commands.reason(Permission.MANAGE_USERS), commands::exclude),
                item("users.include", commands.reason(Permission.MANAGE_USERS), commands::include),
                item("users.export", commands.reason(Permission.EXPORT), commands::export));
        return menu;
    }

    private MenuItem item(String key, String reason, Consumer<List<Long>> action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!reason.isEmpty());
        item.setOnAction(_ -> action.accept(ticks.ids()));
        return item;
    }
}
