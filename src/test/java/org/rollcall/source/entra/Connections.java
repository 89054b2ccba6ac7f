package org.rollcall.source.entra;

import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;

/// Connections to a sample tenant, right ones and wrong ones.
final class Connections {
    private Connections() {}

    static Connection to(SampleTenant tenant) {
        return with(tenant, new Credential.Secret(tenant.clientSecret()));
    }

    static Connection with(SampleTenant tenant, Credential credential) {
        return new Connection(tenant.tenantId(), tenant.clientId(), tenant.origin(), tenant.origin(), tenant.caPem(),
                null, credential);
    }

    /// The registered certificate and its key, which come in one PEM text.
    static Credential.Certificate certificate(SampleTenant tenant) {
        String pem = tenant.registeredCertificatePem();
        String mark = "-----BEGIN PRIVATE KEY-----";
        String end = "-----END PRIVATE KEY-----";
        String key = pem.substring(pem.indexOf(mark), pem.indexOf(end) + end.length());
        return new Credential.Certificate(pem.replace(key, ""), key);
    }
}
