package org.rollcall.ui.authentication;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.Permission;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.SignInFigures;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.store.TestDirectory;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.OnOff;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The Authentication screen over real services, by mouse and keyboard; Entra and the domain controllers are played.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class AuthenticationTest extends UiTest {
    @TempDir
    Path folder;

    private final FakeDirectories directories = new FakeDirectories();
    private Office office;
    private AuthServices auth;
    private Actor actor;
    private Path certificate;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        office.directory.sql("UPDATE directory_user SET on_premises_sam_account_name = username WHERE id % 2 = 0");
        office.entra = directories;
        office.ldap = directories;
        auth = office.auth;
        directories.proven = FakeDirectories.person(TestDirectory.uuid("Contoso"), TestDirectory.uuid("chiamaka.eze"));
        actor = office.administrator;
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open() {
        return open(1280, 800);
    }

    private WindowRoot open(int width, int height) {
        return show(width, height, context -> office.window(context, window -> {
            var services = new AuthenticationServices(auth.authentication(),
                    new SignInFigures(office.directory.database, CLOCK),
                    (who, user, mode, prompts, trail, job) -> auth.test().test(who, user, mode, prompts, trail,
                            new JobControl(job, true)));
            return List.of(new AuthenticationScreen(window,
                    new AuthenticationViewModel(window.tasks(), window.toasts(), services, actor),
                    (_, chosen) -> chosen.accept(certificate), office, () -> office.opened.add("connect")));
        }));
    }

    private void entraOn() {
        auth.authentication().enableEntra(actor, "Contoso", EnumSet.of(SignInMode.BROWSER, SignInMode.DEVICE));
    }

    private void turn(String id) {
        var onOff = node(id, OnOff.class);
        fx(() -> {
            onOff.requestFocus();
            return null;
        });
        press(KeyCode.SPACE);
    }

    private boolean isOn(String id) {
        return look(() -> node(id, OnOff.class).isSelected());
    }

    private String words(String id) {
        return look(() -> all(node(id)));
    }

    private static String all(Node node) {
        if (node instanceof Label label) {
            return label.getText();
        }
        return node instanceof Pane pane
                ? String.join(" ", pane.getChildren().stream().map(AuthenticationTest::all)
                        .filter(each -> !each.isBlank()).toList())
                : "";
    }

    @Test
    void showsWhatIsOnAndWhomItLetsIn() {
        entraOn();
        var root = open();
        assertTrue(look(() -> node("authentication.local.switch").isDisabled()), "always on");
        assertTrue(look(() -> node("authentication.ad.switch").isDisabled()), "not together with Entra");
        assertEquals("1 of 1 local account", words("authentication.local.figure"));
        assertEquals("11 of 11 imported, active people", words("authentication.entra.figure"));
        assertTrue(words("authentication.ad").contains("Not together with Microsoft Entra ID"));
        assertAccessible(root);
        picture("18-authentication");
        picture("18-authentication-narrow", 1000, 700);
        click("authentication.week.open");
        assertEquals("activity{kind=signin, tab=events}", sorted(office.opened.getFirst()));
    }

    @Test
    void entraIsTurnedOnWithNumbers() {
        open();
        picture("18-authentication-off");
        turn("authentication.entra.switch");
        assertEquals("11 people will be able to sign in",
                look(() -> node("authentication.admits", Label.class).getText()));
        assertFalse(isOn("authentication.entra.switch"), "nothing is switched before it is agreed");
        picture("18-authentication-turn-on");
        click("authentication.turnOn");
        assertTrue(isOn("authentication.entra.switch"));
        assertEquals(List.of(SignInMode.LOCAL, SignInMode.BROWSER, SignInMode.DEVICE), auth.signIn().ways());
    }

    @Test
    void turningOffSaysWhomItLocksOut() {
        entraOn();
        open();
        turn("authentication.entra.switch");
        assertTrue(words("authentication.lockedOut").startsWith("11 people can no longer sign in"),
                words("authentication.lockedOut"));
        assertTrue(words("authentication.lockedOut").contains("Chiamaka Eze"), words("authentication.lockedOut"));
        picture("18-authentication-turn-off");
        press(KeyCode.ESCAPE);
        assertTrue(isOn("authentication.entra.switch"), "Escape leaves it on");
        turn("authentication.entra.switch");
        click("authentication.turnOff");
        assertFalse(isOn("authentication.entra.switch"));
        assertEquals(List.of(SignInMode.LOCAL), auth.signIn().ways());
    }

    @Test
    void aPasswordIsTurnedOnOnlyAfterItsLimitsAreSaid() {
        entraOn();
        open();
        turn("authentication.way.password");
        picture("18-authentication-password");
        click("authentication.turnOn");
        assertTrue(isOn("authentication.way.password"));
        turn("authentication.way.device");
        assertFalse(isOn("authentication.way.device"), "nobody is locked out, so nobody is asked");
        turn("authentication.way.browser");
        assertTrue(words("authentication.lockedOut").contains("can no longer sign in"));
        picture("18-authentication-fewer-ways");
        click("authentication.turnOff");
        assertTrue(look(() -> node("authentication.way.password").isDisabled()), "the last way stays");
        click("authentication.entra.show");
        assertEquals(List.of("users{signin=no, status=ACTIVE, tenant=imported}"),
                office.opened.stream().map(AuthenticationTest::sorted).toList());
        picture("18-authentication-password-only");
    }

    private static String sorted(String opened) {
        int at = opened.indexOf('{');
        return opened.substring(0, at) + new java.util.TreeMap<>(java.util.Arrays
                .stream(opened.substring(at + 1, opened.length() - 1).split(", "))
                .collect(java.util.stream.Collectors.toMap(each -> each.split("=")[0], each -> each.split("=")[1])));
    }

    @Test
    void activeDirectoryIsCheckedServerByServerAndTurnedOn() throws Exception {
        certificate = Files.writeString(folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        directories.down = "ldaps://dc2.contoso.com:636";
        open();
        click("authentication.ad.setUp");
        click("authentication.setUp.check");
        assertEquals(List.of(), directories.asked, "there is nothing to check yet");
        type("authentication.setUp.servers", "ldaps://dc1.contoso.com:636 ldaps://dc2.contoso.com:636");
        type("authentication.setUp.base", "dc=contoso,dc=com");
        type("authentication.setUp.domain", "CONTOSO");
        click("authentication.setUp.ca");
        assertTrue(words("authentication.setUp.form").contains("There is no certificate in"),
                () -> words("authentication.setUp.form"));
        Files.writeString(certificate, new TestAuthority().pem());
        click("authentication.setUp.ca");
        assertTrue(words("authentication.setUp.form").contains("1 certificate"));
        click("authentication.setUp.check");
        var answers = words("authentication.setUp.results");
        assertTrue(answers.contains("dc1.contoso.com:636: answers"), answers);
        assertTrue(answers.contains("dc2.contoso.com:636: The server does not answer."), answers);
        picture("18-authentication-set-up");
        click("authentication.setUp.save");
        assertTrue(isOn("authentication.ad.switch"));
        assertTrue(look(() -> node("authentication.entra.switch").isDisabled()), "not together");
        assertTrue(auth.signIn().ways().contains(SignInMode.AD));
        picture("18-authentication-ad");
        turn("authentication.ad.switch");
        click("authentication.turnOff");
        assertFalse(auth.signIn().ways().contains(SignInMode.AD));
        assertFalse(look(() -> node("authentication.ad.switch").isDisabled()), "it can be turned on again");
    }

    @Test
    void testSignInShowsEachStep() {
        entraOn();
        open();
        click("authentication.entra.test");
        click("authentication.test.do");
        picture("18-authentication-test");
        type("authentication.test.person", "chiamaka.eze");
        press(KeyCode.ENTER);
        var steps = words("authentication.test.steps");
        assertTrue(steps.contains("Address https://login.example/contoso"), steps);
        assertTrue(steps.contains("Signature"), steps);
        assertTrue(steps.contains("Person"), steps);
        assertTrue(steps.contains("Sign-in would succeed"), steps);
        picture("18-authentication-test-admitted");
    }

    @Test
    void testSignInSaysWhereItEnded() {
        entraOn();
        directories.refusal = SignInOutcome.MFA_REQUIRED;
        directories.code = "AADSTS50076";
        open();
        click("authentication.entra.test");
        type("authentication.test.person", "chiamaka.eze");
        click("authentication.test.do");
        var steps = words("authentication.test.steps");
        assertTrue(steps.contains("Your organization asks for a second factor."), steps);
        assertTrue(steps.contains("MFA_REQUIRED, AADSTS50076"), steps);
        assertTrue(steps.contains("Use Sign in with Microsoft."), steps);
        assertFalse(steps.contains("--mode"), "no options of the command line in the window: " + steps);
        picture("18-authentication-test-refused");
    }

    @Test
    void theLimitsOfSessionsAreChanged() {
        open();
        click("authentication.sessions.edit");
        picture("18-authentication-sessions");
        fx(() -> {
            @SuppressWarnings("unchecked")
            Spinner<Integer> idle = node("authentication.sessions.idle", Spinner.class);
            idle.getValueFactory().setValue(5);
            return null;
        });
        click("authentication.sessions.save");
        assertEquals(Duration.ofMinutes(5), auth.authentication().status(actor).settings().idle());
        assertTrue(look(() -> node("authentication.sessions.words", Label.class).getText())
                .contains("5 minutes without activity"));
    }

    @Test
    void withoutThePermissionNothingCanBeChanged() {
        actor = new Actor(1L, "auditor", "window", Set.of(Permission.VIEW_DIRECTORY));
        auth.authentication().enableEntra(office.administrator, "Contoso", Set.of());
        open();
        for (var id : List.of("authentication.entra.switch", "authentication.ad.setUp", "authentication.entra.test",
                "authentication.sessions.edit", "authentication.way.password")) {
            assertTrue(look(() -> node(id).isDisabled()), id);
        }
        picture("18-authentication-looking-only");
    }

    @Test
    void nobodyImportedYet() {
        office.directory.sql("DELETE FROM directory_user WHERE tenant_id IS NOT NULL");
        office.directory.sql("DELETE FROM people_count WHERE tenant_id <> 0");
        open();
        assertTrue(look(() -> node("authentication.entra.switch").isDisabled()));
        picture("18-authentication-empty");
        click("authentication.entra.import");
        assertEquals(List.of("connect"), office.opened);
    }

    @Test
    void activeDirectoryLocksOutWhoHasNoNameThere() {
        auth.authentication().enableAd(actor, new AdSettings(List.of("ldaps://dc1.contoso.com"), false,
                "dc=contoso,dc=com", "CONTOSO", null, null, null), null, false,
                new JobControl(
                        org.rollcall.task.JobContext.silent(), false));
        var figures = new SignInFigures(office.directory.database, CLOCK).read(actor);
        assertEquals(figures.ad().of(), figures.ad().admits() + figures.ad().outs().getFirst().people());
        open();
        picture("18-authentication-ad-on", 1000, 700);
    }
}
