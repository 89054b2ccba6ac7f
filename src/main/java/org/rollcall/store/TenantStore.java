package org.rollcall.store;

import java.util.List;
import java.util.Optional;

import org.jooq.Record;
import org.jooq.exception.IntegrityConstraintViolationException;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;
import org.rollcall.store.gen.tables.records.TenantRecord;

import static org.rollcall.store.gen.Tables.TENANT;

/// The connected tenants.
public final class TenantStore {
    private final Database database;

    public TenantStore(Database database) {
        this.database = database;
    }

    /// All, by name.
    public List<Tenant> list() {
        return database.dsl().selectFrom(TENANT).orderBy(TENANT.NAME_KEY).fetch(TenantStore::read);
    }

    public Optional<Tenant> byId(long id) {
        return database.dsl().selectFrom(TENANT).where(TENANT.ID.eq(id)).fetchOptional(TenantStore::read);
    }

    /// Letter case does not matter.
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
        return RollcallException.input("tenant.name-taken", "a tenant called " + name + " already exists",
                "choose another name");
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
