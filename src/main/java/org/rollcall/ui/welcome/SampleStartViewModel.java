package org.rollcall.ui.welcome;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.UiTasks;

/// Starts the sample tenant in the background and hands it on.
public final class SampleStartViewModel {
    private final UiTasks tasks;
    private final Supplier<SampleTenant> starting;
    private final Consumer<SampleTenant> started;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /// @param starting starts it, or gives the one that runs; called off the FX thread
    /// @param started  gets it on the FX thread
    public SampleStartViewModel(UiTasks tasks, Supplier<SampleTenant> starting, Consumer<SampleTenant> started) {
        this.tasks = tasks;
        this.starting = starting;
        this.started = started;
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Why it did not start; empty for no trouble.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public void start() {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        problem.set("");
        tasks.start(Messages.get("welcome.sample.starting"), _ -> starting.get(), tenant -> {
            busy.set(false);
            started.accept(tenant);
        }, trouble -> {
            busy.set(false);
            problem.set(Messages.trouble(trouble));
        });
    }
}
