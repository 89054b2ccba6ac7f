package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInTrail;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Refreshes people before they are signed in, so that their permissions match their present groups. Never delays a sign-in for
/// long: a timeout or failure is logged, and the stored state is used.
final class RefreshAtSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshAtSignIn.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /// A tenant that did not answer is skipped for this time, since everybody would have to wait.
    private static final Duration REST = Duration.ofMinutes(5);

    private final PersonRefresh refresh;
    private final AuthSettingsStore settings;
    private final UserQueries users;
    private final Duration longest;
    private final Clock clock;
    private final Map<Long, Instant> failed = new ConcurrentHashMap<>();

    RefreshAtSignIn(PersonRefresh refresh, AuthSettingsStore settings, UserQueries users, Clock clock) {
        this(refresh, settings, users, LONGEST, clock);
    }

    RefreshAtSignIn(PersonRefresh refresh, AuthSettingsStore settings, UserQueries users, Duration longest,
            Clock clock) {
        this.refresh = refresh;
        this.settings = settings;
        this.users = users;
        this.longest = longest;
        this.clock = clock;
    }

    /// @param verdict about somebody who has authenticated, admitted or deactivated here
    /// @return the verdict about their present state
    Verdict of(Verdict verdict, String origin, CallControl control) {
        UserRow person = verdict.user();
        boolean open = verdict.refusal() == null || verdict.refusal().outcome() == SignInOutcome.DEACTIVATED;
        if (person == null || !open || person.tenantId() == null || !settings.get().refreshAtSignIn()
                || isResting(person.tenantId())) {
            return verdict;
        }
        Optional<UserStatus> now = ask(person, origin, control);
        if (now.isEmpty()) {
            return verdict;
        }
        UserRow present = users.byId(person.id()).orElse(null);
        Verdict again = present == null
                ? OutsideSignIn.notImported()
                : switch (now.get()) {
                    case DISABLED -> Verdict.refused(present, SignInOutcome.DEACTIVATED,
                            Words.of("signin.refreshAtSignIn.deactivated"),
                            Words.of("signin.refreshAtSignIn.deactivated.remedy"));
                    case REMOVED -> Verdict.refused(present, SignInOutcome.REMOVED,
                            Words.of("signin.refreshAtSignIn.removed"),
                            Words.of("signin.refreshAtSignIn.removed.remedy"));
                    case ACTIVE -> OutsideSignIn.state(present, SignInTrail.NONE);
                };
        return again.with(verdict.facts());
    }

    private boolean isResting(long tenantId) {
        Instant at = failed.get(tenantId);
        return at != null && Duration.between(at, clock.instant()).abs().compareTo(REST) < 0;
    }

    private Optional<UserStatus> ask(UserRow person, String origin, CallControl control) {
        var limit = new Limit(control);
        var task = new FutureTask<>(() -> refresh.refresh(person, origin, limit));
        Thread.ofPlatform().daemon().name("sign-in-refresh").start(task);
        long tenantId = java.util.Objects.requireNonNull(person.tenantId());
        try {
            Optional<UserStatus> found = task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            failed.remove(tenantId);
            return found;
        } catch (TimeoutException e) {
            limit.stop();
            LOG.info("Reading a person who signs in took too long; what is stored counts");
        } catch (ExecutionException e) {
            LOG.info("A person who signs in could not be read: {}; what is stored counts",
                    String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            limit.stop();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        failed.put(tenantId, clock.instant());
        return Optional.empty();
    }

    /// Runs as long as the sign-in and its timeout allow.
    private static final class Limit implements CallControl {
        private final CallControl outer;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Limit(CallControl outer) {
            this.outer = outer;
        }

        void stop() {
            stopped.countDown();
        }

        @Override
        public void checkCancelled() {
            outer.checkCancelled();
            if (stopped.getCount() == 0) {
                throw new CancellationException("took too long");
            }
        }

        @Override
        public void pause(Duration time, String reason) {
            checkCancelled();
            try {
                if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    checkCancelled();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }

        @Override
        public boolean interactive() {
            return true;
        }
    }
}
