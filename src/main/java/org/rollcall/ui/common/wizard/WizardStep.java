package org.rollcall.ui.common.wizard;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Backstage;

/// One page of a wizard. Steps share an observable draft and know neither each other nor the shell; what a step has to
/// say, it says through its properties.
public interface WizardStep {
    /// Stable: `choose`.
    String id();

    /// One word for the rail: "Choose".
    String title();

    /// What the page is about: "Choose who comes in". May change, as the result does in the last step.
    ReadOnlyStringProperty headingProperty();

    /// One muted sentence below the heading.
    ReadOnlyStringProperty sentenceProperty();

    /// Asked for once, when the step is first opened.
    Node content();

    /// Why Next is off, in words that say what to do; empty if it may go on.
    ReadOnlyStringProperty blockedProperty();

    /// The answer, for the rail once the step is done: "1,204 people in 34 groups".
    ReadOnlyStringProperty summaryProperty();

    default ReadOnlyObjectProperty<WizardFoot> footProperty() {
        return new ReadOnlyObjectWrapper<>(WizardFoot.usual()).getReadOnlyProperty();
    }

    /// A caption at the foot of the rail while this step is open; empty for none.
    default ReadOnlyStringProperty noteProperty() {
        return new ReadOnlyStringWrapper("").getReadOnlyProperty();
    }

    /// A button at the right of the heading: "Check again".
    default @Nullable Node headingAction() {
        return null;
    }

    /// What of it may be made before it is first opened.
    default void prepare(Backstage backstage) {}

    /// It came to the front; earlier answers may have changed meanwhile.
    default void entered() {}

    /// It goes from the front, back or forward.
    default void left() {}

    /// Next was pressed. Checks or commits what it must, on its own thread if that takes time, and then calls `goOn` on
    /// the FX thread; or does not, and shows why.
    default void next(Runnable goOn) {
        goOn.run();
    }

    /// The foot's cancel button was pressed and does not leave the wizard.
    default void cancelled() {}
}
