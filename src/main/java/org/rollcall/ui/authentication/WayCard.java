package org.rollcall.ui.authentication;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.common.Tone;

/// The card of one way to sign in: its state, how many it admits and why not the others, and its requirements.
final class WayCard extends VBox {
    private final VBox figures = part("auth-figures");
    private final VBox middle = part("auth-middle");
    private final FlowPane foot = new FlowPane(8, 8);

    /// The icon of a requirement.
    enum Met {
        YES,
        NO,
        IN_THE_WAY
    }

    /// @param on     whether it is enabled
    /// @param reason why it cannot be changed, as display text; empty if it can
    /// @param turn   changes it, possibly after a confirmation
    WayCard(String key, Ikon icon, boolean on, String reason, Runnable turn) {
        getStyleClass().addAll("card-box", "auth-card");
        setId("authentication." + key);
        var name = Messages.get("authentication.card." + key);
        var tile = new StackPane(Icons.of(icon, Icons.IN_TILE, on ? Tone.ACCENT : Tone.MUTED));
        tile.getStyleClass().add("auth-tile");
        if (on) {
            tile.getStyleClass().add("on");
        }
        var state = Labels.of(Messages.get(on ? "authentication.on" : "authentication.off"), "caption",
                on ? "fg-success" : "muted");
        state.setGraphic(on
                ? Icons.of(Icons.DONE, Icons.IN_CHIP, Tone.SUCCESS)
                : Icons.of(Feather.MINUS_CIRCLE, Icons.IN_CHIP, Tone.MUTED));
        state.setGraphicTextGap(4);
        state.setId("authentication." + key + ".state");
        var title = Labels.wrapped(name, "title-4");
        title.setMinWidth(0);
        var words = new VBox(title, state);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var head = new HBox(tile, words, onOff("authentication." + key + ".switch",
                Messages.get("authentication.switch", name), on, reason, turn));
        head.getStyleClass().add("auth-head");
        var top = part("auth-top");
        top.getChildren().addAll(head,
                Labels.wrapped(Messages.get("authentication.card." + key + ".sentence"), "muted"));
        foot.getStyleClass().add("auth-foot");
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(top, figures, middle, foot);
    }

    private static VBox part(String styleClass) {
        var part = new VBox();
        part.getStyleClass().addAll("auth-part", styleClass);
        part.setMinHeight(Region.USE_PREF_SIZE);
        return part;
    }

    /// A switch that keeps its state until the change is confirmed.
    static Node onOff(String id, String name, boolean on, String reason, Runnable turn) {
        var onOff = new OnOff(name);
        onOff.setId(id);
        onOff.setSelected(on);
        onOff.selectedProperty().addListener((_, _, now) -> {
            if (now != on) {
                onOff.setSelected(on);
                turn.run();
            }
        });
        return new Disallowed(onOff, new ReadOnlyStringWrapper(reason));
    }

    WayCard figure(String number, String words) {
        var big = Labels.of(number, "figure");
        big.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(8, big, Labels.wrapped(words, "muted"));
        line.setAlignment(Pos.BASELINE_LEFT);
        line.setId(getId() + ".figure");
        figures.getChildren().add(line);
        return this;
    }

    WayCard fact(String words, String number) {
        var name = Labels.wrapped(words, "caption", "muted");
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        var value = Labels.of(number, "caption");
        value.setMinWidth(Region.USE_PREF_SIZE);
        figures.getChildren().add(new HBox(8, name, value));
        return this;
    }

    WayCard heading(String words) {
        var heading = Labels.wrapped(words, "caption", "strong", "muted");
        if (!middle.getChildren().isEmpty()) {
            heading.getStyleClass().add("auth-second-heading");
        }
        middle.getChildren().add(heading);
        return this;
    }

    WayCard need(Met met, String words) {
        middle.getChildren().add(line(switch (met) {
            case YES -> Icons.of(Icons.DONE, Icons.IN_TEXT, Tone.SUCCESS);
            case NO -> Icons.of(Feather.MINUS_CIRCLE, Icons.IN_TEXT, Tone.MUTED);
            case IN_THE_WAY -> Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.WARNING);
        }, met == Met.YES ? Labels.wrapped(words) : Labels.wrapped(words, "muted")));
        return this;
    }

    /// Text beside an icon that is aligned with its first line.
    static Node line(Node icon, Region words) {
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var place = new StackPane(icon);
        place.getStyleClass().add("auth-line-icon");
        var row = new HBox(8, place, words);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    /// A switch within the card; parameters as for [#onOff].
    WayCard choice(String id, String name, String sentence, boolean on, String reason, Runnable turn) {
        var words = new VBox(Labels.of(name), Labels.wrapped(sentence, "caption", "muted"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, words, onOff(id, name, on, reason, turn));
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("auth-way");
        return add(row);
    }

    WayCard add(Node node) {
        middle.getChildren().add(node);
        return this;
    }

    WayCard button(Node button) {
        foot.getChildren().add(button);
        return this;
    }
}
