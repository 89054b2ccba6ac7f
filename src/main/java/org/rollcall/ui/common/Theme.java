package org.rollcall.ui.common;

import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

/// Light, dark or as the system: AtlantaFX's Primer themes with our style sheets on top. Use on the FX thread.
public final class Theme {
    /// The choice of the person.
    public enum Choice {
        SYSTEM,
        LIGHT,
        DARK
    }

    private static final List<String> SHEETS = List.of("text", "controls", "tables", "parts", "shell", "wizard",
            "welcome", "signin", "overview", "importing", "users", "groups", "roles", "schedules", "activity",
            "authentication", "settings", "profile", "guide");

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();

    public Theme(Choice first) {
        Fonts.load();
        choice.set(first);
        var system = Platform.getPreferences().colorSchemeProperty();
        dark.bind(Bindings.createBooleanBinding(() -> switch (choice.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> system.get() == ColorScheme.DARK;
        }, choice, system));
        dark.subscribe(_ -> applyBase());
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /// The next choice in the order of the theme button: system, light, dark.
    public void next() {
        choice.set(switch (choice.get()) {
            case SYSTEM -> Choice.LIGHT;
            case LIGHT -> Choice.DARK;
            case DARK -> Choice.SYSTEM;
        });
    }

    /// Applies the theme to `scene`, now and whenever it changes. Popups inherit the style sheets of their owner.
    public void install(Scene scene) {
        dark.subscribe(_ -> scene.getStylesheets().setAll(sheets()));
    }

    private void applyBase() {
        var base = dark.get() ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(base.getUserAgentStylesheet());
    }

    private List<String> sheets() {
        var all = new java.util.ArrayList<String>();
        all.add(sheet(dark.get() ? "theme-dark" : "theme-light"));
        SHEETS.forEach(name -> all.add(sheet(name)));
        return all;
    }

    private static String sheet(String name) {
        var path = "/org/rollcall/ui/css/" + name + ".css";
        return Objects.requireNonNull(Theme.class.getResource(path), path).toExternalForm();
    }
}
