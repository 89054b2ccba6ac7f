package org.rollcall.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.rollcall.app.RollcallWindow;

/// The real window over a directory of a million, in a process of its own with the heap that the table names: signs in,
/// opens Overview and Users, types, scrolls, orders, filters, selects everybody, opens a person. Prints its rows.
public final class WindowBenchmark {
    private static final List<String> TYPED = List.of("anna schmidt", "garcía", "user.77", "human res",
            "o'brien legal");
    private static final int EVERYBODY = 1_000_000;
    private static final int PLACES = 60;
    private static final long WARM_MILLIS = Long.getLong("rollcall.bench.warm", 3_000);

    private final WindowDriver window;

    private WindowBenchmark(String name) {
        window = new WindowDriver(name);
    }

    /// Arguments: what the directory is, in words; its folder.
    public static void main(String[] args) {
        Thread.ofPlatform().daemon().start(() -> Application.launch(RollcallWindow.class,
                Path.of(args[1]).toString()));
        try {
            new WindowBenchmark(args[0]).run();
            System.exit(0);
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run() {
        while (javafx.stage.Window.getWindows().isEmpty()) {
            WindowDriver.pause(20);
        }
        window.start();
        WindowDriver.waitFor("sign-in", () -> WindowDriver.ready("signin.name"));
        WindowDriver.fx(() -> {
            WindowDriver.write("signin.name", DirectoryFill.ADMINISTRATOR);
            WindowDriver.write("signin.passwordField", DirectoryFill.PASSWORD);
        });
        window.step("sign in, until Overview shows its figures", () -> WindowDriver.click("signin.go"),
                () -> WindowDriver.ready("nav.users") && says("1,000,0"));
        long looked = System.nanoTime() + WARM_MILLIS * 1_000_000;
        window.step("look at Overview for a moment, in which Users is prepared", () -> {},
                () -> System.nanoTime() > looked);
        window.step("open Users, until people show", () -> WindowDriver.click("nav.users"), this::shows);
        WindowDriver.pause(WARM_MILLIS);
        keystrokes();
        window.step("all people again", () -> WindowDriver.write("users.search", ""), other(this::shows));
        scroll();
        window.step("order by role", () -> order("role"), other(this::shows));
        scroll();
        window.step("order by name", () -> order("name"), other(this::shows));
        window.step("select all people", () -> WindowDriver.press("users.table", KeyCode.A, true),
                () -> WindowDriver.find("users.selected") instanceof Labeled words
                        && words.getText().contains("1,000,0"));
        window.step("select nobody", () -> WindowDriver.click("users.select.none"), () -> true);
        window.step("open a person", () -> {
            table().getSelectionModel().select(3);
            WindowDriver.press("users.table", KeyCode.ENTER, false);
        }, () -> WindowDriver.find("users.pane.name") != null && WindowDriver.find("users.tabs") != null);
        window.worst();
    }

    private void keystrokes() {
        var times = new ArrayList<Meter.Spent>();
        window.settle();
        for (String text : TYPED) {
            WindowDriver.fx(() -> WindowDriver.write("users.search", ""));
            WindowDriver.waitFor("everybody", () -> table().getItems().size() >= EVERYBODY && shows());
            WindowDriver.pause(300);
            for (int i = 0; i < text.length(); i++) {
                String letter = text.substring(i, i + 1);
                boolean sameSearch = letter.isBlank();
                var before = WindowDriver.look(() -> table().getItems());
                Meter.Reading begin = Meter.read();
                WindowDriver.fx(() -> WindowDriver.type("users.search", letter));
                if (!sameSearch) {
                    WindowDriver.waitFor("people with " + text.substring(0, i + 1),
                            () -> table().getItems() != before && shows());
                }
                times.add(Meter.since(begin));
                WindowDriver.pause(60);
            }
        }
        window.row("a letter typed into the filter until its people show; 95 of 100 within",
                Meter.percentile(times), window.settle());
    }

    private void scroll() {
        var random = new Random(3);
        var times = new ArrayList<Meter.Spent>();
        window.settle();
        for (int i = 0; i < PLACES; i++) {
            int place = random.nextInt(WindowDriver.look(() -> table().getItems().size()));
            Meter.Reading begin = Meter.read();
            WindowDriver.fx(() -> table().scrollTo(place));
            WindowDriver.waitFor("place " + place, this::shows);
            times.add(Meter.since(begin));
        }
        window.row("scroll to any place until its people show; 95 of 100 within", Meter.percentile(times),
                window.settle());
    }

    private static void order(String column) {
        var chosen = table().getColumns().stream().filter(each -> column.equals(each.getId())).findFirst()
                .orElseThrow();
        table().getSortOrder().clear();
        sortBy(table(), chosen);
    }

    @SuppressWarnings("unchecked")
    private static <T> void sortBy(TableView<T> table, javafx.scene.control.TableColumn<?, ?> column) {
        table.getSortOrder().add((javafx.scene.control.TableColumn<T, ?>) column);
    }

    /// The condition with another list than now.
    private static BooleanSupplier other(BooleanSupplier condition) {
        var before = WindowDriver.look(() -> table().getItems());
        return () -> table().getItems() != before && condition.getAsBoolean();
    }

    private static TableView<?> table() {
        return WindowDriver.node("users.table", TableView.class);
    }

    /// Whether the rows show people (cells that are kept in reserve may show nobody), or nobody is found.
    private boolean shows() {
        if (!(WindowDriver.find("users.table") instanceof TableView<?> table)) {
            return false;
        }
        if (table.getItems().isEmpty()) {
            return true;
        }
        var names = table.lookupAll(".table-cell").stream().filter(TableCell.class::isInstance)
                .map(TableCell.class::cast)
                .filter(cell -> cell.getTableColumn() != null && "name".equals(cell.getTableColumn().getId())
                        && !cell.isEmpty() && cell.isVisible())
                .toList();
        return !names.isEmpty() && names.stream().filter(cell -> cell.getItem() != null).count() * 2 > names.size();
    }

    private static boolean says(String words) {
        return javafx.stage.Window.getWindows().stream()
                .flatMap(each -> each.getScene().getRoot().lookupAll("*").stream())
                .anyMatch(node -> node instanceof Labeled labeled && labeled.getText() != null
                        && labeled.getText().contains(words));
    }
}
