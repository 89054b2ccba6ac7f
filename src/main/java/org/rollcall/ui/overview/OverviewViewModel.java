package org.rollcall.ui.overview;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// Reads the figures and says how that stands.
public final class OverviewViewModel {
    private final UiTasks tasks;
    private final OverviewFigures.Source source;
    private final Actor actor;
    private final ReadOnlyObjectWrapper<@Nullable OverviewFigures> figures = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            new ScreenState.Loading(Messages.get("overview.reading")));
    private final ReadOnlyIntegerWrapper matters = new ReadOnlyIntegerWrapper();
    private final BooleanProperty asTable = new SimpleBooleanProperty();
    private @Nullable RunningJob reading;

    public OverviewViewModel(UiTasks tasks, OverviewFigures.Source source, Actor actor) {
        this.tasks = tasks;
        this.source = source;
        this.actor = actor;
    }

    /// Null until they have been read once.
    public ReadOnlyObjectProperty<@Nullable OverviewFigures> figuresProperty() {
        return figures.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty mattersProperty() {
        return matters.getReadOnlyProperty();
    }

    /// Whether the days show as a table.
    BooleanProperty asTableProperty() {
        return asTable;
    }

    /// Why the person may not; empty if they may.
    String reason(Permission permission) {
        return Disallowed.reason(actor.may(permission), permission.words());
    }

    /// Reads again; what showed before stays until then.
    public void reload() {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        reading = tasks.quietly(_ -> source.read(actor), now -> {
            // A view that stays keeps where the person is.
            if (!now.equals(figures.get())) {
                figures.set(now);
            }
            matters.set(now.matters().size());
            state.set(ScreenState.ready());
        }, this::failed);
    }

    private void failed(RollcallException trouble) {
        state.set(new ScreenState.Failed(Messages.get("overview.failed"), trouble, this::reload));
    }
}
