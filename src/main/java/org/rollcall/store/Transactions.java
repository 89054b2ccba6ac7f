package org.rollcall.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The transactions on a database, of which one at a time is *alone*: threads of this process queue on a lock, processes on
/// the row of the table `writer`, so that lock time-outs never reach a person. A transaction is alone from its beginning, or,
/// where much is to be written that nobody else writes, from the moment at which it asks for that.
final class Transactions {
    private static final int WAIT_SECONDS = 60;
    private static final int MOST_LOSSES = 3;

    private final DSLContext dsl;
    private final Consumer<OpenTransaction> ending;
    private final Ended ended;
    private final ReentrantLock writer = new ReentrantLock(true);
    private final ThreadLocal<@Nullable OpenTransaction> open = new ThreadLocal<>();
    /// What is to be written as soon as nobody else writes.
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /// Hears of each transaction that has ended.
    interface Ended {
        void ended(OpenTransaction transaction, boolean committed);
    }

    private final Consumer<OpenTransaction> alone;

    /// @param alone  called within a transaction that has become alone later than at its beginning
    /// @param ending called within each transaction, as its last work; may ask to be alone
    Transactions(DSLContext dsl, Consumer<OpenTransaction> alone, Consumer<OpenTransaction> ending, Ended ended) {
        this.dsl = dsl;
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

    /// The database may get another host while this waits for its turn: then it waits there, since nothing is lost.
    ///
    /// @param held the writer's lock is held by this thread; it is given back
    private <T extends @Nullable Object> T locked(Supplier<T> work, boolean held) {
        var begun = new AtomicBoolean();
        for (int losses = 0;; losses++) {
            try {
                return attempt(() -> {
                    begun.set(true);
                    return work.get();
                }, held);
            } catch (RollcallException e) {
                if (begun.get() || losses == MOST_LOSSES || !e.code().equals(StorageErrors.LOST)) {
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
                    patience(WAIT_SECONDS * 1000);
                }
                try {
                    T result = work.get();
                    ending.accept(transaction);
                    return result;
                } finally {
                    if (!transaction.alone) {
                        patience(Database.LOCK_TIMEOUT_MILLIS);
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

    /// From here on the thread's transaction is the only one that writes what all write.
    void alone() {
        OpenTransaction transaction = Objects.requireNonNull(current(), "no transaction");
        if (!transaction.alone) {
            writer.lock();
            lockRow(transaction);
            patience(Database.LOCK_TIMEOUT_MILLIS);
            alone.accept(transaction);
        }
    }

    private void lockRow(OpenTransaction transaction) {
        boolean h2 = dsl.dialect() == SQLDialect.H2;
        execute(h2
                ? "select id from writer where id = 1 for update wait " + WAIT_SECONDS
                : "select id from writer where id = 1 for update");
        transaction.alone = true;
    }

    /// How long a statement of this connection waits for rows that others have written.
    private void patience(int millis) {
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

    /// Runs `work` in a transaction without waiting for whoever writes: at once if nobody does, otherwise as soon as they have
    /// done, on their thread.
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
            // Whoever held the lock may have gone by before it was added.
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
