package org.rollcall.source.entra;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.rollcall.domain.RollcallException;
import org.rollcall.source.Connection.Credential;
import org.rollcall.text.Words;

/// A private key with its certificate chain, read from the PEM text of a credential.
record KeyPem(PrivateKey key, List<X509Certificate> chain) {

    /// @throws RollcallException INPUT: not PEM, or not an RSA key (Entra accepts no other)
    static KeyPem of(Credential.Certificate pem) {
        try {
            var chain = new ArrayList<X509Certificate>();
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(
                    new ByteArrayInputStream(pem.certificatePem().getBytes(StandardCharsets.UTF_8)))) {
                chain.add((X509Certificate) one);
            }
            String base64 = pem.keyPem().replaceAll("-----[A-Z ]+-----", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
            if (!chain.isEmpty()) {
                return new KeyPem(key, chain);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static RollcallException unreadable() {
        return RollcallException.input("credential.certificate-unreadable",
                Words.of("directory.credential.certificate-unreadable"),
                Words.of("directory.credential.certificate-unreadable.remedy"));
    }
}
