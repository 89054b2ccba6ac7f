package org.rollcall.sync;

import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.rollcall.domain.Membership;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.store.DirectoryStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.sync.plan.PlanSources;

/// Mirror and directory from the database, a chunk at a time.
record StoredSources(MirrorStore mirrors, DirectoryStore directory, long mirrorId, long tenantId,
        long profileId) implements PlanSources {
    @Override
    public void mirrorPeople(Consumer<MirrorPerson> sink) {
        mirrors.forEachUser(mirrorId, sink);
    }

    @Override
    public void mirrorGroups(Consumer<MirrorGroup> sink) {
        mirrors.forEachGroup(mirrorId, sink);
    }

    @Override
    public void mirrorMemberships(Consumer<Membership> sink) {
        mirrors.forEachEdge(mirrorId, sink);
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
    public Iterator<Membership> memberships() {
        return directory.memberships(tenantId);
    }

    @Override
    public void foreignNames(BiConsumer<String, String> sink) {
        directory.forEachForeignName(tenantId, sink);
    }
}
