package org.rollcall.ui.shell;

import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PaletteSource;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.Tone;

/// The list under the search field: screens, people, groups, actions. The focus stays in the field; Up and Down move
/// through the list, Enter opens, Escape closes.
final class CommandPalette extends VBox {
    private static final double ROW = 36;

    private final ShellViewModel model;
    private final SearchField field;
    private final ListView<PaletteSource.Entry> list = new ListView<>();
    private final Label nothing = Labels.muted(Messages.get("shell.palette.nothing"));

    CommandPalette(ShellViewModel model, SearchField field) {
        this.model = model;
        this.field = field;
        getStyleClass().add("palette");
        setId("shell.palette");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        list.setItems(model.found());
        list.setFocusTraversable(false);
        list.setFixedCellSize(ROW);
        list.setAccessibleText(Messages.get("shell.palette.list"));
        list.setCellFactory(_ -> new Row());
        list.setOnMouseClicked(_ -> run());
        nothing.getStyleClass().add("palette-nothing");
        setVisible(false);
        // Signing in need not wait for the looks of a list that nobody sees yet.
        visibleProperty().subscribe(shown -> {
            if (shown && getChildren().isEmpty()) {
                getChildren().addAll(list, nothing);
            }
        });
        model.found().addListener((ListChangeListener<PaletteSource.Entry>) _ -> resize());
        resize();
        field.textProperty().subscribe(text -> {
            if (field.isFocused()) {
                model.find(text);
                setVisible(true);
            }
        });
        field.focusedProperty().subscribe(focused -> {
            if (focused) {
                model.find(field.getText());
            }
            setVisible(focused && isVisible());
        });
        field.setOnMouseClicked(_ -> setVisible(true));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Ctrl+K.
    void open() {
        field.requestFocus();
        field.selectAll();
        model.find(field.getText());
        setVisible(true);
    }

    private void resize() {
        boolean some = !model.found().isEmpty();
        list.setVisible(some);
        list.setManaged(some);
        nothing.setVisible(!some);
        nothing.setManaged(!some);
        list.setPrefHeight(model.found().size() * ROW + 2);
        list.setMinHeight(list.getPrefHeight());
        if (some) {
            list.getSelectionModel().selectFirst();
        }
    }

    private void keys(KeyEvent event) {
        switch (event.getCode()) {
            case KeyCode.DOWN -> move(event, 1);
            case KeyCode.UP -> move(event, -1);
            case KeyCode.ENTER -> {
                event.consume();
                run();
            }
            case KeyCode.ESCAPE -> {
                if (field.getText().isEmpty() && isVisible()) {
                    event.consume();
                    setVisible(false);
                }
            }
            default -> {
            }
        }
    }

    private void move(KeyEvent event, int by) {
        event.consume();
        setVisible(true);
        int size = model.found().size();
        if (size > 0) {
            list.getSelectionModel().select(Math.floorMod(list.getSelectionModel().getSelectedIndex() + by, size));
            var entry = list.getSelectionModel().getSelectedItem();
            field.setAccessibleHelp(entry == null ? null : entry.title() + ", " + entry.second());
        }
    }

    private void run() {
        var entry = list.getSelectionModel().getSelectedItem();
        if (entry != null && isVisible()) {
            setVisible(false);
            field.clear();
            entry.run().run();
        }
    }

    private static final class Row extends ListCell<PaletteSource.Entry> {
        @Override
        protected void updateItem(PaletteSource.@org.jspecify.annotations.Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            var title = new Label(DisplayText.text(entry.title()), Icons.of(entry.icon(), Icons.IN_TEXT, Tone.MUTED));
            title.setGraphicTextGap(12);
            var row = new HBox(8, title, Labels.spacer(), Labels.caption(entry.second()));
            row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            setGraphic(row);
            setAccessibleText(entry.title() + ", " + entry.second());
        }
    }
}
