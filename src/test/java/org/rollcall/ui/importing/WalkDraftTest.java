package org.rollcall.ui.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Label;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportDraft.ScopeMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Closed half-way and gone on with in another program; back and forth with changed answers.
class WalkDraftTest extends WizardWalk {
    /// Closes the wizard by its cross, ends the program, starts it again and opens what was left.
    private void closeAndComeBack() {
        click("wizard.close");
        waitFor("the question", () -> window.dialogs().isOpen());
        clickText(Messages.get("wizard.leave.yes"));
        waitFor("closed", () -> events.contains("closed"));
        String id = draft.id();
        String answers = look(() -> draft.answers());
        waitFor("saved", () -> ImportWizard.saved(fixture, fixture.actor())
                .filter(saved -> saved.answers().equals(answers)).isPresent());
        fixture.restart();
        events.clear();
        draft = ImportWizard.saved(fixture, fixture.actor()).orElseThrow();
        assertEquals(id, draft.id());
        open(draft, Clock.systemUTC());
    }

    private String thumbprint() {
        return look(() -> node("connect.certificate.thumbprint", Label.class).getText());
    }

    @Test
    void certificateMadeHereSurvivesARestartBeforeItIsUploaded() throws Exception {
        begin();
        fillByHand();
        segment("connect.hand.kind", "Certificate");
        click("connect.certificate.make");
        waitFor("the certificate", () -> exists("connect.certificate.save"));
        String made = thumbprint();
        waitFor("kept", () -> fixture.draftCredentials().kept(fixture.actor(), draft.id()).isPresent());
        closeAndComeBack();
        assertEquals("connect", step());
        assertEquals(made, thumbprint());
        assertEquals("", reason());
        assertFalse(look(() -> draft.answers()).contains("PRIVATE KEY"));
        assertFalse(isInClear(folder.resolve("data")), "the key is sealed");

        picker.next = folder.resolve("later.cer");
        click("connect.certificate.save");
        var uploaded = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(folder.resolve("later.cer"))));
        fixture.sample.identity().apps().addCertificate(fixture.sample.clientId(), uploaded);
        next("verify");
        assertTrue(fixture.draftCredentials().kept(fixture.actor(), draft.id()).isEmpty(), "it is with the tenant now");
        closeAndComeBack();
        goOnToChoose();
        next("map");
        goOnToPreview();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }

    private static boolean isInClear(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().equals("lock")
                        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                .contains("BEGIN PRIVATE KEY")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void everyAnswerIsThereAfterTheProgramWasClosedHalfWay() {
        begin();
        connectWithSecret();
        goOnToChoose();
        chooseGroups("Engineering", "IT Operations");
        flip("importing.choose.guests");
        never("Network Team");
        closeAndComeBack();
        assertEquals("choose", step());
        waitFor("the tenant", () -> !countOfChosen().isEmpty());
        assertEquals(List.of("Engineering", "IT Operations"),
                look(() -> draft.groups().stream().map(each -> each.name()).toList()));
        next("map");
        rule("Helpdesk", Role.OPERATOR);
        rule("Engineering", Role.AUDITOR);
        String chosen = fixture.sample.directory().effectiveMembers("Helpdesk").getFirst().displayName();
        administratorFromMap(chosen);
        goOnToPreview();
        closeAndComeBack();
        assertEquals("map", step(), "a preview is made anew");
        assertEquals(2, look(() -> draft.rules().size()));
        assertEquals(1, look(() -> draft.rolesByHand().size()));
        goOnToPreview();
        importAll();
        every(0, 12, 0);
        finish();
        assertCameIn();
    }

    @Test
    void changedAnswersRecomputeWhatDependsOnThemAndUnchangedOnesDoNot() {
        begin();
        connectWithSecret();
        goOnToChoose();
        next("map");
        goOnToPreview();
        assertEquals("Import 120 people", nextLabel());
        long first = preview();
        click("wizard.back");
        assertEquals("map", step());
        click("wizard.next");
        waitForStep("preview");
        assertEquals(first, preview(), "nothing was changed, so nothing is read again");
        assertEquals("Import 120 people", nextLabel());

        click("wizard.back");
        rule("Finance", Role.AUDITOR);
        goOnToPreview();
        long second = preview();
        assertNotEquals(first, second);
        assertTrue(fixture.runs().show(fixture.actor(), second).count(org.rollcall.domain.ChangeKind.ROLE_GRANT) > 0
                || texts().stream().anyMatch(each -> each.contains("Auditor")));

        click("wizard.step.choose");
        waitForStep("choose");
        choosePeople("Ada Lindqvist", "Peter Plain");
        next("map");
        goOnToPreview();
        assertNotEquals(second, preview());
        assertEquals("Import 2 people", nextLabel());

        // Another credential: the tenant is asked again, everything chosen stays.
        click("wizard.step.connect");
        waitForStep("connect");
        type("connect.hand.secret", "not the right one at all");
        click("wizard.next");
        waitFor("the refusal", () -> exists("connect.trouble"));
        fx(() -> node("connect.hand.secret", javafx.scene.control.TextField.class).clear());
        type("connect.hand.secret", fixture.sample.clientSecret());
        next("verify");
        goOnToChoose();
        assertEquals(ScopeMode.PEOPLE, look(() -> draft.scopeModeProperty().get()));
        assertEquals("2", countOfChosen());
        next("map");
        goOnToPreview();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }

    private long preview() {
        return Objects.requireNonNull(look(() -> draft.previewRunProperty().get()));
    }
}
