package org.rollcall.sync.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.store.MirrorStore;
import org.rollcall.text.Words;

/// The state that delta reads made of a mirror, to be compared with the result of a full read. Both have to be equal, except
/// for objects that the directory reports as changed in between. A difference is a fault of Rollcall or of the directory's
/// delta query.
///
/// Needs 20 bytes for each person and group, and 4 bytes for each membership.
final class ReadProof {
    private final MirrorStore mirrors;
    private final long mirrorId;
    private final Marks people = new Marks();
    private final Marks groups = new Marks();
    private final Map<UUID, GroupMembers> members = new HashMap<>();
    private final Set<UUID> told = new HashSet<>();

    /// An object that differs from what the changes reported.
    ///
    /// @param what "person", "group", "the members of group"
    record Difference(UUID id, String what) {}

    private ReadProof(MirrorStore mirrors, long mirrorId) {
        this.mirrors = mirrors;
        this.mirrorId = mirrorId;
        mirrors.users(mirrorId).forEachRemaining(person -> people.add(person.id(), hash(person.attributes())));
        mirrors.groups(mirrorId).forEachRemaining(group -> groups.add(group.id(), hash(group.attributes())));
        mirrors.members(mirrorId).forEachRemaining(group -> members.put(group.group(), group));
    }

    /// Of a mirror that a delta read has just brought up to date.
    static ReadProof of(MirrorStore mirrors, long mirrorId) {
        return new ReadProof(mirrors, mirrorId);
    }

    /// Reported as changed since: the full read may differ for these.
    void tell(Collection<UUID> ids) {
        told.addAll(ids);
    }

    /// Called when the full read has completed.
    List<Difference> differences() {
        var found = new ArrayList<Difference>();
        people.compare(mirrors.users(mirrorId), MirrorPerson::id, person -> hash(person.attributes()), "person", found);
        groups.compare(mirrors.groups(mirrorId), MirrorGroup::id, group -> hash(group.attributes()), "group", found);
        memberships(found);
        found.removeIf(each -> told.contains(each.id()));
        return found;
    }

    private void memberships(List<Difference> found) {
        var changed = new BitSet();
        for (int number : mirrors.numbers(mirrorId, told)) {
            changed.set(number);
        }
        var left = new HashMap<>(members);
        mirrors.members(mirrorId).forEachRemaining(now -> {
            GroupMembers before = left.remove(now.group());
            if (differ(before == null ? new GroupMembers(now.group(), Map.of()) : before, now, changed)) {
                found.add(new Difference(now.group(), Words.of("sync.readProof.theMembersOfGroup").english()));
            }
        });
        left.values().stream().filter(before -> differ(before, new GroupMembers(before.group(), Map.of()), changed))
                .forEach(before -> found
                        .add(new Difference(before.group(), Words.of("sync.readProof.theMembersOfGroup").english())));
    }

    private static boolean differ(GroupMembers before, GroupMembers now, BitSet changed) {
        for (MemberType type : MemberType.values()) {
            int[] some = before.of(type);
            int[] others = now.of(type);
            if (!Arrays.equals(some, others)) {
                var different = set(some);
                different.xor(set(others));
                different.andNot(changed);
                if (!different.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BitSet set(int[] numbers) {
        var set = new BitSet();
        for (int number : numbers) {
            set.set(number);
        }
        return set;
    }

    /// A missing list equals an empty one: changes leave out properties that were never set. Source: Graph, delta query
    /// overview.
    private static <F extends Enum<F> & DirectoryField> int hash(Attributes<F> attributes) {
        int hash = 1;
        for (F field : attributes.fieldType().getEnumConstants()) {
            Object value = attributes.get(field);
            hash = 31 * hash + (value == null || List.of().equals(value) ? 0 : value.hashCode());
        }
        return hash;
    }

    /// A hash of the attributes of each object, by id.
    private static final class Marks {
        private long[] high = new long[256];
        private long[] low = new long[256];
        private int[] hashes = new int[256];
        private int size;

        void add(UUID id, int hash) {
            if (size == hashes.length) {
                int more = size + size / 2;
                high = Arrays.copyOf(high, more);
                low = Arrays.copyOf(low, more);
                hashes = Arrays.copyOf(hashes, more);
            }
            high[size] = id.getMostSignificantBits();
            low[size] = id.getLeastSignificantBits();
            hashes[size++] = hash;
        }

        /// @param rows by id
        <T> void compare(Iterator<T> rows, Function<T, UUID> idOf, Function<T, Integer> hashOf, String kind,
                List<Difference> found) {
            int next = 0;
            while (rows.hasNext()) {
                T row = rows.next();
                UUID id = idOf.apply(row);
                while (next < size && IdOrder.compare(id(next), id) < 0) {
                    found.add(new Difference(id(next++), kind));
                }
                if (next < size && id(next).equals(id)) {
                    if (hashes[next++] != hashOf.apply(row)) {
                        found.add(new Difference(id, kind));
                    }
                } else {
                    found.add(new Difference(id, kind));
                }
            }
            while (next < size) {
                found.add(new Difference(id(next++), kind));
            }
        }

        private UUID id(int at) {
            return new UUID(high[at], low[at]);
        }
    }
}
