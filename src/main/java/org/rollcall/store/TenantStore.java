package org.rollcall.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.gen.tables.records.TenantRecord;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.AUTH_SETTINGS;
import static org.rollcall.store.gen.Tables.CREDENTIAL;
import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.MIRROR;
import static org.rollcall.store.gen.Tables.RUN;
import static org.rollcall.store.gen.Tables.SCHEDULE;
import static org.rollcall.store.gen.Tables.SETTLED_PLAN;
import static org.rollcall.store.gen.Tables.TENANT;

/// The connected tenants, and those that were removed while their people stayed: these are in no list but [#all], and their
/// names are free.
public final class TenantStore {
    private final Database database;

    public TenantStore(Database database) {
        this.database = database;
    }

    /// The connected ones, by name.
    public List<Tenant> list() {
        return find(TENANT.REMOVED_AT.isNull());
    }

    /// The connected ones and those whose people stayed, by name.
    public List<Tenant> all() {
        return find(DSL.noCondition());
    }

    /// Those whose people stayed, by name.
    public List<Tenant> removed() {
        return find(TENANT.REMOVED_AT.isNotNull());
    }

    private List<Tenant> find(Condition which) {
        return database.dsl().selectFrom(TENANT).where(which).orderBy(TENANT.NAME_KEY).fetch(TenantStore::read);
    }

    /// As [#byId], of those that are connected.
    public Optional<Tenant> connected(long id) {
        return find(TENANT.ID.eq(id).and(TENANT.REMOVED_AT.isNull())).stream().findFirst();
    }

    /// Also one that was removed while its people stayed.
    public Optional<Tenant> byId(long id) {
        return database.dsl().selectFrom(TENANT).where(TENANT.ID.eq(id)).fetchOptional(TenantStore::read);
    }

    /// A connected one; letter case does not matter.
    public Optional<Tenant> byName(String name) {
        return database.dsl().selectFrom(TENANT).where(TENANT.NAME_KEY.eq(SearchKeys.unique(name)))
                .fetchOptional(TenantStore::read);
    }

    /// Stores a new tenant; its id is given here.
    ///
    /// @throws RollcallException INPUT: the name is taken
    public Tenant insert(Tenant tenant) {
        return database.transaction(() -> {
            TenantRecord row = record(tenant);
            row.setCreatedAt(Times.toColumn(tenant.createdAt()));
            try {
                return database.dsl().insertInto(TENANT).set(row).returning().fetchSingle(TenantStore::read);
            } catch (IntegrityConstraintViolationException e) {
                throw taken(tenant.name());
            }
        });
    }

    /// @throws RollcallException INPUT: the name is taken
    public void update(Tenant tenant) {
        database.transaction(() -> {
            try {
                database.dsl().update(TENANT).set(record(tenant)).where(TENANT.ID.eq(tenant.id())).execute();
            } catch (IntegrityConstraintViolationException e) {
                throw taken(tenant.name());
            }
        });
    }

    /// @throws RollcallException INPUT: the name is taken
    public void rename(long id, String name) {
        database.transaction(() -> {
            try {
                database.dsl().update(TENANT).set(TENANT.NAME, name).set(TENANT.NAME_KEY, SearchKeys.unique(name))
                        .where(TENANT.ID.eq(id)).execute();
            } catch (IntegrityConstraintViolationException e) {
                throw taken(name);
            }
        });
    }

    /// What belongs to a tenant.
    ///
    /// @param active  people, and so on
    /// @param groups  that are there
    /// @param imports configurations
    public record Belongings(long active, long disabled, long removed, int groups, int imports, int schedules) {}

    public Belongings belongings(long id) {
        Map<UserStatus, Long> people = new PeopleCounts(database).byStatus(id);
        return new Belongings(people.getOrDefault(UserStatus.ACTIVE, 0L), people.getOrDefault(UserStatus.DISABLED, 0L),
                people.getOrDefault(UserStatus.REMOVED, 0L),
                count(DIRECTORY_GROUP, DIRECTORY_GROUP.TENANT_ID.eq(id)
                        .and(DIRECTORY_GROUP.STATUS.eq(GroupStatus.ACTIVE.name()))),
                count(IMPORT_PROFILE, IMPORT_PROFILE.TENANT_ID.eq(id)), count(SCHEDULE, ofTenant(id)));
    }

    private int count(Table<?> table, Condition which) {
        return database.dsl().fetchCount(table, which);
    }

