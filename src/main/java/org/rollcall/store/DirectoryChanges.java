package org.rollcall.store;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.RUN_CHANGE;

/// Writes changes of people, groups and memberships to the directory of one tenant, in batches. Callers set the transaction
/// boundaries and keep the order: user names are released before they are assigned.
public final class DirectoryChanges {
    private static final Map<String, UserField> USER_FIELDS = byGraphName(UserField.values());
    private static final Map<String, GroupField> GROUP_FIELDS = byGraphName(GroupField.values());
    private static final FieldColumns<UserField> USER = new FieldColumns<>(UserField.class, DIRECTORY_USER);
    private static final FieldColumns<GroupField> GROUP = new FieldColumns<>(GroupField.class, DIRECTORY_GROUP);

    private final Database database;
    private final long tenantId;
    private final long runId;
    private final OffsetDateTime now;
    private final PeopleCounts counts;
    private final MemberLists lists;
    private long activeInserted;

    public DirectoryChanges(Database database, long tenantId, long runId, Instant now) {
        this.database = database;
        this.tenantId = tenantId;
        this.runId = runId;
        this.now = Times.toColumn(now);
        this.counts = new PeopleCounts(database);
        this.lists = MemberLists.ofDirectory(database);
    }

    /// A role assignment to write.
    ///
    /// @param source as [org.rollcall.domain.RoleSource] names it
    public record RoleGrant(UUID person, long roleId, String source, @Nullable Long ruleId) {}

