package org.rollcall.ui.schedules;

import javafx.scene.control.TableView;
import javafx.scene.layout.Region;

/// A table as high as there is room, but never so that a row is cut.
final class WholeRows extends Region {
    private static final double HEAD = 36;
    private static final double ROW = 32;
    private static final int LEAST = 3;

    private final TableView<?> table;

    /// @param table with rows of 32
    WholeRows(TableView<?> table) {
        this.table = table;
        getChildren().add(table);
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEAD + LEAST * ROW;
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double rows = Math.floor((getHeight() - HEAD) / ROW);
        table.resizeRelocate(0, 0, getWidth(), HEAD + rows * ROW);
    }
}
