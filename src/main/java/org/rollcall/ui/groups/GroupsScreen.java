package org.rollcall.ui.groups;

import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Groups, as the sidebar knows it. Arguments: `group` (an id, or an object id with `tenant`).
public final class GroupsScreen implements Screen {
    private final WindowContext context;
    private final GroupsViewModel model;
    private final FileAsk files;
    private final Navigator navigator;
    private @Nullable GroupsView view;

    public GroupsScreen(WindowContext context, GroupsViewModel model, FileAsk files, Navigator navigator) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.navigator = navigator;
    }

    @Override
    public String id() {
        return "groups";
    }

    @Override
    public String title() {
        return Messages.get("groups.title");
    }

    @Override
    public Ikon icon() {
        return Icons.GROUP;
    }

    @Override
    public Node view() {
        var made = new GroupsView(context, model, files, navigator);
        view = made;
        return made;
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return model.countWordsProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
        model.open(arguments);
    }

    @Override
    public void reload() {
        model.reload();
    }

    @Override
    public void focusFilter() {
        if (view != null) {
            view.focusFilter();
        }
    }
}
