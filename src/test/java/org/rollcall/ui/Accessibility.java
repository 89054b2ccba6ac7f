package org.rollcall.ui;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeTableView;
import javafx.scene.control.TreeView;

/// Walks a scene for controls without a name: buttons without words, fields without a label or accessible text.
final class Accessibility {
    private Accessibility() {}

    static List<String> nameless(Parent root) {
        var labelled = new ArrayList<Node>();
        collectLabelled(root, labelled);
        var found = new ArrayList<String>();
        walk(root, labelled, found);
        return found;
    }

    private static void collectLabelled(Node node, List<Node> labelled) {
        if (node instanceof Label label && label.getLabelFor() != null) {
            labelled.add(label.getLabelFor());
        }
        children(node).forEach(child -> collectLabelled(child, labelled));
    }

    private static void walk(Node node, List<Node> labelled, List<String> found) {
        if (!node.isVisible()) {
            return;
        }
        if (needsName(node) && isBlank(node.getAccessibleText()) && !labelled.contains(node) && !hasWords(node)) {
            found.add(node.getClass().getSimpleName() + " " + node.getId() + " " + node.getStyleClass() + " in "
                    + path(node));
        }
        if (!(node instanceof ComboBoxBase<?>) && !(node instanceof Spinner<?>)) {
            children(node).forEach(child -> walk(child, labelled, found));
        }
    }

    private static boolean needsName(Node node) {
        boolean container = node instanceof TableView || node instanceof TreeTableView || node instanceof TreeView
                || node instanceof ListView;
        return node instanceof ButtonBase || node instanceof TextInputControl || node instanceof ComboBoxBase
                || node instanceof Spinner || node instanceof Slider || container
                || node instanceof atlantafx.base.controls.ToggleSwitch
                || node instanceof atlantafx.base.controls.SegmentedControl;
    }

    private static boolean hasWords(Node node) {
        return node instanceof Labeled labeled && !isBlank(labeled.getText());
    }

    private static List<Node> children(Node node) {
        if (node instanceof ScrollPane pane && pane.getContent() != null) {
            return List.of(pane.getContent());
        }
        return node instanceof Parent parent ? parent.getChildrenUnmodifiable() : List.of();
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String path(Node node) {
        var path = new StringBuilder();
        for (Node n = node.getParent(); n != null && path.length() < 160; n = n.getParent()) {
            path.append(n.getId() == null
                    ? n.getStyleClass().isEmpty()
                            ? n.getClass().getSimpleName()
                            : n.getStyleClass().getFirst()
                    : "#" + n.getId()).append(" < ");
        }
        return path.toString();
    }
}
