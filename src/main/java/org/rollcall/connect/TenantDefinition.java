package org.rollcall.connect;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A tenant without its credential.
///
/// @param directoryId  GUID or domain
/// @param authorityUrl login origin, with CUSTOM only
/// @param graphUrl     Graph origin, with CUSTOM only
/// @param caPem        certificates trusted besides the platform's, PEM
/// @param proxyUrl     `http://host[:port]`, without its user
public record TenantDefinition(String name, String directoryId, String clientId, Cloud cloud,
        @Nullable String authorityUrl, @Nullable String graphUrl, @Nullable String caPem, @Nullable String proxyUrl) {

    /// The normalized form, in which it is stored.
    ///
    /// @throws RollcallException INPUT
    public TenantDefinition checked() {
        boolean custom = cloud == Cloud.CUSTOM;
        if (custom != (authorityUrl != null && graphUrl != null)
                || !custom && (authorityUrl != null || graphUrl != null)) {
            throw RollcallException.input("tenant.cloud",
                    Words.of("connect.tenant.cloud"),
                    Words.of("connect.tenant.cloud.remedy"));
        }
        return new TenantDefinition(TenantService.checkedName(name), TenantAddress.tenant(directoryId),
                TenantAddress.clientId(clientId), cloud,
                authorityUrl == null ? null : TenantAddress.origin(authorityUrl, Words.of("connect.what.authority")),
                graphUrl == null ? null : TenantAddress.origin(graphUrl, Words.of("connect.what.graphUrl")),
                caPem == null ? null : certificates(caPem), proxyUrl == null ? null : ProxyLogin.address(proxyUrl));
    }

    /// Certificates as they are stored.
    ///
    /// @throws RollcallException INPUT: there is none
    public static String certificates(String pem) {
        var result = new StringBuilder();
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            for (Certificate each : all) {
                result.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(each.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (CertificateException e) {
            throw noCertificate();
        }
        if (result.isEmpty()) {
            throw noCertificate();
        }
        return result.toString();
    }

    private static RollcallException noCertificate() {
        return RollcallException.input("tenant.ca-unreadable", Words.of("connect.tenant.ca-unreadable"),
                Words.of("connect.tenant.ca-unreadable.remedy"));
    }
}
