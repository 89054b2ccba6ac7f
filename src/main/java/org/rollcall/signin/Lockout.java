package org.rollcall.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SearchKeys;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.LocalAccountStore.LocalAccount;
import org.rollcall.store.LocalAccountStore.Pressure;
import org.rollcall.store.LocalAccountStore.Unknown;

/// Slows down guessing. An attempt is counted before its password is checked, in one transaction of the database, so that
/// concurrent guesses, from other processes too, are all counted.
///
/// Ten consecutive failures lock an account for a quarter of an hour, each further one for twice as long, up to an hour. Many
/// failures over all accounts slow down all of them. The break-glass account is never locked: after ten failures its attempts
/// are queued, one a second.
///
/// A lock is stored by its start. If the clock was set back since, it starts again, so it never lasts longer from now than its
/// duration.
public final class Lockout {
    /// Consecutive failures that lock an account.
    public static final int FREE = 10;
    /// The duration of the first lock.
    public static final Duration FIRST = Duration.ofMinutes(15);
    /// The maximum duration of a lock.
    public static final Duration LONGEST = Duration.ofHours(1);
    /// Over all accounts: the number of failures without a delay, and the rate at which they are forgotten.
    static final int FREE_OVERALL = 100;
    static final Duration FORGOTTEN = Duration.ofSeconds(6);
    private static final Duration LONGEST_OVERALL = Duration.ofMinutes(1);
    private static final int DOUBLED_EVERY = 20;
    static final Duration TURN = Duration.ofSeconds(1);
    static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);
    private static final int BUCKETS = 1024;

    private final Database database;
    private final LocalAccountStore accounts;
    private final AuthSettingsStore settings;
    private final Clock clock;

    Lockout(Database database, LocalAccountStore accounts, AuthSettingsStore settings, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /// The decision about an attempt.
    ///
    /// @param refused  the password must not be checked
    /// @param overall  refused because of failures of other accounts
    /// @param pause    refused: for how long; otherwise the time to wait in the queue
    /// @param failures consecutive failures, including this attempt if it fails
    /// @param glass    the break-glass account, which is admitted where another one would be refused, or was chosen as such
    record Turn(boolean refused, boolean overall, Duration pause, int failures, boolean glass) {
        /// Whether this attempt locks the account if it fails.
        boolean closes() {
            return failures >= FREE;
        }
    }

    /// Counts an attempt for an account.
    Turn reserve(long userId) {
        return database.transaction(() -> {
            Instant now = clock.instant();
            @Nullable
            Long chosen = settings.get().breakGlassUserId();
            boolean glass = accounts.breakGlass(chosen).filter(id -> id == userId).isPresent();
            LocalAccount account = accounts.lock(userId).orElseThrow();
            if (glass) {
                return takeTurn(account, chosen != null && chosen == userId, now);
            }
            Instant begun = notAfter(account.attemptedAt(), now);
            Duration left = left(account.failedAttempts(), begun, now);
            if (left.isPositive()) {
                if (!Objects.equals(begun, account.attemptedAt())) {
                    accounts.setAttempts(userId, account.failedAttempts(), begun);
                }
                return new Turn(true, false, left, account.failedAttempts(), false);
            }
            Duration pressed = press(now);
            if (pressed.isPositive()) {
                return new Turn(true, true, pressed, account.failedAttempts(), false);
            }
            accounts.setAttempts(userId, account.failedAttempts() + 1, now);
            return new Turn(false, false, Duration.ZERO, account.failedAttempts() + 1, false);
        });
    }

    private Turn takeTurn(LocalAccount account, boolean chosen, Instant now) {
        int failures = account.failedAttempts();
        boolean held = failures >= FREE || level(accounts.lockPressure(), now) > FREE_OVERALL;
        Instant last = account.attemptedAt();
        Instant turn = now;
        if (failures >= FREE && last != null) {
            // A turn cannot be further away than the length of the queue, unless the clock was changed.
            Instant after = last.isAfter(now.plus(LONGEST_QUEUE)) ? now : last;
            turn = after.plus(TURN).isAfter(now) ? after.plus(TURN) : now;
            if (turn.isAfter(now.plus(LONGEST_QUEUE))) {
                return new Turn(true, false, LONGEST_QUEUE, failures, true);
            }
        }
        accounts.setAttempts(account.userId(), failures + 1, turn);
        return new Turn(false, false, Duration.between(now, turn), failures + 1, held || chosen);
    }

    /// Counts an attempt for an unknown name.
    Turn reserveUnknown(String name) {
        return database.transaction(() -> {
            Instant now = clock.instant();
            // As for an account, so that it takes the same time.
            accounts.breakGlass(settings.get().breakGlassUserId());
            int bucket = bucket(name);
            Unknown unknown = accounts.unknown(bucket);
            Instant begun = notAfter(unknown.attemptedAt(), now);
            Duration left = left(unknown.failedAttempts(), begun, now);
            if (left.isPositive()) {
                if (!Objects.equals(begun, unknown.attemptedAt())) {
                    accounts.setUnknown(bucket, new Unknown(unknown.failedAttempts(), begun));
                }
                return new Turn(true, false, left, unknown.failedAttempts(), false);
            }
            Duration pressed = press(now);
            if (pressed.isPositive()) {
                return new Turn(true, true, pressed, unknown.failedAttempts(), false);
            }
            accounts.setUnknown(bucket, new Unknown(unknown.failedAttempts() + 1, now));
            return new Turn(false, false, Duration.ZERO, unknown.failedAttempts() + 1, false);
        });
    }

    /// The password was right. Called in the transaction of what follows from it.
    void succeeded(long userId) {
        accounts.setAttempts(userId, 0, null);
        Pressure pressure = accounts.lockPressure();
        accounts.setPressure(new Pressure(Math.max(0, pressure.failures() - 1), pressure.attemptedAt()));
    }

    /// The duration of a lock after so many consecutive failures.
    static Duration delay(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - FREE, 10));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    private static Duration left(int failures, @Nullable Instant begun, Instant now) {
        return begun == null ? Duration.ZERO : Duration.between(now, begun.plus(delay(failures)));
    }

    /// Counts an attempt over all accounts unless it is too early.
    ///
    /// @return how much too early
    private Duration press(Instant now) {
        Pressure pressure = accounts.lockPressure();
        double level = level(pressure, now);
        Instant last = notAfter(pressure.attemptedAt(), now);
        if (level >= FREE_OVERALL && last != null) {
            double seconds = Math.min(LONGEST_OVERALL.toSeconds(), Math.pow(2, (level - FREE_OVERALL) / DOUBLED_EVERY));
            Duration left = Duration.between(now, last.plusMillis(Math.round(seconds * 1000)));
            if (left.isPositive()) {
                if (!last.equals(pressure.attemptedAt())) {
                    accounts.setPressure(new Pressure(pressure.failures(), last));
                }
                return left;
            }
        }
        accounts.setPressure(new Pressure(level + 1, now));
        return Duration.ZERO;
    }

    private static double level(Pressure pressure, Instant now) {
        Instant last = notAfter(pressure.attemptedAt(), now);
        return last == null
                ? 0
                : Math.max(0, pressure.failures()
                        - (double) Duration.between(last, now).toMillis() / FORGOTTEN.toMillis());
    }

    private static @Nullable Instant notAfter(@Nullable Instant time, Instant now) {
        return time != null && time.isAfter(now) ? now : time;
    }

    private static int bucket(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(SearchKeys.unique(name).getBytes(StandardCharsets.UTF_8));
            return Math.floorMod(ByteBuffer.wrap(hash).getInt(), BUCKETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
