package org.rollcall.ui.common;

import java.util.List;
import javafx.scene.layout.Region;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ComponentsTest extends UiTest {
    @Test
    void galleryShowsEveryPartInLightAndDark() {
        var gallery = show(1280, 2420, ComponentsGallery::new);
        // Measured first: on a busy machine the pictures take longer than a toast stays.
        var sizes = fx(() -> List.of(height("primary"), height("small"), height("search"), height("segments"),
                height("chip"), height("filter"), height("toast")));
        assertEquals(List.of(34.0, 26.0, 34.0, 34.0, 22.0, 28.0, 52.0), sizes);
        assertAccessible(gallery);
        picture("21-components", 1280, 2420);
    }

    @Test
    void bundledFontsAreFoundByTheFamiliesTheSheetsName() {
        var families = fx(Fonts::load);
        assertEquals(List.of(Fonts.REGULAR, Fonts.MEDIUM, Fonts.SEMI_BOLD, Fonts.MONO), families);
    }

    @Test
    void fieldSaysWhatIsWrongToScreenReadersToo() {
        var field = show(() -> new javafx.scene.layout.VBox(
                new FormField("Interval", new javafx.scene.control.TextField())));
        var form = (FormField) field.getChildren().getFirst();
        fx(() -> form.errorProperty().set("Give minutes, hours or days, like 6h"));
        assertEquals("Give minutes, hours or days, like 6h", fx(() -> form.control().getAccessibleHelp()));
        assertTrue(fx(() -> form.control().getPseudoClassStates().stream()
                .anyMatch(state -> state.getPseudoClassName().equals("danger"))));
        fx(() -> form.errorProperty().set(""));
        assertTrue(fx(() -> form.control().getPseudoClassStates().stream()
                .noneMatch(state -> state.getPseudoClassName().equals("danger"))));
    }

    @Test
    void typeHasTheHeightsOfLinesThatTheDesignAsksFor() {
        var steps = List.of("", "strong", "caption", "mono", "title-4", "title-3", "title-2", "title-1");
        show(() -> {
            var column = new javafx.scene.layout.VBox();
            for (var step : steps) {
                column.getChildren().add(step.isEmpty() ? Labels.of("Body") : Labels.of("Step", step));
            }
            return new javafx.scene.layout.VBox(column);
        });
        var column = (javafx.scene.layout.VBox) ((javafx.scene.layout.VBox) scene().getRoot()).getChildren().getFirst();
        var heights = fx(() -> column.getChildren().stream().map(label -> ((Region) label).getHeight()).toList());
        assertEquals(List.of(20.0, 20.0, 16.0, 20.0, 24.0, 28.0, 32.0, 36.0), heights);
    }

    @Test
    void tablesTellCutTextsInWholeAndLetColumnsBeChosen() {
        var table = new javafx.scene.control.TableView<String>();
        show(() -> {
            Columns.dress(table, "People");
            table.getColumns().add(Columns.text("name", "Name", 80, name -> name));
            table.getColumns().add(Columns.number("letters", "Letters", 80, name -> Integer.toString(name.length())));
            table.getItems()
                    .add("Adriana Kowalczyk-Bielińska of the very long name that nobody can read in whole here");
            table.setMaxWidth(200);
            return new javafx.scene.layout.VBox(Columns.chooser(table), table);
        });
        assertAccessible(scene().getRoot());
        var cell = fx(() -> (javafx.scene.control.TableCell<?, ?>) table.lookup(".table-cell"));
        waitFor("the tooltip with the whole name", () -> cell.getTooltip() != null
                && cell.getTooltip().getText().startsWith("Adriana Kowalczyk-Bielińska"));
        var chooser = (javafx.scene.control.MenuButton) scene().lookup(".menu-button");
        fx(() -> ((javafx.scene.control.CheckMenuItem) chooser.getItems().get(1)).setSelected(false));
        assertEquals(false, fx(() -> table.getColumns().get(1).isVisible()));
    }

    private double height(String id) {
        return ((Region) scene().lookup("#" + id)).getHeight();
    }
}
