package org.rollcall.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import javafx.util.Duration;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The preferences of the window in a JSON file of the data folder: size and position, theme, columns, small choices by name.
/// Written atomically half a second after the last change. An unreadable file is ignored. Use on the FX thread; only creating
/// it, which reads the file, and reading a choice may be done on other threads.
public final class WindowPreferences {
    private static final Logger LOG = LoggerFactory.getLogger(WindowPreferences.class);
    /// Its name in a data folder.
    public static final String FILE = "window.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration QUIET = Duration.millis(500);

    /// The position of the window, in pixels of the screen.
    public record Place(double x, double y, double width, double height, boolean maximized) {}

    /// A column as the person arranged it.
    ///
    /// @param place from the left, 0 the first; null: the default
    public record Column(double width, boolean visible, @Nullable Integer place) {}

    /// The file.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Content(@Nullable Place place, @Nullable Map<String, String> choices,
            @Nullable Map<String, Map<String, Column>> tables) {}

    private final Path file;
    private final Executor writer;
    private @Nullable PauseTransition quiet;
    private @Nullable Place place;
    private final Map<String, String> choices = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, Column>> tables = new TreeMap<>();

    /// @param writer runs writes: off the FX thread in the window, at once in tests
    public WindowPreferences(Path file, Executor writer) {
        this.file = file;
        this.writer = writer;
        read();
    }

    /// A small choice by name (`theme`, `signin.way`), or `otherwise`.
    public String choice(String name, String otherwise) {
        return choices.getOrDefault(name, otherwise);
    }

    public void choose(String name, String value) {
        if (!value.equals(choices.put(name, value))) {
            writeSoon();
        }
    }

    /// Restores the theme, and stores changes.
    public void remember(Theme theme) {
        var before = choice("theme", "");
        for (var one : Theme.Choice.values()) {
            if (one.name().equals(before)) {
                theme.choiceProperty().set(one);
            }
        }
        theme.choiceProperty().subscribe(now -> choose("theme", now.name()));
    }

    /// Restores reduced motion, and stores changes.
    public void remember(Motion motion) {
        if ("reduced".equals(choice("motion", ""))) {
            motion.wishedProperty().set(true);
        }
        motion.wishedProperty().subscribe(now -> choose("motion", now ? "reduced" : "usual"));
    }

    /// Restores the position of the stage, and stores changes.
    public void remember(Stage stage) {
        var before = place;
        if (before != null) {
            stage.setX(before.x());
            stage.setY(before.y());
            stage.setWidth(before.width());
            stage.setHeight(before.height());
            stage.setMaximized(before.maximized());
        }
        for (var part : List.<Observable>of(stage.xProperty(), stage.yProperty(), stage.widthProperty(),
                stage.heightProperty(), stage.maximizedProperty())) {
            part.addListener(_ -> follow(stage));
        }
    }

    private void follow(Stage stage) {
        if (!stage.isShowing() || stage.isIconified()) {
            return;
        }
        var last = place;
        // A maximized window stores the position it returns to.
        place = stage.isMaximized() && last != null
                ? new Place(last.x(), last.y(), last.width(), last.height(), true)
                : new Place(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
        writeSoon();
    }

    /// Stores the columns of every table in the scene that was styled by [Columns#dress] and has an id.
    public void rememberTables(Scene scene) {
        scene.getProperties().put(WindowPreferences.class, this);
    }

    /// The preferences of that scene's tables, if any.
    static Optional<WindowPreferences> of(Scene scene) {
        return Optional.ofNullable((WindowPreferences) scene.getProperties().get(WindowPreferences.class));
    }

    /// Whether the columns of that table were restored already.
    static boolean remembers(TableView<?> table) {
        return table.getProperties().containsKey(WindowPreferences.class);
    }

    /// Restores the widths, visibility and order of a table's columns by id, and stores changes.
    public <T> void remember(String name, TableView<T> table) {
        table.getProperties().put(WindowPreferences.class, name);
        var known = tables.computeIfAbsent(name, _ -> new TreeMap<>());
        order(known, table.getColumns());
        for (TableColumnBase<?, ?> column : table.getColumns()) {
            var id = column.getId();
            if (id == null) {
                continue;
            }
            var before = known.get(id);
            if (before != null) {
                column.setPrefWidth(before.width());
                column.setVisible(before.visible());
            }
            Runnable keep = () -> {
                known.put(id, new Column(column.getWidth(), column.isVisible(), table.getColumns().indexOf(column)));
                writeSoon();
            };
            column.widthProperty().addListener(_ -> keep.run());
            column.visibleProperty().addListener(_ -> keep.run());
            table.getColumns().addListener((Observable _) -> {
                if (table.getColumns().contains(column)) {
                    keep.run();
                }
            });
        }
    }

    /// New columns keep their default position.
    private static <C extends TableColumnBase<?, ?>> void order(Map<String, Column> known, ObservableList<C> columns) {
        var places = new HashMap<C, Integer>();
        for (int i = 0; i < columns.size(); i++) {
            C column = columns.get(i);
            var before = column.getId() == null ? null : known.get(column.getId());
            places.put(column, before == null || before.place() == null ? i : before.place());
        }
        var sorted = columns.stream().sorted(Comparator.comparing(places::get)).toList();
        if (!sorted.equals(columns)) {
            columns.setAll(sorted);
        }
    }

    private void writeSoon() {
        var wait = quiet;
        if (wait == null) {
            wait = new PauseTransition(QUIET);
            wait.setOnFinished(_ -> flush());
            quiet = wait;
        }
        wait.playFromStart();
    }

    /// Writes pending changes now, when the program exits.
    public void flush() {
        if (quiet != null) {
            quiet.stop();
        }
        var copy = new TreeMap<String, Map<String, Column>>();
        tables.forEach((name, columns) -> copy.put(name, new TreeMap<>(columns)));
        var content = new Content(place, new TreeMap<>(choices), copy);
        writer.execute(() -> write(content));
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            var content = JSON.readValue(file.toFile(), Content.class);
            place = content.place();
            choices.putAll(content.choices() == null ? Map.of() : content.choices());
            if (content.tables() != null) {
                content.tables().forEach((name, columns) -> tables.put(name, new TreeMap<>(columns)));
            }
        } catch (IOException e) {
            LOG.warn("Starting with a fresh window: {} cannot be read", file.getFileName());
        }
    }

    private void write(Content content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            // A temporary file is readable by its owner only, and so is its target.
            Path next = Files.createTempFile(folder, "window", ".new");
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (JacksonException e) {
            LOG.warn("The window's places could not be put into words", e);
        } catch (IOException e) {
            LOG.warn("The window's places could not be kept: {}", e.getClass().getSimpleName());
        }
    }
}
