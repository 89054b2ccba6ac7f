package org.rollcall.ui.importing.done;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.BusySpinner;
import org.rollcall.ui.common.Motion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What an import reports, and the one spinner that goes with it.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class ImportProgressTest extends UiTest {
    private ImportProgress progress;

    private void open() {
        showWith(context -> {
            progress = new ImportProgress(new Motion(), context.clock());
            return new StackPane(progress);
        });
        fx(() -> {
            progress.start();
            progress.planned(preview(), 0);
        });
    }

    private static Run preview() {
        return new Run(1, 1L, "Contoso", null, "default", RunKind.PREVIEW, Trigger.MANUAL, "maren", RunState.PLANNED,
                CLOCK.instant(), CLOCK.instant(), true, List.of(),
                Map.of(ChangeKind.CREATE, 40L, ChangeKind.ROLE_GRANT, 5L, ChangeKind.GROUP_CREATE, 10L,
                        ChangeKind.MEMBER_ADD, 45L),
                List.of(), null, 3, 1L, null, null);
    }

    private BusySpinner spinner() {
        return look(() -> (BusySpinner) Objects.requireNonNull(progress.lookup(".busy"), "a spinner"));
    }

    private String turningAt() {
        return look(() -> {
            Node at = spinner();
            while (at.getId() == null) {
                at = at.getParent();
            }
            return at.getId();
        });
    }

    @Test
    void oneSpinnerTurnsFromStageToStage() {
        open();
        assertEquals("importing.import.stage.compare", turningAt());
        var spinner = spinner();
        var rows = look(() -> List.copyOf(((Parent) node("importing.import.stages")).getChildrenUnmodifiable()));
        for (var stage : ApplyStage.values()) {
            fx(() -> progress.at(stage, 1));
            assertSame(spinner, spinner(), stage.name());
            assertEquals("importing.import.stage." + ImportStages.name(stage), turningAt());
            assertEquals(rows, look(() -> ((Parent) node("importing.import.stages")).getChildrenUnmodifiable()));
        }
        fx(() -> progress.at(ApplyStage.RECORD, 0));
        double before = look(spinner::getRotate);
        waitFor("it to turn while reports come", () -> {
            progress.at(ApplyStage.RECORD, 0);
            return spinner.getRotate() > before + 20;
        });
    }

    @Test
    void countsWhatIsReportedAndNothingElse() {
        open();
        fx(() -> progress.at(ApplyStage.PEOPLE, 30));
        assertEquals("30 of 100 changes", count());
        fx(() -> progress.at(ApplyStage.GROUPS, 7));
        assertEquals("37 of 100 changes", count());
        assertEquals("People and their roles: done", spoken("people"));
        assertEquals("Groups: running", spoken("groups"));
        assertEquals("Memberships: pending", spoken("members"));
        fx(() -> progress.stopped(null));
        assertEquals("Groups: cancelled", spoken("groups"));
        assertTrue(look(() -> progress.lookup(".busy") == null), "nothing turns any more");
        fx(() -> progress.start());
        fx(() -> progress.ended(preview()));
        assertEquals("40 people imported", count());
        assertEquals("Record in Activity: done", spoken("record"));
    }

    private String count() {
        return look(() -> node("importing.import.count", Label.class).getText());
    }

    private String spoken(String stage) {
        return look(() -> node("importing.import.stage." + stage).getAccessibleText());
    }
}
