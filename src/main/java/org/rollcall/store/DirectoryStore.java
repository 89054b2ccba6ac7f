package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.PROFILE_OBJECT;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.TENANT;

/// The directory as a plan reads it: people, groups and memberships of one tenant in object-id order (bytes, unsigned),
/// a chunk at a time.
public final class DirectoryStore {
    private static final int CHUNK = 1_000;
    private static final FieldColumns<UserField> USER = new FieldColumns<>(UserField.class, DIRECTORY_USER);
    private static final FieldColumns<GroupField> GROUP = new FieldColumns<>(GroupField.class, DIRECTORY_GROUP);

    private final Database database;

    public DirectoryStore(Database database) {
        this.database = database;
    }

    /// Imported people, removed ones included.
    ///
    /// @param profileId the profile planned for; one that is not there has brought in nobody
    public Iterator<StoredPerson> people(long tenantId, long profileId) {
        Map<Long, String> profiles = profiles(tenantId);
        return new KeysetIterator<>(CHUNK, last -> {
            var rows = selectPeople()
                    .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.OBJECT_ID.isNotNull())
                    .and(last == null ? DSL.noCondition() : DIRECTORY_USER.OBJECT_ID.gt(last.id()))
                    .orderBy(DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID).limit(CHUNK)
                    .fetch();
            if (rows.isEmpty()) {
                return List.of();
            }
            var claims = claims(profiles, rows.getFirst().get(DIRECTORY_USER.OBJECT_ID),
                    rows.getLast().get(DIRECTORY_USER.OBJECT_ID));
            return rows.map(row -> person(row, Claim.of(claims.get(row.get(DIRECTORY_USER.OBJECT_ID)), profileId),
                    profiles));
        });
    }

    /// One of them.
    public Optional<StoredPerson> person(long tenantId, long profileId, UUID id) {
        var found = people(tenantId, profileId, List.of(id));
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    /// Those of these people who are there.
    ///
    /// @param ids in the order of the database
    public Iterator<StoredPerson> people(long tenantId, long profileId, List<UUID> ids) {
        Map<Long, String> profiles = profiles(tenantId);
        return Chunks.of(ids).stream().flatMap(chunk -> {
            var claims = claims(profiles, chunk);
            return selectPeople()
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .orderBy(DIRECTORY_USER.OBJECT_ID)
                    .fetch(row -> person(row, Claim.of(claims.get(row.get(DIRECTORY_USER.OBJECT_ID)), profileId),
                            profiles))
                    .stream();
        }).iterator();
    }

    private SelectOnConditionStep<Record> selectPeople() {
        return database.dsl().select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.USERNAME, DIRECTORY_USER.STATUS,
                DIRECTORY_USER.DISABLED_BY_HAND, DIRECTORY_USER.EXCLUDED, DIRECTORY_USER.MFA, ROLE.NAME,
                ROLE_ASSIGNMENT.SOURCE, ROLE_ASSIGNMENT.RULE_ID).select(USER.columns())
                .from(DIRECTORY_USER)
                .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .leftJoin(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID));
    }

    /// Everybody's id, and whether they are there: removed people are not.
    public void forEachPerson(long tenantId, BiConsumer<UUID, Boolean> sink) {
        database.walk(database.dsl().select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.STATUS).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.OBJECT_ID.isNotNull())
                .orderBy(DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID),
                row -> sink.accept(row.value1(), !row.value2().equals(UserStatus.REMOVED.name())));
    }

    /// How many people the tenant has, removed ones included.
    public long countPeople(long tenantId) {
        return new PeopleCounts(database).ofTenant(tenantId);
    }

    /// How many active administrators are among them.
    public long countActiveAdministrators(long tenantId) {
        return new PeopleCounts(database).activeOfTenant(tenantId,
                new RoleStore(database).require(Role.ADMINISTRATOR).id());
    }

    /// Who of the tenant has one of these user names, in the form under which they are unique.
    public List<UUID> holders(long tenantId, Collection<String> keys) {
        var found = new ArrayList<UUID>();
        for (List<String> chunk : Chunks.of(keys)) {
            found.addAll(database.dsl().select(DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                    .where(DIRECTORY_USER.USERNAME_KEY.in(chunk), DIRECTORY_USER.TENANT_ID.eq(tenantId))
                    .fetch(DIRECTORY_USER.OBJECT_ID));
        }
        return found;
    }

    /// Groups, removed ones included.
    public Iterator<StoredGroup> groups(long tenantId, long profileId) {
        Map<Long, String> profiles = profiles(tenantId);
        return new KeysetIterator<>(CHUNK, last -> {
            var rows = selectGroups()
                    .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId))
                    .and(last == null ? DSL.noCondition() : DIRECTORY_GROUP.OBJECT_ID.gt(last.id()))
                    .orderBy(DIRECTORY_GROUP.TENANT_ID, DIRECTORY_GROUP.OBJECT_ID).limit(CHUNK)
                    .fetch();
            if (rows.isEmpty()) {
                return List.of();
            }
            return groups(rows, profiles, profileId);
        });
    }

    /// Those of these groups that are there.
    public List<StoredGroup> groups(long tenantId, long profileId, Collection<UUID> ids) {
        Map<Long, String> profiles = profiles(tenantId);
        var found = new ArrayList<StoredGroup>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            found.addAll(groups(selectGroups()
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk))
                    .fetch(), profiles, profileId));
        }
        return found;
    }

    private SelectJoinStep<Record> selectGroups() {
        return database.dsl().select(DIRECTORY_GROUP.OBJECT_ID, DIRECTORY_GROUP.STATUS).select(GROUP.columns())
                .from(DIRECTORY_GROUP);
    }

    private List<StoredGroup> groups(Result<Record> rows, Map<Long, String> profiles, long profileId) {
        var claims = claims(profiles, rows.getValues(DIRECTORY_GROUP.OBJECT_ID));
        return rows.map(row -> {
            Claim claim = Claim.of(claims.get(row.get(DIRECTORY_GROUP.OBJECT_ID)), profileId);
            return new StoredGroup(row.get(DIRECTORY_GROUP.OBJECT_ID),
                    GroupStatus.valueOf(row.get(DIRECTORY_GROUP.STATUS)), GROUP.read(row, 2), claim.here(),
                    claim.other(), claim.other() == null ? null : profiles.get(claim.other()));
        });
    }

    /// Direct members, by group.
    public Iterator<GroupMembers> members(long tenantId) {
        return MemberLists.ofDirectory(database).groups(tenantId);
    }

    /// The numbers of these objects, in their order; 0 for those without: they are in no group.
    public int[] numbers(long tenantId, Collection<UUID> ids) {
        return database.numbers().of(tenantId, ids);
    }

    /// The objects with these numbers, in their order.
    public UUID[] ids(long tenantId, int[] numbers) {
        return database.numbers().ids(tenantId, numbers);
    }

    /// The direct memberships of one person or group, in any order.
    public List<Membership> memberships(long tenantId, UUID member) {
        return MemberLists.ofDirectory(database).membershipsOf(tenantId, tenantId, member);
    }

    /// Whether somebody else than one person of a tenant holds a user name.
    ///
    /// @param key the form under which it is unique
    public boolean isHeldByOthers(String key, long tenantId, UUID person) {
        return database.dsl().fetchExists(database.dsl().selectOne().from(DIRECTORY_USER)
                .where(DIRECTORY_USER.USERNAME_KEY.eq(key))
                .and(DIRECTORY_USER.TENANT_ID.isNull().or(DIRECTORY_USER.TENANT_ID.ne(tenantId))
                        .or(DIRECTORY_USER.OBJECT_ID.ne(person))));
    }

    /// User names held outside a tenant: the form under which they are unique, and who has them in words.
    public void forEachForeignName(long tenantId, BiConsumer<String, String> sink) {
        database.dsl().select(DIRECTORY_USER.USERNAME_KEY).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.TENANT_ID.isNull(), DIRECTORY_USER.USERNAME_KEY.isNotNull())
                .forEach(row -> sink.accept(row.value1(), "a local account"));
        // One tenant after the other, along its index: the people of this one are not gone through for it.
        database.dsl().select(TENANT.ID, TENANT.NAME).from(TENANT).where(TENANT.ID.ne(tenantId)).fetch()
                .forEach(other -> forEachName(other.value1(), key -> sink.accept(key,
                        Words.of("store.somebodyOf", other.value2()).english())));
    }

    private void forEachName(long tenantId, Consumer<String> sink) {
        record Held(UUID id, String key) {}
        var names = new KeysetIterator<Held>(CHUNK, last -> database.dsl()
                .select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.USERNAME_KEY).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.USERNAME_KEY.isNotNull())
                .and(last == null ? DSL.noCondition() : DIRECTORY_USER.OBJECT_ID.gt(last.id()))
                .orderBy(DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID).limit(CHUNK)
                .fetch(row -> new Held(row.value1(), row.value2())));
        names.forEachRemaining(each -> sink.accept(each.key()));
    }

    /// Those of these names that are.
    public void forEachForeignName(long tenantId, Collection<String> keys, BiConsumer<String, String> sink) {
        for (List<String> chunk : Chunks.of(keys)) {
            database.dsl().select(DIRECTORY_USER.USERNAME_KEY, TENANT.NAME)
                    .from(DIRECTORY_USER).leftJoin(TENANT).on(TENANT.ID.eq(DIRECTORY_USER.TENANT_ID))
                    .where(DIRECTORY_USER.USERNAME_KEY.in(chunk),
                            DIRECTORY_USER.TENANT_ID.isNull().or(DIRECTORY_USER.TENANT_ID.ne(tenantId)))
                    .forEach(row -> sink.accept(row.value1(), holder(row.value2())));
        }
    }

    private static String holder(@Nullable String tenant) {
        return tenant == null ? "a local account" : Words.of("store.somebodyOf", tenant).english();
    }

    /// Active people whom a profile has brought in.
    public long countActive(long profileId) {
        return database.dsl().select(IMPORT_PROFILE.ACTIVE).from(IMPORT_PROFILE).where(IMPORT_PROFILE.ID.eq(profileId))
                .fetchOptional(IMPORT_PROFILE.ACTIVE).orElse(0L);
    }

    private static StoredPerson person(Record row, Claim claim, Map<Long, String> profiles) {
        String source = row.get(ROLE_ASSIGNMENT.SOURCE);
        return new StoredPerson(row.get(DIRECTORY_USER.OBJECT_ID), row.get(DIRECTORY_USER.USERNAME),
                UserStatus.valueOf(row.get(DIRECTORY_USER.STATUS)), row.get(DIRECTORY_USER.DISABLED_BY_HAND),
                row.get(DIRECTORY_USER.EXCLUDED), MfaState.valueOf(row.get(DIRECTORY_USER.MFA)), USER.read(row, 9),
                claim.here(), claim.other(), claim.other() == null ? null : profiles.get(claim.other()),
                row.get(ROLE.NAME), source == null ? null : RoleSource.valueOf(source),
                row.get(ROLE_ASSIGNMENT.RULE_ID));
    }

    private Map<Long, String> profiles(long tenantId) {
        return database.dsl().select(IMPORT_PROFILE.ID, IMPORT_PROFILE.NAME).from(IMPORT_PROFILE)
                .where(IMPORT_PROFILE.TENANT_ID.eq(tenantId)).fetchMap(IMPORT_PROFILE.ID, IMPORT_PROFILE.NAME);
    }

    /// Which profiles have which of these objects.
    private Map<UUID, List<Long>> claims(Map<Long, String> profiles, List<UUID> ids) {
        var result = new HashMap<UUID, List<Long>>();
        database.dsl().select(PROFILE_OBJECT.OBJECT_ID, PROFILE_OBJECT.PROFILE_ID).from(Chunks.table(ids))
                .join(PROFILE_OBJECT).on(PROFILE_OBJECT.OBJECT_ID.eq(Chunks.ID))
                .where(PROFILE_OBJECT.PROFILE_ID.in(profiles.keySet()))
                .forEach(row -> result.computeIfAbsent(row.value1(), id -> new ArrayList<>(1)).add(row.value2()));
        return result;
    }

    /// The same of everybody, for a range of ids. One walk along the key for each profile.
    private Map<UUID, List<Long>> claims(Map<Long, String> profiles, UUID first, UUID last) {
        var result = new HashMap<UUID, List<Long>>();
        for (Long profile : profiles.keySet()) {
            database.dsl().select(PROFILE_OBJECT.OBJECT_ID).from(PROFILE_OBJECT)
                    .where(PROFILE_OBJECT.PROFILE_ID.eq(profile), PROFILE_OBJECT.OBJECT_ID.ge(first),
                            PROFILE_OBJECT.OBJECT_ID.le(last))
                    .forEach(row -> result.computeIfAbsent(row.value1(), id -> new ArrayList<>(1)).add(profile));
        }
        return result;
    }

    /// @param other smallest id of another profile
    private record Claim(boolean here, @Nullable Long other) {
        static Claim of(@Nullable List<Long> profiles, long profileId) {
            if (profiles == null) {
                return new Claim(false, null);
            }
            Long other = null;
            for (Long each : profiles) {
                if (each != profileId && (other == null || each < other)) {
                    other = each;
                }
            }
            return new Claim(profiles.contains(profileId), other);
        }
    }
}
