package org.rollcall.ui.common;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// The content of a dialog: title and subtitle, content, and a foot with a note, Cancel and the action buttons. A builder,
/// shown by [Dialogs#show(DialogBox)].
public final class DialogBox {
    private final String title;
    private String subtitle = "";
    private @Nullable Node picture;
    private Node content = new VBox();
    private boolean edgeToEdge;
    private double width = 480;
    private String note = "";
    private String cancelLabel = Messages.get("common.cancel");
    private @Nullable Button action;
    private @Nullable Button other;
    private @Nullable Node firstFocus;
    private Runnable cancelled = () -> {};
    private Runnable close = () -> {};

    public DialogBox(String title) {
        this.title = title;
    }

    public DialogBox subtitle(String text) {
        subtitle = text;
        return this;
    }

    public DialogBox picture(Node node) {
        picture = node;
        return this;
    }

    /// Content with the dialog's padding of 24.
    public DialogBox content(Node node) {
        content = node;
        return this;
    }

    /// Content that brings its own padding and lines.
    public DialogBox edgeToEdge(Node node) {
        content = node;
        edgeToEdge = true;
        return this;
    }

    /// Width in pixels; 480 by default.
    public DialogBox width(double pixels) {
        width = pixels;
        return this;
    }

    /// A muted sentence on the left of the foot.
    public DialogBox note(String text) {
        note = text;
        return this;
    }

    public DialogBox cancelLabel(String text) {
        cancelLabel = text;
        return this;
    }

    /// The action button. It does not close the dialog; the caller does on success.
    public DialogBox action(Button button) {
        action = button;
        return this;
    }

    /// A second action, left of the main one. It does not close the dialog either.
    public DialogBox besides(Button button) {
        other = button;
        return this;
    }

    /// Receives the initial focus; by default the first control of the content.
    public DialogBox firstFocus(Node node) {
        firstFocus = node;
        return this;
    }

    public DialogBox onCancel(Runnable run) {
        cancelled = run;
        return this;
    }

    /// Closes it, if shown.
    public void close() {
        close.run();
    }

    void cancel() {
        close.run();
        cancelled.run();
    }

    void closesWith(Runnable run) {
        close = run;
    }

    String title() {
        return title;
    }

    double width() {
        return width;
    }

    @Nullable
    Node firstFocus() {
        return firstFocus;
    }

    @Nullable
    Button action() {
        return action;
    }

    Node contentNode() {
        return content;
    }

    /// All of it as a node.
    VBox build() {
        var body = new VBox(content);
        VBox.setVgrow(content, Priority.ALWAYS);
        if (!edgeToEdge) {
            body.getStyleClass().add("dialog-body");
        }
        var box = new VBox(head(), body, foot());
        box.setAccessibleRole(AccessibleRole.DIALOG);
        box.setAccessibleText(subtitle.isEmpty() ? title : title + ", " + subtitle);
        return box;
    }

    private HBox head() {
        var words = new VBox(Labels.wrapped(title, "title-4"));
        if (!subtitle.isEmpty()) {
            words.getChildren().add(Labels.wrapped(subtitle, "muted"));
        }
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        var head = new HBox();
        if (picture != null) {
            head.getChildren().add(picture);
        }
        head.getChildren().addAll(words, IconButton.flat(Icons.CLOSE, Messages.get("common.close"), this::cancel));
        head.getStyleClass().add("dialog-head");
        return head;
    }

    private HBox foot() {
        var foot = new HBox();
        foot.getStyleClass().add("dialog-foot");
        if (!note.isEmpty()) {
            foot.getChildren().add(Labels.wrapped(note, "muted"));
        }
        foot.getChildren().add(Labels.spacer());
        if (!cancelLabel.isEmpty()) {
            foot.getChildren().add(Buttons.plain(cancelLabel, this::cancel));
        }
        if (other != null) {
            foot.getChildren().add(other);
        }
        if (action != null) {
            foot.getChildren().add(action);
        }
        return foot;
    }
}
