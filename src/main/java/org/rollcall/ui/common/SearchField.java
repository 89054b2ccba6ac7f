package org.rollcall.ui.common;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.CustomTextField;

/// A search or filter field. Escape clears it; only an empty one passes Escape on.
public final class SearchField extends CustomTextField {
    public SearchField(String prompt) {
        setPromptText(prompt);
        setAccessibleText(prompt);
        setLeft(Icons.of(Icons.SEARCH));
        var clear = IconButton.flat(Icons.CLOSE, Messages.get("common.search.clear"), this::clear);
        clear.setGraphic(Icons.of(Icons.CLOSE, Icons.SMALL));
        clear.setFocusTraversable(false);
        textProperty().subscribe(text -> setRight(text == null || text.isEmpty() ? null : clear));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                event.consume();
            }
        });
    }
}
