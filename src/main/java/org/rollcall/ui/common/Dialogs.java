package org.rollcall.ui.common;

import javafx.animation.AnimationTimer;
import javafx.event.EventTarget;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.AnchorPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.layout.ModalBox;
import org.jspecify.annotations.Nullable;

/// Shows dialogs over the window; the focus goes to the first field and stays within; Escape cancels; afterwards the focus
/// returns to where it was.
public final class Dialogs {
    private static final int PULSES_TO_SHOW = 120;
    private static final int PULSES_TO_HIDE = 4;

    private final ModalPane pane = new ModalPane();
    private final FxDispatcher fx;
    private @Nullable DialogBox open;
    private @Nullable VBox node;
    private @Nullable Node returnTo;
    private Subscription watching = Subscription.EMPTY;

    public Dialogs(Motion motion, FxDispatcher fx) {
        this.fx = fx;
        pane.setAlignment(Pos.CENTER);
        // A click beside the dialog must not discard input; Escape and Cancel are explicit enough.
        pane.setPersistent(true);
        pane.setInTransitionFactory(content -> {
            motion.enter(content);
            return new javafx.animation.PauseTransition(javafx.util.Duration.ONE);
        });
        pane.setOutTransitionFactory(_ -> new javafx.animation.PauseTransition(javafx.util.Duration.ONE));
        pane.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && open != null) {
                event.consume();
                open.cancel();
            } else if (event.getCode() == KeyCode.ENTER && !hasUseForEnter(event.getTarget())) {
                act(event);
            }
        });
    }

    /// The layer for the window's root.
    public ModalPane layer() {
        return pane;
    }

    public boolean isOpen() {
        return open != null;
    }

    /// Closes the open dialog as if cancelled: the person it belongs to has signed out.
    public void dismiss() {
        var last = open;
        if (last != null) {
            returnTo = null;
            last.cancel();
        }
    }

    public void show(DialogBox dialog) {
        if (open == null) {
            returnTo = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        }
        open = dialog;
        dialog.closesWith(() -> close(dialog));
        var content = dialog.build();
        node = content;
        var box = new ModalBox(content) {
            // Titles and sentences wrap, so the height depends on the width, which the box does not take into account.
            @Override
            protected double computePrefHeight(double width) {
                return content.prefHeight(dialog.width());
            }

            @Override
            protected double computeMinHeight(double width) {
                return content.minHeight(dialog.width());
            }
        };
        box.setPrefWidth(dialog.width());
        box.setMaxWidth(dialog.width());
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setMaxHeight(Region.USE_PREF_SIZE);
        AnchorPane.setTopAnchor(content, 0.0);
        AnchorPane.setBottomAnchor(content, 0.0);
        AnchorPane.setLeftAnchor(content, 0.0);
        AnchorPane.setRightAnchor(content, 0.0);
        pane.show(box);
        watch(dialog, content);
        arrival(dialog, content, box).start();
    }

    /// Requests the focus until it is there: a dialog is added to its scene and shown some pulses after it was opened. The pane
    /// hides a dialog some pulses after it was closed, and with it one that was opened in between, which is shown again.
    private AnimationTimer arrival(DialogBox dialog, VBox content, ModalBox box) {
        return new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                if (dialog.equals(open) && !pane.isDisplay()) {
                    pane.show(box);
                }
                focusFirst(dialog, content);
                var scene = content.getScene();
                boolean there = scene != null && FocusOrder.isWithin(scene.getFocusOwner(), content);
                pulses++;
                if (there && pulses > PULSES_TO_HIDE || !dialog.equals(open) || pulses == PULSES_TO_SHOW) {
                    stop();
                }
            }
        };
    }

    /// Confirms something that can be undone or is harmless.
    public void confirm(String title, String sentence, String verb, Runnable yes) {
        ask(title, sentence, verb, yes, false);
    }

    /// Confirms something that removes data or access; the verb is on a danger button, and Cancel has the focus.
    public void confirmDanger(String title, String sentence, String verb, Runnable yes) {
        ask(title, sentence, verb, yes, true);
    }

    private void ask(String title, String sentence, String verb, Runnable yes, boolean danger) {
        var dialog = new DialogBox(title).content(Labels.wrapped(sentence));
        Runnable act = () -> {
            dialog.close();
            yes.run();
        };
        show(dialog.action(danger ? Buttons.danger(verb, act) : Buttons.primary(verb, act)));
    }

    private void close(DialogBox dialog) {
        if (!dialog.equals(open)) {
            return;
        }
        open = null;
        node = null;
        watching.unsubscribe();
        pane.hide(true);
        var back = returnTo;
        returnTo = null;
        if (back != null && back.getScene() != null) {
            back.requestFocus();
        }
    }

    private void watch(DialogBox dialog, VBox content) {
        watching.unsubscribe();
        var scene = pane.getScene();
        if (scene != null) {
            watching = scene.focusOwnerProperty().subscribe(owner -> {
                if (dialog.equals(open) && owner != null && !FocusOrder.isWithin(owner, content)) {
                    fx.afterwards(() -> focusFirst(dialog, content));
                }
            });
        }
    }

    /// Enter activates the dialog's action. The scene has only one default button, and the page below may have one too.
    private void act(KeyEvent event) {
        DialogBox dialog = open;
        Button action = dialog == null ? null : dialog.action();
        if (action != null && action.isDefaultButton() && !action.isDisabled()) {
            event.consume();
            action.fire();
        }
    }

    private static boolean hasUseForEnter(EventTarget target) {
        return target instanceof TextArea || target instanceof ComboBoxBase<?> || target instanceof Hyperlink
                || target instanceof Button || target instanceof MenuButton;
    }

    private void focusFirst(DialogBox dialog, VBox content) {
        var scene = content.getScene();
        if (!dialog.equals(open) || !content.equals(node) || scene == null
                || FocusOrder.isWithin(scene.getFocusOwner(), content)) {
            return;
        }
        var first = dialog.firstFocus();
        if (first == null) {
            first = FocusOrder.first(dialog.contentNode());
        }
        if (first == null) {
            first = FocusOrder.first(content.getChildren().getLast());
        }
        if (first != null) {
            first.requestFocus();
        }
    }
}
