package org.rollcall.ui.activity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;

/// The card beside a table: a heading, scrolling facts, buttons at the bottom.
abstract class DetailCard extends VBox {
    DetailCard(String id) {
        setId(id);
        getStyleClass().addAll("card-box", "activity-card");
    }

    /// If no row is selected.
    void showNothing(String words) {
        var none = Labels.wrapped(words, "muted");
        none.setAlignment(Pos.CENTER);
        none.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        var place = new StackPane(none);
        place.getStyleClass().add("activity-none");
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().setAll(place);
    }

    void showParts(Node head, List<Node> facts, List<Node> buttons) {
        var page = new VBox(12);
        page.getStyleClass().add("activity-facts");
        page.getChildren().setAll(facts);
        var scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "activity-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var foot = new HBox(8);
        foot.getChildren().setAll(buttons);
        foot.getStyleClass().add("activity-foot");
        getChildren().setAll(head, scroll, foot);
    }

    /// A caption with its value below, which wraps.
    static Node fact(String name, String value, String... styleClasses) {
        var words = Labels.wrapped(value, styleClasses);
        words.setId("activity.fact." + name);
        return new VBox(2, Labels.caption(name), words);
    }

    /// A link to people at a moment.
    ///
    /// @param key of the words, and the id
    static Hyperlink then(String key, Instant moment, Navigator navigator) {
        var link = Buttons.link(Messages.get(key), () -> navigator.open("users", Map.of("asof", moment.toString())));
        link.setId(key);
        link.getStyleClass().add("caption");
        return link;
    }

    static Label strong(String words) {
        var label = Labels.wrapped(words, "strong");
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }
}
