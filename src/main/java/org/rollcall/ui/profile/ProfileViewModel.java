package org.rollcall.ui.profile;

import java.nio.file.Path;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WholeFile;

/// The signed-in person's own data. Knows no scene.
public final class ProfileViewModel {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final ProfileServices services;
    private final Actor actor;
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("profile.reading")));
    private final ReadOnlyObjectWrapper<@Nullable OwnProfile> profile = new ReadOnlyObjectWrapper<>();

    public ProfileViewModel(UiTasks tasks, ToastLayer toasts, ProfileServices services, Actor actor) {
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
    }

    ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable OwnProfile> profileProperty() {
        return profile.getReadOnlyProperty();
    }

    public void reload() {
        tasks.quietly(_ -> OwnProfile.read(services, actor), now -> {
            profile.set(now);
            state.set(ScreenState.ready());
        }, trouble -> state.set(new ScreenState.Failed(Messages.get("profile.failed"), trouble, this::reload)));
    }

    /// All of it, read anew, as JSON.
    void export(Path file) {
        tasks.start(Messages.get("profile.exporting"), _ -> {
            var document = OwnProfile.read(services, actor).document();
            WholeFile.write(file,
                    out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document)));
            return true;
        }, _ -> toasts.show(Toast.done(Messages.get("profile.exported", String.valueOf(file.getFileName())))),
                trouble -> toasts.show(Toast.failed(Messages.trouble(trouble))));
    }
}
