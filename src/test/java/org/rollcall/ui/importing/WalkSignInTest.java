package org.rollcall.ui.importing;

import javafx.scene.control.CheckBox;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.source.Connection.Credential;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/// From an empty wizard to an imported tenant by an administrator's sign-in: automatic registration, and reading in a
/// person's name.
class WalkSignInTest extends WizardWalk {
    private void register(boolean byBrowser) {
        begin();
        choose(Way.AUTOMATIC);
        fillPlace("connect.automatic");
        int before = fixture.sample.identity().apps().byDisplayName("Rollcall").size();
        if (byBrowser) {
            click("connect.automatic.browser");
            signInWithBrowser();
        } else {
            click("connect.automatic.start");
            approve();
        }
        waitFor("the review", () -> exists("connect.review"));
        next("verify");
        assertEquals(before + 1, fixture.sample.identity().apps().byDisplayName("Rollcall").size());
        assertInstanceOf(Credential.Certificate.class, credential());
    }

    private void signIn(boolean byBrowser, boolean mfaReport) {
        begin();
        choose(Way.USER_TOKEN);
        fillPlace("connect.token");
        if (mfaReport) {
            clickNode(node("connect.token.mfa", CheckBox.class));
        }
        if (byBrowser) {
            click("connect.token.browser");
            signInWithBrowser();
        } else {
            click("connect.token.start");
            approve();
        }
        waitFor("the sign-in", () -> exists("connect.token.signedIn"));
        next("verify");
        assertInstanceOf(Credential.UserToken.class, credential());
    }

    private Credential credential() {
        return fixture.tenants().connection(fixture.tenants().list(fixture.actor()).getFirst()).credential();
    }

    @Test
    void nestedGroupsRegisteredAutomaticallyByACode() {
        register(false);
        goOnToChoose();
        chooseGroups("All Staff");
        flip("importing.choose.mfa");
        next("map");
        rule("Finance", Role.AUDITOR);
        goOnToPreview();
        importAll();
        every(0, 0, 30);
        finish();
        assertCameIn();
    }

    @Test
    void everyoneRegisteredAutomaticallyInTheBrowser() {
        register(true);
        goOnToChoose();
        chooseEveryone();
        flip("importing.choose.guests");
        flip("importing.choose.disabled");
        flip("importing.choose.mfa");
        never("Tax");
        next("map");
        rule("All Staff", Role.OPERATOR);
        goOnToPreview();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }

    @Test
    void everyoneInAPersonsName() {
        signIn(false, true);
        goOnToChoose();
        chooseEveryone();
        flip("importing.choose.mfa");
        next("map");
        rule("Helpdesk", Role.OPERATOR);
        administratorFromMap("Peter Plain");
        goOnToPreview();
        importAll();
        every(7, 0, 0);
        finish();
        assertCameIn();
    }

    @Test
    void nestedGroupsInAPersonsName() {
        signIn(true, false);
        goOnToChoose();
        chooseGroups("Finance", "Engineering Platform");
        next("map");
        rule("Accounts Payable", Role.ADMINISTRATOR);
        goOnToPreview();
        importAll();
        every(0, 0, 5);
        finish();
        assertCameIn();
    }

    @Test
    void peopleInAPersonsName() {
        signIn(false, false);
        goOnToChoose();
        choosePeople("Ada Lindqvist", "Old Timer");
        next("map");
        goOnToPreview();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }
}
