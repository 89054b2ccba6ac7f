package org.rollcall.ui.common;

import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.RotateTransition;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Arc;
import javafx.scene.shape.Circle;
import javafx.util.Duration;

/// The small spinner, 16 px, beside text about work in progress. Animated only in a visible scene; with reduced motion a static
/// icon is shown instead.
public final class BusySpinner extends StackPane {
    private static final double RADIUS = 6.5;

    private final RotateTransition turning = new RotateTransition(Duration.seconds(1), this);
    private final Motion motion;

    public BusySpinner(Motion motion) {
        this.motion = motion;
        getStyleClass().add("busy");
        turning.setByAngle(360);
        turning.setInterpolator(Interpolator.LINEAR);
        turning.setCycleCount(Animation.INDEFINITE);
        motion.reducedProperty().subscribe(_ -> rebuild());
        sceneProperty().subscribe(_ -> turn());
        visibleProperty().subscribe(_ -> turn());
    }

    private void rebuild() {
        getChildren().setAll(motion.isReduced() ? Icons.of(Icons.WAIT, Icons.IN_TEXT, Tone.MUTED) : ring());
        turn();
    }

    private void turn() {
        if (getScene() != null && isVisible() && !motion.isReduced()) {
            turning.play();
        } else {
            turning.stop();
            setRotate(0);
        }
    }

    private static Node ring() {
        var track = new Circle(RADIUS);
        track.getStyleClass().add("busy-track");
        var arc = new Arc(0, 0, RADIUS, RADIUS, -30, 130);
        arc.getStyleClass().add("busy-arc");
        return new javafx.scene.Group(track, arc);
    }
}
