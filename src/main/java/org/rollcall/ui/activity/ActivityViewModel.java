package org.rollcall.ui.activity;

import java.time.Clock;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.UiTasks;

/// Runs and events. Independent of the scene.
public final class ActivityViewModel {
    private final Actor actor;
    private final RunsViewModel runs;
    private final EventsViewModel events;
    private final ChainViewModel chain;
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.RUNS);
    private final StringBinding countWords;

    enum Tab {
        RUNS,
        EVENTS
    }

    public ActivityViewModel(UiTasks tasks, ActivityServices services, Actor actor, Clock clock) {
        this.actor = actor;
        runs = new RunsViewModel(tasks, services, actor, clock);
        events = new EventsViewModel(tasks, services, actor, clock);
        chain = new ChainViewModel(tasks, services.audit(), actor, clock, events::reload);
        countWords = Bindings.createStringBinding(
                () -> tab.get() == Tab.RUNS ? runs.countWordsProperty().get() : events.countWordsProperty().get(), tab,
                runs.countWordsProperty(), events.countWordsProperty());
        tab.addListener(_ -> reload());
    }

    RunsViewModel runs() {
        return runs;
    }

    EventsViewModel events() {
        return events;
    }

    ChainViewModel chain() {
        return chain;
    }

    ObjectProperty<Tab> tabProperty() {
        return tab;
    }

    StringBinding countWords() {
        return countWords;
    }

    /// Why the person may not; empty if they may.
    String reason(Permission permission) {
        return Disallowed.reason(actor.may(permission), permission.words());
    }

    /// Reloads what is visible.
    void reload() {
        if (tab.get() == Tab.RUNS) {
            runs.reload();
        } else {
            events.reload();
            chain.look();
        }
    }

    void showEvent(long seq) {
        tab.set(Tab.EVENTS);
        events.showEvent(seq);
    }
}
