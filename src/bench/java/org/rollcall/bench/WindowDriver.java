package org.rollcall.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

/// Uses a window as a person does, through its controls, and measures what each step takes and how long the FX thread
/// was busy in it at a stretch.
final class WindowDriver {
    private static final long PATIENCE_SECONDS = 600;

    private final FxProbe probe = new FxProbe();
    private final String name;
    private FxProbe.Stall worst = new FxProbe.Stall(0, 0);

    /// @param name of what is measured, for the rows
    WindowDriver(String name) {
        this.name = name;
    }

    void start() {
        probe.start();
    }

    /// Does something and waits for what comes of it.
    Meter.Spent step(String step, Runnable action, BooleanSupplier done) {
        probe.take();
        Meter.Reading begin = Meter.read();
        fx(action);
        waitFor(step, done);
        Meter.Spent spent = Meter.since(begin);
        row(step, spent, settle());
        return spent;
    }

    /// What was longest since it was last asked; waits a little for what may follow a step.
    FxProbe.Stall settle() {
        pause(150);
        FxProbe.Stall stall = probe.take();
        worst = new FxProbe.Stall(Math.max(worst.wall(), stall.wall()), Math.max(worst.processor(),
                stall.processor()));
        return stall;
    }

    void row(String step, Meter.Spent spent, FxProbe.Stall stall) {
        System.out.printf(Locale.ROOT, "| %s | %s | %,d ms | %,d ms | %,d ms | %,d ms |%n", name, step,
                spent.wall() / 1_000_000, spent.processor() / 1_000_000, stall.wall() / 1_000_000,
                stall.processor() / 1_000_000);
    }

    void worst() {
        System.out.printf(Locale.ROOT, "| %s | longest of all | | | %,d ms | %,d ms |%n", name,
                worst.wall() / 1_000_000, worst.processor() / 1_000_000);
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static <T extends @Nullable Object> T look(Supplier<T> read) {
        var result = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                result.complete(read.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    static void fx(Runnable work) {
        look(() -> {
            work.run();
            return true;
        });
    }

    static void waitFor(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!look(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for: " + what + "\n" + look(WindowDriver::texts));
            }
            pause(5);
        }
    }

    /// On the FX thread: the node with that id in any window; null: there is none.
    static @Nullable Node find(String id) {
        for (Window window : Window.getWindows()) {
            Node found = find(window.getScene().getRoot(), id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    static <T extends Node> T node(String id, Class<T> type) {
        Node found = find(id);
        if (found == null) {
            throw new IllegalStateException("no node " + id);
        }
        return type.cast(found);
    }

    static boolean ready(String id) {
        Node found = find(id);
        return found != null && !found.isDisabled() && found.getScene() != null;
    }

    static void click(String id) {
        node(id, ButtonBase.class).fire();
    }

    static void write(String id, String text) {
        node(id, TextInputControl.class).setText(text);
    }

    static void type(String id, String letter) {
        Node field = node(id, Node.class);
        field.requestFocus();
        Event.fireEvent(field, new KeyEvent(KeyEvent.KEY_TYPED, letter, "", KeyCode.UNDEFINED, false, false, false,
                false));
    }

    static void press(String id, KeyCode key, boolean shortcut) {
        Node field = node(id, Node.class);
        field.requestFocus();
        Event.fireEvent(field, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, shortcut, false, false));
    }

    private static List<String> texts() {
        return Window.getWindows().stream().flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .filter(Labeled.class::isInstance).map(node -> String.valueOf(((Labeled) node).getText())).toList();
    }

    private static @Nullable Node find(Node node, String id) {
        if (id.equals(node.getId())) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = find(child, id);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
