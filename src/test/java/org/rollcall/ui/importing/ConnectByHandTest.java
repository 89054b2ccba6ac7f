package org.rollcall.ui.importing;

import java.nio.file.Files;
import java.time.Clock;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.Test;

import org.rollcall.source.Connection.Credential;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.CredentialKind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConnectByHandTest extends WizardTest {
    @Test
    void secretConnectsAndVerifies() throws Exception {
        var draft = fixture.draft();
        open(draft);
        assertEquals("Paste the application’s ID to continue", reason());
        fx(() -> draft.clientIdProperty().set(fixture.sample.clientId()));
        assertEquals("Paste the secret’s value to continue", reason());
        fx(() -> {
            draft.portalSteps().add(1);
            draft.portalSteps().add(2);
        });
        type("connect.hand.secret", "4be0c7d1-5a0f-4f88-b2a9-9d1c0e7f63aa");
        press(KeyCode.TAB);
        assertEquals("Paste the secret’s value to continue", reason());
        assertTrue(texts().contains("This is the secret’s ID. Copy the column named Value instead; the portal shows it"
                + " only once."));
        assertAccessible(root);
        picture("03-wizard-connect-by-hand");
        picture("03-wizard-connect-by-hand-narrow", 1000, 700);
        picture("03-wizard-connect-by-hand-wide", 1600, 1000);

        // Pasted with blanks around: trimmed on leaving.
        fx(() -> draft.secretProperty().set("  " + fixture.sample.clientSecret() + "\n"));
        fx(() -> node("connect.hand.secret").requestFocus());
        press(KeyCode.TAB);
        assertEquals("", reason());
        click("wizard.next");
        waitForStep("verify");
        assertEquals("", reason());
        var stored = fixture.tenants().list(fixture.actor()).getFirst();
        assertEquals(fixture.sample.tenantId(), stored.directoryId());
        assertEquals(stored.name(), fx(() -> draft.tenantNameProperty().get()));
        assertInstanceOf(Credential.Secret.class, fixture.tenants().connection(stored).credential());
        assertEquals(fixture.sample.tenantId(), fx(() -> node("verify.tenant", Label.class).getText()));
        assertAccessible(root);
        picture("05-wizard-verify");
        picture("05-wizard-verify-narrow", 1000, 700);
        picture("05-wizard-verify-wide", 1600, 1000);

        // Back and on again asks nobody, since nothing was changed.
        fx(() -> draft.secretProperty().set(""));
        press(KeyCode.ALT, KeyCode.LEFT);
        assertEquals("connect", step());
        assertEquals("", reason());
        press(KeyCode.ALT, KeyCode.RIGHT);
        assertEquals("verify", step());
        assertEquals(1, fixture.tenants().list(fixture.actor()).size());
    }

    @Test
    void aProxysPasswordHasAFieldOfItsOwnAndIsNotKept() {
        var draft = fixture.draft();
        draft.clientIdProperty().set(fixture.sample.clientId());
        open(draft);
        fx(() -> node("connect.hand.advanced", TitledPane.class).setExpanded(true));
        assertFalse(fx(() -> node("connect.hand.proxyUser").isVisible() && node("connect.hand.proxyUser").getParent()
                .getParent().isVisible()));
        type("connect.hand.proxy", "http://ann:sesame@localhost:3128");
        press(KeyCode.TAB);
        assertEquals("Correct the proxy to continue", reason());
        assertTrue(texts().stream().anyMatch(text -> text.contains("holds a user name or a password")));
        assertFalse(fx(draft::answers).contains("sesame"));
        fx(() -> draft.proxyUrlProperty().set("http://localhost:3128"));
        type("connect.hand.proxyUser", "DOMAIN\\ann");
        type("connect.hand.proxyPassword", "p@ss");
        assertEquals("http://DOMAIN%5Cann:p%40ss@localhost:3128", fx(() -> draft.place().proxyUrl()));
        assertEquals("Paste the secret’s value to continue", reason());
        assertAccessible(root);
        picture("03-wizard-connect-proxy");
        String kept = fx(draft::answers);
        assertFalse(kept.contains("p@ss") || kept.contains("sesame") || kept.contains("p%40ss"), kept);
        var resumed = fx(() -> ImportDraft.resumed(draft.id(), kept));
        assertEquals("http://localhost:3128", fx(() -> resumed.proxyUrlProperty().get()));
        assertEquals("DOMAIN\\ann", fx(() -> resumed.proxyUserProperty().get()));
        assertEquals("", fx(() -> resumed.proxyPasswordProperty().get()));
    }

    @Test
    void certificateMadeHereIsSavedUploadedAndUsed() throws Exception {
        var draft = fixture.draft();
        draft.clientIdProperty().set(fixture.sample.clientId());
        draft.credentialKindProperty().set(CredentialKind.CERTIFICATE);
        open(draft, Clock.systemUTC());
        assertEquals("Create or choose a certificate to continue", reason());
        click("connect.certificate.make");
        waitFor("the certificate", () -> draft.certificateProperty().get() != null);
        var made = java.util.Objects.requireNonNull(fx(() -> draft.certificateProperty().get()));
        assertEquals(made.thumbprint(), fx(() -> node("connect.certificate.thumbprint", Label.class).getText()));
        picker.next = folder.resolve("rollcall.cer");
        click("connect.certificate.save");
        assertTrue(Files.readString(folder.resolve("rollcall.cer")).startsWith("-----BEGIN CERTIFICATE-----"));
        assertFalse(Files.readString(folder.resolve("rollcall.cer")).contains("PRIVATE KEY"));
        assertAccessible(root);
        picture("03-wizard-connect-certificate");

        // Not uploaded yet: Entra does not know it, and everything stays.
        click("wizard.next");
        waitFor("the refusal", () -> exists("connect.trouble"));
        assertEquals("connect", step());
        assertEquals(0, fixture.tenants().list(fixture.actor()).size());
        picture("03-wizard-connect-refused");
    }

    @Test
    void certificateFromAFileWithItsPasswordAsked() throws Exception {
        var draft = fixture.draft();
        draft.clientIdProperty().set(fixture.sample.clientId());
        draft.credentialKindProperty().set(CredentialKind.CERTIFICATE);
        open(draft, Clock.systemUTC());
        picker.next = Files.writeString(folder.resolve("only.pem"), fixture.sample.registeredCertificatePem());
        click("connect.certificate.choose");
        if (fx(() -> draft.certificateProperty().get()) == null) {
            assertTrue(texts().contains("The private key is not in this file. Choose the file that holds it, or a PFX"
                    + " with both."));
        }
        picker.next = Files.writeString(folder.resolve("wrong.pem"), "nothing of use");
        click("connect.certificate.choose");
        assertEquals("Create or choose a certificate to continue", reason());
    }

    @Test
    void wrongSecretUnknownTenantAndNoNetworkAreSaidAndKeepEverything() {
        var draft = fixture.draft();
        draft.clientIdProperty().set(fixture.sample.clientId());
        open(draft);
        type("connect.hand.secret", "not~the.right_secret");
        click("wizard.next");
        waitFor("the refusal", () -> exists("connect.trouble"));
        assertEquals("connect", step());
        assertEquals(0, fixture.tenants().list(fixture.actor()).size());
        assertEquals("not~the.right_secret", fx(() -> draft.secretProperty().get()));

        fx(() -> {
            draft.secretProperty().set(fixture.sample.clientSecret());
            draft.authorityUrlProperty().set("https://localhost:1");
        });
        click("wizard.next");
        waitFor("asking", () -> !reason().isEmpty() || exists("connect.trouble"));
        waitFor("the network's trouble", () -> exists("connect.trouble"));
        assertEquals("https://localhost:1", fx(() -> node("connect.hand.authority", TextField.class).getText()));

        fx(() -> draft.authorityUrlProperty().set(fixture.sample.origin()));
        click("wizard.next");
        waitForStep("verify");
        assertEquals(1, fixture.tenants().list(fixture.actor()).size());
    }

    @Test
    void tenantIsUnderstoodInEveryFormAndNamedBelow() {
        var draft = fixture.draft();
        draft.tenantProperty().set("");
        open(draft);
        assertEquals("Enter the tenant to continue", reason());
        type("connect.hand.tenant", "https://login.microsoftonline.com/contoso.onmicrosoft.com/");
        press(KeyCode.TAB);
        waitFor("which it is", () -> texts().contains("Contoso, " + fixture.sample.tenantId()));
        assertAccessible(root);
        picture("03-wizard-connect-tenant-found");
        retype(fixture.sample.tenantId().toUpperCase(java.util.Locale.ROOT));
        waitFor("that it is there", () -> texts().contains("Found in Entra"));
        retype("somebody@nowhere.example");
        waitFor("that it is not there", () -> texts().contains(
                "Entra knows no such tenant in this cloud. Check the spelling and the cloud."));
        assertEquals("Correct the tenant to continue", reason());
        picture("03-wizard-connect-tenant-unknown");
        retype("common");
        assertEquals("Correct the tenant to continue", reason());
        assertTrue(texts().stream().anyMatch(each -> each.contains("stands for every tenant")), texts().toString());
        fx(() -> draft.authorityUrlProperty().set("https://localhost:1"));
        retype("contoso.onmicrosoft.com");
        assertEquals("Paste the application’s ID to continue", reason());
    }

    private void retype(String tenant) {
        fx(() -> node("connect.hand.tenant", TextField.class).clear());
        type("connect.hand.tenant", tenant);
        fx(() -> node("connect.hand.client").requestFocus());
    }

    @Test
    void draftIsResumedAfterARestart() {
        var draft = fixture.draft();
        draft.clientIdProperty().set(fixture.sample.clientId());
        draft.secretProperty().set(fixture.sample.clientSecret());
        open(draft);
        click("wizard.next");
        waitForStep("verify");
        click("wizard.close");
        waitFor("the question", () -> window.dialogs().isOpen());
        clickText(Messages.get("wizard.leave.yes"));
        waitFor("closed", () -> events.contains("closed"));
        waitFor("saved", () -> ImportWizard.saved(fixture, fixture.actor()).isPresent());
        fixture.restart();
        var again = ImportWizard.saved(fixture, fixture.actor()).orElseThrow();
        assertEquals(draft.id(), again.id());
        assertEquals(fixture.sample.tenantId(), again.tenantProperty().get());
        assertEquals("", again.secretProperty().get(), "secrets are no part of a draft");
        open(again);
        waitForStep("verify");
        waitFor("the report", () -> reason().isEmpty());
        assertNotNull(fx(() -> again.reportProperty().get()));
    }

    private java.util.List<String> texts() {
        return fx(() -> root.lookupAll(".label").stream().filter(Label.class::isInstance).map(Label.class::cast)
                .map(Label::getText).toList());
    }
}
