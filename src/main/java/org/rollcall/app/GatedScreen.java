package org.rollcall.app;

import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.Screen;

/// A screen that not everybody may open.
///
/// @param reason why not, in words; empty for who may
record GatedScreen(Screen screen, String reason) implements Screen {
    @Override
    public String id() {
        return screen.id();
    }

    @Override
    public String title() {
        return screen.title();
    }

    @Override
    public Ikon icon() {
        return screen.icon();
    }

    @Override
    public Node view() {
        return screen.view();
    }

    @Override
    public void prepare(Runnable ready) {
        screen.prepare(ready);
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return screen.countProperty();
    }

    @Override
    public ReadOnlyIntegerProperty mattersProperty() {
        return screen.mattersProperty();
    }

    @Override
    public ReadOnlyBooleanProperty filledProperty() {
        return screen.filledProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        screen.shown(arguments);
    }

    @Override
    public void leave(Runnable go) {
        screen.leave(go);
    }

    @Override
    public void reload() {
        screen.reload();
    }

    @Override
    public void focusFilter() {
        screen.focusFilter();
    }
}
