package org.rollcall.ui.importing.draft;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.wizard.WizardFoot;
import org.rollcall.ui.common.wizard.WizardStep;

/// What all steps of this wizard have: their words and properties, taken from `importing.ID.*`.
public abstract class AbstractStep implements WizardStep {
    private final String id;
    private final String title;
    protected final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(Messages.get("importing.note"));
    protected final ReadOnlyStringWrapper heading;
    protected final ReadOnlyStringWrapper sentence;
    protected final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper("");
    protected final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    protected final ReadOnlyObjectWrapper<WizardFoot> foot = new ReadOnlyObjectWrapper<>(WizardFoot.usual());

    public AbstractStep(String id, String title, String heading, String sentence) {
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

    /// A page that scrolls and is as wide as its place.
    public static ScrollPane scrolling(Node content) {
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        return scroll;
    }
}
