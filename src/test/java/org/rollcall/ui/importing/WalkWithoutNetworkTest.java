package org.rollcall.ui.importing;

import java.net.URI;
import java.time.Clock;
import javafx.scene.control.CheckBox;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The network goes in every step: each says so, keeps everything, and goes on with Retry.
class WalkWithoutNetworkTest extends WizardWalk {
    private @Nullable Cable cable;

    @AfterEach
    void pullOut() {
        if (cable != null) {
            cable.close();
        }
    }

    private Cable plugIn(boolean asProxy) {
        var made = new Cable(URI.create(fixture.sample.origin()).getPort(), asProxy);
        cable = made;
        return made;
    }

    @Override
    String origin() {
        return cable == null ? super.origin() : cable.origin();
    }

    @Test
    void everyStepSaysSoKeepsEverythingAndGoesOn() {
        Cable cable = plugIn(false);
        begin();
        fillByHand();
        segment("connect.hand.kind", "Secret");
        type("connect.hand.secret", fixture.sample.clientSecret());
        cable.unplug();
        click("wizard.next");
        waitFor("words", () -> exists("connect.retry"));
        assertSays("No answer from localhost");
        assertEquals("connect", step());
        assertEquals(fixture.sample.clientSecret(), look(() -> draft.secretProperty().get()));
        assertEquals(0, fixture.tenants().list(fixture.actor()).size());
        assertAccessible(root);
        picture("03-wizard-connect-no-network");
        cable.plug();
        click("connect.retry");
        waitForStep("verify");

        waitFor("the report", () -> reason().isEmpty());
        cable.unplug();
        click("verify.again");
        waitFor("words", () -> reason().equals("Retry to continue"));
        assertSays("Could not check the connection");
        assertAccessible(root);
        picture("05-wizard-verify-no-network");
        cable.plug();
        clickText("Retry");
        waitFor("the report", () -> reason().isEmpty());

        cable.unplug();
        next("choose");
        waitFor("words", () -> texts().contains("Could not read the tenant"));
        assertEquals("Read the tenant again to continue", reason());
        assertAccessible(root);
        picture("06-wizard-choose-no-network");
        cable.plug();
        clickText("Retry");
        waitFor("the tenant", () -> exists("importing.choose.count") && !countOfChosen().isEmpty());

        segment("importing.choose.mode", "People");
        cable.unplug();
        search("importing.choose.search", "Ada");
        waitFor("words", () -> exists("importing.choose.search.failed"));
        assertSays("The search failed");
        assertSays("No answer from localhost");
        picture("06-wizard-choose-people-no-network");
        cable.plug();
        clickText("Retry");
        clickNode(waitForNode("Ada", node -> node instanceof CheckBox box && box.getText().equals("Ada Lindqvist")));
        choosePeopleMore("Old Timer");
        next("map");

        cable.unplug();
        click("importing.map.add");
        waitFor("the dialog", () -> exists("importing.pick.search"));
        search("importing.pick.search", "Finance");
        waitFor("words", () -> exists("importing.pick.failed"));
        assertSays("The search failed");
        assertSays("No answer from localhost");
        assertAccessible(root);
        picture("07-wizard-map-no-network");
        cable.plug();
        clickText("Retry");
        waitFor("the hit", () -> !node("importing.pick.act").isDisabled());
        click("importing.pick.act");
        waitFor("the rule", () -> exists("importing.map.role.0"));
        pick("importing.map.role.0", Role.AUDITOR);

        cable.unplug();
        click("wizard.next");
        waitFor("words", () -> reason().equals("Retry the preview to continue"));
        assertSays("Could not create the preview");
        assertAccessible(root);
        picture("08-wizard-preview-no-network");
        cable.plug();
        clickText("Retry");
        waitFor("the preview", () -> reason().isEmpty() && exists("importing.preview.table"));

        // What was shown is written from here; nobody has to be asked again.
        cable.unplug();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
        assertEquals(2, people().size());
    }

    private void choosePeopleMore(String name) {
        search("importing.choose.search", name);
        clickNode(waitForNode(name, node -> node instanceof CheckBox box && box.getText().equals(name)));
        assertEquals(2, look(() -> draft.people().size()));
    }

    @Test
    void registrationWaitsUntilTheNetworkIsBack() {
        draft = new ImportDraft();
        open(draft, Clock.systemUTC());
        choose(Way.AUTOMATIC);
        fillPlace("connect.automatic");
        Cable cable = plugIn(true);
        type("connect.automatic.proxy", cable.proxy());
        cable.unplug();
        click("connect.automatic.start");
        waitFor("words", () -> exists("connect.signIn.trouble"));
        assertSays("No answer from the proxy localhost");
        assertAccessible(root);
        picture("04-wizard-connect-no-network");
        cable.plug();
        click("connect.signIn.again");
        approve();
        waitFor("the review", () -> exists("connect.review"));
        cable.unplug();
        click("wizard.next");
        waitFor("a word that it waits", () -> texts().stream().anyMatch(
                each -> each.startsWith("No answer from the proxy localhost") && each.contains("Trying again in")));
        picture("04-wizard-connect-waiting");
        cable.plug();
        waitForStep("verify");
        assertEquals(1, fixture.tenants().list(fixture.actor()).size());
        assertTrue(fixture.sample.identity().apps().byDisplayName("Rollcall").size() > 0);
    }
}
