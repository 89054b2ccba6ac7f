package org.rollcall.connect;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.Mutations;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// Certificates and keys come from anywhere: whatever is in a file, it is taken or refused, and in time.
/// `-Drollcall.fuzz=50000` reads more.
class CredentialFuzzTest {
    private static final char[] PASSWORD = "hush".toCharArray();

    @TempDir
    Path folder;

    private static List<byte[]> seeds() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        var name = new X500Name("CN=Rollcall test");
        var builder = new JcaX509v3CertificateBuilder(name, BigInteger.TEN, Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plus(Duration.ofDays(90))), name, pair.getPublic());
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        var pem = new StringWriter();
        try (var writer = new JcaPEMWriter(pem)) {
            writer.writeObject(certificate);
            writer.writeObject(new JcaPKCS8Generator(pair.getPrivate(), null).generate());
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", pair.getPrivate(), PASSWORD, new Certificate[]{ certificate });
        var pfx = new ByteArrayOutputStream();
        store.store(pfx, PASSWORD);
        var seeds = new ArrayList<byte[]>();
        seeds.add(pem.toString().getBytes(StandardCharsets.US_ASCII));
        seeds.add(pfx.toByteArray());
        seeds.add(certificate.getEncoded());
        return seeds;
    }

    private interface Reading {
        void read();
    }

    private static boolean takes(int input, Reading reading) {
        long begin = System.nanoTime();
        try {
            reading.read();
            return true;
        } catch (RollcallException e) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("input " + input, e);
        } finally {
            assertTrue(System.nanoTime() - begin < 10_000_000_000L, () -> "too long for input " + input);
        }
    }

    @Test
    void nothingButACredentialOrARefusal() throws Exception {
        var mutations = new Mutations(1);
        var files = new CredentialFiles(Clock.systemUTC());
        List<byte[]> seeds = seeds();
        Path right = Files.write(folder.resolve("right"), seeds.getFirst());
        assertTrue(takes(-1, () -> files.certificate(right, null, PASSWORD.clone())));
        for (int i = 0; i < Mutations.inputs(300); i++) {
            byte[] bytes = mutations.bytes(seeds);
            Path file = Files.write(folder.resolve("file"), bytes);
            takes(i, () -> files.certificate(file, null, PASSWORD.clone()));
            takes(i, () -> files.certificate(file, file, null));
            takes(i, () -> files.secret(file));
            takes(i, () -> Trust.of(files.certificateAuthorities(file)));
        }
    }
}
