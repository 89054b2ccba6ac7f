package org.rollcall.ui.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import javafx.scene.control.Label;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.Role;
import org.rollcall.source.Connection.Credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/// From an empty wizard to an imported tenant, registered by hand with each kind of credential.
class WalkByHandTest extends WizardWalk {
    private static final String PASSWORD = "correct battery";

    @Test
    void everyoneWithASecret() {
        begin();
        connectWithSecret();
        goOnToChoose();
        chooseEveryone();
        assertEquals("120", countOfChosen());
        next("map");
        rule("IT Operations", Role.OPERATOR);
        administratorFromMap("Ada Lindqvist");
        goOnToPreview();
        assertEquals("Import 120 people", nextLabel());
        importAll();
        every(1, 0, 0);
        finish();
        assertCameIn();
        assertEquals(120, people().size());
    }

    @Test
    void nestedGroupsWithACertificateMadeHere() throws Exception {
        begin();
        fillByHand();
        segment("connect.hand.kind", "Certificate");
        click("connect.certificate.make");
        waitFor("the certificate", () -> exists("connect.certificate.save"));
        picker.next = folder.resolve("rollcall.cer");
        click("connect.certificate.save");
        upload(folder.resolve("rollcall.cer"));
        next("verify");
        assertInstanceOf(Credential.Certificate.class, fixture.tenants()
                .connection(fixture.tenants().list(fixture.actor()).getFirst()).credential());
        goOnToChoose();
        chooseGroups("Engineering", "Finance");
        flip("importing.choose.guests");
        next("map");
        rule("Tax", Role.AUDITOR);
        rule("Finance", Role.OPERATOR);
        rule("Engineering Product", Role.ADMINISTRATOR);
        goOnToPreview();
        importAll();
        every(0, 6, 0);
        finish();
        assertCameIn();
    }

    @Test
    void peopleWithAPfxFileAndItsPassword() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("rollcall", key(), PASSWORD.toCharArray(), new Certificate[]{ certificate() });
        Path file = folder.resolve("rollcall.pfx");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        connectWithFile(file);
        goOnToChoose();
        choosePeople("Ada Lindqvist", "محمد الأحمد", "Peter Plain");
        next("map");
        pick("importing.map.default", Role.AUDITOR);
        administratorFromMap("Ada Lindqvist");
        goOnToPreview();
        assertEquals("Import 3 people", nextLabel());
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
        assertEquals(3, people().size());
    }

    @Test
    void directMembersWithAPemFileAndItsPassword() throws Exception {
        var pem = new StringWriter();
        try (var writer = new JcaPEMWriter(pem)) {
            writer.writeObject(certificate());
            writer.writeObject(new JcaPKCS8Generator(key(),
                    new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword(PASSWORD.toCharArray()).build()));
        }
        connectWithFile(Files.writeString(folder.resolve("rollcall.pem"), pem.toString()));
        goOnToChoose();
        chooseGroups("Engineering", "IT Operations");
        flip("importing.choose.nested");
        flip("importing.choose.disabled");
        String kept = fixture.sample.directory().directMembers("Engineering").getFirst().displayName();
        never(kept);
        next("map");
        pick("importing.map.default", Role.OPERATOR);
        goOnToPreview();
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }

    private void connectWithFile(Path file) {
        begin();
        fillByHand();
        segment("connect.hand.kind", "Certificate");
        picker.next = file;
        click("connect.certificate.choose");
        assertEquals("Create or choose a certificate to continue", reason());
        type("connect.certificate.password", "wrong");
        click("connect.certificate.open");
        assertEquals("Create or choose a certificate to continue", reason());
        fx(() -> node("connect.certificate.password", javafx.scene.control.TextField.class).clear());
        type("connect.certificate.password", PASSWORD);
        click("connect.certificate.open");
        waitFor("the thumbprint", () -> exists("connect.certificate.thumbprint"));
        assertEquals(40, fx(() -> node("connect.certificate.thumbprint", Label.class).getText().length()));
        next("verify");
    }

    /// What the portal's "Upload certificate" does.
    private void upload(Path cer) throws IOException, GeneralSecurityException {
        fixture.sample.identity().apps().addCertificate(fixture.sample.clientId(), read(Files.readAllBytes(cer)));
    }

    private X509Certificate certificate() {
        return fixture.sample.identity().registeredCertificate();
    }

    private static X509Certificate read(byte[] encoded) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        String pem = fixture.sample.registeredCertificatePem();
        try (var reader = new PemReader(new StringReader(pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY"))))) {
            return KeyFactory.getInstance("RSA").generatePrivate(
                    new PKCS8EncodedKeySpec(reader.readPemObject().getContent()));
        }
    }
}
