package org.rollcall.ui.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Backstage;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;

/// The window around the screens. Views of screens are made when first opened and kept.
public final class ShellView extends StackPane {
    private static final double NARROW_BELOW = 1100;
    /// By then the first screen shows, and somebody looks at it.
    private static final Duration PREPARE_AFTER = Duration.millis(800);

    private final WindowContext context;
    private final ShellViewModel model;
    private final SessionActions session;
    private final Sidebar sidebar;
    private final TopBar top;
    private final StackPane content = new StackPane();
    private final StatusBar status;
    private final CommandPalette palette;
    private final Map<String, Node> views = new HashMap<>();
    private final javafx.event.EventHandler<KeyEvent> keys = this::keys;
    private final PauseTransition idle = new PauseTransition(PREPARE_AFTER);
    private @Nullable Backstage backstage;
    private @Nullable Scene listening;

    public ShellView(WindowContext context, ShellViewModel model, SessionActions session) {
        this.context = context;
        this.model = model;
        this.session = session;
        sidebar = new Sidebar(model);
        top = new TopBar(model, context.theme(), session);
        status = new StatusBar(model, context.motion());
        palette = new CommandPalette(model, top.search());
        getStyleClass().add("shell");
        content.setId("shell.content");
        VBox.setVgrow(content, Priority.ALWAYS);
        content.setMinHeight(0);
        // In the order that Tab goes.
        var body = new BorderPane();
        body.setLeft(sidebar);
        body.setCenter(new VBox(top, content));
        body.setBottom(status);
        getChildren().addAll(body, palette);
        StackPane.setAlignment(palette, Pos.TOP_LEFT);
        widthProperty()
                .subscribe(width -> sidebar.setNarrow(width.doubleValue() > 0 && width.doubleValue() < NARROW_BELOW));
        model.currentProperty().subscribe(this::show);
        sceneProperty().subscribe(this::listenTo);
    }

    private void show(@Nullable Screen screen) {
        if (screen != null) {
            content.getChildren().setAll(view(screen));
        }
    }

    private Node view(Screen screen) {
        return views.computeIfAbsent(screen.id(), _ -> screen.view());
    }

    /// Makes other screens before somebody opens them, as far as they want that.
    private void prepare(Scene scene) {
        if (backstage != null || scene.getWindow() == null || !scene.getWindow().isShowing()) {
            return;
        }
        var made = new Backstage(context.fx(), scene);
        backstage = made;
        for (var screen : model.screens()) {
            if (!views.containsKey(screen.id()) && screen.reason().isEmpty()) {
                screen.prepare(() -> made.later(() -> {
                    // As wide as it will be: a table chooses its columns by that.
                    if (made.equals(backstage) && !views.containsKey(screen.id())) {
                        var place = new StackPane(view(screen));
                        place.setPadding(new Insets(0, scene.getWidth() - content.getWidth(), 0, 0));
                        made.layOut(place, () -> {});
                    }
                }));
            }
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        // The palette hangs under the search field, as wide as it.
        var field = top.search();
        var place = sceneToLocal(field.localToScene(field.getBoundsInLocal()));
        if (place != null) {
            palette.setPrefWidth(place.getWidth());
            palette.setTranslateX(snapPositionX(place.getMinX()));
            palette.setTranslateY(snapPositionY(place.getMaxY()) + 4);
        }
    }

    private void listenTo(@Nullable Scene scene) {
        if (listening != null) {
            listening.removeEventHandler(KeyEvent.KEY_PRESSED, keys);
        }
        listening = scene;
        idle.stop();
        if (backstage != null) {
            backstage.stop();
            backstage = null;
        }
        if (scene != null) {
            idle.setOnFinished(_ -> prepare(scene));
            idle.playFromStart();
            scene.addEventHandler(KeyEvent.KEY_PRESSED, keys);
        }
    }

    private void keys(KeyEvent event) {
        var screen = model.currentProperty().get();
        if (context.dialogs().isOpen() || screen == null) {
            return;
        }
        Runnable action = event.isShortcutDown() ? shortcut(event.getCode(), screen) : key(event.getCode(), screen);
        if (action != null) {
            event.consume();
            action.run();
        }
    }

    private @Nullable Runnable shortcut(KeyCode code, Screen screen) {
        int digit = code.isDigitKey() ? code.getCode() - KeyCode.DIGIT0.getCode() : 0;
        if (digit >= 1 && digit <= model.screens().size()) {
            return () -> model.open(model.screens().get(digit - 1).id(), Map.of());
        }
        return switch (code) {
            case K -> palette::open;
            case F -> screen::focusFilter;
            case L -> session::lock;
            default -> null;
        };
    }

    private @Nullable Runnable key(KeyCode code, Screen screen) {
        return switch (code) {
            case F1 -> session::help;
            case F5 -> screen::reload;
            case F6 -> this::nextRegion;
            default -> null;
        };
    }

    private void nextRegion() {
        var regions = List.of(sidebar, top, content, status);
        var owner = getScene().getFocusOwner();
        int at = 0;
        while (at < regions.size() && !FocusOrder.isWithin(owner, regions.get(at))) {
            at++;
        }
        for (int i = 1; i <= regions.size(); i++) {
            var region = regions.get((at + i) % regions.size());
            var first = FocusOrder.first(region);
            if (region == sidebar) {
                sidebar.focusCurrent();
                return;
            }
            if (first != null) {
                first.requestFocus();
                return;
            }
        }
    }
}
