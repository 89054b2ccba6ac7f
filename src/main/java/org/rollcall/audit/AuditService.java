package org.rollcall.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.SettingStore;

/// The record of what was done. Events are chained by hashes, and the end of the chain is noted apart, so that a changed,
/// a removed and a cut-off event all show.
public final class AuditService {
    private static final String HEAD = "audit.head";
    private static final int CHUNK = 2000;

    private final Database database;
    private final AuditStore store;
    private final SettingStore settings;
    private final Clock clock;

    public AuditService(Database database, AuditStore store, SettingStore settings, Clock clock) {
        this.database = database;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /// One thing that was done.
    ///
    /// @param detail facts by name; never a secret
    public record Entry(String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail, @Nullable Long runId) {}

    /// @param events   how many there are
    /// @param brokenAt number of the first event that does not fit; null: the chain is unbroken
    public record Verification(boolean intact, long events, @Nullable Long brokenAt) {}

    /// Adds an event in the caller's transaction, or in one of its own.
    public void record(Actor actor, String action, @Nullable String objectType, @Nullable String objectId,
            @Nullable String objectName, Map<String, @Nullable Object> detail, @Nullable Long runId) {
        recordAll(actor, List.of(new Entry(action, objectType, objectId, objectName, detail, runId)));
    }

    /// Adds events, in order, in the caller's transaction, or in one of their own.
    public void recordAll(Actor actor, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        database.transaction(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            AuditStore.Head head = store.head().orElse(new AuditStore.Head(0, AuditChain.START));
            var events = new ArrayList<AuditStore.Stored>(entries.size());
            for (Entry entry : entries) {
                AuditStore.Stored next = AuditChain.next(head, now, actor, entry);
                events.add(next);
                head = new AuditStore.Head(next.event().seq(), next.event().hash());
            }
            store.append(events);
            settings.put(HEAD, head.seq() + ":" + head.hash());
        });
    }

    /// Newest first, a page at a time.
    ///
    /// @param after where the page before ended, as it said; null: from the newest on
    /// @throws RollcallException NOT_ALLOWED without the permission to see activity
    public Page<AuditEvent> list(Actor actor, AuditFilter filter, @Nullable String after, int limit) {
        actor.require(Permission.VIEW_ACTIVITY);
        if (after != null && !after.matches("[0-9]{1,18}")) {
            throw RollcallException.input("list.cursor", "this is not a place in this list",
                    "use the \"next\" of the page before, with the same options");
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

    /// What was done by hand to one person or group, newest first. Everybody may ask about themselves.
    public List<AuditEvent> history(Actor actor, String objectType, String objectId, int limit) {
        boolean own = "USER".equals(objectType) && objectId.equals(String.valueOf(actor.userId()));
        actor.require(own ? Permission.VIEW_OWN_PROFILE : Permission.VIEW_DIRECTORY);
        return store.list(AuditFilter.ofObject(objectType, objectId), null, limit);
    }

    /// Recomputes the whole chain.
    public Verification verify(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        AuditStore.Head head = new AuditStore.Head(0, AuditChain.START);
        long events = 0;
        Long brokenAt = null;
        List<AuditStore.Stored> chunk;
        long after = 0;
        do {
            chunk = store.chunk(AuditFilter.everything(), after, CHUNK);
            for (AuditStore.Stored stored : chunk) {
                events++;
                if (brokenAt == null && !AuditChain.follows(head, stored)) {
                    // Where events are missing, the first missing one is what does not fit.
                    brokenAt = Math.min(stored.event().seq(), head.seq() + 1);
                }
                head = new AuditStore.Head(stored.event().seq(), stored.event().hash());
                after = head.seq();
            }
        } while (chunk.size() == CHUNK);
        String noted = settings.get(HEAD).orElse("0:" + AuditChain.START);
        if (brokenAt == null && !noted.equals(head.seq() + ":" + head.hash())) {
            brokenAt = head.seq() + 1;
        }
        return new Verification(brokenAt == null, events, brokenAt);
    }

    /// Hands over every event that fits, oldest first.
    ///
    /// @throws RollcallException NOT_ALLOWED without the permissions to see activity and to export
    public void forEach(Actor actor, AuditFilter filter, Consumer<AuditEvent> sink) {
        actor.require(Permission.VIEW_ACTIVITY);
        actor.require(Permission.EXPORT);
        long after = 0;
        List<AuditStore.Stored> chunk;
        do {
            chunk = store.chunk(filter, after, CHUNK);
            for (AuditStore.Stored stored : chunk) {
                sink.accept(stored.event());
                after = stored.event().seq();
            }
        } while (chunk.size() == CHUNK);
    }
}
