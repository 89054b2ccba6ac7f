package org.rollcall.ui.users;

import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.ChangeRoles;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;

/// Users, as the sidebar knows it. Arguments: `user` (an id), `group` with `tenant`, `role` (a name),
/// `status`, `tenant` (an id, `local` or `imported`), `signin` (`yes` or `no`: whether they can sign in),
/// `asof` (a moment).
public final class UsersScreen implements Screen {
    private final WindowContext context;
    private final UsersServices services;
    private final UsersViewModel model;
    private final PersonViewModel person;
    private final FileAsk files;
    private final Navigator navigator;
    private final @Nullable WindowPreferences preferences;
    private @Nullable UsersView view;

    public UsersScreen(WindowContext context, UsersServices services, UsersViewModel model, FileAsk files,
            Navigator navigator) {
        this(context, services, model, files, navigator, null);
    }

    /// @param preferences where the columns are remembered; null: nowhere
    public UsersScreen(WindowContext context, UsersServices services, UsersViewModel model, FileAsk files,
            Navigator navigator, @Nullable WindowPreferences preferences) {
        this.context = context;
        this.services = services;
        this.model = model;
        this.person = new PersonViewModel(context.tasks(), services, model.actor(), model.asOfProperty()::get);
        model.asOfProperty().addListener(_ -> person.reload());
        this.files = files;
        this.navigator = navigator;
        this.preferences = preferences;
    }

    @Override
    public String id() {
        return "users";
    }

    @Override
    public String title() {
        return Messages.get("users.title");
    }

    @Override
    public Ikon icon() {
        return Icons.USER;
    }

    @Override
    public Node view() {
        var actions = new UserActions(context.tasks(), context.toasts(), services, model.actor(), this::reload);
        var made = new UsersView(context, model, person, new UserCommands(context, services, model, actions,
                new ChangeRoles(context, services.roles(), model.actor()), files, this::reload), navigator,
                preferences);
        view = made;
        return made;
    }

    @Override
    public void prepare(Runnable ready) {
        model.readAhead(ready);
    }

    @Override
    public ReadOnlyStringProperty countProperty() {
        return model.countWordsProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.open(arguments);
        var user = arguments.get("user");
        if (user != null && user.matches("[0-9]{1,18}")) {
            person.open(Long.parseLong(user));
        } else {
            person.reload();
        }
    }

    @Override
    public void reload() {
        model.reload();
        person.reload();
    }

    @Override
    public void focusFilter() {
        if (view != null) {
            view.focusFilter();
        }
    }
}
