package org.rollcall.ui.common;

import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Shows content when a [ScreenState] is ready, and the state in its place otherwise. Header and filters are outside, so they
/// stay; a table without matches keeps its column headers too.
public final class StatePane extends StackPane {
    private static final Duration SPINNER_AFTER = Duration.millis(500);
    private static final double[] SKELETON_WIDTHS = { 206, 160, 190, 128, 172 };

    private final Motion motion;
    private final Node content;
    private final ObjectProperty<ScreenState> state = new SimpleObjectProperty<>(ScreenState.ready());
    private Ikon emptyIcon = Icons.NOBODY;

    public StatePane(Motion motion, Node content) {
        this.motion = motion;
        this.content = content;
        state.subscribe(this::show);
    }

    /// The failed state alone, for views that otherwise show their own content.
    public static StatePane failed(Motion motion, String title, RollcallException trouble, Runnable retry) {
        var pane = new StatePane(motion, new StackPane());
        pane.state.set(new ScreenState.Failed(title, trouble, retry));
        return pane;
    }

    public ObjectProperty<ScreenState> stateProperty() {
        return state;
    }

    /// The icon of the empty state; an inbox by default.
    public void setEmptyIcon(Ikon icon) {
        emptyIcon = icon;
        show(state.get());
    }

    private void show(ScreenState now) {
        switch (now) {
            case ScreenState.Ready() -> getChildren().setAll(content);
            case ScreenState.Loading(var words) -> getChildren().setAll(loading(words));
            case ScreenState.Empty(var title, var sentence, var action) -> {
                var box = words(Icons.of(emptyIcon, Icons.IN_EMPTY_STATE, Tone.MUTED), title, sentence);
                if (action != null) {
                    box.getChildren().add(Buttons.primary(action.label(), action.run()));
                }
                place(box);
            }
            case ScreenState.NoMatch(var title, var filters, var clear) -> {
                var box = words(Icons.of(Icons.SEARCH, Icons.IN_EMPTY_STATE, Tone.MUTED), title, filters);
                box.getChildren().add(Buttons.plain(Messages.get("common.filters.clear"), clear));
                if (content instanceof TableView<?> table) {
                    // Below its headers: the searched table stays visible.
                    table.setPlaceholder(pane(box));
                    getChildren().setAll(table);
                } else {
                    place(box);
                }
            }
            case ScreenState.Failed(var title, var trouble, var retry) -> place(troubled(title, trouble, retry));
        }
    }

    private void place(VBox box) {
        getChildren().setAll(pane(box));
    }

    private static StackPane pane(VBox box) {
        var pane = new StackPane(box);
        pane.getStyleClass().add("state-pane");
        return pane;
    }

    private static VBox words(Node icon, String title, String sentence) {
        var heading = Labels.wrapped(title, "strong");
        heading.setAlignment(Pos.CENTER);
        var text = Labels.wrapped(sentence, "muted");
        text.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        var both = new VBox(4, heading, text);
        both.setAlignment(Pos.CENTER);
        var box = new VBox(16, new VBox(12, icon, both));
        ((VBox) box.getChildren().getFirst()).setAlignment(Pos.CENTER);
        box.getStyleClass().add("state-words");
        box.setMaxHeight(Region.USE_PREF_SIZE);
        return box;
    }

    private static VBox troubled(String title, RollcallException trouble, Runnable retry) {
        var sentence = title.equals(trouble.words().shown())
                ? Messages.capital(trouble.remedyWords().shown())
                : Messages.trouble(trouble);
        var icon = trouble.kind() == ErrorKind.OFFLINE || trouble.kind() == ErrorKind.STORAGE
                ? Icons.UNREACHABLE
                : Icons.WARNING;
        var box = words(Icons.of(icon, Icons.IN_EMPTY_STATE, Tone.WARNING), Messages.capital(title), sentence);
        var buttons = new HBox(8, Buttons.plain(Messages.get("common.retry"), Icons.AGAIN, retry));
        buttons.setAlignment(Pos.CENTER);
        if (trouble.kind() == ErrorKind.BUG) {
            box.getChildren().add(Labels.of(trouble.code(), "mono", "muted"));
            buttons.getChildren().add(copyDetails(trouble));
        }
        box.getChildren().add(buttons);
        return box;
    }

    /// "Copy details" of an internal error: code and class names, no data.
    public static Button copyDetails(RollcallException trouble) {
        return Buttons.plain(Messages.get("common.copy.details"), Icons.COPY, () -> {
            var text = new ClipboardContent();
            text.putString(trouble.code() + "\n" + trouble.message() + "\n" + trouble.details());
            Clipboard.getSystemClipboard().setContent(text);
        });
    }

    private Node loading(String words) {
        var rows = new VBox();
        rows.getStyleClass().add("skeleton-rows");
        for (double width : SKELETON_WIDTHS) {
            var round = block("round", 24, 24);
            var bar = block("bar", width, 8);
            var row = new HBox(round, bar);
            row.getStyleClass().add("skeleton-row");
            rows.getChildren().add(row);
        }
        var line = new HBox(8, new BusySpinner(motion), Labels.muted(words));
        line.setAlignment(Pos.CENTER);
        // Half a second of loading needs no spinner.
        line.setVisible(motion.isReduced());
        var wait = new PauseTransition(SPINNER_AFTER);
        wait.setOnFinished(_ -> line.setVisible(true));
        wait.play();
        var box = new VBox(16, rows, line);
        box.getStyleClass().add("state-pane");
        box.setAlignment(Pos.TOP_LEFT);
        box.setAccessibleText(words);
        box.setMaxWidth(Double.MAX_VALUE);
        return box;
    }

    private static Region block(String styleClass, double width, double height) {
        var block = new Region();
        block.getStyleClass().addAll("skeleton", styleClass);
        block.setMinSize(Math.min(width, 24), height);
        block.setPrefSize(width, height);
        block.setMaxSize(width, height);
        return block;
    }
}
