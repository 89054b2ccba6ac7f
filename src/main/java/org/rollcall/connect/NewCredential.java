package org.rollcall.connect;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.Connection.Credential;

/// A validated credential that is not stored yet.
///
/// @param thumbprint of a certificate: SHA-1, hexadecimal, as the portal shows it
/// @param expiresAt  of a certificate; unknown for a secret
/// @param applicationId object id of the registration, if Rollcall added the certificate to it; null: somebody else did
/// @param keyId      the certificate's key id there
public record NewCredential(Credential credential, @Nullable String thumbprint, @Nullable Instant expiresAt,
        @Nullable String applicationId, @Nullable String keyId) {
    public NewCredential(Credential credential, @Nullable String thumbprint, @Nullable Instant expiresAt) {
        this(credential, thumbprint, expiresAt, null, null);
    }

    /// The same, as registered by Rollcall.
    NewCredential registered(String application, String key) {
        return new NewCredential(credential, thumbprint, expiresAt, application, key);
    }

    /// A refresh token of a signed-in administrator.
    public static NewCredential userToken(String refreshToken) {
        return new NewCredential(new Credential.UserToken(refreshToken), null, null);
    }
}
