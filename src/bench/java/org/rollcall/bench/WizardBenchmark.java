package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import org.rollcall.app.AppContext;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.ImportWizard;
import org.rollcall.ui.importing.draft.Prefill;

/// The wizard against a very large tenant: connects, chooses and previews through its controls. With `serve` as first
/// argument it is the tenant instead, in a process of its own, until its input ends.
public final class WizardBenchmark {
    private static final int MEMBERSHIPS = 1_000_000;

    /// In nanoseconds.
    private static final long FILLING_IN = 3_000_000_000L;

    /// Lines that `serve` writes.
    static final int TOLD = 5;

    private static @Nullable AppContext app;
    private static @Nullable Prefill prefill;

    private WizardBenchmark() {}

    /// Arguments: what the tenant is, in words; an empty folder; what `serve` printed, in a file. Or: `serve`, people,
    /// groups, that file.
    public static void main(String[] args) throws IOException {
        if (args[0].equals("serve")) {
            serve(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
            return;
        }
        List<String> tenant = Files.readAllLines(Path.of(args[2]));
        String authority = Files.readString(Path.of(tenant.get(4)));
        prefill = new Prefill(Cloud.CUSTOM, tenant.get(0), tenant.get(1), tenant.get(2), tenant.get(3), tenant.get(3),
                authority);
        app = AppContext.create(Path.of(args[1]), "bench", "bench horse battery staple".toCharArray(), "bench",
                Clock.systemUTC());
        Thread.ofPlatform().daemon().start(() -> Application.launch(Shown.class));
        try {
            new Walk(args[0]).run();
            System.exit(0);
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(int people, int groups, Path file) throws IOException {
        var options = SampleTenant.Options.defaults().withUsers(people).withGroups(groups)
                .withMemberships(MEMBERSHIPS);
        try (var tenant = SampleTenant.start(options)) {
            Files.write(file, List.of(tenant.tenantId(), tenant.clientId(), tenant.clientSecret(), tenant.origin(),
                    tenant.caFile().toString()));
            while (System.in.read() >= 0) {
                // Until whoever started it lets go.
            }
        }
    }

    /// The window with nothing but the wizard. A class of its own: Java asks for JavaFX as modules where the main class is an
    /// application.
    public static final class Shown extends Application {
        @Override
        public void start(Stage stage) {
            var opened = java.util.Objects.requireNonNull(app);
            var context = WindowContext.create(new Theme(Theme.Choice.LIGHT), new Motion(), _ -> {}, Clock.systemUTC());
            var actor = new Actor(null, "bench", "bench", Set.of(Permission.values()));
            var wizard = ImportWizard.filledIn(context, opened, actor, java.util.Objects.requireNonNull(prefill),
                    () -> {});
            var scene = new Scene(new StackPane(wizard.view(), context.toasts(), context.dialogs().layer()), 1000, 800);
            context.theme().install(scene);
            stage.setScene(scene);
            stage.show();
        }
    }

    private static final class Walk {
        private final WindowDriver window;

        Walk(String name) {
            window = new WindowDriver(name);
        }

        void run() {
            while (javafx.stage.Window.getWindows().isEmpty()) {
                WindowDriver.pause(20);
            }
            window.start();
            WindowDriver.waitFor("the wizard", () -> WindowDriver.ready("wizard.next"));
            // Nobody fills it in faster; meanwhile the next steps are prepared.
            long filled = System.nanoTime() + FILLING_IN;
            window.step("fill in Connect", () -> {}, () -> System.nanoTime() > filled);
            next("connect, until Verify shows its permissions",
                    () -> WindowDriver.find("verify.table") instanceof TableView<?> table && !table.getItems().isEmpty()
                            && WindowDriver.ready("wizard.next"));
            next("open Choose, until the tenant is counted", () -> WindowDriver
                    .find("importing.choose.count") instanceof Label count && !count.getText().isBlank());
            window.step("choose by groups, until the tree shows", () -> segment("importing.choose.mode", "Groups"),
                    () -> WindowDriver.find("importing.choose.tree") != null
                            && WindowDriver.find("importing.choose.tick.All Staff") != null);
            window.step("tick a group", () -> WindowDriver.node("importing.choose.tick.All Staff", CheckBox.class)
                    .fire(), () -> WindowDriver.ready("wizard.next"));
            window.step("open a branch", () -> tree().getTreeItem(0).setExpanded(true),
                    () -> tree().getExpandedItemCount() > 1);
            window.step("scroll the tree to its end", () -> tree().scrollTo(tree().getExpandedItemCount() - 1),
                    () -> true);
            window.step("find a group", () -> WindowDriver.write("importing.choose.search", "Engineering"),
                    () -> WindowDriver.find("importing.choose.tick.Engineering") != null);
            window.step("everyone again", () -> segment("importing.choose.mode", "Everyone"),
                    () -> WindowDriver.ready("wizard.next"));
            next("open Map", () -> WindowDriver.ready("importing.map.username"));
            next("preview everyone, from the first request to the first changes", this::changes);
            window.step("show memberships only", () -> chip("members"), this::changes);
            window.step("scroll to the end of what is read", () -> table().scrollTo(table().getItems().size() - 1),
                    () -> true);
            window.step("find a person among the changes", () -> {
                chip("all");
                WindowDriver.write("importing.preview.search", "anna");
            }, this::changes);
            window.worst();
        }

        private void next(String step, BooleanSupplier done) {
            window.step(step, () -> WindowDriver.click("wizard.next"), done);
        }

        private static void chip(String name) {
            WindowDriver.node("importing.preview.filter." + name, ToggleButton.class).fire();
        }

        private boolean changes() {
            return WindowDriver.find("importing.preview.table") instanceof TableView<?> table
                    && !table.getItems().isEmpty();
        }

        private static TableView<?> table() {
            return WindowDriver.node("importing.preview.table", TableView.class);
        }

        private static TreeTableView<?> tree() {
            Node found = below(WindowDriver.node("importing.choose.tree", Node.class),
                    TreeTableView.class::isInstance);
            return (TreeTableView<?>) java.util.Objects.requireNonNull(found);
        }

        private static void segment(String id, String words) {
            Node label = java.util.Objects.requireNonNull(below(WindowDriver.node(id, Node.class),
                    node -> node.getClass().getSimpleName().equals("ToggleLabel") && node instanceof Labeled text
                            && words.equals(text.getText())));
            for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
                label.fireEvent(new MouseEvent(type, 1, 1, 1, 1, MouseButton.PRIMARY, 1, false, false, false, false,
                        true, false, false, true, false, true, new PickResult(label, 1, 1)));
            }
        }

        private static @Nullable Node below(Node node, Predicate<Node> wanted) {
            if (wanted.test(node)) {
                return node;
            }
            if (node instanceof Parent parent) {
                for (Node child : parent.getChildrenUnmodifiable()) {
                    Node found = below(child, wanted);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }
    }
}
