package org.rollcall.sync.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.DirectoryReader;
import org.rollcall.domain.MemberType;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.ReadProgressStore;

/// What the parts of one attempt at a read share. Calls to the directory run on threads of their own, one page ahead of
/// what is stored; only they are ever interrupted, since H2 closes its file under an interrupted thread.
final class ReadSession implements AutoCloseable {
    final Database database;
    final MirrorRows rows;
    final ReadProgressStore progress;
    final long mirrorId;
    final int generation;
    final ReadScope scope;
    final DirectoryReader reader;
    final JobCalls calls;
    /// The app may see members of groups that hide them.
    final boolean seesHiddenMembers;
    /// Objects of which the directory said during this read that they are not there.
    final Set<UUID> missing = new HashSet<>();
    /// Groups whose members came in during this read, and which have not been removed since.
    final Set<UUID> membersRead = new HashSet<>();
    /// Lists and members were read just now, page by page while the directory changed: whoever is among the changes may
    /// have been away when some of the pages were made.
    boolean enumerated;
    /// Members that the changes of this read brought, by id.
    final Map<UUID, MemberType> joined = new HashMap<>();
    /// Something came in that may bring objects into scope or out of it.
    boolean changed;

    private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();

    ReadSession(Database database, MirrorRows rows, ReadProgressStore progress, long mirrorId, int generation,
            ReadScope scope, DirectoryReader reader, JobCalls calls) {
        this.database = database;
        this.rows = rows;
        this.progress = progress;
        this.mirrorId = mirrorId;
        this.generation = generation;
        this.scope = scope;
        this.reader = reader;
        this.calls = calls;
        this.seesHiddenMembers = reader.permissions(calls).has("Member.Read.Hidden");
    }

    <T> Future<T> fetch(Supplier<T> call) {
        return fetching.submit(call::get);
    }

    /// Waits for a call, and no longer than the job may go on.
    <T> T await(Future<T> call) {
        while (true) {
            calls.checkCancelled();
            try {
                return call.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                throw rethrow(e.getCause());
            }
        }
    }

    static RuntimeException rethrow(@Nullable Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case RuntimeException known -> known;
            case null, default -> new IllegalStateException(cause);
        };
    }

    /// Runs both; the first failure stops the other.
    void sideBySide(Runnable one, Runnable other) {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread second = Thread.ofPlatform().name("read").daemon().start(() -> guarded(other, failure));
        guarded(one, failure);
        boolean interrupted = false;
        while (true) {
            try {
                second.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                calls.stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable first = failure.get();
        if (first != null) {
            throw rethrow(first);
        }
    }

    private void guarded(Runnable work, AtomicReference<@Nullable Throwable> failure) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            calls.stop();
        }
    }

    @Override
    public void close() {
        calls.stop();
        fetching.shutdownNow();
    }
}
