package org.rollcall.ui.shell;

import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.ThemeButton;

/// Title and count of the screen, the search that opens the palette, theme button, user menu.
final class TopBar extends HBox {
    private static final double SHORTEST_NAME = 72;
    private static final double LONGEST_NAME = 240;

    private final Label title = Labels.of("", "title-4");
    private final Label count = Labels.muted("");
    private final SearchField search;

    TopBar(ShellViewModel model, Theme theme, SessionActions session) {
        search = new SearchField(Messages.get(model.findsPeople() ? "shell.search" : "shell.search.actions"));
        getStyleClass().add("top-bar");
        title.setMinWidth(USE_PREF_SIZE);
        title.setId("shell.title");
        search.setId("shell.search");
        search.getStyleClass().add("top-search");
        var keys = Labels.of(Messages.get("shell.search.keys"), "kbd");
        search.textProperty().subscribe(text -> {
            if (text.isEmpty()) {
                search.setRight(keys);
            }
        });
        getChildren().addAll(title, count, Labels.spacer(), search, new ThemeButton(theme), userMenu(model, session));
        model.currentProperty().subscribe(this::show);
    }

    SearchField search() {
        return search;
    }

    private void show(@Nullable Screen screen) {
        count.textProperty().unbind();
        title.setText(screen == null ? "" : screen.title());
        if (screen != null) {
            count.textProperty().bind(screen.countProperty());
        }
    }

    private static MenuButton userMenu(ShellViewModel model, SessionActions session) {
        var menu = new MenuButton();
        menu.setMnemonicParsing(false);
        menu.setId("shell.user");
        menu.getStyleClass().addAll("flat", "user-menu");
        // A name ends in an ellipsis before it takes the search's place; the whole of it is in the tooltip.
        menu.setMinWidth(SHORTEST_NAME);
        menu.setMaxWidth(LONGEST_NAME);
        menu.setTooltip(new Tooltip());
        model.userNameProperty().subscribe(name -> {
            var shown = DisplayText.of(name);
            menu.setText(shown);
            menu.getTooltip().setText(shown);
            menu.setGraphic(new Avatar(name, 28));
            menu.setAccessibleText(Messages.get("shell.user", name));
        });
        menu.getItems().add(item("shell.user.profile", Icons.USER, session::profile));
        if (session.hasPassword()) {
            menu.getItems().add(item("shell.user.password", Icons.AUTHENTICATION, session::changePassword));
        }
        menu.getItems().addAll(new SeparatorMenuItem(), item("shell.user.lock", Icons.LOCK, session::lock),
                item("shell.user.signOut", Icons.SIGN_OUT, session::signOut));
        return menu;
    }

    private static MenuItem item(String key, Ikon icon, Runnable action) {
        var item = new MenuItem(Messages.get(key), Icons.of(icon));
        item.setOnAction(_ -> action.run());
        return item;
    }
}
