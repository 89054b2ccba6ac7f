package org.rollcall.sync.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.Page;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ReadNoteStore;
import org.rollcall.store.ReadProgressStore;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Brings a mirror up to date, choosing the cheaper way.
///
/// - A first read takes the delta links, then lists people and groups in parallel and requests members in batches, then follows
///   the changes once to include whatever happened meanwhile.
/// - A later read follows the two delta links: two requests if nothing changed.
/// - An interrupted read, after a kill too, continues where it stopped.
/// - An expired delta link leads to a full read with mark and sweep: rows that were not seen are deleted after the read has
///   completed and the directory was asked for each of them by id. So does a month without a full read, since no later delta
///   read repairs what an earlier one missed.
///
/// Groups are followed before people, so that a membership never waits for a person who was created in between.
public final class MirrorReader {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorReader.class);
    /// The stream of the MFA registration report in the evidence.
    public static final String MFA_STREAM = Streams.MFA;
    private static final int FULL_READS = 2;
    private static final int DIFFERENCES_NOTED = 20;
    /// The next read after this time without a full read is a full one.
    public static final Duration FULL_READ_EVERY = Duration.ofDays(30);

    private final Database database;
    private final Clock clock;
    private final MirrorStore mirrors;
    private final MirrorRows rows;
    private final ReadProgressStore progress;
    private final ReadNoteStore notes;
    private final Waiting waiting;

    /// The pause before doubtful answers are checked again.
    public interface Waiting {
        /// Returns early only by throwing, as [CallControl#pause] does.
        void pause(CallControl calls, Duration time, String reason);
    }

    public MirrorReader(Database database, Clock clock) {
        this(database, clock, CallControl::pause);
    }

    public MirrorReader(Database database, Clock clock, Waiting waiting) {
        this.database = database;
        this.clock = clock;
        this.waiting = waiting;
        this.notes = new ReadNoteStore(database);
        this.mirrors = new MirrorStore(database, clock);
        this.rows = new MirrorRows(database);
        this.progress = new ReadProgressStore(database, clock);
    }

    /// The mirror of a tenant and the part of the tenant to read.
    public Mirror mirror(long tenantId, ReadScope scope) {
        return mirrors.open(tenantId, scope.key(), scope.canonical());
    }

    /// Reads to the end. Only one read of a mirror may run at a time.
    ///
    /// @param mirror the one for this scope, see [#mirror]
    /// @throws RollcallException     as the directory's calls do; REFUSED `directory.endless` for pages without an end
    /// @throws CancellationException if cancelled; everything read so far is kept
    public ReadResult read(Mirror mirror, ReadScope scope, DirectoryReader reader, JobContext context) {
        return read(mirror, scope, reader, false, context);
    }

    /// @param everything a full read, the MFA report included, whether anything changed or not
    public ReadResult read(Mirror mirror, ReadScope scope, DirectoryReader reader, boolean everything,
            JobContext context) {
        if (!mirror.scopeKey().equals(scope.key())) {
            throw new IllegalArgumentException("the mirror is of another scope");
        }
        long before = reader.requests();
        begin(mirror, everything);
        @Nullable
        ReadProof proof = !everything && isDue(mirror) ? proof(mirror.id(), scope, reader, context) : null;
        for (int fullReads = 0;; fullReads++) {
            try {
                attempt(mirror.id(), scope, reader, proof, context);
                return new ReadResult(true, evidence(mirror.id()), reader.requests() - before);
            } catch (LinkExpiredException e) {
                if (fullReads == FULL_READS) {
                    throw new RollcallException(ErrorKind.REFUSED, e.code(),
                            Words.of("sync.mirrorReader.read"), Words.of("sync.mirrorReader.read.remedy"),
                            e.details(), e);
                }
                LOG.info("Mirror {}: a saved link is lost ({}), everything is read again", mirror.id(), e.link());
                database.transaction(() -> {
                    progress.clear(mirror.id());
                    notes.add(mirror.id(), StreamEvidence.LINK_LOST,
                            new ReadNote(null, Words.of("sync.mirrorReader.theChangesSinceTheLast").english(),
                                    Words.of("sync.mirrorReader.theDirectoryNoLongerKnows").english(), false));
                });
            }
        }
    }

    private boolean isDue(Mirror mirror) {
        Instant fullReadAt = mirror.fullReadAt();
        return mirror.complete()
                && (fullReadAt == null || !fullReadAt.plus(FULL_READ_EVERY).isAfter(clock.instant()));
    }

    /// Follows the changes once more before a full read, so that both can be compared. If the links have expired, there is
    /// nothing to compare.
    private @Nullable ReadProof proof(long mirrorId, ReadScope scope, DirectoryReader reader, JobContext context) {
        ReadProof proof = null;
        try {
            attempt(mirrorId, scope, reader, null, context);
            proof = ReadProof.of(mirrors, mirrorId);
        } catch (LinkExpiredException e) {
            LOG.info("Mirror {}: a saved link is lost ({}), so changes are not compared", mirrorId, e.link());
        }
        database.transaction(() -> progress.clear(mirrorId));
        return proof;
    }

    /// The notes of an interrupted read stay with the read that continues it.
    private void begin(Mirror mirror, boolean everything) {
        database.transaction(() -> {
            if (mirror.complete() || everything) {
                notes.clear(mirror.id());
            }
            if (everything) {
                mirrors.forgetMfaRead(mirror.id());
            }
            if (everything) {
                progress.clear(mirror.id());
            }
        });
    }

    /// The progress of the newest read of a mirror; for runs that failed.
    public List<StreamEvidence> evidence(long mirrorId) {
        var noted = notes.of(mirrorId);
        var evidence = new ArrayList<StreamEvidence>();
        for (Stream stream : progress.streams(mirrorId)) {
            List<ReadNote> about = noted.getOrDefault(stream.name(), List.of());
            if (stream.pages() > 0 || stream.requests() > 0) {
                evidence.add(new StreamEvidence(stream.name(), stream.pages(), stream.objects(), stream.requests(),
                        about));
                noted.remove(stream.name());
            }
        }
        noted.forEach((name, about) -> evidence.add(new StreamEvidence(name, 0, 0, 0, about)));
        return evidence;
    }

    private void attempt(long mirrorId, ReadScope scope, DirectoryReader reader, @Nullable ReadProof proof,
            JobContext context) {
        Mirror mirror = mirrors.get(mirrorId);
        var calls = new JobCalls(context);
        boolean begun = progress.stream(mirrorId, Streams.USERS_DELTA).isPresent();
        if (!begun) {
            begin(mirrorId, scope, reader, calls);
        } else if (mirror.complete()) {
            database.transaction(() -> {
                mirrors.markIncomplete(mirrorId);
                progress.streams(mirrorId).forEach(stream -> progress.save(mirrorId, stream.recounted()));
            });
        }
        boolean full = !mirror.complete() || !begun;
        try (var session = new ReadSession(database, rows, progress, mirrorId, mirrors.get(mirrorId).generation(),
                scope, reader, calls, waiting)) {
            session.proof = proof;
            boolean settled = false;
            try {
                if (!full && !scope.all()) {
                    session.knownGone.addAll(goneFromScope(mirrorId, scope));
                }
                attempt(session, full);
                settled = true;
            } finally {
                boolean all = settled;
                database.transaction(() -> session.settleNotes(all));
            }
        }
    }

    private void attempt(ReadSession session, boolean full) {
        var scope = session.scope;
        session.changed = full;
        session.full = full;
        var lookups = new Lookups(session);
        var check = new FullReadCheck(session, mirrors, lookups);
        boolean everything = !mirrors.isFullyRead(session.mirrorId);
        if (everything) {
            check.countAlong();
        }
        lists(session, lookups);
        if (everything) {
            check.count();
        }
        follow(session);
        session.calls.stage(Words.of("sync.mirrorReader.readingWhatTheChangesAsk").english());
        lookups.drain();
        check.readOnAfterFullPages();
        if (everything) {
            if (check.isShort()) {
                relist(session, lookups, check);
                check.requireWhole();
            }
            check.confirmMissing();
        }
        if (scope.all()) {
            strangers(session, full);
            lookups.drain();
        } else if (session.changed) {
            new ScopeReading(session, lookups).settle();
        }
        finish(session, everything);
        new MfaReading(session, mirrors, clock).read();
    }

    /// What a complete mirror lacks of its own scope.
    private Set<UUID> goneFromScope(long mirrorId, ReadScope scope) {
        var gone = new HashSet<>(scope.roots());
        gone.removeAll(rows.groups(mirrorId, gone).keySet());
        var people = new HashSet<>(scope.people());
        people.removeAll(rows.users(mirrorId, people).keySet());
        gone.addAll(people);
        return gone;
    }

    /// Changes are followed afterwards, since a list may still contain objects that are gone.
    private void relist(ReadSession session, Lookups lookups, FullReadCheck check) {
        database.transaction(() -> {
            progress.stream(session.mirrorId, Streams.USERS)
                    .ifPresent(stream -> progress.save(session.mirrorId, again(stream)));
            progress.stream(session.mirrorId, Streams.GROUPS)
                    .ifPresent(stream -> progress.save(session.mirrorId, again(stream)));
        });
        check.countAlong();
        lists(session, lookups);
        check.count();
        follow(session);
        lookups.drain();
    }

    private static Stream again(Stream stream) {
        return new Stream(stream.name(), false, null, null, null, stream.pages(), stream.objects(), stream.requests());
    }

    /// Two requests, then one transaction: from here on the read can be resumed.
    private void begin(long mirrorId, ReadScope scope, DirectoryReader reader, JobCalls calls) {
        calls.stage(Words.of("sync.mirrorReader.askingWhereChangesStartFrom").english());
        Page groups = scope.readsGroups() ? latest(reader.latestGroups(scope.followedGroups(), calls)) : null;
        Page users = latest(reader.latestUsers(scope.followedPeople(), calls));
        database.transaction(() -> {
            progress.clear(mirrorId);
            mirrors.nextGeneration(mirrorId);
            if (groups != null) {
                save(mirrorId, Streams.GROUPS_DELTA, groups);
            }
            save(mirrorId, Streams.USERS_DELTA, users);
            if (scope.all()) {
                progress.save(mirrorId, Stream.open(Streams.USERS, null, null));
                progress.save(mirrorId, Stream.open(Streams.GROUPS, null, null));
            } else {
                ScopeReading.begin(mirrorId, scope, progress);
            }
        });
    }

    private static Page latest(Page page) {
        if (page.delta() == null) {
            throw new RollcallException(ErrorKind.REFUSED, "directory.no-delta-link",
                    Words.of("sync.directory.no-delta-link"), Words.of("sync.directory.no-delta-link.remedy"));
        }
        return page;
    }

    private void save(long mirrorId, String name, Page page) {
        progress.save(mirrorId, new Stream(name, false, null, page.delta(), page.at(), 0, 0, 1));
    }

    /// The rest of the lists, and the pending lookups of an interrupted read.
    private void lists(ReadSession session, Lookups lookups) {
        var lists = new ListReading(session);
        @Nullable
        Stream users = unfinished(session, Streams.USERS);
        @Nullable
        Stream groups = unfinished(session, Streams.GROUPS);
        if (users == null && groups == null) {
            session.calls.stage(Words.of("sync.mirrorReader.readingChosenGroupsAndPeople").english());
            lookups.drain();
            return;
        }
        session.calls.stage(Words.of("sync.mirrorReader.readingPeopleGroupsAndMemberships").english());
        session.sideBySide(() -> {
            if (groups != null) {
                lists.groups(groups);
            }
            lookups.drain();
        }, () -> {
            if (users != null) {
                lists.users(users);
            }
        });
    }

    private @Nullable Stream unfinished(ReadSession session, String name) {
        return progress.stream(session.mirrorId, name).filter(stream -> !stream.done()).orElse(null);
    }

    private void follow(ReadSession session) {
        session.calls.stage(Words.of("sync.mirrorReader.readingChanges").english());
        session.enumerated = progress.streams(session.mirrorId).stream().anyMatch(
                stream -> stream.pages() > 0 && (stream.name().equals(Streams.USERS)
                        || stream.name().equals(Streams.GROUPS)));
        if (session.scope.readsGroups()) {
            var stream = progress.stream(session.mirrorId, Streams.GROUPS_DELTA).orElseThrow();
            new GroupChanges(session).read(stream);
            if (stream.nextLink() != null) {
                // An interrupted round may end at the time of the interruption; another one leads to now.
                new GroupChanges(session).read(progress.stream(session.mirrorId, Streams.GROUPS_DELTA).orElseThrow());
            }
        }
        var stream = progress.stream(session.mirrorId, Streams.USERS_DELTA).orElseThrow();
        new UserChanges(session).read(stream);
        if (stream.nextLink() != null) {
            new UserChanges(session).read(progress.stream(session.mirrorId, Streams.USERS_DELTA).orElseThrow());
        }
    }

    /// Members that are not in the mirror: mostly deleted meanwhile, and reported as such before their memberships.
    private void strangers(ReadSession session, boolean full) {
        long mirrorId = session.mirrorId;
        var people = new HashSet<UUID>();
        var groups = new HashSet<UUID>();
        if (full) {
            people.addAll(rows.strangers(mirrorId));
            groups.addAll(rows.strangeGroups(mirrorId));
        } else {
            session.joined.forEach((id, type) -> {
                if (type == MemberType.USER) {
                    people.add(id);
                } else if (type == MemberType.GROUP) {
                    groups.add(id);
                }
            });
            people.removeAll(rows.users(mirrorId, people).keySet());
            groups.removeAll(rows.groups(mirrorId, groups).keySet());
        }
        if (!people.isEmpty() || !groups.isEmpty()) {
            database.transaction(() -> {
                progress.add(mirrorId, Todo.USER, people);
                progress.add(mirrorId, Todo.GROUP, groups);
            });
        }
    }

    private void finish(ReadSession session, boolean everything) {
        long mirrorId = session.mirrorId;
        @Nullable
        Instant linksAt = progress.streams(mirrorId).stream()
                .filter(stream -> stream.deltaLink() != null).map(Stream::linkAt)
                .filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
        database.transaction(() -> {
            if (everything) {
                FullReadCheck.keepHiddenMembers(session);
                rows.sweep(mirrorId, session.generation);
                mirrors.markFullyRead(mirrorId);
            }
            if (!session.full) {
                new MfaReading(session, mirrors, clock).carryOverToStored();
            }
            mirrors.markComplete(mirrorId, linksAt);
            if (session.proof != null) {
                compare(session.proof, mirrorId);
            }
        });
    }

    private void compare(ReadProof proof, long mirrorId) {
        List<ReadProof.Difference> differences = proof.differences();
        if (differences.isEmpty()) {
            notes.add(mirrorId, StreamEvidence.PROOF,
                    new ReadNote(null, Words.of("sync.mirrorReader.everythingWasReadAgainAs").english(),
                            Words.of("sync.mirrorReader.itIsAsTheChanges").english(), false));
            return;
        }
        LOG.warn("Mirror {}: a full read found {} differences to what the changes had told: {}", mirrorId,
                differences.size(), differences);
        differences.stream().limit(DIFFERENCES_NOTED).forEach(each -> notes.add(mirrorId, StreamEvidence.PROOF,
                new ReadNote(each.id(), each.what() + " " + each.id(),
                        Words.of("sync.mirrorReader.notAsTheChangesHad").english(), false)));
        notes.add(mirrorId, StreamEvidence.PROOF, new ReadNote(null,
                Words.of("sync.mirrorReader.everythingWasReadAgainAs").english(),
                Words.of("sync.mirrorReader.toWhatTheChangesHad",
                        differences.size() + (differences.size() == 1 ? " difference" : " differences")).english(),
                true));
    }
}
