package org.rollcall.ui.importing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.rollcall.connect.CertificateMaker;
import org.rollcall.domain.Cloud;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What Entra refuses, and what was typed wrongly: said in words with what to do, everything kept, and the walk goes on.
class WalkRefusedTest extends WizardWalk {
    private final GateClock clock = new GateClock();

    @Override
    protected WizardFixture fixture(Path home) {
        return new WizardFixture(home,
                SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6)), clock);
    }

    private void open(Way way, String prefix) {
        draft = new ImportDraft();
        open(draft, clock);
        choose(way);
        fillPlace(prefix);
    }

    private void replace(String field, String text) {
        fx(() -> node(field, javafx.scene.control.TextField.class).clear());
        type(field, text);
    }

    private void refused(String words) {
        click("wizard.next");
        waitFor("the refusal", () -> exists("connect.trouble"));
        assertSays(words);
        assertEquals("connect", step());
        assertEquals(0, fixture.tenants().list(fixture.actor()).size());
    }

    @Test
    void wrongIdsAreNamedAndEntrasRefusalsSayWhatToDo() {
        open(Way.BY_HAND, "connect.hand");
        segment("connect.hand.kind", "Secret");
        type("connect.hand.client", "Rollcall");
        assertEquals("Paste the application’s ID to continue", reason());
        fx(() -> node("connect.hand.secret").requestFocus());
        assertSays("The client id is not a GUID: Rollcall");
        assertSays("Copy \"Application (client) ID\" from the application's overview");
        replace("connect.hand.client", UUID.randomUUID().toString());
        type("connect.hand.secret", fixture.sample.identity().apps().addSecret(fixture.sample.clientId(),
                "another~secret", Instant.now().plus(Duration.ofDays(30))));
        fx(() -> node("connect.hand.client").requestFocus());
        assertSays("This is the secret’s ID. Copy the column named Value instead; the portal shows it only once.");
        assertEquals("Paste the secret’s value to continue", reason());
        picture("03-wizard-connect-secret-id");
        replace("connect.hand.secret", fixture.sample.clientSecret());
        refused("The application is not known in this tenant");
        assertSays("Check client id and tenant");

        replace("connect.hand.client", fixture.sample.clientId());
        replace("connect.hand.tenant", UUID.randomUUID().toString());
        fx(() -> node("connect.hand.client").requestFocus());
        waitFor("the refusal", () -> reason().equals("Correct the tenant to continue"));
        assertSays("Entra knows no such tenant in this cloud");
        assertTrue(node("wizard.next").isDisabled());
        replace("connect.hand.tenant", fixture.sample.domain());
        fixture.sample.identity().apps().expireSecrets(fixture.sample.clientId());
        refused("The client secret has expired");
        replace("connect.hand.secret", "a~fresh-secret_value");
        fixture.sample.identity().apps().addSecret(fixture.sample.clientId(), "a~fresh-secret_value",
                Instant.now().plus(Duration.ofDays(30)));
        click("connect.retry");
        waitForStep("verify");
        assertEquals(fixture.sample.tenantId(), fixture.tenants().list(fixture.actor()).getFirst().directoryId());
    }

    @Test
    void certificatesThatExpiredOrAreNotUploadedAreSaid() throws Exception {
        open(Way.BY_HAND, "connect.hand");
        type("connect.hand.client", fixture.sample.clientId());
        segment("connect.hand.kind", "Certificate");
        Instant longAgo = Instant.now().minus(Duration.ofDays(800));
        var made = new CertificateMaker(Clock.fixed(longAgo, ZoneOffset.UTC)).make("Rollcall");
        picker.next = write("old.pem", made);
        click("connect.certificate.choose");
        assertTrue(texts().stream().anyMatch(each -> each
                .matches("(?s).*The certificate expired on \\d{1,2} [A-Z][a-z]{2} \\d{4}\\b.*")),
                () -> texts().toString());
        assertSays("Make a new one and upload it");
        assertEquals("Create or choose a certificate to continue", reason());
        assertAccessible(root);
        picture("03-wizard-connect-expired-certificate");
        picker.next = write("fresh.pem", new CertificateMaker(Clock.systemUTC()).make("Rollcall"));
        click("connect.certificate.choose");
        refused("The certificate is not registered for the application");
        assertSays("Upload this certificate under Certificates & secrets");
        picker.next = Files.writeString(folder.resolve("known.pem"), fixture.sample.registeredCertificatePem());
        click("connect.certificate.choose");
        fixture.sample.identity().apps().expireCertificates(fixture.sample.clientId());
        refused("The certificate is not registered for the application, or not valid");
        fixture.sample.identity().apps().removeCertificates(fixture.sample.clientId());
        fixture.sample.identity().apps().addCertificate(fixture.sample.clientId(),
                fixture.sample.identity().registeredCertificate());
        click("connect.retry");
        waitForStep("verify");
    }

    private Path write(String name, CertificateMaker.Made made) throws java.io.IOException {
        var credential = assertInstanceOf(Credential.Certificate.class, made.credential().credential());
        return Files.writeString(folder.resolve(name), credential.certificatePem() + credential.keyPem());
    }

    @Test
    void codesThatExpireOrAreBlockedAndConsentThatIsRefusedAreSaid() {
        open(Way.AUTOMATIC, "connect.automatic");
        fixture.sample.identity().policies().setDeviceCodeBlocked(true);
        click("connect.automatic.start");
        approve();
        waitFor("the refusal", () -> exists("connect.signIn.trouble"));
        assertSays("Conditional Access policy blocks this sign-in");
        assertAccessible(root);
        assertTrue(exists("connect.signIn.browser"), "the browser is offered where codes are blocked");
        picture("04-wizard-connect-blocked");
        click("connect.signIn.byHand");
        assertEquals(Way.BY_HAND, look(() -> draft.wayProperty().get()));
        assertEquals(fixture.sample.tenantId(), look(() -> draft.tenantProperty().get()), "what was typed is there");
        choose(Way.AUTOMATIC);
        fixture.sample.identity().policies().setDeviceCodeBlocked(false);

        click("connect.automatic.start");
        String first = code();
        clock.advance(Duration.ofMinutes(16));
        waitFor("the end of the code", () -> texts().contains("The code expired"));
        assertFalse(exists("connect.signIn.browser"));
        picture("04-wizard-connect-expired");
        click("connect.signIn.again");
        waitFor("another code", () -> exists("connect.code"));
        assertFalse(first.equals(code()));
        fixture.sample.identity().approveDeviceCode(code(), "peter.plain@" + fixture.sample.domain());
        waitFor("the refusal", () -> exists("connect.signIn.trouble"));
        assertSays("This account may not register applications in the tenant");
        click("connect.signIn.again");
        waitFor("another code", () -> exists("connect.code"));
        fixture.sample.identity().declineDeviceCode(code());
        waitFor("the refusal", () -> exists("connect.signIn.trouble"));
        assertSays("declined");
        click("connect.signIn.again");
        approve();
        waitFor("the review", () -> exists("connect.review"));
        assertEquals("", reason());
    }

    @Test
    void cancelledRegistrationTakesBackWhatItMade() {
        open(Way.AUTOMATIC, "connect.automatic");
        var apps = fixture.sample.identity().apps();
        var before = apps.byDisplayName("Rollcall");
        click("connect.automatic.start");
        approve();
        waitFor("the review", () -> exists("connect.review"));
        // Entra does not know everywhere yet what was made a moment ago, so that Rollcall has to wait.
        fixture.sample.identity().replicationDelay().setCalls(2);
        click("wizard.next");
        waitFor("the application", () -> apps.byDisplayName("Rollcall").size() > before.size());
        waitFor("a word that it waits", () -> texts().stream().anyMatch(each -> each
                .matches("Entra is still spreading the .*\\. Trying again in (1 second|\\d+ seconds)\\.")));
        assertEquals("Registering", reason());
        assertTrue(texts().stream().anyMatch(each -> each.matches("Step [1-9] of [1-9]")), () -> texts().toString());
        picture("04-wizard-connect-creating");
        fixture.sample.identity().replicationDelay().setCalls(0);
        click("wizard.cancel");
        waitFor("the word about it", () -> exists("connect.takenBack"));
        assertEquals(before, apps.byDisplayName("Rollcall"));
        assertEquals(0, fixture.tenants().list(fixture.actor()).size());
        assertAccessible(root);
        picture("04-wizard-connect-taken-back");
        next("verify");
        assertEquals(before.size() + 1, apps.byDisplayName("Rollcall").size());
        assertEquals(1, fixture.tenants().list(fixture.actor()).size());
    }

    @Test
    void withoutANeededPermissionNextIsOffUntilItIsGranted() {
        fixture.sample.identity().apps().revokeRole(fixture.sample.clientId(), "GroupMember.Read.All");
        begin();
        connectWithSecret();
        waitFor("the report", () -> !reason().isEmpty());
        assertEquals("Grant GroupMember.Read.All to continue", reason());
        assertTrue(node("wizard.next").isDisabled());
        assertAccessible(root);
        picture("05-wizard-verify-missing");
        press(javafx.scene.input.KeyCode.ALT, javafx.scene.input.KeyCode.RIGHT);
        assertEquals("verify", step());
        clickText("Grant");
        assertTrue(links.getFirst().startsWith("https://"), links.toString());
        fixture.sample.identity().apps().grantRole(fixture.sample.clientId(), "GroupMember.Read.All");
        click("verify.again");
        waitFor("the report", () -> reason().isEmpty());
        goOnToChoose();
        assertEquals(Cloud.CUSTOM, look(() -> draft.cloudProperty().get()));
    }
}
