package org.rollcall.store;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MfaState;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.PROFILE_OBJECT;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// What people change about people by hand. Imports have their own way in.
public final class PersonStore {
    private final Database database;
    private final Clock clock;
    private final PeopleCounts counts;
    private final PastLog past;

    public PersonStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.counts = new PeopleCounts(database);
        this.past = new PastLog(database, clock);
    }

    /// The facts that decide whether and how somebody may be changed.
    public record Standing(long id, @Nullable Long tenantId, String shownName, UserStatus status,
            boolean disabledByHand, boolean excluded, boolean enabledAtSource, int version) {}

    /// The ids of a tenant's people, by object id; who is not there is left out.
    public Map<UUID, Long> idsOf(long tenantId, Collection<UUID> objectIds) {
        var result = new HashMap<UUID, Long>();
        for (List<UUID> chunk : Chunks.of(objectIds)) {
            database.dsl().select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.ID).from(DIRECTORY_USER)
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .forEach(row -> result.put(row.value1(), row.value2()));
        }
        return result;
    }

    /// An imported person, for change sets.
    public record Told(UUID objectId, String name) {}

    /// Those of these people who belong to a tenant, by id.
    public Map<Long, Told> objectsOf(long tenantId, Collection<Long> ids) {
        var result = new HashMap<Long, Told>();
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.DISPLAY_NAME,
                    DIRECTORY_USER.USERNAME).from(DIRECTORY_USER)
                    .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk), DIRECTORY_USER.TENANT_ID.eq(tenantId))
                    .forEach(row -> result.put(row.value1(), new Told(row.value2(), row.value3() == null
                            || row.value3().isBlank() ? row.value4() : row.value3())));
        }
        return result;
    }

    public Map<Long, Standing> standing(Collection<Long> ids) {
        var result = new HashMap<Long, Standing>();
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.DISPLAY_NAME,
                    DIRECTORY_USER.USERNAME, DIRECTORY_USER.STATUS, DIRECTORY_USER.DISABLED_BY_HAND,
                    DIRECTORY_USER.EXCLUDED, DIRECTORY_USER.ACCOUNT_ENABLED, UserRows.VERSION)
                    .from(DIRECTORY_USER)
                    .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                    .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                    .forEach(row -> {
                        String name = row.get(DIRECTORY_USER.DISPLAY_NAME);
                        result.put(row.get(DIRECTORY_USER.ID), new Standing(row.get(DIRECTORY_USER.ID),
                                row.get(DIRECTORY_USER.TENANT_ID),
                                name == null || name.isBlank() ? row.get(DIRECTORY_USER.USERNAME) : name,
                                UserStatus.valueOf(row.get(DIRECTORY_USER.STATUS)),
                                row.get(DIRECTORY_USER.DISABLED_BY_HAND), row.get(DIRECTORY_USER.EXCLUDED),
                                UserStatus.isEnabled(row.get(DIRECTORY_USER.ACCOUNT_ENABLED)),
                                row.get(UserRows.VERSION)));
                    });
        }
        return result;
    }

    /// The smallest id of a profile that has each person in scope, by person; local accounts have none.
    public Map<Long, Long> owningProfiles(Collection<Long> ids) {
        var result = new HashMap<Long, Long>();
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_USER.ID, DSL.min(IMPORT_PROFILE.ID))
                    .from(DIRECTORY_USER)
                    .join(PROFILE_OBJECT).on(PROFILE_OBJECT.OBJECT_ID.eq(DIRECTORY_USER.OBJECT_ID))
                    .join(IMPORT_PROFILE).on(IMPORT_PROFILE.ID.eq(PROFILE_OBJECT.PROFILE_ID),
                            IMPORT_PROFILE.TENANT_ID.eq(DIRECTORY_USER.TENANT_ID))
                    .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                    .groupBy(DIRECTORY_USER.ID)
                    .forEach(row -> result.put(row.value1(), row.value2()));
        }
        return result;
    }

    /// Those people of a tenant whom nobody has deactivated by hand yet, with their names; removed people apart.
    public Map<Long, String> toDeactivate(long tenantId) {
        var result = new LinkedHashMap<Long, String>();
        database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.USERNAME)
                .from(DIRECTORY_USER)
                .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.STATUS.ne(UserStatus.REMOVED.name()),
                        DIRECTORY_USER.DISABLED_BY_HAND.isFalse())
                .orderBy(DIRECTORY_USER.ID)
                .forEach(row -> result.put(row.value1(),
                        row.value2() == null || row.value2().isBlank() ? row.value3() : row.value2()));
        return result;
    }

    /// Who somebody is, for lists.
    public record Named(String shownName, String username, UserStatus status) {}

    /// Those of these people in whose name, user name, mail or department all words occur; no words: all of them.
    public Map<Long, Named> named(Collection<Long> ids, String words) {
        var fits = DSL.noCondition();
        for (String word : SearchKeys.fold(words).split("\\s+")) {
            if (!word.isEmpty()) {
                fits = fits.and(DIRECTORY_USER.SEARCH_KEY.contains(word));
            }
        }
        var result = new HashMap<Long, Named>();
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.USERNAME,
                    DIRECTORY_USER.STATUS).from(DIRECTORY_USER).where(DIRECTORY_USER.ID.in(chunk)).and(fits)
                    .forEach(row -> result.put(row.value1(),
                            new Named(row.value2() == null || row.value2().isBlank() ? row.value3() : row.value2(),
                                    row.value3(), UserStatus.valueOf(row.value4()))));
        }
        return result;
    }

    /// Everybody who is owned by a profile and whose role nobody chose by hand.
    public List<Long> followingRules(long profileId) {
        return following(profileId, ROLE_ASSIGNMENT.SOURCE.ne(RoleSource.MANUAL.name())).orderBy(DIRECTORY_USER.ID)
                .fetch(DIRECTORY_USER.ID);
    }

    /// How many of them have the default role, since no rule fits.
    public long countByDefault(long profileId) {
        return database.dsl()
                .fetchCount(following(profileId, ROLE_ASSIGNMENT.SOURCE.eq(RoleSource.DEFAULT.name())));
    }

    private SelectConditionStep<Record1<Long>> following(long profileId, Condition source) {
        var older = PROFILE_OBJECT.as("older");
        return database.dsl().select(DIRECTORY_USER.ID)
                .from(PROFILE_OBJECT)
                .join(IMPORT_PROFILE).on(IMPORT_PROFILE.ID.eq(PROFILE_OBJECT.PROFILE_ID))
                .join(DIRECTORY_USER).on(DIRECTORY_USER.TENANT_ID.eq(IMPORT_PROFILE.TENANT_ID),
                        DIRECTORY_USER.OBJECT_ID.eq(PROFILE_OBJECT.OBJECT_ID))
                .join(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .where(PROFILE_OBJECT.PROFILE_ID.eq(profileId), DIRECTORY_USER.STATUS.ne(UserStatus.REMOVED.name()),
                        DIRECTORY_USER.EXCLUDED.isFalse(), source)
                .andNotExists(DSL.selectOne().from(older)
                        .where(older.OBJECT_ID.eq(PROFILE_OBJECT.OBJECT_ID), older.PROFILE_ID.lt(profileId)));
    }

    /// A person who belongs to no tenant.
    ///
    /// @throws RollcallException INPUT: the user name is taken
    public long insertLocal(String username, @Nullable String displayName, @Nullable String mail) {
        return database.transaction(() -> {
            try {
                long id = database.dsl().insertInto(DIRECTORY_USER)
                        .set(DIRECTORY_USER.USERNAME, username)
                        .set(DIRECTORY_USER.USERNAME_KEY, SearchKeys.unique(username))
                        .set(DIRECTORY_USER.STATUS, UserStatus.ACTIVE.name())
                        .set(DIRECTORY_USER.MFA, MfaState.UNKNOWN.name())
                        .set(DIRECTORY_USER.SEARCH_KEY, SearchKeys.search(displayName, username, mail, null))
                        .set(DIRECTORY_USER.SORT_KEY, SearchKeys.sort(displayName == null ? username : displayName))
                        .set(DIRECTORY_USER.CHANGED_AT, Times.toColumn(clock.instant()))
                        .set(DIRECTORY_USER.DISPLAY_NAME, displayName)
                        .set(DIRECTORY_USER.MAIL, mail)
                        .set(DIRECTORY_USER.USER_TYPE, "Member")
                        .set(DIRECTORY_USER.ACCOUNT_ENABLED, true)
                        .returning(DIRECTORY_USER.ID).fetchSingle(DIRECTORY_USER.ID);
                counts.added(0, List.of(UserStatus.ACTIVE));
                past.added(id);
                database.peopleChanged(List.of(id), PeopleLog.Part.NAMES);
                return id;
            } catch (IntegrityConstraintViolationException e) {
                throw RollcallException.input("user.name-taken", Words.of("store.user.name-taken", username),
                        Words.of("store.user.name-taken.remedy"));
            }
        });
    }

    private void touch(Collection<Long> ids) {
        database.transaction(() -> {
            for (List<Long> chunk : Chunks.of(ids)) {
                database.dsl().update(DIRECTORY_USER)
                        .set(DIRECTORY_USER.VERSION, DIRECTORY_USER.VERSION.plus(1))
                        .set(DIRECTORY_USER.CHANGED_AT, Times.toColumn(clock.instant()))
                        .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk)).execute();
            }
        });
    }

    /// Disables, or lifts it; whoever is enabled at the source then becomes ACTIVE. Removed people stay REMOVED.
    public void setDisabledByHand(Collection<Long> ids, boolean disabled) {
        database.transaction(() -> {
            past.states(ids);
            counts.switching(ids, () -> disable(ids, disabled));
            database.peopleChanged(ids, PeopleLog.Part.STATE);
            touch(ids);
        });
    }

    private void disable(Collection<Long> ids, boolean disabled) {
        for (List<Long> chunk : Chunks.of(ids)) {
            var status = disabled
                    ? DSL.val(UserStatus.DISABLED.name())
                    : DSL.when(DIRECTORY_USER.ACCOUNT_ENABLED.isTrue(), UserStatus.ACTIVE.name())
                            .otherwise(UserStatus.DISABLED.name());
            database.dsl().update(DIRECTORY_USER)
                    .set(DIRECTORY_USER.DISABLED_BY_HAND, disabled)
                    .set(DIRECTORY_USER.STATUS, status)
                    .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk), DIRECTORY_USER.STATUS.ne(UserStatus.REMOVED.name()))
                    .execute();
        }
    }

    public void setExcluded(Collection<Long> ids, boolean excluded) {
        database.transaction(() -> {
            database.peopleChanged(ids, PeopleLog.Part.STATE);
            past.states(ids);
            for (List<Long> chunk : Chunks.of(ids)) {
                database.dsl().update(DIRECTORY_USER).set(DIRECTORY_USER.EXCLUDED, excluded)
                        .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk)).execute();
            }
            touch(ids);
        });
    }

    /// Removes a local account for good, its password and its role with it.
    public void deleteLocal(long id) {
        database.transaction(() -> {
            database.peopleChanged(List.of(id), PeopleLog.Part.NAMES);
            past.rows(List.of(id));
            counts.changing(List.of(id), () -> database.dsl().deleteFrom(DIRECTORY_USER)
                    .where(DIRECTORY_USER.ID.eq(id), DIRECTORY_USER.TENANT_ID.isNull()).execute());
        });
    }

    /// Somebody with a user name, whatever its letter case; removed people have given theirs up.
    public Optional<Long> idOfUsername(String username) {
        return database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.USERNAME_KEY.eq(SearchKeys.unique(username))).fetchOptional(DIRECTORY_USER.ID);
    }
}
