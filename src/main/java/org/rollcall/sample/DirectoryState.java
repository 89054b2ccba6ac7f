package org.rollcall.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// What the tenant holds at this moment. People are computed from the seed; only those who were changed or came later
/// are kept. Members of a group are a sorted array that is replaced, never changed, so a reader may keep it. Not
/// thread-safe; [SampleDirectory] guards it.
final class DirectoryState {
    private static final int[] NONE = {};

    private final ObjectIds ids;
    private final PeopleGenerator people;
    private final Map<Integer, SampleObject> changedPeople = new HashMap<>();
    private final List<SampleObject> groups;
    private final List<int[]> members;
    private final Map<Integer, SampleObject> others = new HashMap<>();
    private final Map<Integer, Instant> deleted = new HashMap<>();
    private final BitSet purged = new BitSet();
    private final Set<Integer> purgedOthers = new HashSet<>();
    private final Map<Integer, Set<String>> cleared = new HashMap<>();
    private int peopleMade;
    private int alivePeople;
    private int aliveGroups;

    DirectoryState(ObjectIds ids, PeopleGenerator people, int count, GroupGenerator groups) {
        this.ids = ids;
        this.people = people;
        this.peopleMade = count;
        this.alivePeople = count;
        this.groups = groups.groups();
        this.members = groups.members();
        this.aliveGroups = this.groups.size();
        GroupGenerator.others(ids).forEach(o -> others.put(o.ref(), o));
    }

    ObjectIds ids() {
        return ids;
    }

    int alive(ObjectKind kind) {
        return switch (kind) {
            case USER -> alivePeople;
            case GROUP -> aliveGroups;
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> 1;
        };
    }

    private int made(ObjectKind kind) {
        return switch (kind) {
            case USER -> peopleMade;
            case GROUP -> groups.size();
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> 1;
        };
    }

    /// The object, deleted or not; null if it was never there.
    @Nullable
    SampleObject object(int ref) {
        int index = ObjectKind.index(ref);
        ObjectKind kind = ObjectKind.of(ref);
        if (index >= made(kind)) {
            return null;
        }
        return switch (kind) {
            case USER -> {
                SampleObject changed = changedPeople.get(index);
                yield changed != null ? changed : people.person(index);
            }
            case GROUP -> groups.get(index);
            case DEVICE, SERVICE_PRINCIPAL, CONTACT -> others.get(ref);
        };
    }

    /// The user principal name, without making the person.
    String userPrincipalName(int index) {
        SampleObject changed = changedPeople.get(index);
        return changed != null ? changed.userPrincipalName() : people.userPrincipalName(index);
    }

    boolean isAlive(int ref) {
        return ObjectKind.index(ref) < made(ObjectKind.of(ref)) && !deleted.containsKey(ref) && !isPurged(ref);
    }

    boolean isDeleted(int ref) {
        return deleted.containsKey(ref);
    }

    boolean isPurged(int ref) {
        return ObjectKind.of(ref) == ObjectKind.USER ? purged.get(ref) : purgedOthers.contains(ref);
    }

    /// The next living object of that kind after `after` (-1 to begin); -1 at the end.
    int next(ObjectKind kind, int after) {
        int made = made(kind);
        for (int i = after < 0 ? 0 : ObjectKind.index(after) + 1; i < made; i++) {
            if (isAlive(kind.ref(i))) {
                return kind.ref(i);
            }
        }
        return -1;
    }

    /// Softly deleted objects of that kind, sorted.
    int[] deleted(ObjectKind kind) {
        return deleted.keySet().stream().mapToInt(Integer::intValue).filter(r -> ObjectKind.of(r) == kind).sorted()
                .toArray();
    }

    /// Objects that were deleted at or before that time.
    List<Integer> deletedBefore(Instant time) {
        return deleted.entrySet().stream().filter(e -> !e.getValue().isAfter(time)).map(Map.Entry::getKey).toList();
    }

    /// Direct members, sorted, deleted ones included; not to be changed.
    int[] members(int group) {
        int index = ObjectKind.index(group);
        return ObjectKind.of(group) == ObjectKind.GROUP && index < members.size() ? members.get(index) : NONE;
    }

    /// The groups that have `member` as direct member, sorted.
    int[] containing(int member) {
        int[] found = new int[8];
        int size = 0;
        for (int i = 0; i < members.size(); i++) {
            if (Arrays.binarySearch(members.get(i), member) >= 0) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, size * 2);
                }
                found[size++] = ObjectKind.GROUP.ref(i);
            }
        }
        return Arrays.copyOf(found, size);
    }

    boolean hasMember(int group, int member) {
        return Arrays.binarySearch(members(group), member) >= 0;
    }

    long memberships() {
        return members.stream().mapToLong(m -> m.length).sum();
    }

    /// Whether the property had a value once and has none now.
    boolean isCleared(int ref, String property) {
        return cleared.getOrDefault(ref, Set.of()).contains(property);
    }

    // Changes

    int nextIndex(ObjectKind kind) {
        return made(kind);
    }

    /// Puts a new object in its place, which must be the next one.
    void add(SampleObject object) {
        if (object.kind() == ObjectKind.USER) {
            changedPeople.put(object.ref(), object);
            peopleMade++;
            alivePeople++;
        } else {
            groups.add(object);
            members.add(NONE);
            aliveGroups++;
        }
    }

    void replace(SampleObject object) {
        if (object.kind() == ObjectKind.USER) {
            changedPeople.put(object.ref(), object);
        } else {
            groups.set(ObjectKind.index(object.ref()), object);
        }
    }

    void setCleared(int ref, String property, boolean on) {
        if (on) {
            cleared.computeIfAbsent(ref, _ -> new HashSet<>()).add(property);
        } else if (cleared.containsKey(ref)) {
            cleared.get(ref).remove(property);
        }
    }

    void setMembers(int group, int[] sorted) {
        members.set(ObjectKind.index(group), sorted);
    }

    void delete(int ref, Instant at) {
        deleted.put(ref, at);
        countAlive(ref, -1);
    }

    void restore(int ref) {
        deleted.remove(ref);
        countAlive(ref, 1);
    }

    void purge(int ref) {
        if (deleted.remove(ref) == null) {
            countAlive(ref, -1);
        }
        if (ObjectKind.of(ref) == ObjectKind.USER) {
            purged.set(ref);
        } else {
            purgedOthers.add(ref);
        }
    }

    private void countAlive(int ref, int by) {
        if (ObjectKind.of(ref) == ObjectKind.USER) {
            alivePeople += by;
        } else {
            aliveGroups += by;
        }
    }
}
