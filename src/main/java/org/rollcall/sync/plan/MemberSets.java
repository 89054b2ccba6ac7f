package org.rollcall.sync.plan;

import java.util.Collection;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;

import org.rollcall.domain.GroupMembers;

/// Direct memberships as a plan reads them: group by group, in ascending object-id order, and repeatable. Groups without
/// members may be left out.
public interface MemberSets {
    /// The number of objects without one, which are in no group.
    int NONE = 0;

    void mirror(Consumer<GroupMembers> sink);

    Iterator<GroupMembers> stored();

    /// The numbers of these objects, in their order; [#NONE] for those without.
    int[] numbers(Collection<UUID> ids);

    /// The objects with these numbers, in their order.
    UUID[] ids(int[] numbers);
}
