package org.rollcall.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.IdentityStore;
import org.rollcall.store.SettingStore;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// The audit log. Events are chained by hashes, and the end of the chain is stored separately, so that changed, removed and
/// cut-off events are all detected.
public final class AuditService {
    private static final String CHECKED = "audit.checked";
    private static final int CHUNK = 2000;
    /// Number of events searched between checks for cancellation.
    private static final int SLICE = 20_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final Database database;
    private final AuditStore store;
    private final SettingStore settings;
    private final AnchorStore anchors;
    private final ChainSeal seal;
    private final Clock clock;

    /// Without a key that proves the end of the chain.
    public AuditService(Database database, AuditStore store, SettingStore settings, Clock clock) {
        this(database, store, settings, ChainSeal.NONE, clock);
    }

    public AuditService(Database database, AuditStore store, SettingStore settings, ChainSeal seal, Clock clock) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.anchors = new AnchorStore(database);
        this.seal = seal;
        this.clock = clock;
    }

    /// One audited action.
    ///
    /// @param detail facts by name; never a secret
    public record Entry(String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail, @Nullable Long runId) {}

    /// @param events   how many there are
    /// @param brokenAt number of the first event that does not fit; null: the chain is unbroken
    /// @param anchor   what the file says to which ends of the chain are written; null: there is none
    public record Verification(boolean intact, long events, @Nullable Long brokenAt, @Nullable Anchored anchor) {
        public Verification(boolean intact, long events, @Nullable Long brokenAt) {
            this(intact, events, brokenAt, null);
        }
    }

    /// A comparison with the file to which ends of the chain are written.
    ///
    /// @param ends      how many it has
    /// @param differsAt the first event that is another there; null: none
    /// @param trouble   why it could not be compared; null: it was
    public record Anchored(String file, long ends, @Nullable Long differsAt, @Nullable RollcallException trouble) {}

    /// A check that was made and noted.
    public record Check(Instant at, Verification found) {}

    /// Adds an event in the caller's transaction, or in a new one.
    public void record(Actor actor, String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail, @Nullable Long runId) {
        recordAll(actor, List.of(new Entry(action, objectType, objectId, objectName, detail, runId)));
    }

    /// Adds an event about a read-only action: an export, a refusal. It does not wait for the current writer, such as an
    /// import, but is added after it, with the time at which it happened.
    public void recordLook(Actor actor, String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail) {
        Instant now = now();
        var entry = new Entry(action, objectType, objectId, objectName, detail, null);
        database.withoutWaiting(() -> append(actor, List.of(entry), now));
    }

    /// Records a failed action as `action.failed`; refusals for lack of permission are recorded elsewhere. If recording fails
    /// too, that is added to the error.
    ///
    /// @return the same reason
    public RollcallException failed(Actor actor, String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, RollcallException why) {
        if (why.kind() == ErrorKind.NOT_ALLOWED || why.kind() == ErrorKind.NOT_SIGNED_IN) {
            return why;
        }
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("code", why.code());
        detail.put("because", why.message());
        try {
            record(actor, action + ".failed", objectType, objectId, objectName, detail, null);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    /// Adds events, in order, in the caller's transaction, or in a new one.
    public void recordAll(Actor actor, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        database.transaction(() -> append(actor, entries, now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void append(Actor actor, List<Entry> entries, Instant at) {
        database.alone();
        ChainEnd noted = noted();
        AuditStore.Head head = end(noted.head());
        var events = new ArrayList<AuditStore.Stored>(entries.size());
        for (Entry entry : entries) {
            AuditStore.Stored next = AuditChain.next(head, at, actor, entry);
            events.add(next);
            head = new AuditStore.Head(next.event().seq(), next.event().hash());
        }
        store.append(events);
        settings.put(ChainEnd.SETTING, noted.at(head).write(seal));
    }

    /// The predecessor of the next event: the stored end, so that events cut off or added from outside are detected however
    /// much is recorded afterwards.
    private AuditStore.Head end(AuditStore.Head noted) {
        long stored = store.head().map(AuditStore.Head::seq).orElse(0L);
        return new AuditStore.Head(Math.max(noted.seq(), stored), noted.hash());
    }

    private ChainEnd noted() {
        return ChainEnd.read(settings.get(ChainEnd.SETTING).orElse(null), seal);
    }

    /// Stores the start of the chain in a new data folder.
    public void begin() {
        database.transaction(() -> {
            if (settings.get(ChainEnd.SETTING).isEmpty()) {
                settings.put(ChainEnd.SETTING, ChainEnd.adopted(null, seal));
            }
        });
    }

    /// Newest first, in pages.
    ///
    /// @param after the end of the previous page, as returned; null: from the newest on
    /// @throws RollcallException NOT_ALLOWED without the permission to see activity
    public Page<AuditEvent> list(Actor actor, AuditFilter filter, @Nullable String after, int limit) {
        actor.require(Permission.VIEW_ACTIVITY);
        if (after != null && !after.matches("[0-9]{1,18}")) {
            throw RollcallException.input("list.cursor", Words.of("audit.list.cursor"),
                    Words.of("audit.list.cursor.remedy"))
                    .onCommandLine(Words.of("audit.list.cursor.remedy.cli"));
        }
        List<AuditEvent> rows = store.list(filter, after == null ? null : Long.valueOf(after), limit + 1);
        return rows.size() <= limit
                ? new Page<>(rows, null)
                : new Page<>(rows.subList(0, limit), Long.toString(rows.get(limit - 1).seq()));
    }

    public long count(Actor actor, AuditFilter filter) {
        actor.require(Permission.VIEW_ACTIVITY);
        return store.count(filter);
    }

    /// The same with cancellation, since a million events may have to be searched.
    public long count(Actor actor, AuditFilter filter, JobContext context) {
        actor.require(Permission.VIEW_ACTIVITY);
        if (filter.equals(AuditFilter.everything())) {
            return store.count(filter);
        }
        long count = 0;
        long before = end(noted().head()).seq() + 1;
        while (before > 1 && !isOver(filter, before)) {
            context.checkCancelled();
            long after = Math.max(0, before - SLICE - 1);
            count += store.countBetween(filter, after, before);
            before = after + 1;
        }
        return count;
    }

    /// Newest first, as [#list(Actor, AuditFilter, String, int)], with cancellation, since a million events may have to be
    /// searched.
    ///
    /// @param before only events with a smaller number; null: from the newest on
    public List<AuditEvent> list(Actor actor, AuditFilter filter, @Nullable Long before, int limit,
            JobContext context) {
        actor.require(Permission.VIEW_ACTIVITY);
        var rows = new ArrayList<AuditEvent>();
        long below = before == null ? end(noted().head()).seq() + 1 : before;
        while (rows.size() < limit && below > 1 && !isOver(filter, below)) {
            context.checkCancelled();
            long after = Math.max(0, below - SLICE - 1);
            rows.addAll(store.between(filter, after, below, limit - rows.size()));
            below = after + 1;
        }
        return rows;
    }

    /// Whether all remaining events are older than the requested time. Clocks may be set back, hence the margin.
    private boolean isOver(AuditFilter filter, long before) {
        Instant from = filter.from();
        return from != null
                && store.newestBefore(before).filter(at -> at.isBefore(from.minus(CLOCKS_DIFFER))).isPresent();
    }

    /// Manual changes of one person or group, newest first; for a re-created and linked account, both before and after.
    /// Everybody may query themselves.
    public List<AuditEvent> history(Actor actor, String objectType, String objectId, int limit) {
        boolean own = "USER".equals(objectType) && objectId.equals(String.valueOf(actor.userId()));
        actor.require(own ? Permission.VIEW_OWN_PROFILE : Permission.VIEW_DIRECTORY);
        List<AuditEvent> events = store.list(AuditFilter.ofObject(objectType, objectId), null, limit);
        Set<Long> former = "USER".equals(objectType) && objectId.matches("[0-9]{1,18}")
                ? new IdentityStore(database, clock).formerOf(Long.parseLong(objectId)).rowIds()
                : Set.of();
        if (former.isEmpty()) {
            return events;
        }
        return Stream.concat(events.stream(), former.stream()
                .flatMap(id -> store.list(AuditFilter.ofObject(objectType, Long.toString(id)), null, limit).stream()))
                .sorted(Comparator.comparingLong(AuditEvent::seq).reversed()).limit(limit).toList();
    }

    /// Recomputes the whole chain.
    public Verification verify(Actor actor) {
        return verify(actor, JobContext.silent());
    }

    /// Recomputes the whole chain, reporting progress.
    ///
    /// @throws java.util.concurrent.CancellationException if it was cancelled; nothing is noted then
    public Verification verify(Actor actor, JobContext context) {
        return verify(actor, null, context);
    }

    /// The same, compared with a file of somebody who distrusts the one that is set.
    ///
    /// @param named a file to which ends of the chain were written; null: the one that is set, if there is one
    /// @throws RollcallException INPUT: the named file cannot be read, or is another one
    public Verification verify(Actor actor, @Nullable String named, JobContext context) {
        actor.require(Permission.VIEW_ACTIVITY);
        Optional<String> file = Optional.ofNullable(named).or(anchors::file);
        var noticed = new TreeMap<Long, String>();
        RollcallException trouble = null;
        try {
            file.map(each -> AuditAnchor.at(each).read()).ifPresent(noticed::putAll);
        } catch (RollcallException e) {
            if (named != null) {
                throw e;
            }
            trouble = e;
        }
        long ends = noticed.size();
        long total = store.count(AuditFilter.everything());
        AuditStore.Head head = new AuditStore.Head(0, AuditChain.START);
        long events = 0;
        Long brokenAt = null;
        List<AuditStore.Stored> chunk;
        long after = 0;
        do {
            context.checkCancelled();
            context.progress(Math.min(events, total), total);
            chunk = store.chunk(AuditFilter.everything(), after, CHUNK);
            for (AuditStore.Stored stored : chunk) {
                events++;
                if (brokenAt == null && !AuditChain.follows(head, stored)) {
                    // If events are missing, the first missing one is the break.
                    brokenAt = Math.min(stored.event().seq(), head.seq() + 1);
                }
                // The remaining events differ from the stored end, or there are none.
                noticed.remove(stored.event().seq(), stored.event().hash());
                head = new AuditStore.Head(stored.event().seq(), stored.event().hash());
                after = head.seq();
            }
        } while (chunk.size() == CHUNK);
        ChainEnd noted = noted();
        if (brokenAt == null && !noted.head().equals(head)) {
            brokenAt = head.seq() + 1;
        }
        if (noted.brokenAt() != null) {
            brokenAt = brokenAt == null ? noted.brokenAt() : Math.min(brokenAt, noted.brokenAt());
        }
        Long differsAt = noticed.isEmpty() ? null : noticed.firstKey();
        if (differsAt != null) {
            brokenAt = brokenAt == null ? differsAt : Math.min(brokenAt, differsAt);
        }
        RollcallException why = trouble;
        return new Verification(brokenAt == null, events, brokenAt,
                file.map(each -> new Anchored(each, ends, differsAt, why)).orElse(null));
    }

    /// The file to which ends of the chain are written; empty: there is none.
    public Optional<String> anchor(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return anchors.file();
    }

    /// Has the end of the chain written to a file from now on, and writes it now.
    ///
    /// @param file       null: it is not written any more
    /// @param dataFolder outside of which it has to lie
    /// @throws RollcallException NOT_ALLOWED; INPUT: it is no such file, or lies in the data folder; STORAGE: it cannot be written
    public void setAnchor(Actor actor, @Nullable String file, Path dataFolder) {
        actor.require(Permission.MANAGE_SETTINGS);
        if (file == null) {
            database.transaction(() -> {
                anchors.remove();
                record(actor, "audit.anchor", null, null, null, Map.of("on", false), null);
            });
            return;
        }
        AuditAnchor anchor = AuditAnchor.at(file);
        anchor.requireUsable(dataFolder);
        record(actor, "audit.anchor", null, null, null, Map.of("on", true, "file", anchor.file().toString()), null);
        AuditStore.Head end = noted().head();
        anchor.append(end, now());
        anchors.set(anchor.file().toString(), end.seq());
    }

    /// In a folder that comes out of a backup: its chain goes on otherwise than the one that was written there.
    public void forgetAnchor() {
        anchors.remove();
    }

    /// Writes the end of the chain to the file, if there is one and the end has moved. An end that is in doubt is not written.
    ///
    /// @return whether it was written
    public boolean writeAnchor() {
        Optional<String> file = anchors.file();
        ChainEnd end = noted();
        if (file.isEmpty() || end.brokenAt() != null || end.head().seq() == anchors.written()) {
            return false;
        }
        try {
            AuditAnchor.at(file.get()).append(end.head(), now());
            anchors.written(end.head().seq());
            return true;
        } catch (RollcallException e) {
            anchors.failed(e.message() + "; " + e.remedy());
            return false;
        }
    }

    /// Verifies the chain and stores the result, as an event too.
    public Check check(Actor actor, JobContext context) {
        return check(actor, null, context);
    }

    /// @param anchor as of [#verify(Actor, String, JobContext)]
    public Check check(Actor actor, @Nullable String anchor, JobContext context) {
        Verification found = verify(actor, anchor, context);
        Instant now = now();
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("events", found.events());
        if (found.brokenAt() != null) {
            detail.put("brokenAt", found.brokenAt());
        }
        database.withoutWaiting(() -> {
            settings.put(CHECKED, now + " " + found.events() + " "
                    + (found.brokenAt() == null ? "" : found.brokenAt().toString()));
            record(actor, "audit.check", null, null, null, detail, null);
        });
        return new Check(now, found);
    }

    /// The result of the last verification, if there was one.
    public Optional<Check> lastCheck(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return settings.get(CHECKED).map(noted -> {
            String[] parts = noted.split(" ", 3);
            Long brokenAt = parts[2].isEmpty() ? null : Long.valueOf(parts[2]);
            return new Check(Instant.parse(parts[0]),
                    new Verification(brokenAt == null, Long.parseLong(parts[1]), brokenAt));
        });
    }

    /// The evidence of a break: the stored end, and the events around the break with their correct hashes.
    ///
    /// @param around  the events before and after it
    /// @param correct by number: the hash computed from an event's content and its previous hash
    public record Evidence(Check check, long notedEnd, String notedHash, List<AuditEvent> around,
            Map<Long, String> correct) {}

    /// @param reach number of events before and after the break
    public Evidence evidence(Actor actor, Check check, int reach) {
        actor.require(Permission.VIEW_ACTIVITY);
        actor.require(Permission.EXPORT);
        recordLook(actor, "export.audit", null, null, null, Map.of("evidence", true));
        long at = Objects.requireNonNullElse(check.found().brokenAt(), 1L);
        var around = new ArrayList<AuditEvent>();
        var correct = new LinkedHashMap<Long, String>();
        for (AuditStore.Stored stored : store.chunk(AuditFilter.everything(), Math.max(0, at - reach - 1),
                2 * reach + 1)) {
            around.add(stored.event());
            correct.put(stored.event().seq(), AuditChain.hashOf(stored));
        }
        AuditStore.Head noted = noted().head();
        return new Evidence(check, noted.seq(), noted.hash(), around, correct);
    }

    /// Passes on every matching event, oldest first.
    ///
    /// @throws RollcallException NOT_ALLOWED without the permissions to see activity and to export
    public void forEach(Actor actor, AuditFilter filter, Consumer<AuditEvent> sink) {
        actor.require(Permission.VIEW_ACTIVITY);
        actor.require(Permission.EXPORT);
        try {
            long after = 0;
            List<AuditStore.Stored> chunk;
            do {
                chunk = store.chunk(filter, after, CHUNK);
                for (AuditStore.Stored stored : chunk) {
                    sink.accept(stored.event());
                    after = stored.event().seq();
                }
            } while (chunk.size() == CHUNK);
        } finally {
            // Afterwards, so that an export of everything does not contain itself.
            recordLook(actor, "export.audit", null, null, null, Map.of());
        }
    }
}
