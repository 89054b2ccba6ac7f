package org.rollcall.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import org.rollcall.text.Language;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.WindowContext;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/// The base of all tests with a scene: the one place where TestFX is. Shows a root in a stage under a theme, clicks and
/// types by id, waits for conditions, and writes pictures to the folder `rollcall.screens` (`target/screens`).
/// There is one toolkit a process, so these tests run one after the other; all others may run beside them.
@Execution(ExecutionMode.SAME_THREAD)
public abstract class UiTest {
    /// The moment that clocks of the window stand at in tests: 24 November 2026, 14:08.
    protected static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T14:08:00Z"), ZoneOffset.UTC);
    private static final int SCREEN = 300;
    private static final long PATIENCE_SECONDS = 90;
    private static final int PULSES = 2;

    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private Scene scene;
    private Theme theme;
    private Language language = Language.ENGLISH;

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        // What the headless platform does not load by itself, said once here rather than in every command line.
        System.setProperty("glass.platform", System.getProperty("glass.platform", "Headless"));
        System.setProperty("prism.order", System.getProperty("prism.order", "sw"));
        FxToolkit.registerPrimaryStage();
        // TestFX notes what any thread has thrown, those of servers in other tests too, and throws it in the test of a window.
        var all = Thread.getDefaultUncaughtExceptionHandler();
        if (all != null && !(all instanceof OfWindows)) {
            Thread.setDefaultUncaughtExceptionHandler(new OfWindows(all));
        }
    }

    @BeforeEach
    void forgetOthers() {
        WaitForAsyncUtils.clearExceptions();
    }

    private record OfWindows(Thread.UncaughtExceptionHandler testFx) implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable fault) {
            if (Platform.isFxApplicationThread()) {
                testFx.uncaughtException(thread, fault);
            } else {
                fault.printStackTrace();
            }
        }
    }

    @AfterEach
    void hideStage() {
        if (stage != null) {
            var shown = stage;
            fx(() -> {
                shown.hide();
                return null;
            });
        }
    }

    /// Everything shown from now on speaks that language; its pictures go to a folder named as its tag.
    protected void speak(Language spoken) {
        language = spoken;
        Language.use(spoken);
    }

    @AfterEach
    void speakEnglishAgain() {
        if (language != Language.ENGLISH) {
            speak(Language.ENGLISH);
        }
    }

    /// Shows what `root` makes, light, at 1280 by 800.
    protected <T extends Parent> T show(Supplier<T> root) {
        return show(1280, 800, _ -> root.get());
    }

    /// Shows what `root` makes out of a still window context (nothing moves, jobs run on the calling thread).
    protected <T extends Parent> T showWith(java.util.function.Function<WindowContext, T> root) {
        return show(1280, 800, root);
    }

    protected <T extends Parent> T show(int width, int height, java.util.function.Function<WindowContext, T> root) {
        return fx(() -> {
            theme = new Theme(Theme.Choice.LIGHT);
            var made = root.apply(WindowContext.still(theme, CLOCK));
            scene = new Scene(made, onScreen(width), onScreen(height));
            theme.install(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.show();
            stage.toFront();
            stage.requestFocus();
            layout(width, height);
            return made;
        });
    }

    protected Scene scene() {
        return Objects.requireNonNull(scene, "show(...) first");
    }

    protected Stage stage() {
        return Objects.requireNonNull(stage, "show(...) first");
    }

    protected Theme theme() {
        return Objects.requireNonNull(theme, "show(...) first");
    }

    /// Runs on the FX thread, and waits for it and for what it left to do.
    protected <T> T fx(Callable<T> work) {
        T result = WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), work);
        settle();
        return result;
    }

    /// Waits for what is left to do: two pulses, since what one lays out may ask for another, and events that those made.
    /// TestFX's own wait sleeps for 50 ms whatever happens, which is most of the time of a test that does many things.
    private static void settle() {
        if (Platform.isFxApplicationThread()) {
            return; // within other work, which waits at its end
        }
        var settled = new CountDownLatch(1);
        Platform.runLater(() -> new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                if (++pulses == PULSES) {
                    stop();
                    // The pulse itself goes on after this, and what it leaves comes behind it.
                    Platform.runLater(() -> Platform.runLater(() -> Platform.runLater(settled::countDown)));
                }
            }
        }.start());
        try {
            assertTrue(settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the window never comes to rest");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /// Reads something on the FX thread that leaves nothing to do.
    protected <T> T look(Callable<T> read) {
        return WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), read);
    }

    protected void fx(Runnable work) {
        fx(() -> {
            work.run();
            return null;
        });
    }

    protected void waitFor(String what, Callable<Boolean> condition) {
        waitFor(what, condition, () -> "");
    }

    /// @param instead what there is if it never comes
    protected void waitFor(String what, Callable<Boolean> condition, Callable<String> instead) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), condition));
        } catch (TimeoutException e) {
            fail("Waited in vain for: " + what + " " + look(instead), e);
        }
    }

    /// The node with that id; ids may hold dots (`users.table`).
    protected Node node(String id) {
        var found = look(() -> find(scene().getRoot(), id));
        if (found == null) {
            fail("No node with the id " + id);
        }
        return found;
    }

    protected boolean exists(String id) {
        return look(() -> find(scene().getRoot(), id)) != null;
    }

    protected <T extends Node> T node(String id, Class<T> type) {
        return type.cast(node(id));
    }

    /// Presses a button, link or menu button as the mouse would; other nodes get the mouse events themselves. Works
    /// outside of the headless screen too, which ends at 1000 by 1000.
    protected void click(String id) {
        var target = node(id);
        assertTrue(look(() -> !target.isDisabled()), id + " is disabled");
        clickNode(target);
    }

    protected void clickNode(Node target) {
        fx(() -> {
            if (target instanceof ButtonBase button) {
                button.requestFocus();
                button.fire();
            } else {
                for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED,
                        MouseEvent.MOUSE_CLICKED)) {
                    target.fireEvent(new MouseEvent(type, 1, 1, 1, 1, MouseButton.PRIMARY, 1, false, false, false,
                            false, true, false, false, true, false, true, new PickResult(target, 1, 1)));
                }
            }
        });
    }

    /// Moves the focus to the field and types.
    protected void type(String id, String text) {
        var target = node(id);
        fx(() -> {
            stage().requestFocus();
            target.requestFocus();
            // Typed characters go to the field itself: the headless platform's robot loses some when windows change.
            text.codePoints().mapToObj(Character::toString)
                    .forEach(typed -> Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_TYPED, typed, "",
                            KeyCode.UNDEFINED, false, false, false, false)));
        });
    }

    /// Presses keys together: `press(CONTROL, K)`.
    protected void press(KeyCode... keys) {
        var keyboard = robot.robotContext().getKeyboardRobot();
        keyboard.pressNoWait(keys);
        settle();
        var reverse = new KeyCode[keys.length];
        for (int i = 0; i < keys.length; i++) {
            reverse[i] = keys[keys.length - 1 - i];
        }
        keyboard.releaseNoWait(reverse);
        settle();
    }

    /// Gives the root a size. The stage stays within the headless screen, which fails beyond 1000 by 1000; the root may
    /// be larger, so views ask for their own width, never for the scene's.
    protected void resize(int width, int height) {
        fx(() -> {
            stage().setWidth(onScreen(width));
            stage().setHeight(onScreen(height));
        });
        fx(() -> layout(width, height));
    }

    private static int onScreen(int size) {
        return Math.min(size, SCREEN);
    }

    /// Writes `NAME-light.png` and `NAME-dark.png` of the scene as it is, 1280 by 800.
    protected void picture(String name) {
        picture(name, 1280, 800);
    }

    protected void picture(String name, int width, int height) {
        for (var choice : List.of(Theme.Choice.LIGHT, Theme.Choice.DARK)) {
            fx(() -> theme().choiceProperty().set(choice));
            resize(width, height);
            var image = fx(() -> {
                layout(width, height);
                var part = new SnapshotParameters();
                part.setViewport(new Rectangle2D(0, 0, width, height));
                return scene().getRoot().snapshot(part, new WritableImage(width, height));
            });
            write(image, name + "-" + choice.name().toLowerCase(java.util.Locale.ROOT) + ".png");
        }
        fx(() -> theme().choiceProperty().set(Theme.Choice.LIGHT));
    }

    /// Lets the window draw itself twice: the knob of a switch, for one, follows with the next pulse.
    protected void drawn() {
        var pulses = new CountDownLatch(2);
        var timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                pulses.countDown();
            }
        };
        fx(timer::start);
        waitFor("the window to draw itself", () -> pulses.getCount() == 0);
        fx(timer::stop);
    }

    /// Fails for controls that a screen reader has no name for.
    protected void assertAccessible(Parent root) {
        var nameless = fx(() -> Accessibility.nameless(root));
        assertTrue(nameless.isEmpty(), () -> "Without an accessible name:\n" + String.join("\n", nameless));
    }

    /// Words of ours that end in "..." or lie beyond the window's edge, though layouts are to hold a language a third longer.
    /// Values from outside may be cut: what stands in cells, states and buttons apart, and what the ids given begin.
    protected List<String> cutShort(String where, Collection<String> mayBeCut) {
        return fx(() -> scene().getRoot().lookupAll("*").stream().filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(each -> isShown(each) && (each.isTextTruncated() && !isValue(each) || isBeyondEdge(each))
                        && mayBeCut.stream().noneMatch(String.valueOf(each.getId())::startsWith))
                .map(each -> where + ": " + each.getText() + " (" + each.getId() + " " + each.getStyleClass() + ")")
                .distinct().toList());
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValue(Labeled words) {
        return isWithin(words, Cell.class) && !(words instanceof StatusLabel || words instanceof ButtonBase);
    }

    private boolean isBeyondEdge(Labeled words) {
        return !isWithin(words, ScrollPane.class) && !isWithin(words, VirtualFlow.class)
                && words.localToScene(words.getLayoutBounds()).getMaxX() > ((Region) scene().getRoot()).getWidth() + 1;
    }

    private static boolean isWithin(Node node, Class<?> type) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private void layout(int width, int height) {
        var root = scene().getRoot();
        root.applyCss();
        if (root instanceof Region region) {
            region.resize(width, height);
        }
        root.layout();
    }

    private void write(WritableImage image, String file) {
        var screens = Path.of(System.getProperty("rollcall.screens", "target/screens"));
        var folder = language == Language.ENGLISH ? screens : screens.resolve(language.tag());
        try {
            Files.createDirectories(folder);
            Png.write(image, folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Node find(Node node, String id) {
        if (id.equals(node.getId())) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (var child : parent.getChildrenUnmodifiable()) {
                var found = find(child, id);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
