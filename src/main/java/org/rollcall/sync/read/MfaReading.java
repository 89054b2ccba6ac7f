package org.rollcall.sync.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.DirectoryReader.Page;
import org.rollcall.source.MfaEntry;
import org.rollcall.source.Permissions;
import org.rollcall.store.MfaStateStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ReadProgressStore.Stream;
import org.rollcall.text.Words;

/// Reads the MFA registration report, at most once a day. It needs a permission and a license that many organizations do
/// without, so the read continues whatever happens to it. The content of the last usable report is kept until the next one: a
/// failed report says nothing about anybody.
final class MfaReading {
    static final String PERMISSION = "AuditLog.Read.All";
    private static final Duration PERIOD = Duration.ofHours(24);
    /// A report that lacks more than one in this many is considered truncated.
    private static final int MUCH = 10;
    private static final String REPORT = Words.of("sync.mfaReading.report").english();

    private final ReadSession session;
    private final MirrorStore mirrors;
    private final MfaStateStore states;
    private final Clock clock;
    private final long tenantId;
    private final LongAdder requests = new LongAdder();

    MfaReading(ReadSession session, MirrorStore mirrors, Clock clock) {
        this.session = session;
        this.mirrors = mirrors;
        this.states = new MfaStateStore(session.database);
        this.clock = clock;
        this.tenantId = mirrors.get(session.mirrorId).tenantId();
    }

    void read() {
        Mirror mirror = mirrors.get(session.mirrorId);
        Instant now = clock.instant();
        Permissions permissions = session.reader.permissions(session.calls);
        if (permissions.granted().isPresent() && !permissions.has(PERMISSION)) {
            String state = Words.of("sync.mfaReading.theAppLacksThePermission", PERMISSION).english();
            if (!state.equals(mirror.mfaState())) {
                mirrors.setMfaState(session.mirrorId, state, null);
            }
            carryOver();
            noteKept(state);
            return;
        }
        Instant last = mirror.mfaReadAt();
        if (last != null && last.plus(PERIOD).isAfter(now)) {
            carryOver();
            String state = mirror.mfaState();
            if (state != null && !Mirror.MFA_AVAILABLE.equals(state)) {
                failed(state);
            }
            return;
        }
        session.calls.stage(Words.of("sync.mfaReading.readingTheMfaRegistrationReport").english());
        try {
            store(pages(), now);
        } catch (RollcallException e) {
            if (e.kind() == ErrorKind.STORAGE || e.kind() == ErrorKind.BUG) {
                throw e;
            }
            boolean refused = e.kind() == ErrorKind.REFUSED || e.kind() == ErrorKind.NOT_ALLOWED;
            // Where there has never been a report, the next attempt is tomorrow; otherwise at the next run.
            unusable(e.message(), refused && mirrors.mfaKnownAt(tenantId).isEmpty() ? now : null);
        }
    }

    private record Report(Map<UUID, MfaState> states, Set<UUID> undecided, long pages, long objects) {}

    private Report pages() {
        var said = new HashMap<UUID, MfaState>();
        var undecided = new HashSet<UUID>();
        var guard = new EndlessGuard();
        long pages = 0;
        long objects = 0;
        String link = null;
        do {
            String from = link;
            var content = new LongAdder();
            Page page = session.await(session.fetch(() -> {
                requests.increment();
                return session.reader.mfaReport(from, (MfaEntry entry) -> {
                    content.add(EndlessGuard.mix(entry.userId()));
                    Boolean registered = entry.registered();
                    if (registered == null) {
                        undecided.add(entry.userId());
                    } else {
                        said.put(entry.userId(), registered ? MfaState.REGISTERED : MfaState.NOT_REGISTERED);
                    }
                }, session.calls.counting(requests));
            }));
            guard.page(page.next(), page.objects(), content.sum());
            pages++;
            objects += page.objects();
            session.calls.count(page.objects());
            link = page.next();
        } while (link != null);
        undecided.removeAll(said.keySet());
        return new Report(said, undecided, pages, objects);
    }

