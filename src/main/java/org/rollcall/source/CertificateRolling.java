package org.rollcall.source;

import org.rollcall.domain.RollcallException;

/// Lets an application give itself another certificate: it proves that it holds one that is registered already, and needs no
/// permission for it. Source: learn.microsoft.com/graph/api/application-addkey, application-removekey.
///
/// All methods throw [RollcallException]: REFUSED, OFFLINE, THROTTLED.
public interface CertificateRolling {
    /// Adds a certificate to those that the application has.
    ///
    /// @param connection    with a certificate that is registered
    /// @param applicationId object id of the registration
    /// @param certificate   DER
    /// @return its key id
    String add(Connection connection, String applicationId, byte[] certificate, String name, CallControl control);

    /// Asks for a token with that certificate alone.
    void prove(Connection connection, CallControl control);

    /// Removes a certificate; one that is gone is no error.
    ///
    /// @param connection with another certificate that is registered
    /// @param keyId      see [#add]
    void remove(Connection connection, String applicationId, String keyId, CallControl control);
}
