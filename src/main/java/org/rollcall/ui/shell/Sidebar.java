package org.rollcall.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.Tone;

/// The navigation at the left. One stop for Tab; arrows move within. Narrow, it shows icons with tooltips.
final class Sidebar extends VBox {
    /// What fits on an icon.
    private static final int MOST_ON_ICON = 9;

    private final ShellViewModel model;
    private final ToggleGroup group = new ToggleGroup();
    private final List<ToggleButton> items = new ArrayList<>();
    private final HBox brand = new HBox(10, Brand.icon(24), Labels.of(Messages.get("shell.brand"), "title-4"));

    Sidebar(ShellViewModel model) {
        this.model = model;
        getStyleClass().add("sidebar");
        setAccessibleText(Messages.get("shell.sidebar"));
        brand.getStyleClass().add("brand");
        getChildren().add(brand);
        for (var screens : model.groups()) {
            for (var screen : screens) {
                var item = item(screen);
                if (screen.id().equals(screens.getFirst().id()) && !items.isEmpty()) {
                    VBox.setMargin(item, new Insets(12, 0, 0, 0));
                }
                items.add(item);
                getChildren().add(screen.reason().isEmpty() ? item : forbidden(item, screen));
            }
        }
        model.currentProperty().subscribe(this::select);
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    void setNarrow(boolean narrow) {
        getStyleClass().remove("narrow");
        if (narrow) {
            getStyleClass().add("narrow");
        }
        brand.getChildren().get(1).setVisible(!narrow);
        brand.getChildren().get(1).setManaged(!narrow);
        for (var item : items) {
            var row = (HBox) item.getGraphic();
            row.getChildren().stream().skip(1).forEach(part -> {
                // Without a number the whole row is for the words.
                part.setManaged(!narrow && part.isVisible());
                part.setOpacity(narrow ? 0 : 1);
            });
        }
    }

    void focusCurrent() {
        var selected = (ToggleButton) group.getSelectedToggle();
        (selected == null ? items.getFirst() : selected).requestFocus();
    }

    /// Muted, and says which permission is missing.
    private static Node forbidden(ToggleButton item, Screen screen) {
        item.getStyleClass().add("bare");
        item.setTooltip(null);
        var wrapper = new Disallowed(item,
                new ReadOnlyStringWrapper(Messages.get("shell.nav.forbidden", screen.title(), screen.reason())));
        wrapper.setMaxWidth(Double.MAX_VALUE);
        wrapper.setId("nav.forbidden." + screen.id());
        var margin = VBox.getMargin(item);
        if (margin != null) {
            VBox.setMargin(wrapper, margin);
        }
        return wrapper;
    }

    private ToggleButton item(Screen screen) {
        var icon = Icons.of(screen.icon());
        icon.getStyleClass().add("nav-icon");
        var badge = Chip.of("", Tone.WARNING);
        badge.getStyleClass().addAll("bordered", "nav-badge");
        // Narrow, the number stands on the icon.
        var mark = Labels.of("", "nav-mark");
        var picture = new StackPane(icon, mark);
        StackPane.setAlignment(mark, Pos.TOP_RIGHT);
        picture.setMinSize(Icons.IN_TEXT, Icons.IN_TEXT);
        picture.setMaxSize(Icons.IN_TEXT, Icons.IN_TEXT);
        var title = Labels.of(screen.title(), "nav-text");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        var row = new HBox(12, picture, title, badge);
        row.setAlignment(Pos.CENTER_LEFT);
        var item = new ToggleButton();
        item.setId("nav." + screen.id());
        item.getStyleClass().add("nav-item");
        item.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        item.setGraphic(row);
        item.setMaxWidth(Double.MAX_VALUE);
        item.setToggleGroup(group);
        var tooltip = new Tooltip(screen.title());
        item.setTooltip(tooltip);
        item.setFocusTraversable(false);
        item.setOnAction(_ -> {
            model.open(screen.id(), Map.of());
            // The open screen may have asked first: until it lets go it stays the selected one.
            select(model.currentProperty().get());
        });
        screen.mattersProperty().subscribe(number -> {
            int matters = number.intValue();
            badge.setText(Integer.toString(matters));
            badge.setVisible(matters > 0);
            badge.setManaged(matters > 0 && !getStyleClass().contains("narrow"));
            mark.setText(matters > MOST_ON_ICON ? MOST_ON_ICON + "+" : Integer.toString(matters));
            mark.setOpacity(matters > 0 ? 1 : 0);
            var words = matters > 0 ? Messages.get("shell.nav.matters", screen.title(), matters) : screen.title();
            tooltip.setText(words);
            item.setAccessibleText(words);
        });
        screen.filledProperty().subscribe(filled -> {
            item.getStyleClass().remove("bare");
            if (!filled) {
                item.getStyleClass().add("bare");
            }
        });
        return item;
    }

    /// Of a screen that has no place here none is selected, and the first one takes the focus.
    private void select(@Nullable Screen screen) {
        var open = items.stream().filter(item -> screen != null && item.getId().equals("nav." + screen.id()))
                .findFirst();
        group.selectToggle(open.orElse(null));
        for (var item : items) {
            item.setFocusTraversable(item.equals(open.orElse(items.getFirst())));
        }
    }

    private void arrows(KeyEvent event) {
        var owner = getScene().getFocusOwner();
        int at = owner instanceof ToggleButton item ? items.indexOf(item) : -1;
        int to = switch (event.getCode()) {
            case KeyCode.DOWN -> next(at + 1, 1);
            case KeyCode.UP -> next(at - 1, -1);
            case KeyCode.HOME -> next(0, 1);
            case KeyCode.END -> next(items.size() - 1, -1);
            default -> -1;
        };
        if (at >= 0 && to >= 0 && to < items.size()) {
            event.consume();
            items.get(to).requestFocus();
        }
    }

    /// The next place from here on that may be opened.
    private int next(int from, int step) {
        int at = from;
        while (at >= 0 && at < items.size() && items.get(at).isDisabled()) {
            at += step;
        }
        return at;
    }
}
