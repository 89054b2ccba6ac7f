package org.rollcall.ui.common.wizard;

import java.util.List;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// Where the wizard stands: which step is open, how far it has come, which steps may be opened. Knows no scene.
public final class WizardModel {
    private final List<WizardStep> steps;
    private final ReadOnlyIntegerWrapper current = new ReadOnlyIntegerWrapper(-1);
    private int furthest;

    public WizardModel(List<? extends WizardStep> steps) {
        this.steps = List.copyOf(steps);
    }

    public List<WizardStep> steps() {
        return steps;
    }

    public ReadOnlyIntegerProperty currentProperty() {
        return current.getReadOnlyProperty();
    }

    public WizardStep step() {
        return steps.get(Math.max(0, current.get()));
    }

    /// Opens the step with that id and counts all before it as done; the first one if there is no such id.
    public void open(String id) {
        int index = 0;
        for (int i = 0; i < steps.size(); i++) {
            index = steps.get(i).id().equals(id) ? i : index;
        }
        furthest = Math.max(furthest, index);
        go(index);
    }

    /// Whether a click on that step of the rail leads there: back to any, forward as far as it has been and nothing is
    /// left open between.
    public boolean mayOpen(int index) {
        if (current.get() < 0 || index == current.get() || !step().footProperty().get().back()) {
            return false;
        }
        if (index < current.get()) {
            return true;
        }
        return index <= furthest && steps.subList(current.get(), index).stream()
                .allMatch(step -> step.blockedProperty().get().isEmpty());
    }

    public void openIfAllowed(int index) {
        if (index >= 0 && index < steps.size() && mayOpen(index)) {
            go(index);
        }
    }

    public boolean mayGoBack() {
        return current.get() > 0 && mayOpen(current.get() - 1);
    }

    public boolean mayGoOn() {
        return step().blockedProperty().get().isEmpty();
    }

    public void back() {
        openIfAllowed(current.get() - 1);
    }

    /// Presses Next: the step does its part and calls back.
    ///
    /// @param finished runs in place of going on at the last step
    public void next(Runnable finished) {
        if (!mayGoOn()) {
            return;
        }
        int from = current.get();
        step().next(() -> {
            // A slow step must not move a wizard that was moved meanwhile.
            if (current.get() != from) {
                return;
            }
            if (from == steps.size() - 1) {
                finished.run();
            } else {
                furthest = Math.max(furthest, from + 1);
                go(from + 1);
            }
        });
    }

    private void go(int index) {
        if (current.get() >= 0) {
            step().left();
        }
        current.set(index);
        step().entered();
    }
}
