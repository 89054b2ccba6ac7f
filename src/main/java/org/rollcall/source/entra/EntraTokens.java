package org.rollcall.source.entra;

import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;
import org.rollcall.text.Words;

/// Graph tokens of one connection, cached in memory until shortly before they expire.
///
/// The cache is our own: msal4j's never hits on a port other than 443, and its list of known authorities is shared by the
/// process. Instance discovery is off for the same reason: it would ask another host about this one.
final class EntraTokens {
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);

    private final Connection connection;
    private final TokenHttp http;
    private final TokenWait wait;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;
    private @Nullable ConfidentialClientApplication confidential;

    private record Held(String token, Instant renewAt) {}

    EntraTokens(Connection connection, TokenHttp http, Clock clock) {
        this.connection = connection;
        this.http = http;
        this.wait = new TokenWait(http, connection.authorityUrl(),
                !(connection.credential() instanceof Credential.UserToken));
        this.clock = clock;
    }

    /// A valid token; requests one only if needed.
    String token(CallControl control) {
        Held good = good();
        if (good != null) {
            return good.token;
        }
        lock.lock();
        try {
            good = good();
            if (good == null) {
                good = acquire(control);
                held = good;
            }
            return good.token;
        } finally {
            lock.unlock();
        }
    }

    /// The token that [#token] returned last.
    ///
    /// @throws IllegalStateException if there is none
    String current() {
        Held present = held;
        if (present == null) {
            throw new IllegalStateException("no token was asked for yet");
        }
        return present.token;
    }

    /// Discards `refused`, unless it was replaced meanwhile.
    void forget(String refused) {
        Held present = held;
        if (present != null && present.token.equals(refused)) {
            held = null;
        }
    }

    /// A refresh token that replaced the connection's.
    Optional<Credential> renewed() {
        String renewed = http.refreshToken();
        return connection.credential() instanceof Credential.UserToken(String token) && renewed != null
                && !renewed.equals(token) ? Optional.of(new Credential.UserToken(renewed)) : Optional.empty();
    }

    private @Nullable Held good() {
        Held present = held;
        return present != null && clock.instant().isBefore(present.renewAt) ? present : null;
    }

    private Held acquire(CallControl control) {
        var patience = new Patience(control);
        while (true) {
            control.checkCancelled();
            try {
                IAuthenticationResult result = wait.result(ask(), control, patience.left());
                Instant now = clock.instant();
                Duration life = Duration.between(now, result.expiresOnDate().toInstant());
                Duration early = life.dividedBy(4).compareTo(RENEW_BEFORE) < 0 ? life.dividedBy(4) : RENEW_BEFORE;
                return new Held(result.accessToken(), now.plus(life).minus(early));
            } catch (TransientFault fault) {
                patience.waitAfter(fault);
            }
        }
    }

    private CompletableFuture<IAuthenticationResult> ask() {
        Set<String> scope = Set.of(connection.graphUrl() + "/.default");
        String authority = connection.authorityUrl() + "/" + connection.tenant() + "/";
        try {
            if (connection.credential() instanceof Credential.UserToken(String token)) {
                String newest = http.refreshToken();
                return PublicClientApplication.builder(connection.clientId()).authority(authority)
                        .validateAuthority(false).instanceDiscovery(false).disableInternalRetries().httpClient(http)
                        .build().acquireToken(
                                RefreshTokenParameters.builder(scope, newest == null ? token : newest).build());
            }
            ConfidentialClientApplication client = confidential;
            if (client == null) {
                client = ConfidentialClientApplication.builder(connection.clientId(), proof(connection.credential()))
                        .authority(authority).validateAuthority(false).instanceDiscovery(false)
                        .disableInternalRetries().httpClient(http).build();
                confidential = client;
            }
            return client.acquireToken(ClientCredentialParameters.builder(scope).skipCache(true).build());
        } catch (MalformedURLException | IllegalArgumentException | MsalClientException e) {
            throw new RollcallException(ErrorKind.INPUT, "tenant.authority",
                    Words.of("directory.tenant.authority"),
                    Words.of("directory.tenant.authority.remedy"), java.util.Map.of(), e);
        }
    }

    private static IClientCredential proof(Credential credential) {
        return switch (credential) {
            case Credential.Secret(String value) -> ClientCredentialFactory.createFromSecret(value);
            case Credential.Certificate certificate -> {
                KeyPem pair = KeyPem.of(certificate);
                yield ClientCredentialFactory.createFromCertificateChain(pair.key(), pair.chain());
            }
            case Credential.UserToken user -> throw new IllegalArgumentException("no proof of an application");
        };
    }
}
