package org.rollcall.ui.profile;

import java.util.Map;
import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// The own profile: in the sidebar for who may see nothing else, behind the user menu for everybody.
public final class ProfileScreen implements Screen {
    private final WindowContext context;
    private final ProfileViewModel model;
    private final FileAsk files;

    public ProfileScreen(WindowContext context, ProfileViewModel model, FileAsk files) {
        this.context = context;
        this.model = model;
        this.files = files;
    }

    @Override
    public String id() {
        return "profile";
    }

    @Override
    public String title() {
        return Messages.get("profile.title");
    }

    @Override
    public Ikon icon() {
        return Icons.USER;
    }

    @Override
    public Node view() {
        return new ProfileView(context, model, files);
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
    }

    @Override
    public void reload() {
        model.reload();
    }
}
