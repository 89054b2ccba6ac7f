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

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.SmallFile;
import org.rollcall.source.Connection.Credential;
import org.rollcall.text.Words;

/// Reads secrets, certificates and certificate authorities from files. All methods throw [RollcallException] INPUT that says
/// what is wrong; only an expired certificate is reported as REFUSED, like an expired secret.
public final class CredentialFiles {
    private static final String PEM_MARK = "-----BEGIN";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private final Clock clock;

    public CredentialFiles(Clock clock) {
        this.clock = clock;
    }

    private record Pair(List<X509Certificate> chain, @Nullable PrivateKey key) {}

    /// A file that contains only the secret's value, with blanks and line ends around it ignored.
    public NewCredential secret(Path file) {
        return secret(SmallFile.text(file, Words.of("files.what.secret")));
    }

    /// A pasted secret.
    public NewCredential secret(String value) {
        String secret = value.strip();
        if (secret.startsWith("\uFEFF")) {
            secret = secret.substring(1).strip();
        }
        if (secret.isEmpty()) {
            throw RollcallException.input("credential.secret-empty", Words.of("connect.credential.secret-empty"),
                    Words.of("connect.credential.secret-empty.remedy"));
        }
        if (secret.contains(PEM_MARK)) {
            throw RollcallException.input("credential.secret-pem",
                    Words.of("connect.credential.secret-pem"),
                    Words.of("connect.credential.secret-pem.remedy"));
        }
        if (secret.lines().count() > 1) {
            throw RollcallException.input("credential.secret-lines", Words.of("connect.credential.secret-lines"),
                    Words.of("connect.credential.secret-lines.remedy"));
        }
        if (TenantAddress.isGuid(secret)) {
            throw RollcallException.input("credential.secret-id",
                    Words.of("connect.credential.secret-id"),
                    Words.of("connect.credential.secret-id.remedy"));
        }
        return new NewCredential(new Credential.Secret(secret), null, null);
    }

    /// PEM with an RSA key, in one file or two, or PFX.
    ///
    /// @param password of the PFX file or of an encrypted key; null: none
    public NewCredential certificate(Path file, @Nullable Path keyFile, char @Nullable [] password) {
        byte[] bytes = SmallFile.bytes(file, Words.of("files.what.certificate"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Pair pair = text.contains(PEM_MARK) ? pem(text, password) : binary(file, bytes, password);
        if (keyFile != null) {
            pair = new Pair(pair.chain,
                    pem(new String(SmallFile.bytes(keyFile, Words.of("files.what.key")), StandardCharsets.ISO_8859_1),
                            password).key);
        }
        PrivateKey key = pair.key;
        if (pair.chain.isEmpty()) {
            throw RollcallException
                    .input("credential.no-certificate", Words.of("connect.credential.no-certificate", file),
                            Words.of("connect.credential.no-certificate.remedy"))
                    .onCommandLine(Words.of("connect.credential.no-certificate.remedy.cli"));
        }
        if (key == null) {
            throw RollcallException
                    .input("credential.no-key", Words.of("connect.credential.no-key", keyFile == null ? file : keyFile),
                            Words.of("connect.credential.no-key.remedy"))
                    .onCommandLine(Words.of("connect.credential.no-key.remedy.cli"));
        }
        return checked(pair.chain, key);
    }

    /// Certificates of authorities, PEM or a single DER certificate; the result is PEM.
    public String certificateAuthorities(Path file) {
        byte[] bytes = SmallFile.bytes(file, Words.of("files.what.ca"));
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
        return RollcallException.input("tenant.ca-unreadable",
                Words.of("connect.tenant.ca-unreadable.credentialFiles", file),
                Words.of("connect.tenant.ca-unreadable.credentialFiles.remedy"));
    }

    private NewCredential checked(List<X509Certificate> chain, PrivateKey key) {
        X509Certificate own = chain.stream().filter(one -> matches(one, key)).findFirst().orElse(null);
        if (!(key instanceof RSAPrivateKey)) {
            throw RollcallException.input("credential.not-rsa", Words.of("connect.credential.not-rsa"),
                    Words.of("connect.credential.not-rsa.remedy"));
        }
        if (own == null) {
            throw RollcallException.input("credential.key-mismatch", Words.of("connect.credential.key-mismatch"),
                    Words.of("connect.credential.key-mismatch.remedy"));
        }
        Instant now = clock.instant();
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new RollcallException(ErrorKind.REFUSED, "credential.expired",
                    Words.of("connect.credential.expired", DAY.format(end)),
                    Words.of("connect.credential.expired.remedy"));
        }
        if (own.getNotBefore().toInstant().isAfter(now)) {
            throw RollcallException.input("credential.not-yet",
                    Words.of("connect.credential.not-yet", DAY.format(own.getNotBefore().toInstant())),
                    Words.of("connect.credential.not-yet.remedy"));
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
            throw unreadable(Words.of("connect.credentialFiles.checked"), e);
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
                            Words.of("connect.credential.key-form"),
                            Words.of("connect.credential.key-form.remedy"));
                    default -> {
                        // Parameters and public keys are not needed.
                    }
                }
            }
        } catch (IOException | CertificateException e) {
            throw unreadable(Words.of("connect.credentialFiles.pem"), e);
        }
        return new Pair(chain, key);
    }

    private static RollcallException passwordMissing(Words what) {
        return RollcallException
                .input("credential.password-missing", Words.of("connect.credential.password-missing", what),
                        Words.of("connect.credential.password-missing.remedy"))
                .onCommandLine(Words.of("connect.credential.password-missing.remedy.cli"));
    }

    private static PrivateKeyInfo open(PKCS8EncryptedPrivateKeyInfo sealed, char @Nullable [] password) {
        if (password == null) {
            throw passwordMissing(Words.of("connect.what.thePrivateKey"));
        }
        try {
            // Java's own providers do not know the name of these keys' padding.
            return sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider()).build(password));
        } catch (PKCSException | OperatorCreationException e) {
            throw wrongPassword(Words.of("connect.what.privateKey"));
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
                // Not a DER certificate: it may be a PFX file with another extension.
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
                        ? passwordMissing(Words.of("connect.what.theCertificateFile"))
                        : wrongPassword(Words.of("connect.what.certificateFile"));
            }
            throw unreadable(Words.of("connect.credentialFiles.pfx"), e);
        } catch (GeneralSecurityException e) {
            throw unreadable(Words.of("connect.credentialFiles.pfx2"), e);
        }
    }

    private static RollcallException wrongPassword(Words what) {
        return RollcallException.input("credential.password-wrong", Words.of("connect.credential.password-wrong", what),
                Words.of("connect.credential.password-wrong.remedy"));
    }

    private static RollcallException unreadable(Words message, Exception cause) {
        return new RollcallException(ErrorKind.INPUT, "credential.certificate-unreadable", message,
                Words.of("connect.credential.certificate-unreadable.remedy"), Map.of(), cause);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
