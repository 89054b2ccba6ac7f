package org.rollcall.sync.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.DirectoryReader.Page;
import org.rollcall.directory.MfaEntry;
import org.rollcall.directory.Permissions;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ReadProgressStore.Stream;

/// Reads the MFA registration report, at most once a day. It needs a permission and a licence that many do without, so
/// whatever becomes of it, the read goes on: without the report the state is unknown, and the mirror says why.
final class MfaReading {
    static final String PERMISSION = "AuditLog.Read.All";
    private static final Duration PERIOD = Duration.ofHours(24);

    private final ReadSession session;
    private final MirrorStore mirrors;
    private final Clock clock;

    MfaReading(ReadSession session, MirrorStore mirrors, Clock clock) {
        this.session = session;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    void read() {
        Mirror mirror = mirrors.get(session.mirrorId);
        Instant now = clock.instant();
        Permissions permissions = session.reader.permissions(session.calls);
        if (permissions.granted().isPresent() && !permissions.has(PERMISSION)) {
            String state = "the app lacks the permission " + PERMISSION;
            if (!state.equals(mirror.mfaState())) {
                unknown(state, null);
            }
            return;
        }
        Instant last = mirror.mfaReadAt();
        if (last != null && last.plus(PERIOD).isAfter(now)) {
            return;
        }
        session.calls.stage("Reading the MFA registration report");
        var requests = new LongAdder();
        try {
            store(pages(requests), requests, now);
        } catch (RollcallException e) {
            // What is known may be a day older; only a clear refusal makes it worthless.
            if (e.kind() == ErrorKind.REFUSED || e.kind() == ErrorKind.NOT_ALLOWED) {
                unknown(e.message(), now);
            } else if (e.kind() == ErrorKind.STORAGE || e.kind() == ErrorKind.BUG) {
                throw e;
            } else {
                mirrors.setMfaState(session.mirrorId, e.message(), null);
            }
        }
    }

    private record Report(Map<UUID, MfaState> states, long pages, long objects) {}

    private Report pages(LongAdder requests) {
        var states = new HashMap<UUID, MfaState>();
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
                    states.put(entry.userId(),
                            entry.registered() ? MfaState.REGISTERED : MfaState.NOT_REGISTERED);
                }, session.calls.counting(requests));
            }));
            guard.page(page.next(), page.objects(), content.sum());
            pages++;
            objects += page.objects();
            session.calls.count(page.objects());
            link = page.next();
        } while (link != null);
        return new Report(states, pages, objects);
    }

    private void store(Report report, LongAdder requests, Instant now) {
        session.database.transaction(() -> {
            session.rows.putMfa(session.mirrorId, report.states());
            mirrors.setMfaState(session.mirrorId, Mirror.MFA_AVAILABLE, now);
            session.progress.save(session.mirrorId, new Stream(Streams.MFA, true, null, null, null, report.pages(),
                    report.objects(), requests.sum()));
        });
    }

    private void unknown(String state, @Nullable Instant readAt) {
        session.database.transaction(() -> {
            session.rows.putMfa(session.mirrorId, Map.of());
            mirrors.setMfaState(session.mirrorId, state, readAt);
        });
    }
}
