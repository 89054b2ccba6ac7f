package org.rollcall.ui.welcome;

import javafx.geometry.Pos;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Labels;

/// The column of the welcome pages: icon, heading, a sentence, and cards below.
class WelcomeColumn extends ScrollPane {
    private static final double WIDTH = 760;
    private static final double TEXT_WIDTH = 560;

    private final VBox column = new VBox();

    WelcomeColumn(String heading, String sentence) {
        var title = Labels.of(heading, "title-1");
        var text = Labels.wrapped(sentence, "muted");
        text.setTextAlignment(TextAlignment.CENTER);
        text.setAlignment(Pos.CENTER);
        text.setMaxWidth(TEXT_WIDTH);
        var head = new VBox(8, title, text);
        head.setAlignment(Pos.CENTER);
        var top = new VBox(20, Brand.icon(64), head);
        top.setAlignment(Pos.CENTER);
        column.getStyleClass().add("welcome-column");
        column.setMaxWidth(WIDTH);
        column.getChildren().add(top);
        var page = new StackPane(column);
        page.getStyleClass().add("welcome-page");
        page.setAlignment(Pos.TOP_CENTER);
        getStyleClass().addAll("edge-to-edge", "welcome");
        setContent(page);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
    }

    final VBox column() {
        return column;
    }
}
