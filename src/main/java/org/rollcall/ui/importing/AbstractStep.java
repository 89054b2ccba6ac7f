package org.rollcall.ui.importing;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.common.wizard.WizardStep;

/// What all steps of this wizard have: their words and properties, taken from `importing.ID.*`.
abstract class AbstractStep implements WizardStep {
    private final String id;
    private final String title;
    protected final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(Messages.get("importing.note"));
    protected final ReadOnlyStringWrapper heading;
    protected final ReadOnlyStringWrapper sentence;
    protected final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper("");
    protected final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    protected final ReadOnlyObjectWrapper<WizardFoot> foot = new ReadOnlyObjectWrapper<>(WizardFoot.usual());

    AbstractStep(String id, String title, String heading, String sentence) {
        this.id = id;
        this.title = title;
        this.heading = new ReadOnlyStringWrapper(heading);
        this.sentence = new ReadOnlyStringWrapper(sentence);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ReadOnlyStringProperty headingProperty() {
        return heading.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyStringProperty blockedProperty() {
        return blocked.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<WizardFoot> footProperty() {
        return foot.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
