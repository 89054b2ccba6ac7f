package org.rollcall.audit;

import java.nio.charset.StandardCharsets;
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
import org.rollcall.store.SealedValues;
import org.rollcall.store.SettingStore;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;
import org.rollcall.vault.Vault;

/// The audit log. Events are chained by hashes, and the end of the chain is stored separately, so that changed, removed and
/// cut-off events are all detected.
public final class AuditService {
    private static final String CHECKED = "audit.checked";
    private static final int CHUNK = 2000;
    /// Number of events searched between checks for cancellation.
    private static final int SLICE = 20_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final byte[] NO_KEY = {};

    private final Database database;
    private final AuditStore store;
    private final SettingStore settings;
    private final AnchorStore anchors;
    private final ChainSeal seal;
    private final @Nullable Vault vault;
    private final AnchorReach reach;
    private final Clock clock;

    /// Without a key that proves the end of the chain.
    public AuditService(Database database, AuditStore store, SettingStore settings, Clock clock) {
        this(database, store, settings, ChainSeal.NONE, clock);
    }

    /// Without a vault, so without a key for a webhook to which ends of the chain are posted.
    public AuditService(Database database, AuditStore store, SettingStore settings, ChainSeal seal, Clock clock) {
        this(database, store, settings, seal, null, AnchorReach.USUAL, clock);
    }

    /// @param vault seals the key for a webhook to which ends of the chain are posted
    public AuditService(Database database, AuditStore store, SettingStore settings, ChainSeal seal, Vault vault,
            Clock clock) {
        this(database, store, settings, seal, vault, AnchorReach.USUAL, clock);
    }

