package org.rollcall.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// Transactions on a database, of which at most one is *alone*, the single writer: threads of this process queue on a lock,
/// processes on the row of table `writer`, so callers never see lock timeouts. A transaction is alone from its beginning or, if
/// it first writes much that no other transaction writes, from the moment at which it asks for that.
final class Transactions {
    private static final int WAIT_SECONDS = 60;
    private static final int MAX_RETRIES = 3;
    /// A transaction that was alone for longer than this checks whether another process waits for it.
    private static final Duration LONG = Duration.ofMillis(30);
    /// How long this process then leaves the row of table `writer` to the other one, which has to wake up first.
    private static final Duration TURN = Duration.ofMillis(20);

    private final DSLContext dsl;
    private final Consumer<OpenTransaction> ending;
    private final Ended ended;
    private final ReentrantLock writer = new ReentrantLock(true);
    private final ThreadLocal<@Nullable OpenTransaction> open = new ThreadLocal<>();
    private final BooleanSupplier shared;
    /// Another process waited for the last transaction to end. An import with one transaction after the other would take the row
    /// again before the other process wakes up, many times in a row.
    private volatile boolean awaited;
    /// Work that waits for the current writer to finish.
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /// Listener for the end of each transaction.
    interface Ended {
        void ended(OpenTransaction transaction, boolean committed);
    }

    private final Consumer<OpenTransaction> alone;

    /// @param shared whether other processes use the database
    /// @param alone  called within a transaction that has become alone later than at its beginning
    /// @param ending called last within each transaction; may ask to be alone
    Transactions(DSLContext dsl, BooleanSupplier shared, Consumer<OpenTransaction> alone,
            Consumer<OpenTransaction> ending, Ended ended) {
        this.dsl = dsl;
        this.shared = shared;
        this.alone = alone;
        this.ending = ending;
        this.ended = ended;
    }

    @Nullable
    OpenTransaction current() {
        return open.get();
    }

    /// Runs `work` in one transaction, alone from the beginning unless it joins one that is not.
    <T extends @Nullable Object> T alone(Supplier<T> work) {
        return current() != null ? joined(work) : begin(work, true);
    }

    /// Runs `work` in one transaction beside others, until it asks to be alone.
    <T extends @Nullable Object> T beside(Supplier<T> work) {
        return current() != null ? joined(work) : begin(work, false);
    }

    private static <T extends @Nullable Object> T joined(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException e) {
            throw StorageErrors.translate(e);
        }
    }

    private <T extends @Nullable Object> T begin(Supplier<T> work, boolean fromTheBeginning) {
        if (fromTheBeginning) {
            writer.lock();
        }
        try {
            return locked(work, fromTheBeginning);
        } finally {
            runWaiting();
        }
    }

    /// Retries if the host of the database changed before the work began.
    ///
    /// @param held this thread holds the writer's lock, which is released at the end
    private <T extends @Nullable Object> T locked(Supplier<T> work, boolean held) {
        var begun = new AtomicBoolean();
        for (int losses = 0;; losses++) {
            try {
                return attempt(() -> {
                    begun.set(true);
                    return work.get();
                }, held);
            } catch (RollcallException e) {
                if (begun.get() || losses == MAX_RETRIES || !e.code().equals(StorageErrors.LOST)) {
                    throw e;
                }
                if (held) {
                    writer.lock();
                }
            }
        }
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> work, boolean held) {
        var transaction = new OpenTransaction();
        open.set(transaction);
        boolean committed = false;
        try {
            T outcome = dsl.transactionResult(_ -> {
                if (held) {
                    lockRow(transaction);
                } else {
                    setLockTimeout(WAIT_SECONDS * 1000);
                }
                try {
                    T result = work.get();
                    ending.accept(transaction);
                    awaited = isAwaited(transaction);
                    return result;
                } finally {
                    if (!transaction.alone) {
                        setLockTimeout(Database.LOCK_TIMEOUT_MILLIS);
                    }
                }
            });
            committed = true;
            return outcome;
        } catch (DataAccessException e) {
            throw StorageErrors.translate(e);
        } finally {
            open.remove();
            ended.ended(transaction, committed);
            if (writer.isHeldByCurrentThread()) {
                writer.unlock();
            }
            transaction.takeAfterwards().forEach(Transactions::runQuietly);
        }
    }

    /// Makes the thread's transaction the single writer from here on.
    void alone() {
        OpenTransaction transaction = Objects.requireNonNull(current(), "no transaction");
        if (!transaction.alone) {
            writer.lock();
            lockRow(transaction);
            setLockTimeout(Database.LOCK_TIMEOUT_MILLIS);
            alone.accept(transaction);
        }
    }

    private boolean isAwaited(OpenTransaction transaction) {
        if (!transaction.alone || System.nanoTime() - transaction.aloneSince < LONG.toNanos()
                || dsl.dialect() != SQLDialect.H2 || !shared.getAsBoolean()) {
            return false;
        }
        return dsl.connectionResult(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select 1 from information_schema.sessions"
                            + " where blocker_id = session_id() fetch first 1 row only")) {
                return rows.next();
            }
        });
    }

    private void lockRow(OpenTransaction transaction) {
        if (awaited) {
            awaited = false;
            LockSupport.parkNanos(TURN.toNanos());
        }
        boolean h2 = dsl.dialect() == SQLDialect.H2;
        execute(h2
                ? "select id from writer where id = 1 for update wait " + WAIT_SECONDS
                : "select id from writer where id = 1 for update");
        transaction.alone = true;
        transaction.aloneSince = System.nanoTime();
    }

    /// Sets the lock timeout of this connection, in milliseconds.
    private void setLockTimeout(int millis) {
        execute(dsl.dialect() == SQLDialect.H2 ? "set lock_timeout " + millis : "set local lock_timeout = " + millis);
    }

    private void execute(String sql) {
        dsl.connection(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw StorageErrors.translate(e);
            }
        });
    }

    /// Runs `work` in a transaction without blocking: immediately if there is no writer, otherwise on the thread of the current
    /// writer once it has finished.
    void withoutWaiting(Runnable work) {
        if (current() != null) {
            work.run();
        } else if (writer.tryLock()) {
            try {
                locked(work);
            } finally {
                runWaiting();
            }
        } else {
            waiting.add(work);
            // The writer may have finished before the work was queued.
            runWaiting();
        }
    }

    private void locked(Runnable work) {
        locked(() -> {
            work.run();
            return Boolean.TRUE;
        }, true);
    }

    private void runWaiting() {
        while (current() == null && !waiting.isEmpty() && writer.tryLock()) {
            Runnable next = Objects.requireNonNullElse(waiting.poll(), () -> {});
            runQuietly(() -> locked(next));
        }
    }

    /// Writes what still waits.
    void flush() {
        if (!waiting.isEmpty()) {
            alone(() -> Boolean.TRUE);
        }
    }

    /// Runs `work` as soon as the thread's transaction has ended, whichever way; at once if there is none.
    void afterwards(Runnable work) {
        OpenTransaction transaction = current();
        if (transaction != null) {
            transaction.afterwards(work);
        } else {
            work.run();
        }
    }

    private static void runQuietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // What the transaction ended with says more.
            org.slf4j.LoggerFactory.getLogger(Database.class).warn("What was left for afterwards failed", e);
        }
    }
}
