package org.rollcall.ui.common;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/// Lays out views before they are shown: controls get their skins, rows and styles here, so that they appear at once later.
/// Works in small steps with pauses, so that the window stays responsive. Use on the FX thread.
public final class Backstage {
    private static final Duration BETWEEN = Duration.millis(20);
    /// About two rows of a table, in pixels.
    private static final double HIGHER_BY = 80;

    private final Scene window;
    private final Pane place = new Pane();
    private final Deque<Runnable> pieces = new ArrayDeque<>();
    private final PauseTransition rest = new PauseTransition(BETWEEN);

    /// @param window provides size and style sheets
    public Backstage(FxDispatcher fx, Scene window) {
        this.window = window;
        Bindings.bindContent(new Scene(place).getStylesheets(), window.getStylesheets());
        // Outside of the pulse that ends the pause, which has its own work.
        rest.setOnFinished(_ -> fx.afterwards(this::next));
    }

    /// Runs `piece` after earlier ones.
    public void later(Runnable piece) {
        if (pieces.isEmpty()) {
            rest.playFromStart();
        }
        pieces.add(piece);
    }

    /// Lays `region` out unless it is shown already: first as it is, then with rows, some more each time. Little is left to do
    /// when it is shown.
    ///
    /// @param rows adds rows to it
    public void layOut(Region region, Runnable rows) {
        later(() -> layOut(region, 1));
        later(() -> {
            if (place.equals(region.getParent())) {
                rows.run();
                grow(region, 1);
            }
        });
    }

    /// Discards pending steps.
    public void stop() {
        rest.stop();
        pieces.clear();
        place.getChildren().clear();
    }

    private void layOut(Region region, double height) {
        if (region.getParent() == null) {
            place.getChildren().setAll(region);
        }
        if (place.equals(region.getParent())) {
            region.resize(window.getWidth(), height);
            region.applyCss();
            region.layout();
        }
    }

    private void grow(Region region, double height) {
        layOut(region, height);
        if (height < window.getHeight()) {
            pieces.addFirst(() -> grow(region, height + HIGHER_BY));
        } else {
            place.getChildren().clear();
        }
    }

    private void next() {
        var piece = pieces.poll();
        try {
            if (piece != null) {
                piece.run();
            }
        } finally {
            if (!pieces.isEmpty()) {
                rest.playFromStart();
            }
        }
    }
}
