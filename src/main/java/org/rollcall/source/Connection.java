package org.rollcall.source;

import org.jspecify.annotations.Nullable;

/// Everything needed to connect to one tenant.
///
/// @param tenant       GUID or verified domain, as the token endpoint takes it
/// @param authorityUrl login origin, `https://host[:port]`
/// @param graphUrl     Graph origin, `https://host[:port]`, without version
/// @param caPem        certificates trusted besides the platform's, PEM; null: none
/// @param proxyUrl     `http://[user:password@]host:port`; null: the system's
public record Connection(String tenant, String clientId, String authorityUrl, String graphUrl, @Nullable String caPem,
        @Nullable String proxyUrl, Credential credential) {

    /// A credential. Never logged: `toString` contains the kind only.
    public sealed interface Credential {
        record Secret(String value) implements Credential {
            @Override
            public String toString() {
                return "client secret";
            }
        }

        /// @param certificatePem certificate (chain), PEM
        /// @param keyPem         its private key, PKCS#8 PEM
        record Certificate(String certificatePem, String keyPem) implements Credential {
            @Override
            public String toString() {
                return "certificate";
            }
        }

        /// A signed-in administrator's refresh token, for organizations that grant no application permissions.
        record UserToken(String refreshToken) implements Credential {
            @Override
            public String toString() {
                return "user token";
            }
        }
    }
}
