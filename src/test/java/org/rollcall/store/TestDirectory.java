package org.rollcall.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.MIRROR;
import static org.rollcall.store.gen.Tables.PROFILE_OBJECT;

/// A database with people and groups as an import leaves them, for tests. Object ids are made from names.
public final class TestDirectory implements AutoCloseable {
    public final Database database;
    public final SettableClock clock = new SettableClock();
    private final RoleStore roles;

    public TestDirectory(Path folder) {
        this(ReadyDatabase.open(folder));
    }

    /// Over a database that is open.
    public TestDirectory(Database database) {
        this.database = database;
        roles = new RoleStore(database);
    }

    /// A clock that moves when it is told to.
    public static final class SettableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

        /// Never finer than a microsecond, as the database keeps moments: a finer one would come back rounded up or down.
        public synchronized void advance(Duration by) {
            now = now.plus(by).truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    public static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public Tenant tenant(String name) {
        return new TenantStore(database).insert(new Tenant(0, name, uuid(name).toString(), name + " Ltd",
                uuid("client of " + name).toString(), Cloud.GLOBAL, null, null, null, null, clock.instant(), null));
    }

    public Profile profile(Tenant tenant, String name) {
        return new ProfileStore(database, clock).insert(tenant.id(), name, ProfileConfig.everyone(),
                roles.require("User").id());
    }

    /// An active person with the default role.
    public long person(Tenant tenant, String displayName, String username) {
        return person(tenant, displayName, username, username, null, UserStatus.ACTIVE);
    }

    public long person(Tenant tenant, String displayName, String username, @Nullable String mail,
            @Nullable String department, UserStatus status) {
        long id = database.transaction(() -> database.dsl().insertInto(DIRECTORY_USER)
                .set(DIRECTORY_USER.TENANT_ID, tenant.id())
                .set(DIRECTORY_USER.OBJECT_ID, uuid(username))
                .set(DIRECTORY_USER.USERNAME, username)
                .set(DIRECTORY_USER.USERNAME_KEY, status == UserStatus.REMOVED ? null : SearchKeys.unique(username))
                .set(DIRECTORY_USER.STATUS, status.name())
                .set(DIRECTORY_USER.MFA, MfaState.UNKNOWN.name())
                .set(DIRECTORY_USER.SEARCH_KEY, SearchKeys.search(displayName, username, mail, department))
                .set(DIRECTORY_USER.SORT_KEY, SearchKeys.sort(displayName))
                .set(DIRECTORY_USER.CHANGED_AT, Times.toColumn(clock.instant()))
                .set(DIRECTORY_USER.USER_PRINCIPAL_NAME, username)
                .set(DIRECTORY_USER.UPN_KEY, SearchKeys.unique(username))
                .set(DIRECTORY_USER.FORMER_KEY, status == UserStatus.REMOVED ? SearchKeys.unique(username) : null)
                .set(DIRECTORY_USER.DISPLAY_NAME, displayName)
                .set(DIRECTORY_USER.MAIL, mail)
                .set(DIRECTORY_USER.DEPARTMENT, department)
                .set(DIRECTORY_USER.ACCOUNT_ENABLED, status != UserStatus.DISABLED)
                .returning(DIRECTORY_USER.ID).fetchSingle(DIRECTORY_USER.ID));
        database.transaction(() -> {
            new PeopleCounts(database).added(tenant.id(), Set.of(status));
            database.peopleChanged(Set.of(id), PeopleLog.Part.NAMES);
        });
        role(id, "User", RoleSource.DEFAULT);
        return id;
    }

    /// Forgets what is kept of the past, and fills in what the audit log tells, as a database of an earlier version gets it.
    public void refillPast() {
        database.dsl().connection(connection -> new PastFromAudit().migrate(new Context() {
            @Override
            public Configuration getConfiguration() {
                throw new UnsupportedOperationException("asked for nothing but a connection");
            }

            @Override
            public Connection getConnection() {
                return connection;
            }
        }));
    }

    public void role(long userId, String role, RoleSource source) {
        new AssignmentStore(database, clock).set(Set.of(userId), roles.require(role).id(), source, null, "test");
    }

    public UUID group(Tenant tenant, String name) {
        return group(tenant, uuid(tenant.name() + "/" + name), name, null);
    }

    public UUID group(Tenant tenant, UUID id, String name, @Nullable String mail) {
        database.transaction(() -> {
            database.dsl().insertInto(DIRECTORY_GROUP)
                    .set(DIRECTORY_GROUP.TENANT_ID, tenant.id())
                    .set(DIRECTORY_GROUP.OBJECT_ID, id)
                    .set(DIRECTORY_GROUP.STATUS, GroupStatus.ACTIVE.name())
                    .set(DIRECTORY_GROUP.SORT_KEY, SearchKeys.sort(name))
                    .set(DIRECTORY_GROUP.CHANGED_AT, Times.toColumn(clock.instant()))
                    .set(DIRECTORY_GROUP.DISPLAY_NAME, name)
                    .set(DIRECTORY_GROUP.MAIL, mail)
                    .set(DIRECTORY_GROUP.MAIL_KEY, SearchKeys.lookup(mail))
                    .set(DIRECTORY_GROUP.SECURITY_ENABLED, true)
                    .execute();
        });
        return id;
    }

    public void member(Tenant tenant, UUID group, UUID member, MemberType type) {
        members(tenant, group, List.of(member), type);
    }

    public void members(Tenant tenant, UUID group, Collection<UUID> members, MemberType type) {
        database.transaction(() -> MemberLists.ofDirectory(database).add(tenant.id(), tenant.id(), MemberLists.ONLY,
                members.stream().map(member -> new Membership(group, member, type)).toList()));
    }

    /// Out of every group.
    public void leavesAll(Tenant tenant, UUID member) {
        database.transaction(
                () -> MemberLists.ofDirectory(database).removeMembers(tenant.id(), tenant.id(), List.of(member)));
    }

    /// The profile has this person in scope.
    public void owns(Profile profile, String username) {
        database.transaction(() -> {
            database.dsl().insertInto(PROFILE_OBJECT)
                    .set(PROFILE_OBJECT.PROFILE_ID, profile.id())
                    .set(PROFILE_OBJECT.OBJECT_ID, uuid(username))
                    .set(PROFILE_OBJECT.KIND, "USER")
                    .execute();
            new PeopleCounts(database).inScope(profile.id(), database.dsl().fetchCount(DIRECTORY_USER,
                    DIRECTORY_USER.OBJECT_ID.eq(uuid(username)), DIRECTORY_USER.TENANT_ID.eq(profile.tenantId()),
                    DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name())));
        });
    }

