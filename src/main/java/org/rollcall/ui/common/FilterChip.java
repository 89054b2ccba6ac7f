package org.rollcall.ui.common;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;

import org.rollcall.domain.DisplayText;
import org.rollcall.text.Formats;

/// A filter in a pill, 28 px high: a toggle with a count, or a menu that reads "Group: Finance ×" once set.
public final class FilterChip {
    private FilterChip() {}

    /// One of several views of a list: "People 1,201". The caller puts it in a toggle group.
    public static ToggleButton toggle(String text, long count) {
        var chip = toggle(text);
        showCount(chip, count);
        return chip;
    }

    public static ToggleButton toggle(String text) {
        var chip = new ToggleButton(DisplayText.text(text));
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("filter-chip");
        chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
        return chip;
    }

    public static void showCount(ToggleButton chip, long count) {
        var number = new Text(Formats.number(count));
        number.getStyleClass().addAll("caption", "count");
        chip.setGraphic(number);
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setAccessibleText(chip.getText() + ", " + number.getText());
    }

    /// A filter with a menu of values, which the caller supplies.
    public static MenuButton menu(String name) {
        var chip = new MenuButton(DisplayText.text(name));
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("filter-chip");
        chip.setMinWidth(MenuButton.USE_PREF_SIZE);
        return chip;
    }

    /// A filter that is set, with a cross to clear it.
    public static HBox set(String name, String value, Runnable clear) {
        var chip = new ToggleButton(Messages.get("common.filter.set", name, value));
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("filter-chip");
        chip.setGraphic(Icons.of(Icons.CLOSE, Icons.IN_CHIP));
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setSelected(true);
        chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
        chip.setAccessibleText(Messages.get("common.filter.clear.one", name, value));
        chip.setOnAction(_ -> clear.run());
        return new HBox(chip);
    }
}
