package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.rollcall.sample.SamplePeople.Person;

/// Checks people's passwords and whether they may sign in. All people share one well-known password unless a test gives
/// somebody another.
public final class PersonSignIn {
    private static final int ATTEMPTS = 10;
    private static final Duration LOCKOUT = Duration.ofMinutes(1);

    private record Failures(int count, Instant last) {}

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();
    private final SamplePeople people;
    private final Clock clock;
    private final String password;
    private final String organization;

    PersonSignIn(SamplePeople people, Clock clock, String password, String organization) {
        this.people = people;
        this.clock = clock;
        this.password = password;
        this.organization = organization;
    }

    /// Gives one person a password of their own; an expired one is fresh again.
    public void setPassword(String userName, String newPassword) {
        passwords.put(key(userName), newPassword);
        expired.remove(key(userName));
    }

    /// Lets one person's password be expired (50055).
    public void expirePassword(String userName) {
        expired.add(key(userName));
    }

    /// Refuses one person every sign-in with that number, whatever else is right; 0: no longer.
    public void refuse(String userName, int number) {
        if (number == 0) {
            refusals.remove(key(userName));
        } else {
            refusals.put(key(userName), number);
        }
    }

    /// @throws AadError what the person is to be refused with
    void checkRefusal(Person person) {
        Integer number = refusals.get(key(person.userPrincipalName()));
        if (number != null) {
            throw AadError.plain(number);
        }
    }

    /// The person of that name, if he or she may sign in at all.
    ///
    /// @throws AadError 50034, 50057
    Person known(String userName) {
        Person person = people.byUserName(userName.strip())
                .orElseThrow(() -> AadError.of(50034, "{EUII Hidden}", organization));
        return enabled(person);
    }

    /// @throws AadError 50057, 50173 if the person was deleted
    Person stillThere(String objectId, Instant granted) {
        return enabled(people.byObjectId(objectId).orElseThrow(() -> AadError.of(50173, granted)));
    }

    private static Person enabled(Person person) {
        if (!person.enabled()) {
            throw AadError.of(50057);
        }
        return person;
    }

    /// Checks a password.
    ///
    /// @throws AadError 50034, 50053, 50055, 50057, 50126
    Person check(String userName, String given) {
        Person person = known(userName);
        String key = key(person.userPrincipalName());
        Instant now = clock.instant();
        Failures before = failures.get(key);
        boolean recent = before != null && now.isBefore(before.last.plus(LOCKOUT));
        if (before != null && recent && before.count >= ATTEMPTS) {
            throw AadError.of(50053);
        }
        if (!passwords.getOrDefault(key, password).equals(given)) {
            failures.put(key, new Failures(before != null && recent ? before.count + 1 : 1, now));
            throw AadError.of(50126);
        }
        failures.remove(key);
        if (expired.contains(key)) {
            throw AadError.of(50055);
        }
        return person;
    }

    private static String key(String userName) {
        return userName.strip().toLowerCase(Locale.ROOT);
    }
}
