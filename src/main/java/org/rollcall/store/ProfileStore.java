package org.rollcall.store;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jooq.Record;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;

/// The imports that have been configured. Their role rules are in [RuleStore].
public final class ProfileStore {
    private final Database database;
    private final Clock clock;

    public ProfileStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// All of every tenant, oldest first.
    public List<Profile> list() {
        return database.dsl().selectFrom(IMPORT_PROFILE).orderBy(IMPORT_PROFILE.ID).fetch(ProfileStore::read);
    }

    /// Those of a tenant, oldest first.
    public List<Profile> ofTenant(long tenantId) {
        return database.dsl().selectFrom(IMPORT_PROFILE).where(IMPORT_PROFILE.TENANT_ID.eq(tenantId))
                .orderBy(IMPORT_PROFILE.ID).fetch(ProfileStore::read);
    }

    public Optional<Profile> byId(long id) {
        return database.dsl().selectFrom(IMPORT_PROFILE).where(IMPORT_PROFILE.ID.eq(id))
                .fetchOptional(ProfileStore::read);
    }

    /// Letter case does not matter.
    public Optional<Profile> byName(long tenantId, String name) {
        return database.dsl().selectFrom(IMPORT_PROFILE)
                .where(IMPORT_PROFILE.TENANT_ID.eq(tenantId), IMPORT_PROFILE.NAME_KEY.eq(SearchKeys.unique(name)))
                .fetchOptional(ProfileStore::read);
    }

    /// @throws RollcallException INPUT: the tenant has a profile of that name
    public Profile insert(long tenantId, String name, ProfileConfig config, long defaultRoleId) {
        return database.transaction(() -> {
            OffsetDateTime now = Times.toColumn(clock.instant());
            try {
                return database.dsl().insertInto(IMPORT_PROFILE)
                        .set(IMPORT_PROFILE.TENANT_ID, tenantId)
                        .set(IMPORT_PROFILE.NAME, name)
                        .set(IMPORT_PROFILE.NAME_KEY, SearchKeys.unique(name))
                        .set(IMPORT_PROFILE.CONFIG, Json.write(config))
                        .set(IMPORT_PROFILE.DEFAULT_ROLE_ID, defaultRoleId)
                        .set(IMPORT_PROFILE.CREATED_AT, now)
                        .set(IMPORT_PROFILE.UPDATED_AT, now)
                        .returning().fetchSingle(ProfileStore::read);
            } catch (IntegrityConstraintViolationException e) {
                throw RollcallException.input("profile.name-taken",
                        Words.of("store.profile.name-taken", name), Words.of("store.profile.name-taken.remedy"));
            }
        });
    }

    public void update(long id, ProfileConfig config, long defaultRoleId) {
        database.transaction(() -> {
            database.dsl().update(IMPORT_PROFILE)
                    .set(IMPORT_PROFILE.CONFIG, Json.write(config))
                    .set(IMPORT_PROFILE.DEFAULT_ROLE_ID, defaultRoleId)
                    .set(IMPORT_PROFILE.UPDATED_AT, Times.toColumn(clock.instant()))
                    .where(IMPORT_PROFILE.ID.eq(id)).execute();
        });
    }

    /// Notes what the profile was read into, for those who decide its rules between imports.
    public void setMirror(long id, long mirrorId) {
        database.dsl().update(IMPORT_PROFILE).set(IMPORT_PROFILE.MIRROR_ID, mirrorId).where(IMPORT_PROFILE.ID.eq(id))
                .execute();
    }

    /// The permissions of whoever decided last whom the profile brings in; empty: of somebody who may do everything.
    public Optional<Set<Permission>> scopePower(long id) {
        return database.dsl().select(IMPORT_PROFILE.SCOPE_POWER).from(IMPORT_PROFILE).where(IMPORT_PROFILE.ID.eq(id))
                .fetchOptional(IMPORT_PROFILE.SCOPE_POWER)
                .map(names -> Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).map(Permission::valueOf)
                        .collect(Collectors.toSet()));
    }

    /// @param power null: somebody who may do everything
    public void setScopePower(long id, @Nullable Set<Permission> power) {
        String names = power == null
                ? null
                : power.stream().sorted().map(Permission::name).collect(Collectors.joining(","));
        database.dsl().update(IMPORT_PROFILE).set(IMPORT_PROFILE.SCOPE_POWER, names).where(IMPORT_PROFILE.ID.eq(id))
                .execute();
    }

    public void delete(long id) {
        database.transaction(() -> {
            database.dsl().deleteFrom(IMPORT_PROFILE).where(IMPORT_PROFILE.ID.eq(id)).execute();
        });
    }

    private static Profile read(Record row) {
        return new Profile(row.get(IMPORT_PROFILE.ID), row.get(IMPORT_PROFILE.TENANT_ID), row.get(IMPORT_PROFILE.NAME),
                Json.read(row.get(IMPORT_PROFILE.CONFIG), ProfileConfig.class),
                row.get(IMPORT_PROFILE.DEFAULT_ROLE_ID), Times.fromColumn(row.get(IMPORT_PROFILE.CREATED_AT)),
                Times.fromColumn(row.get(IMPORT_PROFILE.UPDATED_AT)));
    }
}
