package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SamplePeople.Person;

/// Authorization codes: good once, for ten minutes of the tenant's clock, for the application, redirect URI and PKCE
/// verifier they were issued to.
final class AuthorizationCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);

    record Entry(AuthorizationRequest request, Person person, Instant end, boolean used) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> codes = new ConcurrentHashMap<>();
    private final Clock clock;

    AuthorizationCodes(Clock clock) {
        this.clock = clock;
    }

    String issue(AuthorizationRequest request, Person person) {
        String code = Handles.next(random, "1.A");
        codes.put(code, new Entry(request, person, clock.instant().plus(LIFE), false));
        return code;
    }

    /// @throws AadError 70000, 54005, 70008, 500112, 501481
    Entry redeem(String code, Registration app, String redirectUri, @Nullable String verifier) {
        Entry entry = codes.get(code);
        if (entry == null || !entry.request.app().appId().equals(app.appId())) {
            throw AadError.of(70000);
        }
        var used = new Entry(entry.request, entry.person, entry.end, true);
        if (entry.used || !codes.replace(code, entry, used)) {
            throw AadError.of(54005);
        }
        if (!clock.instant().isBefore(entry.end)) {
            throw AadError.of(70008);
        }
        if (!entry.request.redirectUri().equals(redirectUri)) {
            throw AadError.of(500112, redirectUri, entry.request.redirectUri());
        }
        String challenge = entry.request.challenge();
        if (challenge != null && (verifier == null || !challenge.equals(transformed(entry.request, verifier)))) {
            throw AadError.of(501481);
        }
        return entry;
    }

    private static String transformed(AuthorizationRequest request, String verifier) {
        return "S256".equals(request.challengeMethod())
                ? CredentialCertificate.thumbprint("SHA-256", verifier.getBytes(StandardCharsets.US_ASCII), true)
                : verifier;
    }
}
