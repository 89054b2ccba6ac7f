package org.rollcall.sync.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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

import org.rollcall.domain.MemberType;
import org.rollcall.domain.ReadNote;
import org.rollcall.source.DirectoryReader;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.ReadNoteStore;
import org.rollcall.store.ReadProgressStore;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.text.Words;

/// The state of one attempt at a read. Calls to the directory run on their own threads, one page ahead of storing; only these
/// threads are ever interrupted, since H2 closes its file under an interrupted thread.
final class ReadSession implements AutoCloseable {
    /// Long enough for the replicas of a directory to agree, in most cases.
    private static final Duration SECOND_LOOK = Duration.ofSeconds(5);
    private static final int MUCH = 100;

    final Database database;
    final MirrorRows rows;
    final ReadProgressStore progress;
    final long mirrorId;
    final int generation;
    final ReadScope scope;
    final DirectoryReader reader;
    final JobCalls calls;
    final ReadNoteStore notes;
    private final MirrorReader.Waiting waiting;
    private final List<Expectation> expected = new ArrayList<>();
    private int noted;
    /// The app may read members of groups that hide them.
    final boolean seesHiddenMembers;
    /// Objects that the directory reported as not found during this read.
    final Set<UUID> missing = new HashSet<>();
    /// Chosen people and groups that were missing at the end of the last read already: "not found" is expected of them.
    final Set<UUID> knownGone = new HashSet<>();
    /// People and groups that the changes reported as removed.
    final Set<UUID> toldGone = new HashSet<>();
    /// Groups whose members were read in this read, and which have not been removed since.
    final Set<UUID> membersRead = new HashSet<>();
    /// The ids that lists of people and groups below a group contained in this read, by that group.
    final Map<UUID, Set<UUID>> listedBelow = new HashMap<>();
    /// Groups whose list of members ended with a full page: the link to the next page may be missing.
    final Set<UUID> endedOnFullPage = new LinkedHashSet<>();
    /// Lists and members were just read, page by page while the directory changed: whoever is among the changes may have been
    /// absent from some of the pages.
    boolean enumerated;
    /// Members that the changes of this read added, by id.
    final Map<UUID, MemberType> joined = new HashMap<>();
    /// Something was added that may bring objects into scope or take them out of it.
    boolean changed;
    /// Not only changes since a completed read.
    boolean full;
    /// What this full read is compared with; null: nothing.
    @Nullable
    ReadProof proof;
    /// People who were added or changed by a delta read.
    final Set<UUID> peopleStored = new HashSet<>();

    private record Expectation(String stream, UUID about, String asked, Supplier<String> came) {}

    private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();

    ReadSession(Database database, MirrorRows rows, ReadProgressStore progress, long mirrorId, int generation,
            ReadScope scope, DirectoryReader reader, JobCalls calls, MirrorReader.Waiting waiting) {
        this.database = database;
        this.rows = rows;
        this.progress = progress;
        this.mirrorId = mirrorId;
        this.generation = generation;
        this.scope = scope;
        this.reader = reader;
        this.calls = calls;
        this.notes = new ReadNoteStore(database);
        this.waiting = waiting;
        this.seesHiddenMembers = reader.permissions(calls).has("Member.Read.Hidden");
    }

    /// Included in the changes.
    void tell(Collection<UUID> ids) {
        if (proof != null) {
            proof.tell(ids);
        }
    }

    /// Waits before a doubtful answer is checked again.
    void pause() {
        waiting.pause(calls, SECOND_LOOK, Words.of("sync.readSession.theDirectoryContradictsItself").english());
    }

    /// Records a repeated question and its answer, for as many as the notes have room.
    void note(String stream, @Nullable UUID about, String asked, String came) {
        if (noted++ < ReadNoteStore.MOST) {
            notes.add(mirrorId, stream, new ReadNote(about, asked, came, false));
        }
    }

    /// The same, for a question that will be asked later in this read.
    ///
    /// @param came the outcome, once all questions were asked
    void expect(String stream, UUID about, String asked, Supplier<String> came) {
        if (expected.size() < ReadNoteStore.MOST) {
            expected.add(new Expectation(stream, about, asked, came));
        }
    }

    /// Records the outcome of [#expect].
    ///
    /// @param settled false: the read ends before all questions were asked
    void settleNotes(boolean settled) {
        expected.forEach(each -> note(each.stream(), each.about(), each.asked(),
                settled ? each.came().get() : Words.of("sync.readSession.notAnsweredSinceTheRead").english()));
        expected.clear();
    }

    /// For notes: whether a person or group that was looked up exists.
    String presence(UUID id) {
        return missing.contains(id)
                ? Words.of("sync.readSession.itIsGone").english()
                : Words.of("sync.readSession.itIsThere").english();
    }

    /// The same, where the known state was kept.
    void noteKept(String stream, String asked, String came) {
        notes.add(mirrorId, stream, new ReadNote(null, asked, came, true));
    }

    /// Counts a repeated question.
    void countAskedAgain(long pages, long objects, long requests) {
        database.transaction(() -> {
            Stream row = progress.stream(mirrorId, Streams.ASKED_AGAIN)
                    .orElseGet(() -> Stream.open(Streams.ASKED_AGAIN, null, null));
            progress.save(mirrorId, new Stream(row.name(), true, null, null, null, row.pages() + pages,
                    row.objects() + objects, row.requests() + requests));
        });
    }

    <T> Future<T> fetch(Supplier<T> call) {
        return fetching.submit(call::get);
    }

    /// Waits for a call, and no longer than the job may run.
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

    /// Whether storing so many objects takes long enough for others to notice.
    boolean isMuch(int objects) {
        return objects > MUCH;
    }

    /// Stores a page in one transaction. Only one read writes into a mirror, so nobody else has to wait for a large page.
    void storing(int objects, Runnable work) {
        if (isMuch(objects)) {
            database.transactionBesideOthers(work);
        } else {
            database.transaction(work);
        }
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
