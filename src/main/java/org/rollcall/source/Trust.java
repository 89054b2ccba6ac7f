package org.rollcall.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The trusted certificate authorities: Java's own, those of Windows where present, and those that a directory configures.
public final class Trust implements X509TrustManager {
    private final List<X509TrustManager> circles;

    private Trust(List<X509TrustManager> circles) {
        this.circles = circles;
    }

    /// @param caPem additional trusted certificates, PEM
    /// @throws RollcallException INPUT: the text contains no certificate
    public static Trust of(@Nullable String caPem) {
        try {
            var circles = new ArrayList<X509TrustManager>();
            circles.add(managerOf(null));
            if (System.getProperty("os.name", "").startsWith("Windows")) {
                KeyStore windows = KeyStore.getInstance("Windows-ROOT");
                windows.load(null, null);
                circles.add(managerOf(windows));
            }
            if (caPem != null) {
                circles.add(managerOf(storeOf(caPem)));
            }
            return new Trust(circles);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate authorities", e);
        }
    }

    private static KeyStore storeOf(String caPem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try {
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("ca" + number++, one);
            }
            if (number > 0) {
                return store;
            }
        } catch (CertificateException e) {
            throw RollcallException.input("tenant.ca-unreadable", Words.of("directory.tenant.ca-unreadable"),
                    Words.of("directory.tenant.ca-unreadable.remedy"));
        }
        throw RollcallException.input("tenant.ca-unreadable", Words.of("directory.tenant.ca-unreadable.trust"),
                Words.of("directory.tenant.ca-unreadable.remedy"));
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    public SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{ this }, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of every Java", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        CertificateException refusal = new CertificateException("nobody to ask");
        for (X509TrustManager circle : circles) {
            try {
                circle.checkServerTrusted(chain, authType);
                return;
            } catch (CertificateException e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is always the client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return circles.stream().flatMap(circle -> List.of(circle.getAcceptedIssuers()).stream())
                .toArray(X509Certificate[]::new);
    }
}
