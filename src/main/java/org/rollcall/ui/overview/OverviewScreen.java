package org.rollcall.ui.overview;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.WindowContext;

/// Overview: the welcome while nothing is connected, the figures from then on.
public final class OverviewScreen implements Screen {
    private final WindowContext context;
    private final OverviewViewModel model;
    private final Navigator navigator;
    private final Supplier<Node> welcome;

    /// @param welcome makes the page that shows while there is no tenant
    public OverviewScreen(WindowContext context, OverviewViewModel model, Navigator navigator,
            Supplier<Node> welcome) {
        this.context = context;
        this.model = model;
        this.navigator = navigator;
        this.welcome = welcome;
    }

    @Override
    public String id() {
        return "overview";
    }

    @Override
    public String title() {
        return Messages.get("overview.title");
    }

    @Override
    public Ikon icon() {
        return Icons.OVERVIEW;
    }

    @Override
    public Node view() {
        var content = new StackPane();
        var welcoming = new AtomicReference<@Nullable Node>();
        model.figuresProperty().subscribe(figures -> {
            if (figures != null) {
                content.getChildren().setAll(
                        figures.tenants().isEmpty()
                                ? welcoming.updateAndGet(made -> made == null ? welcome.get() : made)
                                : new OverviewView(figures, context.clock(), navigator, model::reason,
                                        model.asTableProperty()));
            }
        });
        var pane = new StatePane(context.motion(), content);
        pane.stateProperty().bind(model.stateProperty());
        return pane;
    }

    @Override
    public ReadOnlyIntegerProperty mattersProperty() {
        return model.mattersProperty();
    }

    @Override
    public void shown(Map<String, String> arguments) {
        model.reload();
    }

    @Override
    public void reload() {
        model.reload();
    }
}
