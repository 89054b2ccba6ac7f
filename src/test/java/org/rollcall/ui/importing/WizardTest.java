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

/// The wizard over a real data folder and the sample tenant, jobs on threads of their own.
@SuppressWarnings("NullAway") // fields are set while the scene is made
abstract class WizardTest extends UiTest {
    @TempDir
    Path folder;

    WizardFixture fixture;
    WindowContext window;
    ImportWizard wizard;
    StackPane root;
    final List<String> events = new ArrayList<>();
    final List<String> links = new ArrayList<>();
    final Picker picker = new Picker();

    @BeforeEach
    void start() {
        fixture = fixture(folder.resolve("data"));
    }

    /// What the test works with; a small tenant unless it wants another.
    WizardFixture fixture(Path home) {
        return WizardFixture.create(home);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /// Hands out files that the test has chosen beforehand.
    static final class Picker implements FilePicker {
        @Nullable
        Path next;

        @Override
        public @Nullable Path open(Node owner, String title) {
            return next;
        }

        @Override
        public @Nullable Path save(Node owner, String title, String name) {
            return next;
        }
    }

    void open(ImportDraft draft) {
        open(draft, CLOCK);
    }

    void open(ImportDraft draft, Clock clock) {
        root = showWith(still -> {
            window = new WindowContext(still.theme(), still.motion(), still.fx(),
                    UiTasks.onThreads(still.fx(), clock), still.dialogs(), still.toasts(),
                    address -> links.add(address.toString()), clock);
            wizard = new ImportWizard(new ImportSession(window, fixture, fixture.actor(), draft, picker),
                    () -> events.add("closed"));
            return new StackPane(wizard.view(), window.dialogs().layer());
        });
    }

    String step() {
        return look(() -> wizard.model().step().id());
    }

    void waitForStep(String id) {
        waitFor("the step " + id, () -> wizard.model().step().id().equals(id));
    }

    /// Presses the button with those words.
    void clickText(String words) {
        clickNode(fx(() -> root.lookupAll(".button").stream().filter(javafx.scene.control.Button.class::isInstance)
                .map(javafx.scene.control.Button.class::cast).filter(button -> words.equals(button.getText()))
                .findFirst().orElseThrow(() -> new AssertionError("no button " + words))));
    }

    String reason() {
        return look(() -> node("wizard.reason", Label.class).getText());
    }
}
