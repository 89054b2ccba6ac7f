package org.rollcall.store;

import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Assignment;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.ROLE_PERMISSION;

/// Who holds which role.
public final class AssignmentStore {
    private final Database database;
    private final Clock clock;
    private final PeopleCounts counts;
    private final AuthSettingsStore settings;
    private final PastLog past;

    public AssignmentStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.counts = new PeopleCounts(database);
        this.settings = new AuthSettingsStore(database);
        this.past = new PastLog(database, clock);
    }

    /// By person.
    public Map<Long, Assignment> of(Collection<Long> userIds) {
        var result = new HashMap<Long, Assignment>();
        for (List<Long> chunk : Chunks.of(userIds)) {
            database.dsl().selectFrom(ROLE_ASSIGNMENT).where(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, chunk))
                    .forEach(row -> result.put(row.getUserId(), read(row)));
        }
        return result;
    }

    /// The people who hold a role, removed ones included.
    public List<Long> holders(long roleId) {
        return database.dsl().select(ROLE_ASSIGNMENT.USER_ID).from(ROLE_ASSIGNMENT)
                .where(ROLE_ASSIGNMENT.ROLE_ID.eq(roleId)).orderBy(ROLE_ASSIGNMENT.USER_ID)
                .fetch(ROLE_ASSIGNMENT.USER_ID);
    }

    /// What somebody's role permits; empty if there is nobody of that id who is active.
    public Optional<Set<Permission>> permissionsOf(long userId) {
        var found = database.dsl().select(ROLE_PERMISSION.PERMISSION)
                .from(DIRECTORY_USER)
                .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .leftJoin(ROLE_PERMISSION).on(ROLE_PERMISSION.ROLE_ID.eq(ROLE_ASSIGNMENT.ROLE_ID))
                .where(DIRECTORY_USER.ID.eq(userId), DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()))
                .fetch(ROLE_PERMISSION.PERMISSION);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.stream().filter(Objects::nonNull).map(Permission::valueOf)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// The ids of the roles that people of a tenant hold, removed people apart.
    public Set<Long> rolesHeldIn(long tenantId) {
        return database.dsl().selectDistinct(ROLE_ASSIGNMENT.ROLE_ID).from(ROLE_ASSIGNMENT)
                .join(DIRECTORY_USER).on(DIRECTORY_USER.ID.eq(ROLE_ASSIGNMENT.USER_ID))
                .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.STATUS.ne(UserStatus.REMOVED.name()))
                .fetchSet(ROLE_ASSIGNMENT.ROLE_ID);
    }

    /// How many people each rule decides, by rule id; removed people apart.
    public Map<Long, Long> decidedByRule() {
        return counts.byRule();
    }

    /// Gives all of them one role.
    ///
    /// @param ruleId where `source` is RULE
    public void set(Collection<Long> userIds, long roleId, RoleSource source, @Nullable Long ruleId, String by) {
        database.transaction(() -> counts.given(userIds, roleId, source, ruleId, () -> {
            database.peopleChanged(userIds, PeopleLog.Part.ROLE);
            past.roles(userIds);
            var now = Times.toColumn(clock.instant());
            for (List<Long> chunk : Chunks.of(userIds)) {
                int known = database.dsl().update(ROLE_ASSIGNMENT)
                        .set(ROLE_ASSIGNMENT.ROLE_ID, roleId)
                        .set(ROLE_ASSIGNMENT.SOURCE, source.name())
                        .set(ROLE_ASSIGNMENT.RULE_ID, ruleId)
                        .setNull(ROLE_ASSIGNMENT.RUN_ID)
                        .set(ROLE_ASSIGNMENT.ASSIGNED_BY, by)
                        .set(ROLE_ASSIGNMENT.ASSIGNED_AT, now)
                        .set(ROLE_ASSIGNMENT.CHANGED_AT, now)
                        .set(ROLE_ASSIGNMENT.VERSION, ROLE_ASSIGNMENT.VERSION.plus(1))
                        .where(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, chunk)).execute();
                if (known < chunk.size()) {
                    database.dsl().insertInto(ROLE_ASSIGNMENT, ROLE_ASSIGNMENT.USER_ID, ROLE_ASSIGNMENT.ROLE_ID,
                            ROLE_ASSIGNMENT.SOURCE, ROLE_ASSIGNMENT.RULE_ID, ROLE_ASSIGNMENT.ASSIGNED_BY,
                            ROLE_ASSIGNMENT.ASSIGNED_AT, ROLE_ASSIGNMENT.VERSION)
                            .select(DSL.select(DIRECTORY_USER.ID, DSL.val(roleId), DSL.val(source.name()),
                                    DSL.val(ruleId, ROLE_ASSIGNMENT.RULE_ID), DSL.val(by), DSL.val(now), DSL.val(1))
                                    .from(DIRECTORY_USER).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                                    .andNotExists(DSL.selectOne().from(ROLE_ASSIGNMENT)
                                            .where(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))))
                            .execute();
                }
            }
        }));
    }

    /// The roles that these people have just been given by hand are part of what a run did.
    public void countToRun(Collection<Long> userIds, long runId) {
        for (List<Long> chunk : Chunks.of(userIds)) {
            database.dsl().update(ROLE_ASSIGNMENT).set(ROLE_ASSIGNMENT.RUN_ID, runId)
                    .where(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, chunk)).execute();
        }
    }

    /// Everybody who holds one role holds another one from now on, each from the same source as before.
    public void moveAll(long fromRoleId, long toRoleId) {
        database.transaction(() -> {
            database.peopleChanged(holders(fromRoleId), PeopleLog.Part.ROLE);
            past.rolesOfHolders(fromRoleId);
            database.dsl().update(ROLE_ASSIGNMENT).set(ROLE_ASSIGNMENT.ROLE_ID, toRoleId)
                    .set(ROLE_ASSIGNMENT.CHANGED_AT, Times.toColumn(clock.instant()))
                    // It is no longer what a run gave: undoing that run leaves it alone.
                    .setNull(ROLE_ASSIGNMENT.RUN_ID)
                    .set(ROLE_ASSIGNMENT.VERSION, ROLE_ASSIGNMENT.VERSION.plus(1))
                    .where(ROLE_ASSIGNMENT.ROLE_ID.eq(fromRoleId)).execute();
            counts.moved(fromRoleId, toRoleId);
        });
    }

    /// Puts assignments back as they were, of people who hold a role.
    public void restore(Collection<Assignment> assignments) {
        var now = Times.toColumn(clock.instant());
        List<Long> ids = assignments.stream().map(Assignment::userId).toList();
        database.transaction(() -> {
            database.peopleChanged(ids, PeopleLog.Part.ROLE);
            past.roles(ids);
            counts.changing(ids,
                    () -> JdbcBatch.run(database, "update role_assignment set role_id = ?, source = ?, rule_id = ?,"
                            + " run_id = ?, assigned_by = ?, assigned_at = ?, changed_at = ?, version = version + 1"
                            + " where user_id = ?", assignments, (statement, each) -> {
                                statement.setLong(1, each.roleId());
                                statement.setString(2, each.source().name());
                                statement.setObject(3, each.ruleId(), Types.BIGINT);
                                statement.setObject(4, each.runId(), Types.BIGINT);
                                statement.setString(5, each.assignedBy());
                                statement.setObject(6, Times.toColumn(each.assignedAt()));
                                statement.setObject(7, now);
                                statement.setLong(8, each.userId());
                            }));
        });
    }

    /// Enabled administrators, local ones included, whether or not a way to sign in is open to them.
    public int countAdministrators() {
        return database.dsl().fetchCount(administrators(DSL.noCondition()));
    }

    /// Enabled administrators who are known to be able to sign in: with a local account, or imported while a way is on that
    /// works for them ([SignInForecast]).
    public int countAdministratorsWhoCanSignIn() {
        return countAdministratorsWhoCanSignIn(settings.get());
    }

    /// The same if the ways to sign in were these.
    public int countAdministratorsWhoCanSignIn(AuthSettings ways) {
        return database.dsl().fetchCount(administrators(SignInConditions.any(ways, true)));
    }

    /// Enabled administrators who are not people of one tenant.
    ///
    /// @param whoCanSignIn true: only those to whom a way to sign in is open
    public int countAdministratorsOutside(long tenantId, boolean whoCanSignIn) {
        Condition outside = DIRECTORY_USER.TENANT_ID.isNull().or(DIRECTORY_USER.TENANT_ID.ne(tenantId));
        return database.dsl().fetchCount(administrators(whoCanSignIn ? outside.and(canSignIn()) : outside));
    }

    /// Whether a way is on by which imported people sign in.
    public boolean importedCanSignIn() {
        AuthSettings ways = settings.get();
        return ways.isEntraOn() || ways.isOn(SignInMode.AD);
    }

    /// The same for the people of one tenant. For whom of them a way works is looked at when a change is applied.
    public boolean importedCanSignIn(long tenantId) {
        AuthSettings ways = settings.get();
        return ways.isEntraOnFor(tenantId) || ways.isOn(SignInMode.AD);
    }

    /// Their names, some of them.
    public List<String> administratorsWhoCanSignIn(int limit) {
        return database.dsl().selectFrom(administrators(canSignIn()).orderBy(DIRECTORY_USER.ID).limit(limit))
                .fetch(row -> {
                    String name = row.get(DIRECTORY_USER.DISPLAY_NAME);
                    return name == null || name.isBlank() ? row.get(DIRECTORY_USER.USERNAME) : name;
                });
    }

    private SelectConditionStep<? extends Record> administrators(Condition besides) {
        return database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.USERNAME)
                .from(ROLE_ASSIGNMENT)
                .join(ROLE).on(ROLE.ID.eq(ROLE_ASSIGNMENT.ROLE_ID))
                .join(DIRECTORY_USER).on(DIRECTORY_USER.ID.eq(ROLE_ASSIGNMENT.USER_ID))
                .where(ROLE.BUILT_IN.isTrue(), ROLE.NAME_KEY.eq(SearchKeys.unique(Role.ADMINISTRATOR)),
                        DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name()))
                .and(besides);
    }

    private Condition canSignIn() {
        return SignInConditions.any(settings.get(), true);
    }

    private static Assignment read(Record row) {
        return new Assignment(row.get(ROLE_ASSIGNMENT.USER_ID), row.get(ROLE_ASSIGNMENT.ROLE_ID),
                RoleSource.valueOf(row.get(ROLE_ASSIGNMENT.SOURCE)), row.get(ROLE_ASSIGNMENT.RULE_ID),
                row.get(ROLE_ASSIGNMENT.RUN_ID), row.get(ROLE_ASSIGNMENT.ASSIGNED_BY),
                Times.fromColumn(row.get(ROLE_ASSIGNMENT.ASSIGNED_AT)));
    }
}
