package org.rollcall.ui.signin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import atlantafx.base.controls.PasswordTextField;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.LinkOpener;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The page that signs in and the one that unlocks, by mouse and keyboard.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class SignInPageTest extends UiTest {
    private final FakeDesk desk = new FakeDesk();
    private final List<String> in = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final StringProperty lastWay = new SimpleStringProperty("");
    private SignInViewModel model;

    private WindowRoot open() {
        return open(1280, 800, null);
    }

    private WindowRoot open(int width, int height, LockedPerson locked) {
        if (desk.codeExpires == null) {
            desk.codeExpires = CLOCK.instant().plus(Duration.ofMinutes(15));
        }
        return show(width, height, context -> {
            LinkOpener links = address -> opened.add(address.toString());
            var window = new WindowContext(context.theme(), context.motion(), context.fx(), context.tasks(),
                    context.dialogs(), context.toasts(), links, context.clock());
            model = locked == null
                    ? new SignInViewModel(window, desk, lastWay, (actor, mode) -> in.add(mode + " " + actor.name()))
                    : new SignInViewModel(window, desk, locked, (actor, mode) -> in.add(mode + " " + actor.name()));
            var root = new WindowRoot(window);
            root.showPage(new SignInView(model, () -> in.add("signed out"), page -> in.add("guide " + page)));
            return root;
        });
    }

    private String problem() {
        return look(() -> node("signin.problem", Label.class).getText());
    }

    private boolean focused(String id) {
        return look(() -> node(id).equals(scene().getFocusOwner()));
    }

    @Test
    void microsoftFirst() {
        var root = open();
        assertEquals("Contoso", look(() -> node("signin.tenant", Label.class).getText()));
        assertTrue(look(() -> node("signin.password.use").isDisabled()), "a password is off unless chosen");
        assertEquals("Use a password. Turned off by your administrator",
                look(() -> node("signin.password.use").getAccessibleText()));
        assertAccessible(root);
        picture("02-sign-in");
        click("signin.microsoft.go");
        assertEquals(List.of("BROWSER maren.holt"), in);
        assertEquals(List.of("https://login.example/authorize?state=1"), opened);
    }

    @Test
    void enterOpensTheBrowserAndTheWindowWaits() {
        desk.waits = true;
        open();
        waitFor("the button to take the focus", () -> focused("signin.microsoft.go"));
        press(KeyCode.ENTER);
        assertEquals(1, opened.size());
        picture("02-sign-in-browser");
        click("signin.browser.again");
        assertEquals(2, opened.size());
        press(KeyCode.ESCAPE);
        assertTrue(exists("signin.microsoft.go"), "Escape goes back");
        assertEquals(List.of(), in);
    }

    @Test
    void aCodeShowsWithTheTimeThatIsLeft() {
        desk.waits = true;
        var root = open();
        click("signin.code.use");
        assertEquals("F G H 4 K 2 M P Q", look(() -> node("signin.code").getAccessibleText()));
        assertEquals("15 min 00 s left", look(() -> node("signin.code.left", Label.class).getText()));
        assertAccessible(root);
        picture("02-sign-in-code");
        click("signin.code.open");
        assertEquals(List.of("https://microsoft.com/devicelogin"), opened);
        click("signin.code.new");
        assertEquals(List.of("DEVICE ", "DEVICE "), desk.asked);
    }

    @Test
    void aCodeThatRanOutOffersANewOne() {
        desk.waits = true;
        desk.codeExpires = CLOCK.instant();
        open();
        click("signin.code.use");
        assertEquals("The code expired before it was used.", problem());
        picture("02-sign-in-code-expired");
        desk.codeExpires = CLOCK.instant().plusSeconds(600);
        click("signin.problem.next");
        assertTrue(exists("signin.code"));
    }

    @Test
    void whatMicrosoftRefusesLeadsToTheBrowser() {
        desk.ways = EnumSet.allOf(SignInMode.class);
        desk.ways.remove(SignInMode.AD);
        desk.refusal = SignInOutcome.MFA_REQUIRED;
        desk.message = "your organization asks for a second factor";
        desk.remedy = "use Sign in with Microsoft";
        open();
        click("signin.password.use");
        type("signin.name", "chiamaka.eze@contoso.com");
        type("signin.passwordField", "a password of hers");
        press(KeyCode.ENTER);
        assertEquals("Your organization asks for a second factor. Use Sign in with Microsoft.", problem());
        picture("02-sign-in-second-factor");
        desk.refusal = null;
        click("signin.problem.next");
        assertEquals(List.of("BROWSER maren.holt"), in);
        assertEquals(List.of("PASSWORD chiamaka.eze@contoso.com", "a password of hers", "BROWSER "), desk.asked);
    }

    @Test
    void aBlockedCodeLeadsToTheBrowser() {
        desk.refusal = SignInOutcome.CODE_BLOCKED;
        desk.message = "your organization does not allow codes";
        desk.remedy = "sign in with Microsoft in your browser instead";
        open();
        click("signin.code.use");
        assertEquals("Your organization does not allow codes. Sign in with Microsoft in your browser instead.",
                problem());
        assertFalse(exists("signin.problem.next"), "the page's own button does that");
        picture("02-sign-in-blocked");
        desk.refusal = null;
        click("signin.microsoft.go");
        assertEquals(List.of("BROWSER maren.holt"), in);
    }

    @Test
    void theLocalFormByKeyboardAlone() {
        var root = open();
        waitFor("the button to take the focus", () -> focused("signin.microsoft.go"));
        press(KeyCode.SHIFT, KeyCode.TAB);
        press(KeyCode.RIGHT);
        assertEquals(SignInWay.LOCAL, look(() -> ((Segmented<?>) node("signin.way")).getValue()));
        assertEquals("LOCAL", lastWay.get(), "remembered");
        press(KeyCode.TAB);
        assertTrue(focused("signin.name"), () -> "Tab leads into the form, not to " + scene().getFocusOwner());
        type("signin.name", "maren.holt");
        press(KeyCode.TAB);
        assertTrue(focused("signin.passwordField"));
        assertAccessible(root);
        picture("02b-sign-in-local");
        desk.refusal = SignInOutcome.WRONG_PASSWORD;
        type("signin.passwordField", "wrong");
        press(KeyCode.ENTER);
        assertEquals("The user name or the password is wrong. Try again, or ask an administrator for a new password.",
                problem());
        assertTrue(focused("signin.passwordField"), "the field to be mended");
        assertEquals("", look(() -> node("signin.passwordField", PasswordTextField.class).getText()));
        picture("02b-sign-in-wrong");
        desk.refusal = null;
        type("signin.passwordField", "right");
        press(KeyCode.ENTER);
        assertEquals(List.of("LOCAL maren.holt"), in);
    }

    @Test
    void whatIsMissingIsAskedForWithoutAsking() {
        lastWay.set("LOCAL");
        open();
        click("signin.go");
        assertEquals("Type your user name.", problem());
        assertTrue(focused("signin.name"));
        type("signin.name", "maren.holt");
        click("signin.go");
        assertEquals("Type your password.", problem());
        assertEquals(List.of(), desk.asked);
    }

    @Test
    void theLastWayIsChosenUnlessItIsOff() {
        lastWay.set("LOCAL");
        open();
        assertTrue(exists("signin.passwordField"));
        hide();
        lastWay.set("DIRECTORY");
        open();
        assertTrue(exists("signin.microsoft.go"), "what is off is not chosen");
    }

    private void hide() {
        fx(() -> stage().hide());
    }

    @Test
    void aLockedAccountSaysForHowLong() {
        desk.refusal = SignInOutcome.LOCKED;
        desk.message = "the account is locked after 10 wrong passwords or more";
        desk.remedy = "wait 15 minutes and try again";
        desk.ways = EnumSet.of(SignInMode.LOCAL);
        var root = open();
        type("signin.name", "maren.holt");
        type("signin.passwordField", "the tenth guess");
        press(KeyCode.ENTER);
        assertEquals("The account is locked after 10 wrong passwords or more. Wait 15 minutes and try again.",
                problem());
        assertAccessible(root);
        picture("02b-sign-in-locked-out");
    }

    @Test
    void activeDirectoryAndNothingElse() {
        desk.ways = EnumSet.of(SignInMode.AD, SignInMode.LOCAL);
        open();
        type("signin.name", "CONTOSO\\chiamaka.eze");
        type("signin.passwordField", "domain password");
        picture("02-sign-in-ad");
        press(KeyCode.ENTER);
        assertEquals(List.of("AD CONTOSO\\chiamaka.eze", "domain password"), desk.asked);
    }

    @Test
    void localAccountsAloneNeedNoChoice() {
        desk.ways = EnumSet.of(SignInMode.LOCAL);
        open();
        assertFalse(exists("signin.way"));
        picture("02b-sign-in-local-only", 1000, 700);
    }

    @Test
    void aOneTimePasswordIsChangedAtOnce() {
        lastWay.set("LOCAL");
        desk.refusal = SignInOutcome.PASSWORD_EXPIRED;
        var root = open();
        type("signin.name", "ahmed");
        type("signin.passwordField", "k3m9p-x7w2d-aaaaa-bbbbb");
        press(KeyCode.ENTER);
        waitFor("the new password to be asked for", () -> focused("signin.new"));
        type("signin.new", "short");
        press(KeyCode.ENTER);
        picture("02-sign-in-new-password");
        assertAccessible(root);
        assertTrue(focused("signin.new"));
        fx(() -> node("signin.new", PasswordTextField.class).clear());
        type("signin.new", "a sentence of one's own");
        press(KeyCode.ENTER);
        assertEquals(List.of("LOCAL ahmed"), in);
        assertEquals("change ahmed k3m9p-x7w2d-aaaaa-bbbbb to a sentence of one's own", desk.asked.getLast());
    }

    @Test
    void aLockedWindowAsksForTheSamePerson() {
        var root = open(1280, 800, new LockedPerson("Maren Holt", "maren.holt", SignInMode.LOCAL));
        assertFalse(exists("signin.name"), "nobody else may type their name");
        waitFor("the password to have the focus", () -> focused("signin.passwordField"));
        assertAccessible(root);
        picture("02c-locked");
        type("signin.passwordField", "hers");
        press(KeyCode.ENTER);
        assertEquals(List.of("LOCAL maren.holt"), in);
        assertEquals(List.of("LOCAL maren.holt", "hers"), desk.asked);
        click("signin.out");
        assertEquals("signed out", in.getLast());
    }

    @Test
    void whoLockedWithMicrosoftUnlocksWithMicrosoft() {
        open(1000, 700, new LockedPerson("Maximilian Wolfeschlegelsteinhausenbergerdorff von und zu Habsburg",
                "max@contoso.com", SignInMode.DEVICE));
        picture("02c-locked-microsoft", 1000, 700);
        click("signin.code.use");
        assertEquals(List.of("DEVICE max@contoso.com"), desk.asked, "the same person is asked for");
    }

    @Test
    void helpIsThere() {
        open();
        click("signin.help");
        picture("02-sign-in-help");
        click("signin.help.guide");
        click("signin.network");
        assertEquals(List.of("guide sign-in#cannot-sign-in", "guide network"), in);
    }

    @Test
    void whyOneWasSignedOutIsSaid() {
        open();
        fx(() -> model.say("You were signed out: your account is no longer active. Ask an administrator."));
        assertEquals("You were signed out: your account is no longer active. Ask an administrator.", problem());
        picture("02-sign-in-ended", 1000, 700);
        Node name = look(() -> scene().getFocusOwner());
        assertFalse(name instanceof TextField, "nothing was typed");
    }
}
