package org.rollcall.connect;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import org.rollcall.source.Connection.Credential;

/// Generates key pairs with self-signed certificates: Entra identifies an application by the public key, not by an authority.
/// RSA 3072, valid for two years.
public final class CertificateMaker {
    private static final int KEY_BITS = 3072;
    private static final int YEARS = 2;
    /// Clocks differ a little; to Entra the certificate must be valid already.
    private static final Duration EARLY = Duration.ofMinutes(10);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public CertificateMaker(Clock clock) {
        this.clock = clock;
    }

    /// A certificate with its key.
    ///
    /// @param credential holds the key, to be sealed
    /// @param der        the certificate alone, as it is uploaded
    /// @param name       its subject
    /// @param thumbprint SHA-1, hexadecimal, as the portal shows it
    @SuppressWarnings("ArrayRecordComponent")
    public record Made(NewCredential credential, byte[] der, String name, String thumbprint, Instant expiresAt) {

        /// The content of a `.cer` file for the portal: PEM without the key.
        public byte[] cer() {
            return pem("CERTIFICATE", der).getBytes(StandardCharsets.US_ASCII);
        }

        /// Without the key.
        @Override
        public String toString() {
            return name + " " + thumbprint;
        }
    }

    /// Takes about a second, to find primes.
    ///
    /// @param commonName shown in the portal, such as "Rollcall on SERVER"
    public Made make(String commonName) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
            byte[] der = new JcaX509v3CertificateBuilder(name, new BigInteger(127, random).setBit(126),
                    Date.from(now.minus(EARLY)), Date.from(end), name, pair.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())).getEncoded();
            String thumbprint = HexFormat.of().withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(der));
            var credential = new Credential.Certificate(pem("CERTIFICATE", der),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            return new Made(new NewCredential(credential, thumbprint, end), der, commonName, thumbprint, end);
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("RSA and SHA are part of every Java", e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