    AuditService(Database database, AuditStore store, SettingStore settings, ChainSeal seal, @Nullable Vault vault,
            AnchorReach reach, Clock clock) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.anchors = new AnchorStore(database);
        this.seal = seal;
        this.vault = vault;
        this.reach = reach;
        this.clock = clock;
    }

    /// One audited action.
    ///
    /// @param detail facts by name; never a secret
    public record Entry(String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail, @Nullable Long runId) {}

    /// @param events   how many there are
    /// @param brokenAt number of the first event that does not fit; null: the chain is unbroken
    /// @param anchor   what is known of the place to which ends of the chain are written; null: there is none
    public record Verification(boolean intact, long events, @Nullable Long brokenAt, @Nullable Anchored anchor) {
        public Verification(boolean intact, long events, @Nullable Long brokenAt) {
            this(intact, events, brokenAt, null);
        }
    }

    /// A comparison with the file to which ends of the chain are written, or what is known of those that were sent elsewhere.
    ///
    /// @param place     the file, or the address
    /// @param ends      how many the file has
    /// @param differsAt the first event that is another there; null: none
    /// @param trouble   why the file could not be compared; null: it was
    /// @param sent      null: it is a file
    public record Anchored(String place, long ends, @Nullable Long differsAt, @Nullable RollcallException trouble,
            @Nullable Sent sent) {
        public Anchored(String file, long ends, @Nullable Long differsAt, @Nullable RollcallException trouble) {
            this(file, ends, differsAt, trouble, null);
        }
    }

    /// Ends of the chain that were sent where they cannot be read back.
    ///
    /// @param upTo    number of the last event that was sent as an end
    /// @param hash    of that event as it is here; null: it is not here any more
    /// @param failure why the last one could not be sent; null: it was
    public record Sent(Kind kind, String place, long upTo, @Nullable String hash, @Nullable String failure) {
        /// What the structured data of syslog messages is called.
        public static final String SYSLOG_ID = SyslogMessage.ID;

        public enum Kind {
            SYSLOG,
            WEBHOOK
        }
    }

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
    /// @param named a file to which ends of the chain were written, or the address that is set; null: what is set, if anything is
    /// @throws RollcallException INPUT: the named file cannot be read, or is another one; the end is not sent to that address
    public Verification verify(Actor actor, @Nullable String named, JobContext context) {
        actor.require(Permission.VIEW_ACTIVITY);
        AnchorComparison anchor = AnchorComparison.with(named, anchors);
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
                anchor.meet(stored.event().seq(), stored.event().hash());
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
        Long differsAt = anchor.differsAt();
        if (differsAt != null) {
            brokenAt = brokenAt == null ? differsAt : Math.min(brokenAt, differsAt);
        }
        return new Verification(brokenAt == null, events, brokenAt, anchor.result());
    }

    /// The file or address to which ends of the chain are written; empty: there is none.
    public Optional<String> anchor(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return anchors.place();
    }

    /// As [#setAnchor(Actor, String, String, Path)], without a key.
    public void setAnchor(Actor actor, @Nullable String place, Path dataFolder) {
        setAnchor(actor, place, null, dataFolder);
    }

    /// Has the end of the chain written to a file or sent to an address from now on, and writes it now.
    ///
    /// @param place      `syslog://HOST[:PORT]`, `syslog+tcp://...`, `syslog+tls://...`, the https address of a webhook, or the path
    ///                   of a file; null: it is written nowhere any more
    /// @param key        signs what is posted to a webhook; null: it is not signed
    /// @param dataFolder outside of which a file has to lie
    /// @throws RollcallException NOT_ALLOWED; INPUT: it is no such file or address, or lies in the data folder; STORAGE: it cannot
    ///                           be written; OFFLINE, REFUSED: the address did not take it
    public void setAnchor(Actor actor, @Nullable String place, @Nullable String key, Path dataFolder) {
        actor.require(Permission.MANAGE_SETTINGS);
        if (place == null) {
            database.transaction(() -> {
                anchors.remove();
                record(actor, "audit.anchor", null, null, null, Map.of("on", false), null);
            });
            return;
        }
        byte[] plainKey = key == null ? NO_KEY : key.getBytes(StandardCharsets.UTF_8);
        AuditAnchor anchor = AuditAnchor.at(place, plainKey, reach);
        anchor.requireUsable(dataFolder);
        byte[] sealedKey = plainKey.length == 0
                ? null
                : Objects.requireNonNull(vault, "no vault").seal(plainKey, SealedValues.ANCHOR_KEY);
        record(actor, "audit.anchor", null, null, null,
                Map.of("on", true, anchor instanceof FileAnchor ? "file" : "address", anchor.place()), null);
        AuditStore.Head end = noted().head();
        try {
            anchor.write(end, now());
        } catch (RollcallException e) {
            throw failed(actor, "audit.anchor", null, null, null, e);
        }
        anchors.set(anchor.place(), sealedKey, end.seq());
    }

    /// In a folder that comes out of a backup: its chain goes on otherwise than the one that was written there.
    public void forgetAnchor() {
        anchors.remove();
    }

    /// Writes the end of the chain to the file or address, if there is one and the end has moved. An end that is in doubt is not
    /// written. Where somebody on the network is slow it takes up to 20 seconds, and what the system needs to look up a name.
    ///
    /// @return whether it was written
    public boolean writeAnchor() {
        Optional<String> place = anchors.place();
        ChainEnd end = noted();
        if (place.isEmpty() || end.brokenAt() != null || end.head().seq() == anchors.written()) {
            return false;
        }
        try {
            AuditAnchor.at(place.get(), anchorKey(), reach).write(end.head(), now());
            anchors.written(place.get(), end.head().seq());
            return true;
        } catch (RollcallException e) {
            anchors.failed(place.get(), e.message() + "; " + e.remedy());
            return false;
        }
    }

    private byte[] anchorKey() {
        return anchors.sealedKey().map(sealed -> Objects.requireNonNull(vault, "no vault")
                .open(sealed, SealedValues.ANCHOR_KEY)).orElse(NO_KEY);
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
