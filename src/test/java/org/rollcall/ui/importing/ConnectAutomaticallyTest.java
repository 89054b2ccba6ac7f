package org.rollcall.ui.importing;

import java.time.Clock;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

import org.junit.jupiter.api.Test;

import org.rollcall.source.Connection.Credential;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Automatic registration and user tokens, with an administrator who signs in on the other side.
class ConnectAutomaticallyTest extends WizardTest {
    private ImportDraft draft(Way way) {
        var draft = fixture.draft();
        draft.wayProperty().set(way);
        return draft;
    }

    private String code() {
        waitFor("the code", () -> exists("connect.code"));
        return fx(() -> node("connect.code", Label.class).getText());
    }

    @Test
    void administratorReviewsAndRollcallRegistersItself() {
        open(draft(Way.AUTOMATIC), Clock.systemUTC());
        int before = fixture.sample.identity().apps().byDisplayName("Rollcall").size();
        assertEquals("Get a code to continue", reason());
        picture("04-wizard-connect-automatic-tenant");
        click("connect.automatic.start");
        var code = code();
        assertEquals("Sign in with the code to continue", reason());
        assertAccessible(root);
        picture("04-wizard-connect-automatic");
        picture("04-wizard-connect-automatic-narrow", 1000, 700);
        picture("04-wizard-connect-automatic-wide", 1600, 1000);
        click("connect.code.open");
        assertTrue(links.getFirst().startsWith("http"), links.toString());
        fixture.sample.identity().approveDeviceCode(code, fixture.sample.adminUserName());
        waitFor("the review", () -> exists("connect.review"));
        assertEquals("", reason());
        assertEquals(before, fixture.sample.identity().apps().byDisplayName("Rollcall").size(),
                "nothing is made before Create");
        assertTrue(fx(() -> node("wizard.next", Button.class).getText()).startsWith("Create in "));
        assertAccessible(root);
        picture("04-wizard-connect-review");
        picture("04-wizard-connect-review-narrow", 1000, 700);
        click("wizard.next");
        waitForStep("verify");
        waitFor("the report", () -> reason().isEmpty());
        var stored = fixture.tenants().list(fixture.actor()).getFirst();
        assertEquals("Contoso", stored.name());
        assertInstanceOf(Credential.Certificate.class, fixture.tenants().connection(stored).credential());
        assertEquals(before + 1, fixture.sample.identity().apps().byDisplayName("Rollcall").size());
        picture("05-wizard-verify-certificate");
    }

    @Test
    void declinedCodeSaysSoAndANewOneIsOffered() {
        open(draft(Way.AUTOMATIC), Clock.systemUTC());
        click("connect.automatic.start");
        var first = code();
        fixture.sample.identity().declineDeviceCode(first);
        waitFor("the refusal", () -> exists("connect.signIn.trouble"));
        assertAccessible(root);
        picture("04-wizard-connect-declined");
        click("connect.signIn.again");
        var second = code();
        assertFalse(first.equals(second));
        click("connect.code.new");
        waitFor("another code", () -> exists("connect.code") && !List.of(first, second)
                .contains(node("connect.code", Label.class).getText()));
        assertTrue(fixture.tenants().list(fixture.actor()).isEmpty());
    }

    @Test
    void userTokenConnectsInAPersonsName() {
        open(draft(Way.USER_TOKEN), Clock.systemUTC());
        picture("04-wizard-connect-token");
        picture("04-wizard-connect-token-narrow", 1000, 700);
        click("connect.token.start");
        fixture.sample.identity().approveDeviceCode(code(), fixture.sample.adminUserName());
        waitFor("signed in", () -> exists("connect.token.signedIn"));
        assertAccessible(root);
        picture("04-wizard-connect-token-signed-in");
        click("wizard.next");
        waitForStep("verify");
        var stored = fixture.tenants().list(fixture.actor()).getFirst();
        assertInstanceOf(Credential.UserToken.class, fixture.tenants().connection(stored).credential());
        picture("05-wizard-verify-token");
    }
}
