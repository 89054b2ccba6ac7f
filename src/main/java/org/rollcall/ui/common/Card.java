package org.rollcall.ui.common;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// A box with a border and rounded corners. Either padded content, or a head row of 44 px with a line and content edge to edge
/// (tables, lists).
public final class Card extends VBox {
    private @Nullable Region frame;

    private Card() {
        getStyleClass().add("card-box");
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (frame != null) {
            frame.resizeRelocate(0, 0, getWidth(), getHeight());
        }
    }

    /// Tables and lists have square corners; this overlay rounds them.
    private void addFrame() {
        frame = new Region();
        frame.getStyleClass().add("card-frame");
        frame.setManaged(false);
        frame.setMouseTransparent(true);
        getChildren().add(frame);
    }

    /// Padding 16, spacing 12.
    public static Card of(Node... content) {
        var card = new Card();
        var inside = new VBox(content);
        inside.getStyleClass().add("card-content");
        VBox.setVgrow(inside, Priority.ALWAYS);
        card.getChildren().add(inside);
        return card;
    }

    /// Padding 16 with a strong heading.
    public static Card titled(String title, Node... content) {
        var card = of(content);
        ((VBox) card.getChildren().getFirst()).getChildren().addFirst(heading(title));
        return card;
    }

    /// Padding 24, as in Welcome.
    public static Card roomy(Node... content) {
        var card = of(content);
        card.getStyleClass().add("roomy");
        return card;
    }

    /// A head row with small controls on its right, and a body without padding.
    public static Card headed(String title, Node body, Node... right) {
        return headed(heading(title), body, right);
    }

    /// As above, with a heading that changes.
    public static Card headed(Label title, Node body, Node... right) {
        var card = new Card();
        var head = new HBox(title, Labels.spacer());
        head.getChildren().addAll(right);
        head.getStyleClass().add("card-head");
        VBox.setVgrow(body, Priority.ALWAYS);
        card.getChildren().addAll(head, body);
        card.addFrame();
        return card;
    }

    /// Only the box, with a body without padding.
    public static Card bare(Node body) {
        var card = new Card();
        VBox.setVgrow(body, Priority.ALWAYS);
        card.getChildren().add(body);
        card.addFrame();
        return card;
    }

    private static Label heading(String title) {
        return Labels.heading(title, "strong");
    }

}
