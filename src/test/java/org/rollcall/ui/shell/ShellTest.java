package org.rollcall.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.Theme;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class ShellTest extends UiTest {
    private final SampleScreen overview = new SampleScreen("overview", "Overview", Icons.OVERVIEW);
    private final SampleScreen users = new SampleScreen("users", "Users", Icons.USER);
    private final SampleScreen schedules = new SampleScreen("schedules", "Schedules", Icons.SCHEDULE);
    private final List<String> session = new ArrayList<>();
    private WindowContext context;
    private ShellViewModel model;

    private WindowRoot open() {
        return showWith(given -> {
            context = given;
            List<List<Screen>> groups = List.of(List.of(overview),
                    List.of(users, new SampleScreen("groups", "Groups", Icons.GROUP),
                            new SampleScreen("roles", "Roles", Icons.ROLE)),
                    List.of(schedules, new SampleScreen("activity", "Activity", Icons.ACTIVITY)),
                    List.of(new SampleScreen("authentication", "Authentication", Icons.AUTHENTICATION),
                            new SampleScreen("settings", "Settings", Icons.SETTINGS)));
            model = new ShellViewModel(groups, context.tasks());
            model.userNameProperty().set("Maren Holt");
            model.nextSynchronizationProperty().set("Next synchronization 14:30, in 22 minutes (Contoso)");
            var root = new WindowRoot(context);
            root.showShell(new ShellView(context, model, new Session()), model);
            model.open("users", Map.of());
            return root;
        });
    }

    @Test
    void shellLooksAndReadsRight() {
        fx(() -> {
            users.count.set("240 of 2,490 people");
            schedules.matters.set(1);
            overview.filled.set(false);
        });
        var root = open();
        assertAccessible(root);
        picture("shell");
        picture("shell-narrow", 1000, 700);
        picture("shell-wide", 1600, 1000);
        fx(() -> resizeRoot(root, 1280));

        fx(() -> model.userNameProperty().set("maren.holt"));
        assertEquals("M", ((Label) node("shell.user", MenuButton.class).getGraphic()).getText());
        assertEquals("Users", node("shell.title", Label.class).getText());
        assertTrue(fx(() -> node("nav.users", ToggleButton.class).isSelected()));
        assertEquals("Schedules, 1 item needs attention", node("nav.schedules").getAccessibleText());
        assertEquals(36.0, fx(() -> ((Region) node("nav.users")).getHeight()));
    }

    @Test
    void keysOpenScreensPaletteAndFilter() {
        open();
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertSame(overview, fx(() -> model.currentProperty().get()));
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        press(KeyCode.CONTROL, KeyCode.F);
        assertEquals("users.filter", fx(() -> scene().getFocusOwner().getId()));
        press(KeyCode.F5);
        press(KeyCode.CONTROL, KeyCode.L);
        assertEquals(1, users.reloads);
        assertEquals(List.of("lock"), session);

        press(KeyCode.CONTROL, KeyCode.K);
        type("shell.search", "sched");
        picture("shell-palette");
        assertEquals(1, fx(() -> model.found().size()));
        press(KeyCode.ENTER);
        assertSame(schedules, fx(() -> model.currentProperty().get()));
        assertEquals("", fx(() -> node("shell.search", TextField.class).getText()));
    }

    @Test
    void sidebarMovesByArrowsAndF6WalksRegions() {
        open();
        fx(() -> node("nav.users").requestFocus());
        press(KeyCode.DOWN);
        assertEquals("nav.groups", fx(() -> scene().getFocusOwner().getId()));
        press(KeyCode.F6);
        assertEquals("shell.search", fx(() -> scene().getFocusOwner().getId()));
        press(KeyCode.F6);
        assertEquals("users.filter", fx(() -> scene().getFocusOwner().getId()));
    }

    @Test
    void aScreenThatWantsToIsMadeBeforeItIsOpened() {
        schedules.ready = true;
        var root = open();
        waitFor("schedules", () -> schedules.views == 1);
        assertEquals(0, overview.views, "nobody asked for it");
        assertFalse(exists("schedules.filter"), "nor does it show");
        assertEquals(Map.of(), schedules.arguments);
        fx(() -> root.open("schedules", Map.of("run", "7")));
        assertTrue(exists("schedules.filter"));
        assertEquals(1, schedules.views);
        assertEquals(Map.of("run", "7"), schedules.arguments);
        fx(() -> scene().getRoot().layout());
        assertEquals(fx(() -> ((Region) node("shell.content")).getWidth()),
                fx(() -> ((Region) node("schedules.filter").getParent()).getWidth()), "as wide as the window lets it");
    }

    @Test
    void screensAreMadeOnceAndGetTheirArguments() {
        var root = open();
        fx(() -> root.open("overview"));
        fx(() -> root.open("users", Map.of("group", "g-1")));
        assertEquals(1, users.views);
        assertEquals(Map.of("group", "g-1"), users.arguments);
        fx(() -> root.cover(Labels.of("Covered")));
        assertFalse(exists("nav.users"));
        fx(root::uncover);
        assertTrue(exists("nav.users"));
    }

    @Test
    void jobsShowInWordsUntilTheyEnd() {
        var waiting = new AtomicReference<Runnable>();
        var tasks = new UiTasks(waiting::set, Runnable::run, CLOCK);
        var running = new AtomicReference<RunningJob>();
        fx(() -> running.set(tasks.start("Synchronizing Fabrikam", job -> {
            job.message("Reading groups");
            job.progress(28, 28);
            return running.get().wordsProperty().get();
        }, words -> session.add(words), trouble -> session.add(trouble.code()))));
        assertEquals(1, tasks.running().size());
        fx(() -> waiting.get().run());
        assertEquals(List.of("Synchronizing Fabrikam: reading groups, 28 of 28"), session);
        assertEquals(0, tasks.running().size());
    }

    @Test
    void dialogTakesTheFocusKeepsItAndGivesItBack() {
        open();
        fx(() -> node("users.filter").requestFocus());
        var field = new TextField();
        field.setId("dialog.field");
        field.setAccessibleText("Name");
        fx(() -> context.dialogs().show(new DialogBox("Rename Contoso").subtitle("Only here, not in Entra")
                .content(field).note("You can undo this.").action(Buttons.primary("Rename", () -> {}))));
        waitFor("focus in the dialog", () -> field.equals(scene().getFocusOwner()));
        picture("dialog");
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertSame(users, fx(() -> model.currentProperty().get()), "keys of the shell rest under a dialog");
        fx(() -> node("users.filter").requestFocus());
        waitFor("focus back in the dialog", () -> field.equals(scene().getFocusOwner()));
        press(KeyCode.ESCAPE);
        waitFor("focus back where it was", () -> "users.filter".equals(scene().getFocusOwner().getId()));
        assertFalse(fx(() -> context.dialogs().isOpen()));
    }

    @Test
    void toastsAreThreeAtMostAndUndoClosesThem() {
        open();
        fx(() -> {
            for (int i = 1; i <= 4; i++) {
                int number = i;
                context.toasts().show(Toast.undoable("Change " + i, () -> session.add("undo " + number)));
            }
        });
        picture("toasts");
        assertEquals(3, fx(() -> context.toasts().count()));
        clickNode(fx(() -> context.toasts().lookup(".toast .button")));
        assertEquals(List.of("undo 2"), session);
        assertEquals(2, fx(() -> context.toasts().count()));
    }

    @Test
    void themeButtonGoesRoundTheThreeChoices() {
        open();
        fx(() -> theme().choiceProperty().set(Theme.Choice.SYSTEM));
        click("shell.theme");
        click("shell.theme");
        assertEquals(Theme.Choice.DARK, fx(() -> theme().choiceProperty().get()));
        assertEquals("Theme: dark", node("shell.theme").getAccessibleText());
    }

    private static void resizeRoot(Region root, double width) {
        root.resize(width, 800);
    }

    private final class Session implements SessionActions {
        @Override
        public void profile() {
            session.add("profile");
        }

        @Override
        public void changePassword() {
            session.add("password");
        }

        @Override
        public void lock() {
            session.add("lock");
        }

        @Override
        public void signOut() {
            session.add("signOut");
        }

        @Override
        public void help() {
            session.add("help");
        }
    }
}
