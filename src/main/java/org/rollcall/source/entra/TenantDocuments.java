package org.rollcall.source.entra;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.IHttpResponse;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.Endpoint;
import org.rollcall.text.Words;

/// A tenant's published keys, cached for a day, and its issuer.
///
/// Source: learn.microsoft.com/entra/identity-platform/access-tokens, "Validate the signature", which recommends to refresh the
/// keys daily, and at once when a token names an unknown one.
final class TenantDocuments {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final long LOOK_MILLIS = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Held(List<PublishedKey> keys, Instant since) {}

    private final Map<HttpUrl, Held> held = new ConcurrentHashMap<>();
    private final Clock clock;

    TenantDocuments(Clock clock) {
        this.clock = clock;
    }

    /// The documents within one sign-in attempt, which requests the keys twice at most.
    Attempt attempt(Endpoint endpoint, PatientHttp http) {
        return new Attempt(endpoint, http);
    }

    final class Attempt implements IdTokenValidator.Tenant {
        private final HttpUrl tenant;
        private final PatientHttp http;
        private boolean fetched;

        private Attempt(Endpoint endpoint, PatientHttp http) {
            this.tenant = HttpUrl.get(endpoint.authorityUrl()).newBuilder().addPathSegment(endpoint.tenant()).build();
            this.http = http;
        }

        /// Checks whether the login service responds at all, without using up the one refresh of keys.
        ///
        /// @throws RollcallException OFFLINE, REFUSED
        void reach() {
            fetch();
            fetched = false;
        }

        /// The cached keys, or else the current ones.
        ///
        /// @throws RollcallException OFFLINE, REFUSED
        @Override
        public List<PublishedKey> keys() {
            Held known = held.get(tenant);
            return known != null && clock.instant().isBefore(known.since.plus(KEPT)) ? known.keys : fetch();
        }

        /// The current keys, unless this attempt has just requested them.
        ///
        /// @throws RollcallException OFFLINE, REFUSED
        @Override
        public List<PublishedKey> newestKeys() {
            return fetched ? keys() : fetch();
        }

        private List<PublishedKey> fetch() {
            List<PublishedKey> keys = PublishedKey.of(get("discovery/v2.0/keys"));
            fetched = true;
            held.put(tenant, new Held(keys, clock.instant()));
            return keys;
        }

        /// The issuer in the tenant's OpenID metadata; empty if there is none.
        @Override
        public String announcedIssuer() {
            return get("v2.0/.well-known/openid-configuration").path("issuer").asText("");
        }

        private JsonNode get(String path) {
            HttpUrl url = tenant.newBuilder().addPathSegments(path).build();
            IHttpResponse answer = send(url);
            JsonNode json = json(answer.body());
            if (answer.statusCode() == 200 && json != null) {
                return json;
            }
            if (json != null && json.hasNonNull("error_description")) {
                throw AadErrors.of(json.path("error_description").asText(), json.path("error").asText(""),
                        http.http().origin(), Duration.ZERO, null);
            }
            throw new RollcallException(ErrorKind.OFFLINE, "entra.unavailable",
                    Words.of("directory.entra.unavailable.tenantDocuments", url.encodedPath(), answer.statusCode()),
                    Words.of("directory.entra.unavailable.tenantDocuments.remedy"));
        }

        private IHttpResponse send(HttpUrl url) {
            var future = new CompletableFuture<IHttpResponse>();
            Thread.ofVirtual().name("entra-keys").start(() -> {
                try {
                    future.complete(http.get(url));
                } catch (Exception e) {
                    future.completeExceptionally(e);
                }
            });
            CallControl control = http.control();
            while (true) {
                try {
                    return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    try {
                        control.checkCancelled();
                    } catch (CancellationException cancelled) {
                        http.http().cancel();
                        throw cancelled;
                    }
                } catch (InterruptedException e) {
                    http.http().cancel();
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted");
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(e);
                }
            }
        }
    }

    private static @Nullable JsonNode json(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
