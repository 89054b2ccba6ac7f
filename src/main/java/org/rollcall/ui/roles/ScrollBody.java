package org.rollcall.ui.roles;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// As high as what it holds where there is room, scrolled where there is not.
final class ScrollBody extends ScrollPane {
    private final Region content;
    private double least;

    /// @param least so much of it shows at any time, in pixels, unless it is lower
    ScrollBody(Region content, double least) {
        super(content);
        this.content = content;
        this.least = least;
        getStyleClass().addAll("edge-to-edge", "roles-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
    }

    void setLeast(double pixels) {
        least = pixels;
        requestLayout();
    }

    /// What wraps knows its height only when it knows its width.
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.ceil(content.prefHeight(width));
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.min(least, computePrefHeight(width));
    }
}
