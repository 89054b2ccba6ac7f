package org.rollcall.ui.common;

import javafx.animation.FadeTransition;
import javafx.animation.Interpolator;
import javafx.animation.ParallelTransition;
import javafx.animation.TranslateTransition;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.util.Duration;

/// Animations: appearing nodes fade in and rise 8 px in 150 ms, disappearing ones take 100 ms. With reduced motion, by setting
/// or by the system's preference, they take no time.
public final class Motion {
    public static final Duration ENTER = Duration.millis(150);
    public static final Duration LEAVE = Duration.millis(100);
    private static final double RISE = 8;

    private final BooleanProperty wished = new SimpleBooleanProperty();
    private final BooleanBinding reduced;

    public Motion() {
        var system = Platform.getPreferences().reducedMotionProperty();
        reduced = Bindings.createBooleanBinding(() -> wished.get() || system.get(), wished, system);
    }

    /// Without animation, for tests and pictures.
    public static Motion still() {
        var motion = new Motion();
        motion.wished.set(true);
        return motion;
    }

    /// The setting "Reduce motion"; the system's preference applies in any case.
    public BooleanProperty wishedProperty() {
        return wished;
    }

    public BooleanBinding reducedProperty() {
        return reduced;
    }

    public boolean isReduced() {
        return reduced.get();
    }

    public Duration duration(Duration usual) {
        return isReduced() ? Duration.ZERO : usual;
    }

    public void enter(Node node) {
        if (isReduced()) {
            node.setOpacity(1);
            node.setTranslateY(0);
            return;
        }
        node.setOpacity(0);
        node.setTranslateY(RISE);
        var fade = new FadeTransition(ENTER, node);
        fade.setToValue(1);
        var rise = new TranslateTransition(ENTER, node);
        rise.setToY(0);
        fade.setInterpolator(Interpolator.EASE_OUT);
        rise.setInterpolator(Interpolator.EASE_OUT);
        new ParallelTransition(fade, rise).play();
    }

    public void leave(Node node, Runnable gone) {
        if (isReduced()) {
            gone.run();
            return;
        }
        var fade = new FadeTransition(LEAVE, node);
        fade.setToValue(0);
        fade.setOnFinished(_ -> gone.run());
        fade.play();
    }
}
