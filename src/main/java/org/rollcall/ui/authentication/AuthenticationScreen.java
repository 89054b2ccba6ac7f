package org.rollcall.ui.authentication;

import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.SignInMode;
import org.rollcall.ui.common.FileOpen;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// Authentication in the sidebar. Arguments: `test` (a user name) opens "Test sign-in" for that person, with `way` (`local`)
/// selected.
public final class AuthenticationScreen implements Screen {
    private final WindowContext context;
    private final AuthenticationViewModel model;
    private final FileOpen files;
    private final Navigator navigator;
    private final Runnable connect;

    /// @param connect opens the import
    public AuthenticationScreen(WindowContext context, AuthenticationViewModel model, FileOpen files,
            Navigator navigator, Runnable connect) {
        this.context = context;
        this.model = model;
        this.files = files;
        this.navigator = navigator;
        this.connect = connect;
    }

    @Override
    public String id() {
        return "authentication";
    }

    @Override
    public String title() {
        return Messages.get("authentication.title");
    }

    @Override
    public Ikon icon() {
        return Icons.AUTHENTICATION;
    }

    @Override
    public Node view() {
        return new AuthenticationView(context, model, files, navigator, connect);
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return new ReadOnlyStringWrapper(Messages.get("authentication.second")).getReadOnlyProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
        var person = arguments.get("test");
        if (person != null) {
            TestDialog.open(context, model, person, "local".equals(arguments.get("way")) ? SignInMode.LOCAL : null);
        }
    }

    @Override
    public void reload() {
        model.reload();
    }
}
