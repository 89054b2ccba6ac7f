package org.rollcall.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.Closing.Choice;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What closing the window does: asks once where schedules would stop with it, and keeps to the answer.
class WindowCloserTest extends UiTest {
    @TempDir
    Path folder;
    private final FakeTray tray = new FakeTray();
    private final AtomicInteger schedules = new AtomicInteger(2);
    private final List<String> done = new ArrayList<>();
    private Closing closing;
    private WindowRoot root;
    private WindowCloser closer;

    @BeforeEach
    void open() {
        closing = new Closing(new WindowPreferences(folder.resolve("window.json"), Runnable::run));
        var window = new AtomicReference<WindowContext>();
        root = showWith(context -> {
            window.set(context);
            var shown = new WindowRoot(context);
            shown.showPage(new Label("Overview"));
            return shown;
        });
        closer = look(() -> new WindowCloser(Objects.requireNonNull(window.get()), stage(), root, tray, closing,
                schedules::get, () -> done.add("locked"), () -> done.add("ended")));
    }

    private boolean showing() {
        return look(() -> stage().isShowing());
    }

    private void close() {
        fx(closer::close);
    }

    private void back() {
        tray.open.run();
        waitFor("the window", this::showing);
    }

    @Test
    void itAsksOnceAndKeepsRunning() {
        close();
        assertTrue(showing());
        picture("02-keep-running");
        click("shell.closing.keep");
        assertFalse(showing());
        assertTrue(tray.showing);
        assertEquals(List.of("locked"), done);
        fx(() -> closer.matters(2));
        assertEquals(List.of(0, 2), tray.shown);
        back();
        assertFalse(tray.showing);
        close();
        assertFalse(showing(), "it is not asked again");
        assertTrue(tray.showing);
        tray.quit.run();
        waitFor("the end", () -> done.contains("ended"));
        assertFalse(tray.showing);
    }

    @Test
    void whoQuitsIsNotAskedAgain() {
        close();
        click("shell.closing.quit");
        assertFalse(showing());
        assertFalse(tray.showing);
        assertEquals(Choice.QUIT, closing.choice());
        assertEquals(List.of(), done);
    }

    @Test
    void cancellingLeavesTheWindowAndTheQuestion() {
        close();
        fx(() -> scene().getRoot().lookupAll(".button").stream()
                .filter(each -> each instanceof Button button && "Cancel".equals(button.getText()))
                .map(Button.class::cast).toList().getFirst().fire());
        assertTrue(showing());
        assertEquals(Choice.ASK, closing.choice());
    }

    @Test
    void withoutSchedulesOrANotificationAreaItEnds() {
        closing.choose(Choice.KEEP);
        schedules.set(0);
        close();
        assertFalse(showing());
        assertFalse(tray.showing);
        fx(() -> stage().show());
        schedules.set(1);
        tray.there = false;
        close();
        assertFalse(showing());
        assertFalse(tray.showing);
        assertEquals(List.of(), done);
    }

    @Test
    void nobodyDecidesBehindALock() {
        fx(() -> root.lock(new StackPane()));
        close();
        assertFalse(showing());
        assertEquals(Choice.ASK, closing.choice());
    }
}