    private void store(Report report, Instant now) {
        Map<UUID, MfaState> before = states.of(tenantId);
        if (report.states().isEmpty() && !(before.isEmpty() && report.undecided().isEmpty())) {
            unusable(
                    report.objects() == 0
                            ? Words.of("sync.mfaReading.theReportIsEmpty").english()
                            : Words.of("sync.mfaReading.theReportSaysNeitherYes").english(),
                    null);
            return;
        }
        var known = new HashMap<>(report.states());
        report.undecided().forEach(id -> {
            MfaState old = before.get(id);
            if (old != null) {
                known.put(id, old);
            }
        });
        int kept = known.size() - report.states().size();
        int absent = keepAbsent(report, before, known);
        // Only runs of the tenant write these rows, one at a time, and of a large tenant they take seconds: others need not wait.
        session.database.transactionBesideOthers(() -> {
            states.replace(tenantId, known);
            session.rows.putMfa(session.mirrorId, known);
            mirrors.setMfaState(session.mirrorId, Mirror.MFA_AVAILABLE, now);
            mirrors.markMfaKnown(session.mirrorId);
            save(report.pages(), report.objects());
            if (kept > 0) {
                session.noteKept(Streams.MFA, REPORT,
                        Words.of("sync.mfaReading.itSaysNeitherYesNor", report.undecided().size(), kept).english());
            } else if (!report.undecided().isEmpty()) {
                session.note(Streams.MFA, null, REPORT,
                        Words.of("sync.mfaReading.itSaysNeitherYesNor2", report.undecided().size()).english());
            }
            noteAbsent(absent, report.states().size());
        });
    }

    /// Absence means nothing: disabled people are not in the report, and a truncated report lacks others. Source: Graph, "List
    /// userRegistrationDetails".
    ///
    /// @return how many are absent although they are enabled
    private int keepAbsent(Report report, Map<UUID, MfaState> before, Map<UUID, MfaState> known) {
        var absent = new HashSet<>(before.keySet());
        absent.removeAll(report.states().keySet());
        absent.removeAll(report.undecided());
        Map<UUID, Boolean> held = session.rows.enabled(session.mirrorId, absent);
        before.forEach((id, state) -> {
            // A mirror of everyone lacks only people who are gone.
            if (absent.contains(id) && (held.containsKey(id) || !session.scope.all())) {
                known.put(id, state);
            }
        });
        return (int) held.values().stream().filter(enabled -> enabled).count();
    }

    private void noteAbsent(int absent, int told) {
        if (absent == 0) {
            return;
        }
        String came = Words.of("sync.mfaReading.peopleWhoAreEnabledAre", absent).english();
        if (absent > (absent + told) / MUCH) {
            session.noteKept(Streams.MFA, REPORT, came);
        } else {
            session.note(Streams.MFA, null, REPORT, came);
        }
    }

    private void unusable(String state, @Nullable Instant readAt) {
        session.database.transactionBesideOthers(() -> {
            session.rows.putMfa(session.mirrorId, states.of(tenantId));
            mirrors.setMfaState(session.mirrorId, state, readAt);
            save(0, 0);
            failed(state);
        });
    }

    private void save(long pages, long objects) {
        session.progress.save(session.mirrorId, new Stream(Streams.MFA, true, null, null, null, pages, objects,
                requests.sum()));
    }

    /// People who were added to the mirror since may have been in the last usable report. Called in the transaction that
    /// completes a read of changes: one that is interrupted before continues as a full read.
    void carryOverToStored() {
        session.rows.putMfa(session.mirrorId, states.of(tenantId, session.peopleStored), session.peopleStored);
    }

    /// The same for everybody, where this read of changes may not know all who are new.
    private void carryOver() {
        Optional<Instant> knownAt = mirrors.mfaKnownAt(tenantId);
        boolean another = !knownAt.equals(Optional.ofNullable(mirrors.get(session.mirrorId).mfaKnownAt()));
        if (session.full || session.changed && another) {
            session.database.transactionBesideOthers(
                    () -> session.rows.putMfa(session.mirrorId, states.of(tenantId)));
        }
    }

    private void failed(String state) {
        if (!noteKept(state)) {
            session.note(Streams.MFA, null, REPORT,
                    Words.of("sync.mfaReading.thereWasNoUsableReport", state).english());
        }
    }

    /// @return false: there is no known state to keep
    private boolean noteKept(String state) {
        Optional<Instant> knownAt = mirrors.mfaKnownAt(tenantId);
        knownAt.ifPresent(at -> session.noteKept(Streams.MFA, REPORT,
                Words.of("sync.mfaReading.theStatesOfAreKept", state, at.truncatedTo(ChronoUnit.SECONDS)).english()));
        return knownAt.isPresent();
    }
}
