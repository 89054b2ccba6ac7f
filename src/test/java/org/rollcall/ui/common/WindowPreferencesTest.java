package org.rollcall.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.ui.UiTest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WindowPreferencesTest extends UiTest {
    @TempDir
    Path folder;

    @Test
    void keepsChoicesAndColumnsOverAStart() throws IOException {
        var file = folder.resolve("data/window.json");
        fx(() -> {
            var before = new WindowPreferences(file, Runnable::run);
            before.choose("theme", "DARK");
            var table = table();
            before.remember("users", table);
            table.getColumns().getFirst().setVisible(false);
            before.flush();
        });
        assertTrue(Files.readString(file).contains("\"theme\" : \"DARK\""));

        var visible = fx(() -> {
            var after = new WindowPreferences(file, Runnable::run);
            assertEquals("DARK", after.choice("theme", "SYSTEM"));
            var table = table();
            after.remember("users", table);
            return table.getColumns().getFirst().isVisible();
        });
        assertEquals(false, visible);
        try (var files = Files.list(file.getParent())) {
            assertEquals(1, files.count(), "nothing half written stays behind");
        }
    }

    @Test
    void keepsTheColumnsOfEveryTableWithAnId() {
        var file = folder.resolve("window.json");
        for (boolean again : new boolean[]{ false, true }) {
            show(StackPane::new);
            var preferences = fx(() -> new WindowPreferences(file, Runnable::run));
            var table = fx(() -> {
                preferences.rememberTables(scene());
                var made = Columns.dress(table(), "People");
                made.setId("people");
                ((StackPane) scene().getRoot()).getChildren().add(made);
                return made;
            });
            assertEquals(again, fx(() -> !table.getColumns().getFirst().isVisible()));
            fx(() -> {
                table.getColumns().getFirst().setVisible(false);
                preferences.flush();
            });
        }
    }

    @Test
    void startsFreshFromAFileThatCannotBeRead() throws IOException {
        var file = folder.resolve("window.json");
        Files.writeString(file, "{ cut off");
        var theme = fx(() -> {
            var preferences = new WindowPreferences(file, Runnable::run);
            var fresh = new Theme(Theme.Choice.LIGHT);
            preferences.remember(fresh);
            return fresh.choiceProperty().get();
        });
        assertEquals(Theme.Choice.LIGHT, theme);
    }

    @Test
    void putsTheStageWhereItWas() {
        show(StackPane::new);
        var file = folder.resolve("window.json");
        fx(() -> {
            var preferences = new WindowPreferences(file, Runnable::run);
            preferences.remember(stage());
            stage().setWidth(640);
            preferences.flush();
            stage().setWidth(700);
            new WindowPreferences(file, Runnable::run).remember(stage());
        });
        assertEquals(640.0, fx(() -> stage().getWidth()));
    }

    private static TableView<String> table() {
        var table = new TableView<String>();
        var column = new TableColumn<String, String>("Name");
        column.setId("name");
        table.getColumns().add(column);
        return table;
    }
}
