package org.rollcall.sync;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.store.DirectoryStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.sync.plan.MemberSets;
import org.rollcall.sync.plan.PlanLookups;
import org.rollcall.sync.plan.PlanSources;

/// Mirror and directory from the database, read in chunks.
record StoredSources(MirrorStore mirrors, DirectoryStore directory, long mirrorId, long tenantId,
        long profileId) implements PlanSources, PlanLookups {
    @Override
    public void mirrorPeople(Consumer<MirrorPerson> sink) {
        mirrors.forEachUser(mirrorId, sink);
    }

    @Override
    public void mirrorGroups(Consumer<MirrorGroup> sink) {
        mirrors.forEachGroup(mirrorId, sink);
    }

    @Override
    public MemberSets members() {
        return new MemberSets() {
            @Override
            public void mirror(Consumer<GroupMembers> sink) {
                mirrors.members(mirrorId).forEachRemaining(sink);
            }

            @Override
            public Iterator<GroupMembers> stored() {
                return directory.members(tenantId);
            }

            @Override
            public int[] numbers(Collection<UUID> ids) {
                return directory.numbers(tenantId, ids);
            }

            @Override
            public UUID[] ids(int[] numbers) {
                return directory.ids(tenantId, numbers);
            }
        };
    }

    @Override
    public Iterator<StoredPerson> people() {
        return directory.people(tenantId, profileId);
    }

    @Override
    public Iterator<StoredGroup> groups() {
        return directory.groups(tenantId, profileId);
    }

    @Override
    public void foreignNames(BiConsumer<String, String> sink) {
        directory.forEachForeignName(tenantId, sink);
    }

    @Override
    public void mirrorPeople(List<UUID> ids, Consumer<MirrorPerson> sink) {
        mirrors.forEachUser(mirrorId, ids, sink);
    }

    @Override
    public Iterator<StoredPerson> people(List<UUID> ids) {
        return directory.people(tenantId, profileId, ids);
    }

    @Override
    public Set<UUID> groupsAmong(Collection<UUID> ids) {
        return mirrors.groupsAmong(mirrorId, ids);
    }

    @Override
    public List<UUID> holders(Collection<String> names) {
        return directory.holders(tenantId, names);
    }

    @Override
    public void foreignNames(Collection<String> names, BiConsumer<String, String> sink) {
        directory.forEachForeignName(tenantId, names, sink);
    }

    @Override
    public void mirrorIds(Consumer<UUID> sink) {
        mirrors.forEachUserId(mirrorId, sink);
    }

    @Override
    public void personIds(BiConsumer<UUID, Boolean> sink) {
        directory.forEachPerson(tenantId, sink);
    }

    @Override
    public long countPeople() {
        return directory.countPeople(tenantId);
    }

    @Override
    public long countActive() {
        return directory.countActive(profileId);
    }

    @Override
    public int countAdministrators() {
        return Math.toIntExact(directory.countActiveAdministrators(tenantId));
    }
}
