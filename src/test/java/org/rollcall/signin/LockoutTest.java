package org.rollcall.signin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.store.AuditStore;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Guesses are held off, and nobody is locked out by those of others who has to get in.
class LockoutTest {
    private static final String PASSWORD = "unrelated words here";

    @TempDir
    Path folder;
    TestDirectory directory;
    AuditService audit;
    LocalSignIn signIn;
    LocalAccountService accounts;
    Actor root;
    /// Waiting for one's turn takes no time but the clock's.
    final CallControl waits = new CallControl() {
        @Override
        public void checkCancelled() {
            // Nobody cancels.
        }

        @Override
        public void pause(Duration time, String reason) {
            longest = longest.compareTo(time) < 0 ? time : longest;
            directory.clock.advance(time);
        }
    };
    Duration longest = Duration.ZERO;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        signIn = signIn();
        accounts = new LocalAccountService(directory.database, users(), signIn, LocalSignInTest.CHEAP, audit,
                directory.clock);
        root = signIn.createFirstAdministrator("root", PASSWORD.toCharArray(), "test");
    }

    private UserQueries users() {
        return new UserQueries(directory.database, new GroupNesting(directory.database));
    }

    private LocalSignIn signIn() {
        return LocalSignIn.over(directory.database, users(), audit, LocalSignInTest.CHEAP, directory.clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void add(String name) {
        accounts.add(root, name, null, null, "User", PASSWORD.toCharArray());
    }

    private SignInOutcome outcome(String name, String password) {
        try {
            signIn.signIn(name, password.toCharArray(), "test", waits);
            return SignInOutcome.ADMITTED;
        } catch (SignInRefusedException e) {
            return e.outcome();
        }
    }

    private long events(String action) {
        return audit.count(root, new AuditFilter(null, null, null, action, null, null, null, null));
    }

    @Test
    void guessesAtTheSameTimeAreNotRacedPastTheLimit() throws Exception {
        add("other");
        var looked = new AtomicInteger();
        Callable<Integer> guess = () -> {
            try {
                // As another process would: nothing in memory is shared.
                signIn().signIn("other", "wrong".toCharArray(), "test", waits);
            } catch (SignInRefusedException e) {
                if (e.outcome() == SignInOutcome.WRONG_PASSWORD) {
                    looked.incrementAndGet();
                }
            }
            return 0;
        };
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (Future<Integer> each : threads.invokeAll(new ArrayList<>(java.util.Collections.nCopies(60, guess)))) {
                each.get();
            }
        }
        // The tenth was looked at as well, and closed the account.
        assertEquals(Lockout.FREE - 1, looked.get());
        assertEquals(Lockout.FREE, failures("other"));
        assertEquals(1, events("signin.locked"));
        assertEquals(SignInOutcome.LOCKED, outcome("other", PASSWORD));
    }

    private int failures(String name) {
        return new LocalAccountStore(directory.database).byUserId(users().find(name).id()).orElseThrow()
                .failedAttempts();
    }

    @Test
    void aLockNeverLastsLongerFromNowThanItSays() {
        add("other");
        directory.clock.advance(Duration.ofDays(365));
        for (int i = 0; i < Lockout.FREE; i++) {
            outcome("other", "wrong");
        }
        assertEquals(SignInOutcome.LOCKED, outcome("other", PASSWORD));
        directory.clock.advance(Duration.ofDays(-365));
        assertEquals(SignInOutcome.LOCKED, outcome("other", PASSWORD));
        directory.clock.advance(Lockout.FIRST.minusSeconds(1));
        assertEquals(SignInOutcome.LOCKED, outcome("other", PASSWORD));
        directory.clock.advance(Duration.ofSeconds(1));
        assertEquals(SignInOutcome.ADMITTED, outcome("other", PASSWORD));
    }

    @Test
    void aStrangersGuessesDoNotLockTheOnlyAdministratorOut() {
        for (int i = 0; i < 100; i++) {
            outcome("root", "wrong");
        }
        assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
        assertTrue(longest.compareTo(Lockout.TURN) <= 0, longest.toString());
        assertEquals(1, events("signin.break-glass"));
        assertNotNull(new AuthSettingsStore(directory.database).get().breakGlassUsedAt());
        assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
        assertEquals(1, events("signin.break-glass"), "an ordinary sign-in is none");
    }

    @Test
    void theClockOfAnotherDayDoesNotKeepTheBreakGlassAccountWaiting() {
        directory.clock.advance(Duration.ofDays(365));
        for (int i = 0; i < 2 * Lockout.FREE; i++) {
            outcome("root", "wrong");
        }
        directory.clock.advance(Duration.ofDays(-365));
        assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
        assertTrue(longest.compareTo(Lockout.TURN) <= 0, longest.toString());
    }

    @Test
    void namesThatNobodyHasAreLockedAlike() {
        add("other");
        var known = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        for (int i = 0; i < Lockout.FREE + 2; i++) {
            known.add(words("other"));
            unknown.add(words("nobody at all"));
        }
        assertEquals(known, unknown);
        assertEquals(SignInOutcome.LOCKED, outcome("NOBODY at all", "wrong"));
    }

    private String words(String name) {
        var refusal = assertThrows(SignInRefusedException.class,
                () -> signIn.signIn(name, "wrong".toCharArray(), "test", waits));
        return refusal.outcome() + " " + refusal.message() + " " + refusal.remedy();
    }

    /// From several at once, each with services of its own, that share nothing but the database: as processes would
    /// (`GuessingProcessesTest` has real ones).
    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void tenThousandGuessesOverAHundredAccountsAreHeldOffWhileTheBreakGlassAccountGetsIn(int guessers)
            throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add("person" + i);
            add("person" + i);
        }
        var next = new AtomicInteger();
        var half = new CountDownLatch(1);
        Callable<Integer> guesser = () -> {
            LocalSignIn own = signIn();
            int looked = 0;
            for (int i = next.getAndIncrement(); i < 10_000; i = next.getAndIncrement()) {
                looked += guess(own, names.get(i % names.size())) ? 1 : 0;
                if (i % 100 == 0) {
                    directory.clock.advance(Duration.ofMillis(500));
                }
                if (i == 5_000) {
                    half.countDown();
                }
            }
            return looked;
        };
        int looked = 0;
        try (var threads = Executors.newFixedThreadPool(guessers)) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < guessers; i++) {
                running.add(threads.submit(guesser));
            }
            assertTrue(half.await(5, TimeUnit.MINUTES));
            assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
            assertEquals(1, events("signin.break-glass"));
            for (Future<Integer> each : running) {
                looked += each.get();
            }
        }
        assertTrue(looked < 200, looked + " of 10,000 were looked at");
        assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
        assertEquals(Duration.ZERO, longest);
        directory.clock.advance(Duration.ofHours(1));
        assertEquals(SignInOutcome.ADMITTED, outcome("person1", PASSWORD), "in the end it is forgotten");
    }

    /// Counts as the sign-in does; without the events, which take longer than everything else here.
    private boolean guess(LocalSignIn own, String name) {
        try {
            own.test(name, "wrong".toCharArray(), "test", waits);
            throw new AssertionError("let in with a wrong password");
        } catch (SignInRefusedException e) {
            return e.outcome() == SignInOutcome.WRONG_PASSWORD;
        }
    }

    @Test
    void anAdministratorMayBeSetApart() {
        add("other");
        assertNull(new AuthSettingsStore(directory.database).get().breakGlassUsedAt());
        var settings = new AuthSettingsStore(directory.database);
        settings.put(settings.get().withBreakGlass(root.userId()));
        assertEquals(SignInOutcome.ADMITTED, outcome("root", PASSWORD));
        assertEquals(1, events("signin.break-glass"), "each use of an account that was set apart is told");
    }
}
