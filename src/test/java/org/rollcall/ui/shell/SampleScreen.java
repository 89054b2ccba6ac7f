package org.rollcall.ui.shell;

import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.SearchField;

/// A screen with nothing behind it.
final class SampleScreen implements Screen {
    private final String id;
    private final String title;
    private final Ikon icon;
    private final SearchField filter;
    final SimpleStringProperty count = new SimpleStringProperty("");
    final SimpleIntegerProperty matters = new SimpleIntegerProperty();
    final SimpleBooleanProperty filled = new SimpleBooleanProperty(true);
    Map<String, String> arguments = new HashMap<>();
    boolean ready;
    int reloads;
    int views;

    SampleScreen(String id, String title, Ikon icon) {
        this.id = id;
        this.title = title;
        this.icon = icon;
        this.filter = new SearchField("Filter " + title);
        filter.setId(id + ".filter");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Ikon icon() {
        return icon;
    }

    @Override
    public Node view() {
        views++;
        var page = new VBox(filter, Card.titled(title, Labels.muted("Nothing but a sample")));
        page.getStyleClass().add("page");
        return page;
    }

    @Override
    public void prepare(Runnable then) {
        if (ready) {
            then.run();
        }
    }

    @Override
    public SimpleStringProperty countProperty() {
        return count;
    }

    @Override
    public ReadOnlyIntegerProperty mattersProperty() {
        return matters;
    }

    @Override
    public ReadOnlyBooleanProperty filledProperty() {
        return filled;
    }

    @Override
    public void shown(Map<String, String> now) {
        arguments = now;
    }

    @Override
    public void reload() {
        reloads++;
    }

    @Override
    public void focusFilter() {
        filter.requestFocus();
    }
}
