package org.rollcall.source;

import org.rollcall.domain.RollcallException;

/// Adds certificates to an application by itself: it proves possession of one that is registered already, and needs no
/// permission. Source: learn.microsoft.com/graph/api/application-addkey, application-removekey.
///
/// All methods throw [RollcallException]: REFUSED, OFFLINE, THROTTLED.
public interface CertificateRolling {
    /// Adds a certificate to those of the application.
    ///
    /// @param connection    with a certificate that is registered
    /// @param applicationId object id of the registration
    /// @param certificate   DER
    /// @return its key id
    String add(Connection connection, String applicationId, byte[] certificate, String name, CallControl control);

    /// Requests a token with that certificate.
    void prove(Connection connection, CallControl control);

    /// Removes a certificate; a missing one is no error.
    ///
    /// @param connection with another certificate that is registered
    /// @param keyId      see [#add]
    void remove(Connection connection, String applicationId, String keyId, CallControl control);
}
