package org.rollcall.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.TestDirectory;
import org.rollcall.text.Language;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// From signing in to signing out: locking, limits, and what changes about the person meanwhile, over a real data folder.
@SuppressWarnings("NullAway") // fields are set while the scene is made
@Isolated("the language is that of the process")
class WindowSessionTest extends UiTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private final TestDirectory.SettableClock clock = new TestDirectory.SettableClock();
    private final List<String> asked = new ArrayList<>();
    private WindowServices services;
    private TestDirectory directory;
    private WindowSession session;
    private WindowRoot root;
    private Actor maren;

    @BeforeEach
    void makeFolder() {
        var home = folder.resolve("data");
        AppContext.create(home, "maren", PASSWORD.toCharArray(), "test", clock).close();
        services = WindowServices.open(home, clock);
        directory = new TestDirectory(services.context().database());
        maren = services.context().signIn().signIn("maren", PASSWORD.toCharArray(), "test");
    }

    @AfterEach
    void close() {
        if (session != null) {
            fx(session::stop);
        }
        services.close();
    }

    private void begin(Actor actor, SignInMode mode) {
        root = showWith(context -> {
            var made = new WindowRoot(context);
            return made;
        });
        fx(() -> {
            var opened = new Opening.Opened(services,
                    new WindowPreferences(folder.resolve("window.json"), Runnable::run),
                    true, "window", null);
            session = new WindowSession(WindowContext.still(theme(), CLOCK), root, opened,
                    services.context().auth().sessions().begin(actor), mode, asked::add);
            session.begin();
            return null;
        });
    }

    private Actor addLocal(String name, String role) {
        services.context().localAccounts().add(maren, name, name, null, role, PASSWORD.toCharArray());
        return services.context().signIn().signIn(name, PASSWORD.toCharArray(), "test");
    }

    private String title() {
        return look(() -> node("shell.title", Label.class).getText());
    }

    @Test
    void lockingHidesEverythingAndTheSamePersonGoesOn() {
        begin(maren, SignInMode.LOCAL);
        fx(() -> root.open("users"));
        press(KeyCode.CONTROL, KeyCode.L);
        assertFalse(exists("shell.content"), "nothing of the data is in the scene");
        assertEquals("maren", look(() -> node("signin.locked.name", Label.class).getText()));
        picture("02c-locked-window");
        type("signin.passwordField", "not this one");
        press(KeyCode.ENTER);
        assertFalse(exists("shell.content"));
        type("signin.passwordField", PASSWORD);
        press(KeyCode.ENTER);
        assertEquals("Users", title(), "where they were");
        assertEquals(List.of(), asked);
    }

    @Test
    void aLockedWindowIsLeftBySigningOut() {
        begin(maren, SignInMode.LOCAL);
        press(KeyCode.CONTROL, KeyCode.L);
        click("signin.out");
        assertEquals(List.of(""), asked);
    }

    @Test
    void nothingDoneForTooLongLocks() {
        begin(maren, SignInMode.LOCAL);
        clock.advance(Duration.ofMinutes(16));
        fx(() -> root.open("groups"));
        assertFalse(exists("shell.content"), "locked before the action is done");
        assertTrue(exists("signin.passwordField"));
    }

    @Test
    void aSessionEndsAfterTheLongerLimitWhateverIsDone() {
        begin(maren, SignInMode.LOCAL);
        clock.advance(Duration.ofHours(13));
        fx(() -> root.open("groups"));
        assertEquals(List.of("You were signed out: a session lasts at most 12 hours. Sign in again."), asked);
    }

    @Test
    void whoIsDeactivatedIsOutAtTheNextAction() {
        var ahmed = addLocal("ahmed", "Operator");
        begin(ahmed, SignInMode.LOCAL);
        directory.sql("UPDATE directory_user SET status = ? WHERE username = 'ahmed'", UserStatus.DISABLED.name());
        fx(() -> root.open("users"));
        assertEquals(1, asked.size());
        assertTrue(asked.getFirst().startsWith("You were signed out: ahmed was deactivated"), asked.getFirst());
    }

    @Test
    void anotherLanguageIsSpokenAtOnce() {
        begin(maren, SignInMode.LOCAL);
        fx(() -> root.open("settings"));
        var before = node("shell.content");
        @SuppressWarnings("unchecked")
        var languages = (Segmented<Optional<Language>>) node("settings.language", Segmented.class);
        try {
            fx(() -> languages.setValue(Optional.of(Language.GERMAN)));
            waitFor("the screens anew", () -> exists("settings.language") && node("shell.content") != before);
            assertEquals(Language.GERMAN, Language.inUse());
            assertEquals(Optional.of(Language.GERMAN),
                    look(() -> node("settings.language", Segmented.class).getValue()));
            picture("20-settings-german");
        } finally {
            Language.use(null);
        }
    }

    @Test
    void theScreensFollowAChangedRole() {
        var ahmed = addLocal("ahmed", "Operator");
        begin(ahmed, SignInMode.LOCAL);
        assertTrue(exists("nav.users"));
        assertTrue(look(() -> node("nav.schedules").isDisabled())
                || ahmed.may(Permission.VIEW_ACTIVITY));
        directory.role(ahmed.userId(), "User", RoleSource.MANUAL);
        fx(() -> root.open("groups"));
        assertFalse(exists("nav.users"), "nothing that they may not see");
        assertEquals("My profile", title());
        assertEquals(List.of(), asked);
    }

    @Test
    void aUserSeesTheirOwnProfileAndNoEmptyShell() throws Exception {
        var contoso = directory.tenant("Contoso");
        long id = directory.person(contoso, "Maximilian Wolfeschlegelsteinhausenbergerdorff von und zu Habsburg",
                "max@contoso.com");
        var finance = directory.group(contoso, "Finance");
        directory.member(contoso, finance, TestDirectory.uuid("max@contoso.com"),
                org.rollcall.domain.MemberType.USER);
        services.context().auth().authentication().enableEntra(maren, "Contoso", EnumSet.of(SignInMode.BROWSER));
        services.context().audit().record(new Actor(id, "max@contoso.com", "window, desk-1", Set.of()), "signin",
                "USER",
                Long.toString(id), "Maximilian", java.util.Map.of("way", "browser"), null);
        begin(new Actor(id, "max@contoso.com", "window", Set.of(Permission.VIEW_OWN_PROFILE)), SignInMode.BROWSER);
        assertEquals("My profile", title());
        assertFalse(exists("nav.overview"));
        assertAccessible(scene().getRoot());
        picture("23-profile");
        picture("23-profile-narrow", 1000, 700);
        assertTrue(Files.exists(folder.resolve("data")));
    }

    @Test
    void anAuditorSeesWhatElseThereIsAndWhyNot() {
        var only = new Actor(maren.userId(), "maren", "window",
                EnumSet.of(Permission.VIEW_DIRECTORY, Permission.VIEW_OWN_PROFILE));
        begin(only, SignInMode.LOCAL);
        assertEquals("Overview", title());
        assertTrue(look(() -> node("nav.activity").isDisabled()));
        assertEquals("Activity. Needs the permission See activity",
                look(() -> node("nav.activity").getAccessibleHelp()));
        press(KeyCode.CONTROL, KeyCode.DIGIT6);
        assertEquals("Overview", title(), "nor by the keyboard");
        picture("11-overview-muted");
    }

    @Test
    void aPersonWhoIsRemovedIsOutAtTheNextAction() {
        var contoso = directory.tenant("Contoso");
        long id = directory.person(contoso, "Chiamaka Eze", "chiamaka.eze@contoso.com");
        var auth = services.context().auth();
        auth.authentication().enableEntra(maren, "Contoso", EnumSet.of(SignInMode.BROWSER));
        var actors = new org.rollcall.roles.Actors(services.context().database(), services.context().audit(), clock);
        var person = actors.of(id, "chiamaka.eze@contoso.com", "window");
        begin(person, SignInMode.BROWSER);
        directory.sql("UPDATE directory_user SET status = 'REMOVED' WHERE id = ?", id);
        fx(() -> root.open("profile"));
        assertEquals(1, asked.size(), "gone at the next action");
    }

    @Test
    void aWayThatIsSwitchedOffEndsItsSessionsAndNoOthers() {
        var contoso = directory.tenant("Contoso");
        long id = directory.person(contoso, "Chiamaka Eze", "chiamaka.eze@contoso.com");
        var authentication = services.context().auth().authentication();
        authentication.enableEntra(maren, "Contoso", EnumSet.of(SignInMode.BROWSER));
        var actors = new org.rollcall.roles.Actors(services.context().database(), services.context().audit(), clock);
        begin(actors.of(id, "chiamaka.eze@contoso.com", "window"), SignInMode.BROWSER);
        authentication.disableEntra(maren);
        fx(() -> root.open("profile"));
        assertEquals(1, asked.size(), "out at the next action");
        assertTrue(asked.getFirst().startsWith("You were signed out: "), asked.getFirst());
        fx(session::stop);
        asked.clear();
        begin(maren, SignInMode.LOCAL);
        fx(() -> root.open("users"));
        assertEquals(List.of(), asked, "a local account stays in");
    }
}
