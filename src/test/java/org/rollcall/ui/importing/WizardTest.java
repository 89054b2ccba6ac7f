package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.draft.FilePicker;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportSession;

/// The wizard over a real data folder and the sample tenant, jobs on threads of their own.
@SuppressWarnings("NullAway") // fields are set while the scene is made
public abstract class WizardTest extends UiTest {
    @TempDir
    Path folder;

    protected WizardFixture fixture;
    protected WindowContext window;
    protected ImportWizard wizard;
    protected StackPane root;
    protected final List<String> events = new ArrayList<>();
    final List<String> links = new ArrayList<>();
    protected final Picker picker = new Picker();

    @BeforeEach
    void start() {
        fixture = fixture(folder.resolve("data"));
    }

    /// What the test works with; a small tenant unless it wants another.
    protected WizardFixture fixture(Path home) {
        return WizardFixture.create(home);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /// Hands out files that the test has chosen beforehand.
    protected static final class Picker implements FilePicker {
        @Nullable
        public Path next;

        @Override
        public @Nullable Path open(Node owner, String title) {
            return next;
        }

        @Override
        public @Nullable Path save(Node owner, String title, String name) {
            return next;
        }
    }

    protected void open(ImportDraft draft) {
        open(draft, CLOCK);
    }

    protected void open(ImportDraft draft, Clock clock) {
        root = showWith(still -> {
            window = new WindowContext(still.theme(), still.motion(), still.fx(),
                    UiTasks.onThreads(still.fx(), clock), still.dialogs(), still.toasts(),
                    address -> links.add(address.toString()), clock);
            wizard = new ImportWizard(new ImportSession(window, fixture, fixture.actor(), draft, picker),
                    () -> events.add("closed"));
            return new StackPane(wizard.view(), window.dialogs().layer());
        });
    }

    protected String step() {
        return look(() -> wizard.model().step().id());
    }

    protected void waitForStep(String id) {
        waitFor("the step " + id, () -> wizard.model().step().id().equals(id));
    }

    /// As "Back" does; on the FX thread.
    protected void back() {
        wizard.model().back();
    }

    /// Presses the button with those words.
    protected void clickText(String words) {
        clickNode(fx(() -> root.lookupAll(".button").stream().filter(javafx.scene.control.Button.class::isInstance)
                .map(javafx.scene.control.Button.class::cast).filter(button -> words.equals(button.getText()))
                .findFirst().orElseThrow(() -> new AssertionError("no button " + words))));
    }

    protected String reason() {
        return look(() -> node("wizard.reason", Label.class).getText());
    }
}
