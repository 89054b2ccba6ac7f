package org.rollcall.ui.roles;

import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Roles, as the sidebar knows it.
public final class RolesScreen implements Screen {
    private final WindowContext context;
    private final RolesViewModel model;
    private final Navigator navigator;

    public RolesScreen(WindowContext context, RolesViewModel model, Navigator navigator) {
        this.context = context;
        this.model = model;
        this.navigator = navigator;
    }

    @Override
    public String id() {
        return "roles";
    }

    @Override
    public String title() {
        return Messages.get("roles.title");
    }

    @Override
    public Ikon icon() {
        return Icons.ROLE;
    }

    @Override
    public Node view() {
        return new RolesView(context, model, navigator);
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return model.countWordsProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
    }

    @Override
    public void reload() {
        model.reload();
    }

    @Override
    public void leave(Runnable go) {
        if (!model.isUnsaved()) {
            go.run();
            return;
        }
        context.dialogs().confirmDanger(Messages.get("roles.leave.title"), model.unsavedWords(),
                Messages.get("roles.leave.do"), () -> {
                    model.discardAll();
                    go.run();
                });
    }
}