    private Condition ofTenant(long id) {
        return SCHEDULE.PROFILE_ID.in(database.dsl().select(IMPORT_PROFILE.ID).from(IMPORT_PROFILE)
                .where(IMPORT_PROFILE.TENANT_ID.eq(id)));
    }

    /// Forgets how a tenant is reached, what was read there, its schedules and that its people sign in with Entra. People,
    /// groups, runs and the configuration of its imports stay, for whoever connects it again.
    public void disconnect(long id, Instant at) {
        database.transaction(() -> {
            var dsl = database.dsl();
            dsl.deleteFrom(CREDENTIAL).where(CREDENTIAL.TENANT_ID.eq(id)).execute();
            dsl.deleteFrom(SCHEDULE).where(ofTenant(id)).execute();
            dsl.deleteFrom(SETTLED_PLAN).where(SETTLED_PLAN.PROFILE_ID.in(dsl.select(IMPORT_PROFILE.ID)
                    .from(IMPORT_PROFILE).where(IMPORT_PROFILE.TENANT_ID.eq(id)))).execute();
            dsl.deleteFrom(MIRROR).where(MIRROR.TENANT_ID.eq(id)).execute();
            dsl.update(RUN).setNull(RUN.KEPT).where(RUN.TENANT_ID.eq(id)).execute();
            dsl.update(AUTH_SETTINGS).setNull(AUTH_SETTINGS.ENTRA_TENANT_ID)
                    .where(AUTH_SETTINGS.ENTRA_TENANT_ID.eq(id)).execute();
            String key = dsl.select(TENANT.NAME_KEY).from(TENANT).where(TENANT.ID.eq(id)).fetchSingle(TENANT.NAME_KEY);
            // No name has a line end in it, so nobody else's is taken by this.
            dsl.update(TENANT).set(TENANT.NAME_KEY, key.substring(0, Math.min(key.length(), 170)) + "\n" + id)
                    .setNull(TENANT.PROXY_URL).set(TENANT.REMOVED_AT, Times.toColumn(at)).where(TENANT.ID.eq(id))
                    .execute();
        });
    }

    /// Connects one again whose people stayed.
    ///
    /// @throws RollcallException INPUT: the name is taken
    public Tenant reconnect(Tenant tenant) {
        return database.transaction(() -> {
            update(tenant);
            database.dsl().update(TENANT).setNull(TENANT.REMOVED_AT).where(TENANT.ID.eq(tenant.id())).execute();
            return tenant;
        });
    }

    /// With its people, groups, mirrors, profiles, runs and credentials.
    public void delete(long id) {
        database.transaction(() -> {
            database.everybodyChanged();
            database.dsl().deleteFrom(TENANT).where(TENANT.ID.eq(id)).execute();
            new PeopleCounts(database).removed(id);
        });
        database.numbers().forget(id);
    }

    private static RollcallException taken(String name) {
        return RollcallException.input("tenant.name-taken", Words.of("store.tenant.name-taken", name),
                Words.of("store.tenant.name-taken.remedy"));
    }

    private static TenantRecord record(Tenant tenant) {
        var row = new TenantRecord();
        row.setName(tenant.name());
        row.setNameKey(SearchKeys.unique(tenant.name()));
        row.setDirectoryId(tenant.directoryId());
        row.setOrganization(tenant.organization());
        row.setClientId(tenant.clientId());
        row.setCloud(tenant.cloud().name());
        row.setAuthorityUrl(tenant.authorityUrl());
        row.setGraphUrl(tenant.graphUrl());
        row.setCaPem(tenant.caPem());
        row.setProxyUrl(tenant.proxyUrl());
        row.setVerifiedAt(Times.toColumnOrNull(tenant.verifiedAt()));
        return row;
    }

    private static Tenant read(Record row) {
        return new Tenant(row.get(TENANT.ID), row.get(TENANT.NAME), row.get(TENANT.DIRECTORY_ID),
                row.get(TENANT.ORGANIZATION), row.get(TENANT.CLIENT_ID), Cloud.valueOf(row.get(TENANT.CLOUD)),
                row.get(TENANT.AUTHORITY_URL), row.get(TENANT.GRAPH_URL), row.get(TENANT.CA_PEM),
                row.get(TENANT.PROXY_URL), Times.fromColumn(row.get(TENANT.CREATED_AT)),
                Times.fromColumnOrNull(row.get(TENANT.VERIFIED_AT)));
    }
}
