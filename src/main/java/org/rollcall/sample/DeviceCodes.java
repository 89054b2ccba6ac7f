package org.rollcall.sample;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.rollcall.sample.SamplePeople.Person;

/// The device codes that wait for a person, and what the person decided. A code lives fifteen minutes of the tenant's
/// clock.
final class DeviceCodes {
    static final Duration LIFE = Duration.ofMinutes(15);
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// What became of a code.
    sealed interface State {
        record Pending() implements State {}

        record Approved(Person person) implements State {}

        record Refused(AadError reason) implements State {}
    }

    record Entry(String deviceCode, String userCode, Registration app, RequestedScopes scopes, Instant end,
            State state) {
        Entry in(State newState) {
            return new Entry(deviceCode, userCode, app, scopes, end, newState);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> byDeviceCode = new ConcurrentHashMap<>();
    private final Clock clock;

    DeviceCodes(Clock clock) {
        this.clock = clock;
    }

    Entry issue(Registration app, RequestedScopes scopes) {
        var userCode = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            userCode.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String deviceCode = Handles.next(random, "D");
        var entry = new Entry(deviceCode, userCode.toString(), app, scopes, clock.instant().plus(LIFE),
                new State.Pending());
        byDeviceCode.put(deviceCode, entry);
        return entry;
    }

    /// The waiting code that a person typed; empty if there is none.
    ///
    /// @throws AadError 70019 if it has expired
    Optional<Entry> byUserCode(String userCode) {
        String wanted = userCode.strip().toUpperCase(Locale.ROOT);
        Optional<Entry> found = byDeviceCode.values().stream().filter(e -> e.userCode.equals(wanted)).findFirst();
        if (found.filter(this::isExpired).isPresent()) {
            throw AadError.of(70019);
        }
        return found.filter(e -> e.state instanceof State.Pending);
    }

    void decide(Entry entry, State state) {
        byDeviceCode.computeIfPresent(entry.deviceCode, (_, e) -> e.in(state));
    }

    /// Redeems an approved code, which is used up by it.
    ///
    /// @throws AadError 70016 while nobody decided, 70018, 70020, 54005, or the reason of the refusal
    Entry redeem(String deviceCode, Registration app) {
        Entry entry = byDeviceCode.get(deviceCode);
        if (entry == null || !entry.app.appId().equals(app.appId())) {
            throw AadError.of(70018);
        }
        return switch (entry.state) {
            case State.Pending() when isExpired(entry) -> throw AadError.of(70020);
            case State.Pending() -> throw AadError.of(70016);
            case State.Refused(var reason) -> throw reason;
            case State.Approved(var _) -> {
                if (!byDeviceCode.remove(deviceCode, entry)) {
                    throw AadError.of(54005);
                }
                yield entry;
            }
        };
    }

    private boolean isExpired(Entry entry) {
        return !clock.instant().isBefore(entry.end);
    }
}
