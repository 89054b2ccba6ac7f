package org.rollcall.runs.undo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.store.PresentObjects;

/// People who cannot get back their former user name because somebody else keeps it.
final class TakenNames {
    private final Map<UUID, Names> byPerson = new HashMap<>();

    /// @param now  null: none
    /// @param then after the undo
    private record Names(@Nullable String now, @Nullable String then) {}

    void add(UUID person, UndonePerson undone) {
        if (!Objects.equals(undone.nameNow(), undone.nameAfter())) {
            byPerson.put(person, new Names(undone.nameNow(), undone.nameAfter()));
        }
    }

    /// Somebody who keeps their name blocks whoever wanted it, and so on.
    Set<UUID> blocked(PresentObjects present, long tenantId) {
        var takers = new HashMap<String, UUID>();
        byPerson.forEach((person, names) -> {
            if (names.then() != null) {
                takers.put(names.then(), person);
            }
        });
        var holders = new HashMap<String, UUID>();
        var blocked = new HashSet<UUID>();
        present.holders(takers.keySet()).forEach((key, holder) -> {
            UUID taker = Objects.requireNonNull(takers.get(key));
            UUID id = holder.objectId();
            boolean own = id != null && Objects.equals(holder.tenantId(), tenantId);
            if (!own || !byPerson.containsKey(id)) {
                blocked.add(taker);
            } else {
                holders.put(key, Objects.requireNonNull(id));
            }
        });
        boolean more = !blocked.isEmpty();
        while (more) {
            more = false;
            for (var each : holders.entrySet()) {
                UUID taker = Objects.requireNonNull(takers.get(each.getKey()));
                more |= blocked.contains(each.getValue()) && blocked.add(taker);
            }
        }
        return blocked;
    }
}
