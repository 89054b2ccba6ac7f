package org.rollcall.ui.shell;

import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowContext;

/// The root of the window's scene: one page (sign-in, the shell, the wizard) under the dialogs and the toasts.
public final class WindowRoot extends StackPane implements Navigator {
    private final WindowContext context;
    private final StackPane page = new StackPane();
    private @Nullable ShellViewModel shell;
    private @Nullable Node covered;

    public WindowRoot(WindowContext context) {
        this.context = context;
        getStyleClass().add("window");
        page.getChildren().setAll(opening());
        unlock();
    }

    /// Hears of F1 where no shell answers it: at the wizard (`importing`) and before anybody signed in (`signin`).
    public void helpWith(Consumer<String> help) {
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            boolean shellAnswers = shell != null && covered == null;
            if (event.getCode() == KeyCode.F1 && !shellAnswers && !isLocked() && !context.dialogs().isOpen()) {
                event.consume();
                help.accept(shell == null ? "signin" : "importing");
            }
        });
    }

    /// Until the data folder is open, which takes a while on a cold disk.
    private static Node opening() {
        var page = new VBox(16, Brand.icon(64), Labels.muted(Messages.get("shell.opening")));
        page.setAlignment(Pos.CENTER);
        return page;
    }

    /// Shows a page without a shell, such as Sign-in.
    public void showPage(Node node) {
        shell = null;
        covered = null;
        page.getChildren().setAll(node);
        unlock();
    }

    public void showShell(ShellView view, ShellViewModel model) {
        shell = model;
        covered = null;
        page.getChildren().setAll(view);
    }

    /// Shows only this page, whatever else goes on: pages, dialogs and toasts wait outside of the scene, so that nothing of
    /// them can be seen, read out or typed into.
    public void lock(Node node) {
        Window.getWindows().stream().filter(PopupWindow.class::isInstance).toList().forEach(Window::hide);
        getChildren().setAll(node);
    }

    /// Goes on where [#lock] came between.
    public void unlock() {
        getChildren().setAll(page, context.toasts(), context.dialogs().layer());
    }

    public boolean isLocked() {
        return !getChildren().contains(page);
    }

    /// Goes on when the open screen lets go, if there is one.
    public void leave(Runnable go) {
        if (shell == null) {
            go.run();
        } else {
            shell.leave(go);
        }
    }

    @Override
    public void open(String screen, Map<String, String> arguments) {
        uncover();
        if (shell != null) {
            shell.open(screen, arguments);
        }
    }

    @Override
    public void cover(Node node) {
        if (covered == null && !page.getChildren().isEmpty()) {
            covered = page.getChildren().getFirst();
        }
        page.getChildren().setAll(node);
    }

    @Override
    public void uncover() {
        if (covered != null) {
            page.getChildren().setAll(covered);
            covered = null;
        }
    }
}
