package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Motion;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.guide.GuideDialog;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.signin.ChangePasswordDialog;
import org.rollcall.ui.signin.SignInView;
import org.rollcall.ui.signin.SignInViewModel;
import org.rollcall.ui.welcome.FirstAdministratorView;
import org.rollcall.ui.welcome.FirstAdministratorViewModel;
import org.rollcall.ui.welcome.SampleStartViewModel;
import org.rollcall.ui.welcome.WelcomeLinks;
import org.rollcall.ui.welcome.WelcomeView;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What somebody sees before the first screen: the first administrator, Welcome, and later starts' sign-in.
@SuppressWarnings("NullAway") // fields are set before each test
class FirstStartTest extends UiTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path folder;
    private AppContext app;
    private final AtomicReference<@Nullable Actor> actor = new AtomicReference<>();

    @BeforeEach
    void open() {
        app = ReadyFolder.openOrCreate(folder.resolve("home"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void theFirstAdministratorIsMadeWithTheKeyboardAlone() {
        assertFalse(app.signIn().isInitialised());
        showWith(context -> new FirstAdministratorView(
                new FirstAdministratorViewModel(context.tasks(), app.signIn(), "window", actor::set),
                page -> GuideDialog.open(context, page)));
        picture("01-first-administrator");
        assertAccessible(scene().getRoot());
        assertTrue(node("welcome.first.create").isDisabled());
        type("welcome.first.name", "maren.holt");
        press(KeyCode.TAB);
        assertEquals(node("welcome.first.passwordField"), scene().getFocusOwner());
        type("welcome.first.passwordField", "short");
        assertTrue(node("welcome.first.passwordField").getAccessibleHelp().contains("12"),
                node("welcome.first.passwordField").getAccessibleHelp());
        assertTrue(node("welcome.first.create").isDisabled(), "a password that the rules refuse");
        picture("01-first-administrator-weak");
        fx(() -> ((javafx.scene.control.TextInputControl) node("welcome.first.passwordField")).clear());
        type("welcome.first.passwordField", PASSWORD);
        assertEquals("Strong", node("welcome.first.passwordField").getAccessibleHelp());
        press(KeyCode.ENTER);
        waitFor("the administrator", () -> actor.get() != null);
        Actor made = Objects.requireNonNull(actor.get());
        assertEquals("maren.holt", made.name());
        assertTrue(made.may(Permission.MANAGE_ROLES));
        assertTrue(app.signIn().isInitialised());
        var stored = app.people().find(made, "maren.holt");
        assertEquals(Role.ADMINISTRATOR, stored.role());
        assertEquals(1, app.roles().guard().whoCanSignIn());
    }

    @Test
    void welcomeOffersTheOwnTenantOrTheSample() {
        var went = new ArrayList<String>();
        var broken = new boolean[]{ true };
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(10).withGroups(2))) {
            showWith(context -> new WelcomeView(new Motion(), new SampleStartViewModel(context.tasks(), () -> {
                if (broken[0]) {
                    throw new RollcallException(ErrorKind.STORAGE, "sample.start",
                            "the sample tenant could not start: this computer has no free network port",
                            "close a program that uses the network, then try again");
                }
                return sample;
            }, started -> went.add("sample " + started.origin())), () -> went.add("connect"),
                    new WelcomeLinks(() -> went.add("settings"), page -> went.add(page))));
            picture("01-welcome");
            picture("01-welcome-narrow", 1000, 700);
            assertAccessible(scene().getRoot());
            click("welcome.explore");
            assertEquals(List.of(), went, "it did not start");
            assertTrue(labels().contains("The sample tenant could not start: this computer has no free network port. "
                    + "Close a program that uses the network, then try again."), labels().toString());
            picture("01-welcome-failed");
            broken[0] = false;
            click("welcome.explore");
            click("welcome.connect");
            click("welcome.settings");
            click("welcome.restore");
            click("welcome.guide");
            assertEquals(List.of("sample " + sample.origin(), "connect", "settings", "recovery#restore", "index"),
                    went);
        }
    }

    @Test
    void aWrongNameAndAWrongPasswordSoundAlikeAndTenOfThemLock() {
        var maren = app.signIn().createFirstAdministrator("maren", PASSWORD.toCharArray(), "test");
        // The first administrator is the break-glass account, which nothing locks.
        app.localAccounts().add(maren, "ahmed", "Ahmed", null, Role.OPERATOR, PASSWORD.toCharArray());
        showWith(context -> new SignInView(new SignInViewModel(context, new WindowDesk(app.auth(), "window", _ -> {}),
                new SimpleStringProperty(""), (who, mode) -> actor.set(who)), () -> {}, _ -> {}));
        picture("02-sign-in");
        assertAccessible(scene().getRoot());
        signIn("nobody", PASSWORD);
        String unknown = node("signin.problem", Label.class).getText();
        signIn("ahmed", "not this one at all");
        assertEquals(unknown, node("signin.problem", Label.class).getText());
        assertEquals(node("signin.passwordField"), scene().getFocusOwner(), "ready for another try");
        picture("02-sign-in-refused");
        for (int i = 0; i < 9; i++) {
            signIn("ahmed", "not this one at all");
        }
        signIn("ahmed", PASSWORD);
        assertNull(actor.get(), "locked, even with the right password");
        assertTrue(node("signin.problem", Label.class).getText().contains("15 minutes"),
                node("signin.problem", Label.class).getText());
    }

    @Test
    void thePasswordIsChangedByWhoKnowsTheOldOne() {
        Actor maren = app.signIn().createFirstAdministrator("maren", PASSWORD.toCharArray(), "test");
        var contexts = new ArrayList<WindowContext>();
        showWith(context -> {
            contexts.add(context);
            var root = new WindowRoot(context);
            root.showPage(new StackPane());
            return root;
        });
        fx(() -> ChangePasswordDialog.open(contexts.getFirst(), app.localAccounts(), maren));
        picture("02-change-password");
        assertAccessible(scene().getRoot());
        assertTrue(fx(() -> node("signin.change.do").isDisabled()), "there is nothing to change yet");
        type("signin.change.oldField", "not this one at all");
        type("signin.change.newField", "another long pass phrase");
        click("signin.change.do");
        assertTrue(labels().stream().anyMatch(each -> each.startsWith("The current password is wrong")),
                labels().toString());
        fx(() -> ((javafx.scene.control.TextInputControl) node("signin.change.oldField")).clear());
        type("signin.change.oldField", PASSWORD);
        click("signin.change.do");
        assertFalse(exists("signin.change.do"), "the dialog is closed");
        assertEquals("maren", app.signIn().signIn("maren", "another long pass phrase".toCharArray(), "test").name());
        assertEquals(ErrorKind.NOT_SIGNED_IN, assertThrows(RollcallException.class,
                () -> app.signIn().signIn("maren", PASSWORD.toCharArray(), "test")).kind());
    }

    private void signIn(String name, String password) {
        fx(() -> ((javafx.scene.control.TextInputControl) node("signin.name")).setText(name));
        type("signin.passwordField", password);
        click("signin.go");
        waitFor("an answer", () -> !node("signin.go").isDisabled());
    }

    private List<String> labels() {
        return fx(() -> scene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .map(each -> String.valueOf(((Label) each).getText())).toList());
    }
}
