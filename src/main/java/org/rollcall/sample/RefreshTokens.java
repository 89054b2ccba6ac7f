package org.rollcall.sample;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Refresh tokens: they end after ninety days without use, or when the person's sessions are revoked.
final class RefreshTokens {
    private static final Duration IDLE = Duration.ofDays(90);

    record Entry(String appId, String personId, RequestedScopes scopes, Instant issued, boolean revoked) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> tokens = new ConcurrentHashMap<>();
    private final Clock clock;

    RefreshTokens(Clock clock) {
        this.clock = clock;
    }

    String issue(String appId, String personId, RequestedScopes scopes) {
        String token = Handles.next(random, "1.R");
        tokens.put(token, new Entry(appId, personId, scopes, clock.instant(), false));
        return token;
    }

    /// @throws AadError 70000, 50173, 700082
    Entry redeem(String token, Registration app) {
        Entry entry = tokens.get(token);
        if (entry == null || !entry.appId.equals(app.appId())) {
            throw AadError.of(70000);
        }
        if (entry.revoked) {
            throw AadError.of(50173, entry.issued);
        }
        if (!clock.instant().isBefore(entry.issued.plus(IDLE))) {
            throw AadError.of(700082, entry.issued);
        }
        return entry;
    }

    void revoke(String personId) {
        tokens.replaceAll((_, e) -> e.personId.equals(personId)
                ? new Entry(e.appId, e.personId, e.scopes, e.issued, true)
                : e);
    }
}