    /// The people of the first tenant sign in with Entra, by browser or device code; or not.
    public void signInWithEntra(boolean enabled) {
        var settings = new AuthSettingsStore(database);
        settings.put(enabled
                ? settings.get().withEntra(new TenantStore(database).list().getFirst().id(),
                        EnumSet.of(SignInMode.BROWSER, SignInMode.DEVICE))
                : settings.get().withoutEntra());
    }

    /// Ids of the mirrors of a tenant.
    public List<Long> mirrors(Tenant tenant) {
        return database.dsl().select(MIRROR.ID).from(MIRROR).where(MIRROR.TENANT_ID.eq(tenant.id())).orderBy(MIRROR.ID)
                .fetch(MIRROR.ID);
    }

    /// Imports of which it is not known how many active people they have in scope, with the number kept and the real one.
    public List<String> activeMiscounted() {
        return database.dsl().fetch("""
                select p.id, p.active, (select count(*) from profile_object o
                    join directory_user u on u.object_id = o.object_id
                    where o.profile_id = p.id and u.tenant_id = p.tenant_id and u.status = 'ACTIVE') as active
                from import_profile p""").stream().filter(row -> !row.get(1).equals(row.get(2)))
                .map(Object::toString).toList();
    }

    /// Kinds of people of which the number kept is not what counting them says.
    public List<String> peopleMiscounted() {
        return database.dsl().fetch("""
                select tenant_id, status, role_id, source, rule_id, sum(people) as difference from (
                    select tenant_id, status, role_id, source, rule_id, people from people_count
                    union all
                    select coalesce(u.tenant_id, 0), u.status, coalesce(a.role_id, 0), coalesce(a.source, ''),
                        coalesce(a.rule_id, 0), -1 as people
                    from directory_user u left join role_assignment a on a.user_id = u.id) both_ways
                group by tenant_id, status, role_id, source, rule_id having sum(people) <> 0""")
                .map(Object::toString);
    }

    /// Everything that is in the directory of a tenant, as rows with their columns; who wrote it last and when apart
    /// (whoever is removed again by an undo is removed from then on). Local
    /// accounts are there with the user names that they take.
    public Map<String, Map<String, @Nullable Object>> everything(Tenant tenant) {
        var all = new TreeMap<String, Map<String, @Nullable Object>>();
        database.dsl().fetch("""
                select u.*, r.name as role, a.source, a.rule_id from directory_user u
                left join role_assignment a on a.user_id = u.id left join role r on r.id = a.role_id
                where u.tenant_id = ? or u.tenant_id is null""", tenant.id())
                .forEach(row -> {
                    var told = told(row.intoMap());
                    all.put(told.get("tenant_id") == null
                            ? "local " + told.get("id")
                            : "person " + told.get("object_id"), told);
                });
        database.dsl().fetch("select * from directory_group where tenant_id = ?", tenant.id()).forEach(row -> {
            var told = told(row.intoMap());
            all.put("group " + told.get("object_id"), told);
        });
        database.dsl().fetch("""
                select o.profile_id, o.object_id from profile_object o join import_profile p on p.id = o.profile_id
                where p.tenant_id = ?""", tenant.id())
                .forEach(row -> all.put("claim " + row.get(1) + " " + row.get(0), Map.of()));
        MemberLists.ofDirectory(database).memberships(tenant.id(), tenant.id()).forEachRemaining(each -> all.put(
                "member " + each.group() + " " + each.member() + " " + each.type(), Map.of()));
        return all;
    }

    private static Map<String, @Nullable Object> told(Map<String, @Nullable Object> row) {
        var told = new TreeMap<String, @Nullable Object>();
        row.forEach((name, value) -> told.put(name.toLowerCase(Locale.ROOT), value));
        told.keySet().removeAll(Set.of("version", "changed_at", "first_run_id", "last_run_id", "removed_at"));
        return told;
    }

    /// Runs a statement as somebody with a database tool would.
    public int sql(String statement, @Nullable Object... values) {
        return database.transaction(() -> database.dsl().execute(statement, values));
    }

    @Override
    public void close() {
        database.close();
    }
}
