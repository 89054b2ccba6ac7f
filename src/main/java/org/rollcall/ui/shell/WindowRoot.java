package org.rollcall.ui.shell;

import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowContext;

/// The root of the window's scene: one page (sign-in, the shell, the wizard) under the dialogs and the toasts.
public final class WindowRoot extends StackPane implements Navigator {
    private final StackPane page = new StackPane();
    private @Nullable ShellViewModel shell;
    private @Nullable Node covered;

    public WindowRoot(WindowContext context) {
        getStyleClass().add("window");
        page.getChildren().setAll(opening());
        getChildren().addAll(page, context.toasts(), context.dialogs().layer());
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
    }

    public void showShell(ShellView view, ShellViewModel model) {
        shell = model;
        covered = null;
        page.getChildren().setAll(view);
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