    /// Releases the user names of these people, who are found by their former name until they get a new one.
    public void freeNames(Collection<UUID> people) {
        JdbcBatch.run(database, "update directory_user set former_key = coalesce(username_key, former_key),"
                + " username_key = null where tenant_id = ? and object_id = ?", people, (statement, id) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, id);
                });
    }

    /// Inserts people with the values of `after` and their roles.
    ///
    /// @param grants in the order of the people
    /// @param by     the assigner of the roles, as display text
    public void insertPeople(List<PersonChange> people, List<RoleGrant> grants, String by) {
        database.peopleChanged(tenantId, people.stream().map(PersonChange::objectId).toList(), PeopleLog.Part.NAMES);
        // An undo restores people with the ids of their former rows.
        boolean back = !people.isEmpty() && people.getFirst().after().containsKey("id");
        var own = new ArrayList<>(List.of("tenant_id", "object_id", "username", "username_key", "status", "mfa",
                "search_key", "sort_key", "first_run_id", "last_run_id", "changed_at", "upn_key", "sam_key"));
        if (back) {
            own.addAll(List.of("id", "former_key", "disabled_by_hand", "excluded"));
        }
        var ids = new ArrayList<Long>();
        guardNames(() -> ids.addAll(JdbcBatch.insert(database, insert("directory_user", own, USER.columns()), people,
                (statement, person) -> {
                    String username = text(person.after(), "username");
                    String displayName = textOrNull(person.after(), UserField.DISPLAY_NAME.graphName());
                    boolean removed = isRemoved(person.after());
                    statement.setLong(1, tenantId);
                    statement.setObject(2, person.objectId());
                    statement.setString(3, username);
                    statement.setString(4, removed ? null : SearchKeys.unique(username));
                    statement.setString(5, text(person.after(), "status"));
                    statement.setString(6, text(person.after(), "mfa"));
                    statement.setString(7, SearchKeys.search(displayName, username,
                            textOrNull(person.after(), UserField.MAIL.graphName()),
                            textOrNull(person.after(), UserField.DEPARTMENT.graphName())));
                    statement.setString(8, SearchKeys.sort(Objects.requireNonNullElse(displayName, username)));
                    statement.setLong(9, runId);
                    statement.setLong(10, runId);
                    statement.setObject(11, now);
                    statement.setString(12, SearchKeys
                            .lookup(textOrNull(person.after(), UserField.USER_PRINCIPAL_NAME.graphName())));
                    statement.setString(13, SearchKeys
                            .lookup(textOrNull(person.after(), UserField.ON_PREMISES_SAM_ACCOUNT_NAME.graphName())));
                    if (back) {
                        statement.setLong(14, number(person.after(), "id"));
                        statement.setString(15, removed ? SearchKeys.unique(username) : null);
                        statement.setBoolean(16, Boolean.TRUE.equals(person.after().get("disabledByHand")));
                        statement.setBoolean(17, Boolean.TRUE.equals(person.after().get("excluded")));
                    }
                    for (UserField field : UserField.values()) {
                        statement.setObject(own.size() + 1 + field.ordinal(),
                                column(field, person.after().get(field.graphName())));
                    }
                })));
        record Given(long person, RoleGrant grant) {}
        var given = new ArrayList<Given>();
        for (int i = 0; i < ids.size(); i++) {
            given.add(new Given(ids.get(i), grants.get(i)));
        }
        JdbcBatch.run(database, "insert into role_assignment (user_id, role_id, source, rule_id, run_id, assigned_by,"
                + " assigned_at) values (?, ?, ?, ?, ?, ?, ?)", given, (statement, each) -> {
                    statement.setLong(1, each.person());
                    statement.setLong(2, each.grant().roleId());
                    statement.setString(3, each.grant().source());
                    statement.setObject(4, each.grant().ruleId(), Types.BIGINT);
                    statement.setLong(5, runId);
                    statement.setString(6, by);
                    statement.setObject(7, now);
                });
        List<UserStatus> statuses = people.stream()
                .map(person -> UserStatus.valueOf(text(person.after(), "status"))).toList();
        counts.added(tenantId, statuses, grants);
        activeInserted += statuses.stream().filter(UserStatus.ACTIVE::equals).count();
    }

    /// Updates people with the values of `after`: attributes, `username`, `status`, `mfa`, `disabledByHand`; other values are
    /// ignored.
    public void updatePeople(Collection<PersonChange> people) {
        var byColumns = new LinkedHashMap<List<String>, List<Row>>();
        for (PersonChange person : people) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            person.after().forEach((name, value) -> {
                UserField field = USER_FIELDS.get(name);
                if (field != null) {
                    values.put(field.column(), column(field, value));
                } else if (name.equals("username")) {
                    String key = SearchKeys.unique(String.valueOf(value));
                    boolean removed = isRemoved(person.after());
                    values.put("username", value);
                    values.put("username_key", removed ? null : key);
                    values.put("former_key", removed ? key : null);
                } else if (name.equals("status") || name.equals("mfa")) {
                    values.put(name, value);
                    if (name.equals("status")) {
                        values.put("removed_at", UserStatus.REMOVED.name().equals(value) ? now : null);
                    }
                } else if (name.equals("disabledByHand")) {
                    values.put("disabled_by_hand", value);
                }
                if (field == UserField.USER_PRINCIPAL_NAME) {
                    values.put("upn_key", SearchKeys.lookup(value == null ? null : value.toString()));
                } else if (field == UserField.ON_PREMISES_SAM_ACCOUNT_NAME) {
                    values.put("sam_key", SearchKeys.lookup(value == null ? null : value.toString()));
                }
            });
            gather(byColumns, person.objectId(), values);
        }
        database.peopleChanged(tenantId, people.stream().map(PersonChange::objectId).toList(), PeopleLog.Part.STATE);
        List<UUID> otherStatus = people.stream().filter(person -> person.after().containsKey("status"))
                .map(PersonChange::objectId).toList();
        counts.switching(tenantId, otherStatus, () -> guardNames(() -> byColumns.forEach((columns,
                rows) -> update("directory_user", columns, rows, ", version = version + 1"))));
    }

    /// Updates the search and sort keys of these people from their attributes.
    public void refreshKeys(Collection<UUID> people) {
        database.peopleChanged(tenantId, people, PeopleLog.Part.NAMES);
        record Keys(UUID id, String search, String sort) {}
        for (List<UUID> chunk : Chunks.of(Set.copyOf(people))) {
            List<Keys> keys = database.dsl()
                    .select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.USERNAME,
                            DIRECTORY_USER.MAIL, DIRECTORY_USER.DEPARTMENT)
                    .from(DIRECTORY_USER)
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .fetch(row -> new Keys(row.value1(),
                            SearchKeys.search(row.value2(), row.value3(), row.value4(), row.value5()),
                            SearchKeys.sort(Objects.requireNonNullElse(row.value2(), row.value3()))));
            JdbcBatch.run(database,
                    "update directory_user set search_key = ?, sort_key = ? where tenant_id = ? and object_id = ?",
                    keys, (statement, each) -> {
                        statement.setString(1, each.search());
                        statement.setString(2, each.sort());
                        statement.setLong(3, tenantId);
                        statement.setObject(4, each.id());
                    });
        }
    }

    /// Assigns roles, except to people whose role was set by hand.
    public void grant(Collection<RoleGrant> grants, String by) {
        database.peopleChanged(tenantId, grants.stream().map(RoleGrant::person).toList(), PeopleLog.Part.ROLE);
        counts.changing(tenantId, grants.stream().map(RoleGrant::person).toList(),
                () -> give(grants, by, " where source <> 'MANUAL' and user_id ="));
    }

    /// Restores roles that a run replaced, also over roles set by hand since.
    public void giveBack(Collection<RoleGrant> grants, String by) {
        database.peopleChanged(tenantId, grants.stream().map(RoleGrant::person).toList(), PeopleLog.Part.ROLE);
        counts.changing(tenantId, grants.stream().map(RoleGrant::person).toList(),
                () -> give(grants, by, " where user_id ="));
    }

    /// Deletes the role assignments of these people, who had none before a run.
    public void takeRoles(Collection<UUID> people) {
        database.peopleChanged(tenantId, people, PeopleLog.Part.ROLE);
        counts.changing(tenantId, people, () -> JdbcBatch.run(database, "delete from role_assignment where user_id ="
                + " (select id from directory_user where tenant_id = ? and object_id = ?)", people,
                (statement, person) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, person);
                }));
    }

    private void give(Collection<RoleGrant> grants, String by, String whom) {
        JdbcBatch.run(database,
                "update role_assignment set changed_at = case when role_id = ? then coalesce(changed_at, assigned_at)"
                        + " else cast(? as timestamp with time zone) end, role_id = ?, source = ?, rule_id = ?, run_id = ?,"
                        + " assigned_by = ?, assigned_at = ?, version = version + 1" + whom
                        + " (select id from directory_user where tenant_id = ? and object_id = ?)",
                grants,
                (statement, grant) -> {
                    statement.setLong(1, grant.roleId());
                    statement.setObject(2, now);
                    statement.setLong(3, grant.roleId());
                    statement.setString(4, grant.source());
                    statement.setObject(5, grant.ruleId(), Types.BIGINT);
                    statement.setLong(6, runId);
                    statement.setString(7, by);
                    statement.setObject(8, now);
                    statement.setLong(9, tenantId);
                    statement.setObject(10, grant.person());
                });
        JdbcBatch.run(database, "insert into role_assignment (user_id, role_id, source, rule_id, run_id, assigned_by,"
                + " assigned_at) select u.id, cast(? as bigint), cast(? as varchar(20)), cast(? as bigint),"
                + " cast(? as bigint), cast(? as varchar(1100)), cast(? as timestamp with time zone)"
                + " from directory_user u where u.tenant_id = ? and u.object_id = ?"
                + " and not exists (select 1 from role_assignment r where r.user_id = u.id)", grants,
                (statement, grant) -> {
                    statement.setLong(1, grant.roleId());
                    statement.setString(2, grant.source());
                    statement.setObject(3, grant.ruleId(), Types.BIGINT);
                    statement.setLong(4, runId);
                    statement.setString(5, by);
                    statement.setObject(6, now);
                    statement.setLong(7, tenantId);
                    statement.setObject(8, grant.person());
                });
    }

    /// Inserts new groups and updates removed ones that returned.
    public void putGroups(Collection<GroupChange> groups) {
        database.touched().groups(tenantId, groups.stream().map(GroupChange::objectId).toList());
        var known = new HashSet<UUID>();
        for (List<UUID> chunk : Chunks.of(groups.stream().map(GroupChange::objectId).toList())) {
            known.addAll(database.dsl().select(DIRECTORY_GROUP.OBJECT_ID).from(DIRECTORY_GROUP)
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk))
                    .fetch(DIRECTORY_GROUP.OBJECT_ID));
        }
        updateGroups(groups.stream().filter(group -> known.contains(group.objectId())).toList());
        insertGroups(groups.stream().filter(group -> !known.contains(group.objectId()))
                .filter(group -> !group.after().containsKey("id")).toList(), false);
        insertGroups(groups.stream().filter(group -> !known.contains(group.objectId()))
                .filter(group -> group.after().containsKey("id")).toList(), true);
    }

    /// @param back with the ids of their former rows
    private void insertGroups(List<GroupChange> groups, boolean back) {
        var own = new ArrayList<>(List.of("tenant_id", "object_id", "status", "sort_key", "first_run_id",
                "last_run_id", "changed_at", "mail_key"));
        if (back) {
            own.add("id");
        }
        JdbcBatch.run(database, insert("directory_group", own, GROUP.columns()), groups,
                (statement, group) -> {
                    statement.setLong(1, tenantId);
                    statement.setObject(2, group.objectId());
                    statement.setString(3, text(group.after(), "status"));
                    statement.setString(4,
                            SearchKeys.sort(textOrNull(group.after(), GroupField.DISPLAY_NAME.graphName())));
                    statement.setLong(5, runId);
                    statement.setLong(6, runId);
                    statement.setObject(7, now);
                    statement.setString(8,
                            SearchKeys.lookup(textOrNull(group.after(), GroupField.MAIL.graphName())));
                    if (back) {
                        statement.setLong(9, number(group.after(), "id"));
                    }
                    for (GroupField field : GroupField.values()) {
                        statement.setObject(own.size() + 1 + field.ordinal(),
                                column(field, group.after().get(field.graphName())));
                    }
                });
    }

    /// Updates groups with the values of `after`: attributes and `status`.
    public void updateGroups(Collection<GroupChange> groups) {
        database.touched().groups(tenantId, groups.stream().map(GroupChange::objectId).toList());
        var byColumns = new LinkedHashMap<List<String>, List<Row>>();
        for (GroupChange group : groups) {
            var values = new LinkedHashMap<String, @Nullable Object>();
            group.after().forEach((name, value) -> {
                GroupField field = GROUP_FIELDS.get(name);
                if (field != null) {
                    values.put(field.column(), column(field, value));
                } else if (name.equals("status")) {
                    values.put(name, value);
                }
                if (field == GroupField.DISPLAY_NAME) {
                    values.put("sort_key", SearchKeys.sort(value == null ? null : value.toString()));
                } else if (field == GroupField.MAIL) {
                    values.put("mail_key", SearchKeys.lookup(value == null ? null : value.toString()));
                }
            });
            gather(byColumns, group.objectId(), values);
        }
        byColumns.forEach((columns, rows) -> update("directory_group", columns, rows, ""));
    }

    /// Deletes people with their roles and scope entries. Their memberships are deleted by the caller before.
    public void deletePeople(List<PersonChange> people) {
        List<UUID> ids = people.stream().map(PersonChange::objectId).toList();
        // Under both ids, since the rows can no longer be joined when the log is read.
        database.peopleChanged(people.stream().map(person -> number(person.before(), "id")).toList(),
                PeopleLog.Part.NAMES);
        database.peopleChanged(tenantId, ids, PeopleLog.Part.NAMES);
        counts.switching(tenantId, ids, () -> {
            dropClaims(ids);
            JdbcBatch.run(database, "delete from directory_user where tenant_id = ? and object_id = ?", ids,
                    this::bindObject);
        });
    }

    /// The same for groups.
    public void deleteGroups(Collection<GroupChange> groups) {
        List<UUID> ids = groups.stream().map(GroupChange::objectId).toList();
        database.touched().groups(tenantId, ids);
        dropClaims(ids);
        JdbcBatch.run(database, "delete from directory_group where tenant_id = ? and object_id = ?", ids,
                this::bindObject);
    }

    private void dropClaims(List<UUID> ids) {
        JdbcBatch.run(database, "delete from profile_object where profile_id in (select id from import_profile"
                + " where tenant_id = ?) and object_id = ?", ids, this::bindObject);
    }

    private void bindObject(java.sql.PreparedStatement statement, UUID id) throws java.sql.SQLException {
        statement.setLong(1, tenantId);
        statement.setObject(2, id);
    }

    /// Adds people or groups to the scope of an import, or removes them.
    public void claim(long profileId, boolean people, Collection<UUID> ids, boolean inScope) {
        Runnable work = () -> JdbcBatch.run(database, inScope
                ? "insert into profile_object (profile_id, object_id, kind) select cast(? as bigint), cast(? as uuid),"
                        + " cast(? as varchar(10)) where not exists (select 1 from profile_object"
                        + " where profile_id = ? and object_id = ?)"
                : "delete from profile_object where profile_id = ? and object_id = ?", ids, (statement, id) -> {
                    statement.setLong(1, profileId);
                    statement.setObject(2, id);
                    if (inScope) {
                        statement.setString(3, people ? "USER" : "GROUP");
                        statement.setLong(4, profileId);
                        statement.setObject(5, id);
                    }
                });
        if (people) {
            database.touched().people(tenantId, ids);
            counts.switching(tenantId, ids, work);
        } else {
            database.touched().groups(tenantId, ids);
            work.run();
        }
    }

    public void removeMembers(Collection<GroupMembers> members) {
        database.touched().groups(tenantId, members.stream().map(GroupMembers::group).toList());
        lists.remove(tenantId, members);
    }

    public void addMembers(Collection<GroupMembers> members) {
        database.touched().groups(tenantId, members.stream().map(GroupMembers::group).toList());
        lists.add(tenantId, MemberLists.ONLY, members);
    }

    /// Updates the scope of the profile from the run's change set, after its other changes.
    ///
    /// @param kinds the kinds of changes in the change set
    /// @return number of objects added and removed
    public int claim(long profileId, Set<ChangeKind> kinds) {
        int noted = 0;
        if (kinds.contains(ChangeKind.SKIP) || kinds.contains(ChangeKind.REACTIVATE)) {
            claimKnown(profileId);
        }
        for (String kind : mayClaim(kinds) ? List.of("USER", "GROUP") : List.<String>of()) {
            noted += database.dsl().execute("""
                    insert into profile_object (profile_id, object_id, kind)
                    select cast(? as bigint), c.object_id, c.object_type from run_change c
                    where c.run_id = ? and c.object_type = ?
                    and (c.kind in ('CREATE', 'GROUP_CREATE') or c.kind = 'REACTIVATE' and c.reason = 'BACK_IN_SCOPE'
                        or c.kind = 'SKIP' and c.reason in ('IN_SCOPE_EVERYONE', 'IN_SCOPE_GROUP', 'IN_SCOPE_PERSON'))
                    and not exists (select 1 from profile_object p
                        where p.profile_id = ? and p.object_id = c.object_id)
                    """, profileId, runId, kind, profileId);
        }
        counts.inScope(profileId, activeInserted);
        // A search for a missing kind would scan the whole change set.
        if (Collections.disjoint(kinds, Set.of(ChangeKind.REMOVE, ChangeKind.GROUP_REMOVE, ChangeKind.SKIP))) {
            return noted;
        }
        return noted + database.dsl().execute("""
                delete from profile_object where profile_id = ? and object_id in (
                    select c.object_id from run_change c
                    where c.run_id = ? and (c.kind in ('REMOVE', 'GROUP_REMOVE')
                        or c.kind = 'SKIP' and c.reason = 'ANOTHER_PROFILE'))
                """, profileId, runId);
    }

    private static boolean mayClaim(Set<ChangeKind> kinds) {
        return !Collections.disjoint(kinds, Set.of(ChangeKind.CREATE, ChangeKind.GROUP_CREATE, ChangeKind.REACTIVATE,
                ChangeKind.SKIP));
    }

    /// Logs existing people and groups that enter the profile's scope or leave it to another profile.
    private void claimKnown(long profileId) {
        long[] active = { 0 };
        var moving = new ArrayList<UUID>();
        database.dsl().fetch("""
                select c.object_id, c.reason, u.status from run_change c
                join directory_user u on u.tenant_id = ? and u.object_id = c.object_id
                left join profile_object p on p.profile_id = ? and p.object_id = c.object_id
                where c.run_id = ? and c.object_type = 'USER'
                and (c.kind = 'REACTIVATE' and c.reason = 'BACK_IN_SCOPE' and p.profile_id is null
                    or c.kind = 'SKIP' and c.reason in ('IN_SCOPE_EVERYONE', 'IN_SCOPE_GROUP', 'IN_SCOPE_PERSON')
                        and p.profile_id is null
                    or c.kind = 'SKIP' and c.reason = 'ANOTHER_PROFILE' and p.profile_id is not null)
                """, tenantId, profileId, runId).forEach(row -> {
            moving.add(row.get(0, UUID.class));
            if (UserStatus.ACTIVE.name().equals(row.get(2, String.class))) {
                active[0] += ReasonCode.ANOTHER_PROFILE.name().equals(row.get(1, String.class)) ? -1 : 1;
            }
        });
        database.touched().people(tenantId, moving);
        database.touched().groups(tenantId, database.dsl().select(RUN_CHANGE.OBJECT_ID).from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.OBJECT_TYPE.eq("GROUP"),
                        RUN_CHANGE.KIND.eq(ChangeKind.SKIP.name()),
                        RUN_CHANGE.REASON.ne(ReasonCode.EXCLUDED_GROUP.name()))
                .fetch(RUN_CHANGE.OBJECT_ID));
        counts.inScope(profileId, active[0]);
    }

    private record Row(UUID id, List<@Nullable Object> values) {}

    private static void gather(Map<List<String>, List<Row>> byColumns, UUID id,
            Map<String, @Nullable Object> values) {
        if (!values.isEmpty()) {
            byColumns.computeIfAbsent(List.copyOf(values.keySet()), columns -> new ArrayList<>())
                    .add(new Row(id, new ArrayList<>(values.values())));
        }
    }

    private void update(String table, List<String> columns, List<Row> rows, String besides) {
        String sql = "update " + table + " set " + String.join(" = ?, ", columns) + " = ?, last_run_id = ?,"
                + " changed_at = ?" + besides + " where tenant_id = ? and object_id = ?";
        JdbcBatch.run(database, sql, rows, (statement, row) -> {
            int at = 1;
            for (Object value : row.values()) {
                statement.setObject(at++, value);
            }
            statement.setLong(at++, runId);
            statement.setObject(at++, now);
            statement.setLong(at++, tenantId);
            statement.setObject(at, row.id());
        });
    }

    private static String insert(String table, List<String> own, List<org.jooq.Field<?>> attributes) {
        var columns = new ArrayList<>(own);
        attributes.forEach(column -> columns.add(column.getName()));
        return "insert into " + table + " (" + String.join(", ", columns) + ") values (?"
                + ", ?".repeat(columns.size() - 1) + ")";
    }

    private static void guardNames(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            if (e.sqlStateClass() == SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION) {
                throw new RollcallException(ErrorKind.CONFLICT, "apply.name-taken",
                        Words.of("store.apply.name-taken"),
                        Words.of("store.apply.name-taken.remedy"), Map.of(), e);
            }
            throw e;
        }
    }

    /// Converts a value of a change, possibly read from JSON, to the type of its column.
    private static <F extends Enum<F> & DirectoryField> @Nullable Object column(F field, @Nullable Object value) {
        Object typed = value instanceof String text && field.type() == DirectoryField.Type.INSTANT
                ? Instant.parse(text)
                : value;
        return FieldColumns.toColumn(field, typed);
    }

    private static boolean isRemoved(Map<String, @Nullable Object> values) {
        return UserStatus.REMOVED.name().equals(values.get("status"));
    }

    private static long number(Map<String, @Nullable Object> values, String name) {
        return ((Number) Objects.requireNonNull(values.get(name), name)).longValue();
    }

    private static String text(Map<String, @Nullable Object> values, String name) {
        return Objects.requireNonNull(textOrNull(values, name), name);
    }

    private static @Nullable String textOrNull(Map<String, @Nullable Object> values, String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    private static <F extends DirectoryField> Map<String, F> byGraphName(F[] fields) {
        var result = new HashMap<String, F>();
        for (F field : fields) {
            result.put(field.graphName(), field);
        }
        return Map.copyOf(result);
    }
}
