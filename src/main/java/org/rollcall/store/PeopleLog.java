package org.rollcall.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Who was changed lately, for what is kept in memory about people. Writers say whom they change within their transaction;
/// once it has ended, all of it counts as one change. Only the newest changes are known one by one.
final class PeopleLog {
    private static final int REMEMBERED = 20_000;
    static final Change NOTHING = new Change(false, Part.ROLE, Set.of(), Map.of());
    static final Change EVERYBODY = new Change(true, Part.NAMES, Set.of(), Map.of());

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long revision;
    private long forgotten; // changes up to this revision are not known one by one
    private int remembered;

    /// What changes about somebody; each part stands for those before it too.
    enum Part {
        /// The role and where it is from.
        ROLE,
        /// Status, second factor and the like.
        STATE,
        /// What they are searched and sorted by, or whether they are there at all.
        NAMES
    }

    private record Entry(long revision, Change change) {}

    /// @param everybody who was changed is not known, or they are too many
    /// @param ids       of people
    /// @param objectIds of people whose ids are not known, by tenant
    record Change(boolean everybody, Part part, Set<Long> ids, Map<Long, Set<UUID>> objectIds) {
        int size() {
            return ids.size() + objectIds.values().stream().mapToInt(Set::size).sum();
        }

        boolean isNothing() {
            return !everybody && size() == 0;
        }

        Change and(Change other) {
            if (everybody || other.everybody || size() + other.size() > REMEMBERED) {
                return EVERYBODY;
            }
            var all = new HashSet<>(ids);
            all.addAll(other.ids);
            var objects = new HashMap<>(objectIds);
            other.objectIds.forEach((tenant, some) -> objects.merge(tenant, some, (a, b) -> {
                var both = new HashSet<>(a);
                both.addAll(b);
                return both;
            }));
            return new Change(false, part.compareTo(other.part) > 0 ? part : other.part, all, objects);
        }
    }

    /// People by their ids.
    static Change of(Collection<Long> ids, Part part) {
        return ids.isEmpty() ? NOTHING : new Change(false, part, Set.copyOf(ids), Map.of());
    }

    /// People of a tenant by their object ids.
    static Change of(long tenantId, Collection<UUID> objectIds, Part part) {
        return objectIds.isEmpty()
                ? NOTHING
                : new Change(false, part, Set.of(), Map.of(tenantId, Set.copyOf(objectIds)));
    }

    /// A transaction has ended: who sees the new revision sees its changes.
    synchronized void ended(Change change) {
        if (change.isNothing()) {
            return;
        }
        revision++;
        if (change.everybody()) {
            entries.clear();
            remembered = 0;
            forgotten = revision;
        } else {
            entries.add(new Entry(revision, change));
            remembered += change.size();
            while (remembered > REMEMBERED) {
                Entry oldest = entries.remove();
                remembered -= oldest.change().size();
                forgotten = oldest.revision();
            }
        }
    }

    synchronized long revision() {
        return revision;
    }

    /// Everything that changed after a revision.
    synchronized Change since(long before) {
        Change all = before < forgotten ? EVERYBODY : NOTHING;
        for (Entry entry : entries) {
            if (entry.revision() > before) {
                all = all.and(entry.change());
            }
        }
        return all;
    }
}
