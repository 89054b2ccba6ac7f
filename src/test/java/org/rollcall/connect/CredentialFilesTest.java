package org.rollcall.connect;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Connection.Credential;

import static org.junit.jupiter.api.Assertions.*;

class CredentialFilesTest {
    private static KeyPair pair;
    private static KeyPair other;
    @TempDir
    Path folder;
    private final CredentialFiles files = new CredentialFiles(Clock.systemUTC());

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        other = generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair keys, String algorithm, Duration until) {
        try {
            var name = new X500Name("CN=Rollcall test");
            var builder = new JcaX509v3CertificateBuilder(name, BigInteger.TEN,
                    Date.from(Instant.now().minus(Duration.ofDays(30))), Date.from(Instant.now().plus(until)), name,
                    keys.getPublic());
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(Object... parts) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                writer.writeObject(part);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Object pkcs8(KeyPair keys) throws IOException {
        return new JcaPKCS8Generator(keys.getPrivate(), null).generate();
    }

    private RollcallException refused(Path certificate, @Nullable Path key, @Nullable String password) {
        return assertThrows(RollcallException.class,
                () -> files.certificate(certificate, key, password == null ? null : password.toCharArray()));
    }

    /// As editors and redirections write them: a byte-order mark first, or UTF-16 throughout.
    @ParameterizedTest
    @ValueSource(strings = { "UTF-8", "UTF-16LE", "UTF-16BE" })
    void byteOrderMarksAreNoPartOfAFile(String charset) throws IOException {
        X509Certificate certificate = certificate(pair, "SHA256withRSA", Duration.ofDays(30));
        Path one = marked("certificate.pem", pem(certificate), charset);
        Path key = marked("key.pem", pem(pkcs8(pair)), charset);
        assertInstanceOf(Credential.Certificate.class, files.certificate(one, key, null).credential());
        Path both = marked("both.pem", pem(pkcs8(pair)) + pem(certificate), charset);
        assertInstanceOf(Credential.Certificate.class, files.certificate(both, null, null).credential());
        assertTrue(files.certificateAuthorities(marked("ca.pem", pem(certificate), charset))
                .startsWith("-----BEGIN CERTIFICATE-----"));
        assertEquals(new Credential.Secret("abc~def"),
                files.secret(marked("secret.txt", "abc~def\r\n", charset)).credential());
    }

    private Path marked(String name, String content, String charset) throws IOException {
        return Files.write(folder.resolve(name), ("\uFEFF" + content).getBytes(Charset.forName(charset)));
    }

    @Test
    void secretsLoseTheirLineEnds() throws IOException {
        NewCredential secret = files.secret(file("s", "\uFEFFabc~def\r\n"));
        assertEquals(new Credential.Secret("abc~def"), secret.credential());
        assertEquals("client secret", secret.credential().toString());
    }

    @Test
    void whatIsNoSecretIsNamed() throws IOException {
        assertEquals("credential.secret-id", assertThrows(RollcallException.class,
                () -> files.secret("c0ffee00-1111-4222-8333-444455556666 ")).code());
        assertEquals("credential.secret-empty",
                assertThrows(RollcallException.class, () -> files.secret(file("e", " \n"))).code());
        assertEquals("credential.secret-pem",
                assertThrows(RollcallException.class, () -> files.secret("-----BEGIN CERTIFICATE-----")).code());
        assertEquals("credential.secret-lines",
                assertThrows(RollcallException.class, () -> files.secret("a\nb")).code());
        assertEquals("file.missing",
                assertThrows(RollcallException.class, () -> files.secret(folder.resolve("none"))).code());
    }

    @Test
    void pemInOneFileOrTwoAndPfxGiveTheSame() throws Exception {
        X509Certificate certificate = certificate(pair, "SHA256withRSA", Duration.ofDays(90));
        Path one = file("one.pem", pem(certificate, pkcs8(pair)));
        Path apart = file("certificate.pem", pem(certificate));
        Path key = file("key.pem", pem(pkcs8(pair)));
        NewCredential read = files.certificate(one, null, null);
        assertEquals(certificate.getNotAfter().toInstant(), read.expiresAt());
        assertEquals(40, String.valueOf(read.thumbprint()).length());
        assertEquals(read, files.certificate(apart, key, null));
        Path der = Files.write(folder.resolve("certificate.cer"), certificate.getEncoded());
        assertEquals(read, files.certificate(der, key, null));

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("x", pair.getPrivate(), "open".toCharArray(), new Certificate[]{ certificate });
        Path pfx = folder.resolve("both.pfx");
        try (OutputStream out = Files.newOutputStream(pfx)) {
            store.store(out, "open".toCharArray());
        }
        assertEquals(read, files.certificate(pfx, null, "open".toCharArray()));
        assertEquals("credential.password-wrong", refused(pfx, null, "shut").code());
        assertEquals("credential.password-missing", refused(pfx, null, null).code());

        Path sealed = file("sealed.pem", pem(certificate, new JcaPKCS8Generator(pair.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(org.bouncycastle.openssl.PKCS8Generator.AES_256_CBC)
                        .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
                        .setPassword("open".toCharArray()).build())
                .generate()));
        assertEquals(read, files.certificate(sealed, null, "open".toCharArray()));
        assertEquals("credential.password-wrong", refused(sealed, null, "shut").code());
        assertEquals("credential.password-missing", refused(sealed, null, null).code());
    }

    @Test
    void certificatesThatCannotWorkAreSaid() throws Exception {
        X509Certificate good = certificate(pair, "SHA256withRSA", Duration.ofDays(90));
        assertEquals("credential.no-key", refused(file("a", pem(good)), null, null).code());
        assertEquals("credential.no-certificate", refused(file("b", pem(pkcs8(pair))), null, null).code());
        assertEquals("credential.key-mismatch", refused(file("c", pem(good, pkcs8(other))), null, null).code());
        assertEquals("credential.certificate-unreadable", refused(file("d", "nonsense"), null, null).code());
        assertEquals("credential.certificate-unreadable",
                refused(file("e", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), null, null)
                        .code());
        RollcallException expired = refused(
                file("f", pem(certificate(pair, "SHA256withRSA", Duration.ofDays(-2)), pkcs8(pair))), null, null);
        assertEquals("credential.expired", expired.code());
        assertEquals(ErrorKind.REFUSED, expired.kind());
        KeyPair curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertEquals("credential.not-rsa", refused(
                file("g", pem(certificate(curve, "SHA256withECDSA", Duration.ofDays(9)), pkcs8(curve))), null, null)
                .code());
    }

    @Test
    void authoritiesComeAsPem() throws Exception {
        X509Certificate certificate = certificate(pair, "SHA256withRSA", Duration.ofDays(90));
        String pem = files.certificateAuthorities(file("ca.pem", "text before\n" + pem(certificate)));
        assertEquals(pem, files.certificateAuthorities(Files.write(folder.resolve("ca.der"),
                certificate.getEncoded())));
        assertEquals("tenant.ca-unreadable", assertThrows(RollcallException.class,
                () -> files.certificateAuthorities(file("no", "nothing"))).code());
    }
}
