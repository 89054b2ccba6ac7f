package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Clock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// One walk from an empty wizard to an imported tenant for the pictures of the README: `target/screens/wizard-*-light.png`
/// are copied to `docs/pictures`.
class WalkPicturesTest extends WizardWalk {
    private final GateClock clock = new GateClock();

    @Override
    protected WizardFixture fixture(Path home) {
        return new WizardFixture(home,
                SampleTenant.start(SampleTenant.Options.defaults().withUsers(2_300).withGroups(40)),
                Clock.systemUTC());
    }

    @AfterEach
    void release() {
        clock.release();
    }

    @Test
    void everyStepOfAWalk() {
        draft = new ImportDraft();
        open(draft, clock);
        choose(Way.BY_HAND);
        fillPlace("connect.hand");
        type("connect.hand.client", fixture.sample.clientId());
        fx(() -> {
            draft.portalSteps().add(1);
            draft.portalSteps().add(2);
            node("connect.hand.advanced", javafx.scene.control.TitledPane.class).setExpanded(false);
        });
        segment("connect.hand.kind", "Certificate");
        click("connect.certificate.make");
        waitFor("the certificate", () -> exists("connect.certificate.save"));
        waitFor("which tenant it is", () -> texts().stream().anyMatch(each -> each.equals("Found in Entra")));
        picture("wizard-1-connect-by-hand");

        choose(Way.AUTOMATIC);
        click("connect.automatic.start");
        code();
        picture("wizard-2-connect-automatically");
        approve();
        waitFor("the review", () -> exists("connect.review"));
        next("verify");
        waitFor("the report", () -> reason().isEmpty());
        picture("wizard-3-verify");

        goOnToChoose();
        chooseGroups("Engineering", "Finance", "IT Operations");
        search("importing.choose.search", "");
        flip("importing.choose.guests");
        waitFor("the tree", () -> exists("importing.choose.tick.All Staff"));
        picture("wizard-4-choose");

        next("map");
        rule("Tier 0 Administrators", Role.ADMINISTRATOR);
        rule("IT Operations", Role.OPERATOR);
        rule("Controlling", Role.AUDITOR);
        assertEquals(3, look(() -> draft.rules().size()));
        picture("wizard-5-map");

        goOnToPreview();
        assertTrue(nextLabel().startsWith("Import "), nextLabel());
        picture("wizard-6-preview");
        clock.hold(3);
        click("wizard.next");
        waitFor("the import to stand still", clock::isHolding);
        waitFor("its count", () -> texts().stream().anyMatch(each -> each.matches("[1-9][0-9,]* of [0-9,]+ changes")));
        picture("wizard-7-import");
        clock.release();
        waitForStep("done");
        waitFor("the result", () -> headings().stream().anyMatch(each -> each.endsWith("imported")));
        every(0, 6, 0);
        picture("wizard-8-done");
        finish();
        assertCameIn();
    }
}
