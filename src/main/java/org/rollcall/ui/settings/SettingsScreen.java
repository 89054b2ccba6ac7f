package org.rollcall.ui.settings;

import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Settings, as the sidebar knows it. Arguments: `section` (a category) scrolls there; `import` (any value) asks for a
/// settings file at once.
public final class SettingsScreen implements Screen {
    private final WindowContext context;
    private final SettingsViewModel model;
    private final Navigator navigator;
    private @Nullable SettingsView view;

    public SettingsScreen(WindowContext context, SettingsViewModel model, Navigator navigator) {
        this.context = context;
        this.model = model;
        this.navigator = navigator;
    }

    @Override
    public String id() {
        return "settings";
    }

    @Override
    public String title() {
        return Messages.get("settings.title");
    }

    @Override
    public Ikon icon() {
        return Icons.SETTINGS;
    }

    @Override
    public Node view() {
        var made = new SettingsView(context, model, navigator);
        view = made;
        return made;
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return new ReadOnlyStringWrapper(Messages.get("settings.second")).getReadOnlyProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
        var shown = view;
        if (shown != null) {
            shown.scrollTo(arguments.getOrDefault("section", ""));
        }
        if (arguments.containsKey("import")) {
            SettingsFileDialog.choose(context, model);
        }
    }

    @Override
    public void reload() {
        model.reload();
    }
}
