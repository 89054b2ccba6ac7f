package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.groups.IdIndex;

/// [MemberSets] of plain lists of memberships, with its own numbers.
public final class ListedMembers implements MemberSets {
    private final Collection<Membership> mirror;
    private final Collection<Membership> stored;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final List<UUID> ids = new ArrayList<>();

    public ListedMembers(Collection<Membership> mirror, Collection<Membership> stored) {
        this.mirror = mirror;
        this.stored = stored;
    }

    @Override
    public void mirror(Consumer<GroupMembers> sink) {
        groups(mirror).forEach(sink);
    }

    @Override
    public Iterator<GroupMembers> stored() {
        return groups(stored).iterator();
    }

    private List<GroupMembers> groups(Collection<Membership> memberships) {
        var byGroup = new TreeMap<UUID, Map<MemberType, List<UUID>>>(IdIndex.ORDER);
        memberships.forEach(each -> byGroup
                .computeIfAbsent(each.group(), _ -> new EnumMap<>(MemberType.class))
                .computeIfAbsent(each.type(), _ -> new ArrayList<>()).add(each.member()));
        return byGroup.entrySet().stream().map(group -> {
            var packed = new EnumMap<MemberType, int[]>(MemberType.class);
            group.getValue().forEach(
                    (type, members) -> packed.put(type, members.stream().mapToInt(this::number).sorted().toArray()));
            return new GroupMembers(group.getKey(), packed);
        }).toList();
    }

    private int number(UUID id) {
        return numbers.computeIfAbsent(id, each -> {
            ids.add(each);
            return ids.size();
        });
    }

    @Override
    public int[] numbers(Collection<UUID> asked) {
        return asked.stream().mapToInt(this::number).toArray();
    }

    @Override
    public UUID[] ids(int[] asked) {
        var result = new UUID[asked.length];
        for (int i = 0; i < asked.length; i++) {
            result[i] = ids.get(asked[i] - 1);
        }
        return result;
    }
}
