package org.rollcall.ui.common;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;

/// A filter with one value or none: a pill that reads "Any action" and opens a menu; with a value it shows the value and a
/// cross (Delete on the keyboard) that clears it.
public final class ChoiceChip<T> extends MenuButton {
    private final String name;
    private final String any;
    private final Function<T, String> words;
    private final ObjectProperty<@Nullable T> value = new SimpleObjectProperty<>();
    private final Map<T, String> offered = new LinkedHashMap<>();
    private List<MenuItem> further = List.of();

    /// @param name what it filters, for screen readers: "Action"
    /// @param any  shown while nothing is selected: "Any action"
    public ChoiceChip(String name, String any, List<T> offered, Function<T, String> words) {
        this.name = name;
        this.any = any;
        this.words = words;
        getStyleClass().add("filter-chip");
        setMnemonicParsing(false);
        setMinWidth(USE_PREF_SIZE);
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE && value.get() != null) {
                value.set(null);
                event.consume();
            }
        });
        value.subscribe(_ -> show(value.get()));
        offer(offered);
    }

    public ObjectProperty<@Nullable T> valueProperty() {
        return value;
    }

    /// Changes the values; the selection stays.
    public void offer(List<T> now) {
        offered.clear();
        now.forEach(each -> offered.put(each, words.apply(each)));
        show(value.get());
    }

    /// Items below the values, such as a search for more.
    public void further(MenuItem... items) {
        further = List.of(items);
        show(value.get());
    }

    private void show(@Nullable T now) {
        var group = new ToggleGroup();
        getItems().clear();
        item(group, any, null, now);
        offered.forEach((each, word) -> item(group, word, each, now));
        if (now != null && !offered.containsKey(now)) {
            item(group, words.apply(now), now, now);
        }
        getItems().addAll(further);
        getStyleClass().remove("set");
        setGraphic(null);
        setText(now == null ? any : shortened(DisplayText.text(words.apply(now))));
        setAccessibleText(Messages.get("common.filter.set", name, now == null ? any : words.apply(now)));
        setAccessibleHelp(now == null ? null : Messages.get("common.filter.delete"));
        if (now != null) {
            getStyleClass().add("set");
            var cross = Icons.of(Icons.CLOSE, Icons.IN_CHIP);
            cross.setPickOnBounds(true);
            cross.setOnMousePressed(event -> {
                event.consume();
                value.set(null);
            });
            setGraphic(cross);
            setContentDisplay(ContentDisplay.RIGHT);
        }
    }

    private void item(ToggleGroup group, String word, @Nullable T each, @Nullable T now) {
        var item = new RadioMenuItem(DisplayText.text(word));
        item.setMnemonicParsing(false);
        item.setToggleGroup(group);
        item.setSelected(Objects.equals(each, now));
        item.setOnAction(_ -> value.set(each));
        getItems().add(item);
    }

    private static String shortened(String text) {
        int end = text.offsetByCodePoints(0, Math.min(28, text.codePointCount(0, text.length())));
        return end == text.length() ? text : text.substring(0, end) + "…";
    }
}
