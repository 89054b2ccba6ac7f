package org.rollcall.ui.guide;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowContext;

/// Shows the guide over the window, wherever that is: the pages at the left, the open one beside them.
public final class GuideDialog {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 520;

    private final WindowContext context;
    private final ScrollPane scroll = new ScrollPane();
    private final ToggleGroup group = new ToggleGroup();
    private final Map<String, ToggleButton> items = new HashMap<>();
    /// The heading that is to be in sight; null: none, or the person has scrolled since.
    private @Nullable Node wanted;

    private GuideDialog(WindowContext context) {
        this.context = context;
    }

    /// @param target a page, or one with a heading of it: `sign-in#cannot-sign-in`
    public static void open(WindowContext context, String target) {
        new GuideDialog(context).show(target);
    }

    private void show(String target) {
        var list = new VBox(2);
        list.getStyleClass().add("guide-list");
        for (String id : GuidePages.IDS) {
            var item = new ToggleButton(GuidePages.title(id));
            item.setId("guide.page." + id);
            item.getStyleClass().add("guide-item");
            item.setMaxWidth(Double.MAX_VALUE);
            item.setToggleGroup(group);
            item.setOnAction(_ -> open(id));
            items.put(id, item);
            list.getChildren().add(item);
        }
        scroll.setId("guide.scroll");
        scroll.setFitToWidth(true);
        // From then on the person scrolls.
        scroll.addEventFilter(InputEvent.ANY, event -> {
            if (event instanceof ScrollEvent || event instanceof KeyEvent
                    || event.getEventType().equals(MouseEvent.MOUSE_PRESSED)) {
                wanted = null;
            }
        });
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "guide-scroll");
        HBox.setHgrow(scroll, Priority.ALWAYS);
        var body = new HBox(list, scroll);
        body.getStyleClass().add("guide");
        body.setMinHeight(HEIGHT);
        body.setPrefHeight(HEIGHT);
        open(target);
        context.dialogs().show(new DialogBox(Messages.get("guide.title")).edgeToEdge(body).width(WIDTH)
                .cancelLabel(Messages.get("common.close")).firstFocus(scroll));
    }

    private void open(String target) {
        String id = target.split("#", 2)[0];
        String page = GuidePages.IDS.contains(id) ? id : "index";
        var view = new MarkdownView(GuidePages.text(page), GuidePages.anchors(page), this::follow);
        scroll.setContent(view);
        scroll.setVvalue(0);
        group.selectToggle(items.get(page));
        Node heading = target.contains("#") ? view.anchors().get(target.split("#", 2)[1]) : null;
        wanted = heading;
        if (heading != null) {
            // How high the page is shows only once it is laid out, some pulses later.
            view.layoutBoundsProperty().subscribe(_ -> scrollTo(view, heading));
            heading.boundsInParentProperty().subscribe(_ -> scrollTo(view, heading));
            scroll.viewportBoundsProperty().subscribe(_ -> scrollTo(view, heading));
        }
    }

    private void scrollTo(MarkdownView view, Node heading) {
        if (!heading.equals(wanted)) {
            return;
        }
        double beyond = view.getHeight() - scroll.getViewportBounds().getHeight();
        if (beyond > 0) {
            scroll.setVvalue(Math.clamp((heading.getBoundsInParent().getMinY() - 12) / beyond, 0, 1));
        }
    }

    /// Pages lead to pages; what lies outside opens in the browser.
    private void follow(String destination) {
        if (destination.startsWith("https://")) {
            context.links().open(URI.create(destination));
        } else {
            open(destination.replace(".md", ""));
        }
    }
}
