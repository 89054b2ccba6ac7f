package org.rollcall.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.MIRROR_GROUP;

/// Who is in which group as the rules of a profile see it. A rule may speak of a group that is not in scope, which the
/// directory does not hold; what was read for the profile holds it. So the profile's mirror answers for the groups that
/// are in it, as it does for the plan of an import, and the directory for all others. Asks for no permission: services do.
public final class ProfileNesting {
    private final Database database;
    private final MemberLists mirrors;
    private final MemberLists directory;

    ProfileNesting(Database database) {
        this.database = database;
        this.mirrors = MemberLists.ofMirrors(database);
        this.directory = MemberLists.ofDirectory(database);
    }

    /// Those of these groups of which it is known who is in them.
    public Set<UUID> known(Profile profile, Collection<UUID> groups) {
        var known = new HashSet<>(inMirror(mirror(profile), groups));
        for (List<UUID> chunk : Chunks.of(groups)) {
            known.addAll(database.dsl().select(DIRECTORY_GROUP.OBJECT_ID).from(DIRECTORY_GROUP)
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, profile.tenantId(), DIRECTORY_GROUP.OBJECT_ID,
                            chunk))
                    .and(DIRECTORY_GROUP.STATUS.eq(GroupStatus.ACTIVE.name()))
                    .fetch(DIRECTORY_GROUP.OBJECT_ID));
        }
        return known;
    }

    /// The ids of the people who are in a group.
    ///
    /// @param nested true: through groups below it too
    /// @param among  only these people
    public Set<Long> peopleIn(Profile profile, UUID group, boolean nested, Set<Long> among) {
        @Nullable
        Long mirror = mirror(profile);
        Set<UUID> groups = nested ? below(profile, mirror, group) : Set.of(group);
        Set<UUID> mirrored = inMirror(mirror, groups);
        var others = new LinkedHashSet<>(groups);
        others.removeAll(mirrored);
        UUID[] members = database.numbers().ids(profile.tenantId(),
                PackedNumbers.union(mirror == null ? new int[0] : mirrors.members(mirror, mirrored, null),
                        directory.members(profile.tenantId(), others, null)));
        return PeopleIds.of(database, profile.tenantId(), List.of(members), among);
    }

    private Set<UUID> below(Profile profile, @Nullable Long mirror, UUID group) {
        var seen = new LinkedHashSet<UUID>();
        seen.add(group);
        List<UUID> level = List.of(group);
        while (!level.isEmpty()) {
            var next = new ArrayList<UUID>();
            for (UUID child : children(profile.tenantId(), mirror, level)) {
                if (seen.add(child)) {
                    next.add(child);
                }
            }
            level = next;
        }
        return seen;
    }

    private List<UUID> children(long tenantId, @Nullable Long mirror, List<UUID> groups) {
        Set<UUID> mirrored = inMirror(mirror, groups);
        List<UUID> others = groups.stream().filter(each -> !mirrored.contains(each)).toList();
        return List.of(database.numbers().ids(tenantId,
                PackedNumbers.union(
                        mirror == null ? new int[0] : mirrors.members(mirror, mirrored, MemberType.GROUP),
                        directory.members(tenantId, others, MemberType.GROUP))));
    }

    /// The shortest way from a group down to a person or group in it: the groups on it, the first one first.
    ///
    /// @param nested false: only whether it is directly in it
    /// @return empty: it is not in it
    public Optional<List<Ref>> path(Profile profile, UUID group, boolean nested, UUID member) {
        @Nullable
        Long mirror = mirror(profile);
        var toward = new LinkedHashMap<UUID, UUID>();
        var open = new ArrayDeque<>(List.of(member));
        while (!open.isEmpty() && !toward.containsKey(group)) {
            UUID at = open.remove();
            for (UUID parent : parents(profile.tenantId(), mirror, at)) {
                if (!parent.equals(member) && toward.putIfAbsent(parent, at) == null && nested) {
                    open.add(parent);
                }
            }
        }
        if (!toward.containsKey(group)) {
            return Optional.empty();
        }
        var ids = new ArrayList<UUID>();
        for (UUID each = group; each != null && !each.equals(member); each = toward.get(each)) {
            ids.add(each);
        }
        Map<UUID, String> names = names(profile.tenantId(), mirror, ids);
        return Optional.of(ids.stream().map(id -> new Ref(id, names.getOrDefault(id, id.toString()))).toList());
    }

    private List<UUID> parents(long tenantId, @Nullable Long mirror, UUID member) {
        List<UUID> stored = directory.holders(tenantId, tenantId, List.of(member)).getOrDefault(member, List.of());
        if (mirror == null) {
            return stored;
        }
        var found = new ArrayList<>(mirrors.holders(mirror, tenantId, List.of(member)).getOrDefault(member, List.of()));
        Set<UUID> mirrored = inMirror(mirror, stored);
        stored.stream().filter(each -> !mirrored.contains(each)).forEach(found::add);
        return found;
    }

    private Map<UUID, String> names(long tenantId, @Nullable Long mirror, List<UUID> groups) {
        var names = new HashMap<UUID, String>();
        GroupRows.byObjectIds(database.dsl(), tenantId, groups).forEach((id, row) -> names.put(id, row.shownName()));
        if (mirror != null) {
            for (List<UUID> chunk : Chunks.of(groups)) {
                database.dsl().select(MIRROR_GROUP.OBJECT_ID, MIRROR_GROUP.DISPLAY_NAME).from(MIRROR_GROUP)
                        .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirror, MIRROR_GROUP.OBJECT_ID, chunk))
                        .and(MIRROR_GROUP.DISPLAY_NAME.isNotNull())
                        .forEach(row -> names.put(row.value1(), row.value2()));
            }
        }
        return names;
    }

    private Set<UUID> inMirror(@Nullable Long mirror, Collection<UUID> groups) {
        var found = new LinkedHashSet<UUID>();
        if (mirror != null) {
            for (List<UUID> chunk : Chunks.of(groups)) {
                found.addAll(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                        .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirror, MIRROR_GROUP.OBJECT_ID, chunk))
                        .fetch(MIRROR_GROUP.OBJECT_ID));
            }
        }
        return found;
    }

    private @Nullable Long mirror(Profile profile) {
        return database.dsl().select(IMPORT_PROFILE.MIRROR_ID).from(IMPORT_PROFILE)
                .where(IMPORT_PROFILE.ID.eq(profile.id())).fetchOptional(IMPORT_PROFILE.MIRROR_ID).orElse(null);
    }
}
