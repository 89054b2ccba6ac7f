package org.rollcall.domain;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/// The direct members of a group, as numbers of the tenant's objects.
///
/// @param numbers by type, ascending, each once; a member has one type
public record GroupMembers(UUID group, Map<MemberType, int[]> numbers) {
    private static final int[] NOBODY = {};

    public GroupMembers {
        var copy = new EnumMap<MemberType, int[]>(MemberType.class);
        copy.putAll(numbers);
        numbers = copy;
    }

    /// Not to be modified.
    public int[] of(MemberType type) {
        return numbers.getOrDefault(type, NOBODY);
    }
}
