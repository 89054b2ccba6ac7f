package org.rollcall.ui.users;

import java.time.Instant;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// Whose pane is open, and all about them.
final class PersonViewModel {
    private final UiTasks tasks;
    private final PersonReader reader;
    private final ReadOnlyObjectWrapper<@Nullable Long> open = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable PersonDetail> detail = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(ScreenState.ready());
    private final Supplier<@Nullable Instant> asOf;
    private @Nullable RunningJob reading;

    /// @param asOf the moment that is looked at; null: the present
    PersonViewModel(UiTasks tasks, UsersServices services, Actor actor, Supplier<@Nullable Instant> asOf) {
        this.asOf = asOf;
        this.tasks = tasks;
        this.reader = new PersonReader(services, actor);
    }

    /// The person's id; null while the pane is closed.
    ReadOnlyObjectProperty<@Nullable Long> openProperty() {
        return open.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable PersonDetail> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    void open(long id) {
        open.set(id);
        reload();
    }

    void close() {
        open.set(null);
    }

    void reload() {
        var id = open.get();
        if (id == null) {
            return;
        }
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        var shown = detail.get();
        if (shown == null || shown.person().id() != id) {
            state.set(ScreenState.loading(Messages.get("users.reading.person")));
        }
        var moment = asOf.get();
        reading = tasks.quietly(_ -> reader.read(id, moment), read -> {
            detail.set(read);
            state.set(ScreenState.ready());
        }, trouble -> state.set(new ScreenState.Failed(trouble.words().shown(), trouble, this::reload)));
    }
}
