package org.rollcall.connect;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.Connection.Credential;

/// A credential that was read and looks right, not stored yet.
///
/// @param thumbprint of a certificate: SHA-1, hexadecimal, as the portal shows it
/// @param expiresAt  of a certificate; a secret does not say
/// @param applicationId object id of the registration that Rollcall gave the certificate to; null: somebody else did
/// @param keyId      of the certificate there
public record NewCredential(Credential credential, @Nullable String thumbprint, @Nullable Instant expiresAt,
        @Nullable String applicationId, @Nullable String keyId) {
    public NewCredential(Credential credential, @Nullable String thumbprint, @Nullable Instant expiresAt) {
        this(credential, thumbprint, expiresAt, null, null);
    }

    /// The same, as Rollcall registered it.
    NewCredential registered(String application, String key) {
        return new NewCredential(credential, thumbprint, expiresAt, application, key);
    }

    /// A refresh token of a signed-in administrator.
    public static NewCredential userToken(String refreshToken) {
        return new NewCredential(new Credential.UserToken(refreshToken), null, null);
    }
}
