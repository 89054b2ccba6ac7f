package org.rollcall.ui.common.wizard;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.WindowContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class WizardShellTest extends UiTest {
    private final List<String> events = new ArrayList<>();
    private final List<Step> steps = List.of(new Step("connect", "Connect", "Contoso Ltd, certificate"),
            new Step("verify", "Verify", "2 of 2 needed, 1 optional missing"), new Step("choose", "Choose", ""),
            new Step("map", "Map", ""), new Step("preview", "Preview", ""), new Step("import", "Import", ""),
            new Step("done", "Done", ""));
    private final WizardModel model = new WizardModel(steps);
    private WindowContext context;

    private StackPane open(String step) {
        return showWith(given -> {
            context = given;
            var wizard = new WizardShell(context, "Import from Microsoft Entra ID", model,
                    () -> events.add("closed"), () -> events.add("finished"));
            wizard.subjectProperty().set("Contoso Ltd");
            wizard.savedProperty().set("Draft saved 14:02");
            model.open(step);
            return new StackPane(wizard, context.dialogs().layer());
        });
    }

    @Test
    void wizardLooksAndReadsRight() {
        fx(() -> steps.get(2).note.set(
                "Close at any time: your answers are saved, and you can continue at the next start."));
        var root = open("choose");
        assertAccessible(root);
        picture("wizard-shell");
        picture("wizard-shell-narrow", 1000, 700);
        assertEquals("Step 1 of 7, Connect, done. Contoso Ltd, certificate",
                node("wizard.step.connect").getAccessibleText());
        assertEquals("Step 3 of 7, Choose, open", node("wizard.step.choose").getAccessibleText());
    }

    @Test
    void nextIsOffWithTheReasonInWords() {
        open("choose");
        fx(() -> steps.get(2).blocked.set("Choose at least one group to continue"));
        assertTrue(fx(() -> node("wizard.next", Button.class).isDisabled()));
        assertEquals("Choose at least one group to continue", fx(() -> node("wizard.reason", Label.class).getText()));
        picture("wizard-shell-blocked");
        press(KeyCode.ALT, KeyCode.RIGHT);
        assertEquals(2, fx(() -> model.currentProperty().get()));
        fx(() -> steps.get(2).blocked.set(""));
        press(KeyCode.ALT, KeyCode.RIGHT);
        assertEquals(3, fx(() -> model.currentProperty().get()));
        press(KeyCode.ALT, KeyCode.LEFT);
        assertEquals(2, fx(() -> model.currentProperty().get()));
    }

    @Test
    void escapeIsNotForTheWizardWhileADialogIsOpen() {
        open("choose");
        var field = new SearchField("Name");
        fx(() -> {
            context.dialogs().show(new DialogBox("Who is it?").content(field));
            // As from a page that still has the focus.
            Event.fireEvent(node("wizard.next"),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false,
                            false, false));
        });
        waitFor("the focus in the dialog", field::isFocused);
        assertTrue(fx(() -> context.dialogs().isOpen()));
        press(KeyCode.ESCAPE);
        waitFor("the dialog gone", () -> !context.dialogs().isOpen());
        assertEquals(List.of(), events);
    }

    @Test
    void railLeadsBackAndOnlyAsFarForwardAsNothingIsLeftOpen() {
        open("map");
        fx(() -> model.openIfAllowed(0));
        assertTrue(fx(() -> model.mayOpen(3)));
        fx(() -> steps.get(1).blocked.set("Grant User.Read.All to continue"));
        assertFalse(fx(() -> model.mayOpen(3)));
        assertTrue(fx(() -> model.mayOpen(1)));
        assertFalse(fx(() -> model.mayOpen(4)), "never been there");
    }

    @Test
    void escapeAsksAndAfterTheCommitNothingIsAsked() {
        open("choose");
        press(KeyCode.ESCAPE);
        waitFor("the question", () -> context.dialogs().isOpen());
        press(KeyCode.ESCAPE);
        waitFor("the question gone", () -> !context.dialogs().isOpen());
        assertEquals(List.of(), events);

        fx(() -> {
            steps.get(6).foot.set(WizardFoot.finished("Save schedule and finish"));
            model.open("done");
        });
        assertFalse(fx(model::mayGoBack));
        click("wizard.cancel");
        assertEquals(List.of("closed"), events);
        click("wizard.next");
        assertEquals(List.of("closed", "finished"), events);
    }

    @Test
    void slowStepDoesNotMoveAWizardThatWasMovedMeanwhile() {
        var late = new ArrayList<Runnable>();
        steps.get(1).onNext = late::add;
        open("verify");
        fx(() -> model.next(() -> {}));
        fx(model::back);
        fx(() -> late.getFirst().run());
        assertEquals(0, fx(() -> model.currentProperty().get()));
    }

    private static final class Step implements WizardStep {
        private final String id;
        private final String title;
        private final SimpleStringProperty summary;
        final SimpleStringProperty blocked = new SimpleStringProperty("");
        final SimpleStringProperty note = new SimpleStringProperty("");
        final ReadOnlyObjectWrapper<WizardFoot> foot = new ReadOnlyObjectWrapper<>(WizardFoot.usual());
        java.util.function.Consumer<Runnable> onNext = Runnable::run;

        Step(String id, String title, String summary) {
            this.id = id;
            this.title = title;
            this.summary = new SimpleStringProperty(summary);
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
            return new SimpleStringProperty("Choose whom to import");
        }

        @Override
        public ReadOnlyStringProperty sentenceProperty() {
            return new SimpleStringProperty(
                    "Tick groups, take everyone, or pick people one by one. What is not chosen is not read and not stored.");
        }

        @Override
        public Node content() {
            return Card.titled(title, new SearchField("Find a group"), Labels.muted("Nothing but a sample"));
        }

        @Override
        public ReadOnlyStringProperty blockedProperty() {
            return blocked;
        }

        @Override
        public ReadOnlyStringProperty summaryProperty() {
            return summary;
        }

        @Override
        public ReadOnlyStringProperty noteProperty() {
            return note;
        }

        @Override
        public ReadOnlyObjectProperty<WizardFoot> footProperty() {
            return foot.getReadOnlyProperty();
        }

        @Override
        public void next(Runnable goOn) {
            onNext.accept(goOn);
        }
    }
}
