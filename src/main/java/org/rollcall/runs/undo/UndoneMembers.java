package org.rollcall.runs.undo;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.PresentObjects;

/// The undo of a run's memberships: those that it added are removed if they still exist, those that it removed are added back
/// if group and member exist, and deleted objects are in no group. As numbers, since there may be millions.
final class UndoneMembers {
    private final UndoInput input;
    private final ChangeStore changes;
    private final PresentObjects present;
    private final Reason reason;
    private final Consumer<Change> sink;
    /// People and groups by number: deleted, restored, and kept though the run added them.
    private final BitSet leaving;
    private final BitSet arriving;
    private final BitSet kept;
    private final Map<UUID, Boolean> groups;

    /// @param groups those that are deleted or restored
    UndoneMembers(UndoInput input, ChangeStore changes, PresentObjects present, Reason reason, Consumer<Change> sink,
            Gone gone, Map<UUID, Boolean> groups) {
        this.input = input;
        this.changes = changes;
        this.present = present;
        this.reason = reason;
        this.sink = sink;
        this.leaving = present.numbers(input.tenantId(), gone.leaving());
        this.arriving = present.numbers(input.tenantId(), gone.arriving());
        this.kept = present.numbers(input.tenantId(), gone.kept());
        this.groups = groups;
    }

    /// Objects that are deleted, restored, or kept though the run added them.
    record Gone(List<UUID> leaving, List<UUID> arriving, List<UUID> kept) {
        Gone() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    void run(Runnable checkpoint) {
        if (!input.kinds().contains(ChangeKind.MEMBER_ADD) && !input.kinds().contains(ChangeKind.MEMBER_REMOVE)
                && leaving.isEmpty()) {
            return;
        }
        Map<UUID, Map<MemberType, BitSet>> added = told(ChangeKind.MEMBER_ADD);
        Map<UUID, Map<MemberType, BitSet>> removed = told(ChangeKind.MEMBER_REMOVE);
        checkpoint.run();
        BitSet there = there(removed);
        Set<UUID> receiving = groupsThere(removed.keySet());
        present.members(input.tenantId()).forEachRemaining(group -> {
            Map<MemberType, BitSet> wanted = removed.remove(group.group());
            group(group, added.getOrDefault(group.group(), Map.of()),
                    wanted != null && receiving.contains(group.group()) ? wanted : Map.of(), there);
        });
        // Groups that are empty by now.
        var rest = new TreeSet<>(IdOrder.ASCENDING);
        rest.addAll(removed.keySet());
        rest.retainAll(receiving);
        for (UUID id : rest) {
            group(new GroupMembers(id, Map.of()), Map.of(), removed.getOrDefault(id, Map.of()), there);
        }
    }

    private Map<UUID, Map<MemberType, BitSet>> told(ChangeKind kind) {
        var told = new HashMap<UUID, Map<MemberType, BitSet>>();
        if (input.kinds().contains(kind)) {
            Iterator<GroupMembers> all = changes.memberships(input.runId(), kind);
            while (all.hasNext()) {
                GroupMembers next = all.next();
                var byType = told.computeIfAbsent(next.group(), _ -> new EnumMap<>(MemberType.class));
                next.numbers().forEach((type, numbers) -> {
                    BitSet set = byType.computeIfAbsent(type, _ -> new BitSet());
                    for (int number : numbers) {
                        set.set(number);
                    }
                });
            }
        }
        return told;
    }

    /// Those of the members to add that will exist.
    private BitSet there(Map<UUID, Map<MemberType, BitSet>> removed) {
        var people = new BitSet();
        var groupNumbers = new BitSet();
        removed.values().forEach(byType -> {
            people.or(byType.getOrDefault(MemberType.USER, new BitSet()));
            groupNumbers.or(byType.getOrDefault(MemberType.GROUP, new BitSet()));
        });
        BitSet there = present.peopleAmong(input.tenantId(), people);
        there.or(present.groupsAmong(input.tenantId(), groupNumbers));
        there.or(arriving);
        there.andNot(leaving);
        return there;
    }

    private Set<UUID> groupsThere(Set<UUID> ids) {
        BitSet now = present.groupsAmong(input.tenantId(), present.numbers(input.tenantId(), ids));
        var there = new HashSet<>(List.of(present.ids(input.tenantId(), now.stream().toArray())));
        // A group without a number has never been a member of anything.
        present.groups(input.tenantId(), input.profile(), ids.stream().filter(id -> !there.contains(id)).toList())
                .forEach((id, group) -> {
                    if (group.stored().status() == org.rollcall.domain.GroupStatus.ACTIVE) {
                        there.add(id);
                    }
                });
        groups.forEach((id, is) -> {
            if (is) {
                there.add(id);
            } else {
                there.remove(id);
            }
        });
        return there;
    }

    private void group(GroupMembers now, Map<MemberType, BitSet> added, Map<MemberType, BitSet> wanted, BitSet there) {
        boolean gone = Boolean.FALSE.equals(groups.get(now.group()));
        var remaining = new BitSet();
        for (MemberType type : MemberType.values()) {
            BitSet is = set(now.of(type));
            BitSet goes = (BitSet) is.clone();
            if (!gone) {
                BitSet taken = (BitSet) added.getOrDefault(type, new BitSet()).clone();
                taken.andNot(kept);
                if (type == MemberType.USER || type == MemberType.GROUP) {
                    taken.or(leaving);
                }
                goes.and(taken);
            }
            emit(ChangeKind.MEMBER_REMOVE, now.group(), type, goes);
            is.andNot(goes);
            remaining.or(is);
        }
        if (gone) {
            return;
        }
        wanted.forEach((type, numbers) -> {
            BitSet comes = (BitSet) numbers.clone();
            comes.andNot(remaining);
            comes.andNot(kept);
            if (type == MemberType.USER || type == MemberType.GROUP) {
                comes.and(there);
            }
            emit(ChangeKind.MEMBER_ADD, now.group(), type, comes);
        });
    }

    private static BitSet set(int[] numbers) {
        var set = new BitSet();
        for (int number : numbers) {
            set.set(number);
        }
        return set;
    }

    private void emit(ChangeKind kind, UUID group, MemberType type, BitSet numbers) {
        for (UUID member : present.ids(input.tenantId(), numbers.stream().toArray())) {
            sink.accept(new MemberChange(kind, group, member, type, reason));
        }
    }
}
