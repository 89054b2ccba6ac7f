package org.rollcall.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

import org.rollcall.directory.Connection.Credential;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.SmallFile;

/// Reads secrets, certificates and certificate authorities from files, and says in words what is wrong with one. All
/// methods throw [RollcallException] INPUT for that; only a certificate that has expired counts as a refusal of the
/// directory (REFUSED), like a secret that has.
public final class CredentialFiles {
    private static final String PEM_MARK = "-----BEGIN";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private final Clock clock;

    public CredentialFiles(Clock clock) {
        this.clock = clock;
    }

    private record Pair(List<X509Certificate> chain, @Nullable PrivateKey key) {}

    /// A file that holds nothing but the secret's value; blanks and line ends around it do not count.
    public NewCredential secret(Path file) {
        return secret(SmallFile.text(file, "secret"));
    }

    /// A secret as somebody pasted it.
    public NewCredential secret(String value) {
        String secret = value.strip();
        if (secret.startsWith("\uFEFF")) {
            secret = secret.substring(1).strip();
        }
        if (secret.isEmpty()) {
            throw RollcallException.input("credential.secret-empty", "the client secret is empty",
                    "put the secret's value there");
        }
        if (secret.contains(PEM_MARK)) {
            throw RollcallException.input("credential.secret-pem",
                    "this is a certificate or a key, not a client secret",
                    "give it as a certificate");
        }
        if (secret.lines().count() > 1) {
            throw RollcallException.input("credential.secret-lines", "the client secret has several lines",
                    "put the secret's value there and nothing else");
        }
        if (TenantAddress.isGuid(secret)) {
            throw RollcallException.input("credential.secret-id",
                    "this is the id of a client secret, not its value (or the id of something else)",
                    "copy the column Value; Entra shows it only once, right after the secret was made");
        }
        return new NewCredential(new Credential.Secret(secret), null, null);
    }

    /// PEM with an RSA key, in one file or two, or PFX.
    ///
    /// @param password of the PFX file or of an encrypted key; null: none
    public NewCredential certificate(Path file, @Nullable Path keyFile, char @Nullable [] password) {
        byte[] bytes = SmallFile.bytes(file, "certificate");
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Pair pair = text.contains(PEM_MARK) ? pem(text, password) : binary(file, bytes, password);
        if (keyFile != null) {
            pair = new Pair(pair.chain, pem(new String(SmallFile.bytes(keyFile, "key"), StandardCharsets.ISO_8859_1),
                    password).key);
        }
        PrivateKey key = pair.key;
        if (pair.chain.isEmpty()) {
            throw RollcallException.input("credential.no-certificate", "there is no certificate in " + file,
                    "choose the certificate's file, and its key's file too if that is a file of its own")
                    .onCommandLine("give the certificate's file, and its key with --key-file if that is a file"
                            + " of its own");
        }
        if (key == null) {
            throw RollcallException.input("credential.no-key", "there is no private key in "
                    + (keyFile == null ? file : keyFile),
                    "choose the file with the private key (PKCS#8) too, or a PFX")
                    .onCommandLine("give the file with the private key (PKCS#8) with --key-file, or a PFX");
        }
        return checked(pair.chain, key);
    }

