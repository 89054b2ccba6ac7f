package org.rollcall.sample;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A self-signed certificate with its private key, for an application to prove itself with.
public record CredentialCertificate(X509Certificate certificate, PrivateKey key) {

    /// Makes a new one, RSA 2048, valid from `start` to `end`.
    public static CredentialCertificate generate(String commonName, Instant start, Instant end) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500Name("CN=" + commonName);
            var builder = new JcaX509v3CertificateBuilder(name, new BigInteger(127, new SecureRandom()),
                    Date.from(start), Date.from(end), name, pair.getPublic());
            var holder = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
            return new CredentialCertificate(new JcaX509CertificateConverter().getCertificate(holder),
                    pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /// Certificate and PKCS#8 key in one PEM text.
    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded()) + pem("PRIVATE KEY", key.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /// The certificate in this base64 text (DER, or the text of a PEM file, with either alphabet); empty if there is none.
    static Optional<X509Certificate> decode(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static byte[] digest(String algorithm, X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As the portal shows it: SHA-1, hexadecimal, upper case.
    static String hexThumbprint(X509Certificate certificate) {
        return HexFormat.of().withUpperCase().formatHex(digest("SHA-1", certificate));
    }

    static String thumbprint(String algorithm, byte[] encoded, boolean urlSafe) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(encoded);
            return urlSafe
                    ? Base64.getUrlEncoder().withoutPadding().encodeToString(digest)
                    : Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
