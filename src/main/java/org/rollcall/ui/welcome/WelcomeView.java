package org.rollcall.ui.welcome;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Tone;

/// What Overview shows while there is no tenant: connect the own one, or explore the sample.
public final class WelcomeView extends WelcomeColumn {
    private static final double CARD_WIDTH = 372;
    private static final double SENTENCE_HEIGHT = 60;

    /// @param connect opens the wizard, empty
    public WelcomeView(Motion motion, SampleStartViewModel sample, Runnable connect, WelcomeLinks links) {
        super(Messages.get("welcome.heading"), Messages.get("welcome.sentence"));
        var connecting = Buttons.primary(Messages.get("welcome.connect"), connect);
        connecting.setId("welcome.connect");
        var exploring = Buttons.plain(Messages.get("welcome.explore"), sample::start);
        exploring.setId("welcome.explore");
        exploring.visibleProperty().bind(sample.busyProperty().not());
        var waiting = new HBox(8, new BusySpinner(motion), Labels.muted(Messages.get("welcome.sample.starting")));
        waiting.setAlignment(Pos.CENTER);
        waiting.visibleProperty().bind(sample.busyProperty());
        var exploreOrWait = new StackPane(large(exploring), waiting);
        var problem = Labels.problem();
        problem.textProperty().bind(sample.problemProperty());
        var cards = new FlowPane(16, 16,
                card(Icons.TENANT, "welcome.connect", "welcome.connect.sentence",
                        List.of("welcome.connect.time", "welcome.connect.right", "welcome.connect.look"),
                        large(connecting)),
                card(Icons.SAMPLE, "welcome.explore", "welcome.explore.sentence",
                        List.of("welcome.explore.size", "welcome.explore.network", "welcome.explore.wizard"),
                        new VBox(8, exploreOrWait, problem)));
        cards.setAlignment(Pos.CENTER);
        column().getChildren().addAll(cards, links(links));
    }

    private static Node links(WelcomeLinks links) {
        var row = new HBox(24);
        row.setAlignment(Pos.CENTER);
        Runnable importSettings = links.importSettings();
        if (importSettings != null) {
            row.getChildren().add(link("welcome.settings", importSettings));
        }
        row.getChildren().addAll(link("welcome.restore", () -> links.guide().accept("recovery#restore")),
                link("welcome.guide", () -> links.guide().accept("index")));
        return row;
    }

    private static Node link(String key, Runnable action) {
        var link = Buttons.link(Messages.get(key), action);
        link.setId(key);
        return link;
    }

    private static Button large(Button button) {
        button.getStyleClass().add("large");
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    private static Node card(Ikon icon, String title, String sentence, List<String> ticks, Node action) {
        var tile = new StackPane(Icons.of(icon, Icons.IN_TILE, Tone.ACCENT));
        tile.getStyleClass().add("welcome-tile");
        var text = Labels.wrapped(Messages.get(sentence), "muted");
        text.setPrefHeight(SENTENCE_HEIGHT);
        var list = new VBox(8);
        ticks.forEach(key -> {
            var line = Labels.wrapped(Messages.get(key));
            line.setGraphic(Icons.of(Icons.CHECK, Icons.IN_TEXT, Tone.SUCCESS));
            line.setGraphicTextGap(8);
            list.getChildren().add(line);
        });
        var words = new VBox(4, Labels.of(Messages.get(title), "title-4"), text);
        var content = new VBox(16, tile, words, list, action);
        VBox.setMargin(action, new javafx.geometry.Insets(8, 0, 0, 0));
        var card = Card.roomy(content);
        card.setPrefWidth(CARD_WIDTH);
        card.setMinWidth(CARD_WIDTH);
        card.setMaxWidth(CARD_WIDTH);
        return card;
    }
}