    /// Certificates of authorities, PEM or a single DER certificate; the result is PEM.
    public String certificateAuthorities(Path file) {
        byte[] bytes = SmallFile.bytes(file, "CA");
        try {
            var pem = new StringBuilder();
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))) {
                pem.append(pem("CERTIFICATE", one.getEncoded()));
            }
            if (!pem.isEmpty()) {
                return pem.toString();
            }
        } catch (CertificateException e) {
            throw noAuthority(file);
        }
        throw noAuthority(file);
    }

    private static RollcallException noAuthority(Path file) {
        return RollcallException.input("tenant.ca-unreadable", "there is no certificate in " + file,
                "give a file with PEM certificates");
    }

    private NewCredential checked(List<X509Certificate> chain, PrivateKey key) {
        X509Certificate own = chain.stream().filter(one -> matches(one, key)).findFirst().orElse(null);
        if (!(key instanceof RSAPrivateKey)) {
            throw RollcallException.input("credential.not-rsa", "the key is not an RSA key, and Entra takes no other",
                    "make a certificate with an RSA key of 2048 bits or more");
        }
        if (own == null) {
            throw RollcallException.input("credential.key-mismatch", "the private key belongs to another certificate",
                    "give the key that was made together with this certificate");
        }
        Instant now = clock.instant();
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new RollcallException(ErrorKind.REFUSED, "credential.expired",
                    "the certificate expired on " + DAY.format(end),
                    "make a new one and upload it in the portal under Certificates & secrets");
        }
        if (own.getNotBefore().toInstant().isAfter(now)) {
            throw RollcallException.input("credential.not-yet", "the certificate is not valid before "
                    + DAY.format(own.getNotBefore().toInstant()), "check the clock of this machine, or wait");
        }
        var ordered = new ArrayList<X509Certificate>();
        ordered.add(own);
        chain.stream().filter(one -> !one.equals(own)).forEach(ordered::add);
        try {
            var pem = new StringBuilder();
            for (X509Certificate one : ordered) {
                pem.append(pem("CERTIFICATE", one.getEncoded()));
            }
            return new NewCredential(new Credential.Certificate(pem.toString(), pem("PRIVATE KEY", key.getEncoded())),
                    thumbprint(own), end);
        } catch (CertificateEncodingException e) {
            throw unreadable("the certificate cannot be read", e);
        }
    }

    private static boolean matches(X509Certificate certificate, PrivateKey key) {
        return key instanceof RSAPrivateKey rsa && certificate.getPublicKey() instanceof RSAPublicKey open
                && rsa.getModulus().equals(open.getModulus());
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            return HexFormat.of().withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 is part of every Java", e);
        }
    }

    private static Pair pem(String text, char @Nullable [] password) {
        var chain = new ArrayList<X509Certificate>();
        PrivateKey key = null;
        try (var parser = new PEMParser(new StringReader(text))) {
            var converter = new JcaPEMKeyConverter();
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case org.bouncycastle.cert.X509CertificateHolder holder ->
                        chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                    case PrivateKeyInfo info -> key = converter.getPrivateKey(info);
                    case PEMKeyPair pair -> key = converter.getPrivateKey(pair.getPrivateKeyInfo());
                    case PKCS8EncryptedPrivateKeyInfo sealed -> key = converter.getPrivateKey(open(sealed, password));
                    case PEMEncryptedKeyPair old -> throw RollcallException.input("credential.key-form",
                            "the key is encrypted in an old form",
                            "convert it with: openssl pkcs8 -topk8 -in KEY -out NEW");
                    default -> {
                        // Parameters, public keys: nothing that is needed.
                    }
                }
            }
        } catch (IOException | CertificateException e) {
            throw unreadable("the certificate or its key cannot be read", e);
        }
        return new Pair(chain, key);
    }

    private static RollcallException passwordMissing(String what) {
        return RollcallException.input("credential.password-missing", what + " is protected by a password",
                "type the password and open the file again")
                .onCommandLine("give it in ROLLCALL_CERTIFICATE_PASSWORD or with --certificate-password-file");
    }

    private static PrivateKeyInfo open(PKCS8EncryptedPrivateKeyInfo sealed, char @Nullable [] password) {
        if (password == null) {
            throw passwordMissing("the private key");
        }
        try {
            // Java's own providers do not know the name of the padding that these keys use.
            return sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider()).build(password));
        } catch (PKCSException | OperatorCreationException e) {
            throw wrongPassword("private key");
        }
    }

    private static Pair binary(Path file, byte[] bytes, char @Nullable [] password) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".pfx") && !name.endsWith(".p12")) {
            try {
                var one = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes));
                return new Pair(List.of(one), null);
            } catch (CertificateException e) {
                // No DER certificate: it may still be a PFX under another name.
                return pfx(bytes, password);
            }
        }
        return pfx(bytes, password);
    }

    private static Pair pfx(byte[] bytes, char @Nullable [] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] given = password == null ? new char[0] : password;
            store.load(new ByteArrayInputStream(bytes), given);
            var aliases = store.aliases();
            while (aliases.hasMoreElements()) {
                String alias = aliases.nextElement();
                if (store.isKeyEntry(alias) && store.getKey(alias, given) instanceof PrivateKey key) {
                    var chain = new ArrayList<X509Certificate>();
                    for (Certificate one : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) one);
                    }
                    return new Pair(chain, key);
                }
            }
            return new Pair(List.of(), null);
        } catch (IOException e) {
            if (e.getCause() instanceof java.security.UnrecoverableKeyException) {
                throw password == null
                        ? passwordMissing("the certificate file")
                        : wrongPassword("certificate file");
            }
            throw unreadable("the certificate file is neither PEM nor PFX", e);
        } catch (GeneralSecurityException e) {
            throw unreadable("the certificate file cannot be read", e);
        }
    }

    private static RollcallException wrongPassword(String what) {
        return RollcallException.input("credential.password-wrong", "the password does not open the " + what,
                "check the password");
    }

    private static RollcallException unreadable(String message, Exception cause) {
        return new RollcallException(ErrorKind.INPUT, "credential.certificate-unreadable", message,
                "give a PEM certificate with an RSA key in PKCS#8 form, or a PFX", Map.of(), cause);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
