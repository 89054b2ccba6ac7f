package org.rollcall.sync.read;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.NullMarked;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.Membership;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;
import org.rollcall.source.DirectoryReader;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.TenantStore;
import org.rollcall.task.JobContext;

/// A database with a tenant, and readers and mirrors in it.
@NullMarked
final class MirrorFixture implements AutoCloseable {
    final Database database;
    final MirrorStore store;
    final MirrorReader mirrorReader;
    /// How long reads wanted to wait.
    java.time.Duration waited = java.time.Duration.ZERO;
    private int tenants;

    MirrorFixture(Path folder, Clock clock) {
        database = ReadyDatabase.open(folder);
        store = new MirrorStore(database, clock);
        mirrorReader = new MirrorReader(database, clock, (_, time, _) -> waited = waited.plus(time));
    }

    long tenant() {
        return new TenantStore(database).insert(new Tenant(0, "T" + tenants++, UUID.randomUUID().toString(), null,
                "client", Cloud.GLOBAL, null, null, null, null, Instant.EPOCH, null)).id();
    }

    ReadResult read(long tenant, ReadScope scope, DirectoryReader reader) {
        return mirrorReader.read(mirrorReader.mirror(tenant, scope), scope, reader, JobContext.silent());
    }

    ReadResult readEverything(long tenant, ReadScope scope, DirectoryReader reader) {
        return mirrorReader.read(mirrorReader.mirror(tenant, scope), scope, reader, true, JobContext.silent());
    }

    Mirror mirror(long tenant, ReadScope scope) {
        return store.find(tenant, scope.key()).orElseThrow();
    }

    Map<UUID, Attributes<UserField>> users(Mirror mirror) {
        var result = new HashMap<UUID, Attributes<UserField>>();
        store.forEachUser(mirror.id(), user -> result.put(user.id(), user.attributes()));
        return result;
    }

    Map<UUID, MirrorPerson> people(Mirror mirror) {
        var result = new HashMap<UUID, MirrorPerson>();
        store.forEachUser(mirror.id(), user -> result.put(user.id(), user));
        return result;
    }

    Map<UUID, Attributes<GroupField>> groups(Mirror mirror) {
        var result = new HashMap<UUID, Attributes<GroupField>>();
        store.forEachGroup(mirror.id(), group -> result.put(group.id(), group.attributes()));
        return result;
    }

    Set<Membership> edges(Mirror mirror) {
        var result = new HashSet<Membership>();
        store.forEachEdge(mirror.id(), result::add);
        return result;
    }

    @Override
    public void close() {
        database.close();
    }
}
