package org.rollcall.store;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.PEOPLE_COUNT;
import static org.rollcall.store.gen.Tables.PROFILE_OBJECT;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// Counters of people by tenant, status, role, source of the role and rule, maintained in a small table. Every change of one of
/// these runs within [#changing], in the same transaction, so that the counters always equal a recount. The number of active
/// people in the scope of each import (`import_profile.active`) is maintained likewise by [#switching].
final class PeopleCounts {
    private static final Field<Long> TENANT = DSL.coalesce(DIRECTORY_USER.TENANT_ID, DSL.inline(0L));
    private static final Field<Long> ROLE = DSL.coalesce(ROLE_ASSIGNMENT.ROLE_ID, DSL.inline(0L));
    private static final Field<String> SOURCE = DSL.coalesce(ROLE_ASSIGNMENT.SOURCE, DSL.inline(""));
    private static final Field<Long> RULE = DSL.coalesce(ROLE_ASSIGNMENT.RULE_ID, DSL.inline(0L));

    private final Database database;

    PeopleCounts(Database database) {
        this.database = database;
    }

    /// The key of a counter.
    record Kind(long tenantId, String status, long roleId, String source, long ruleId) {}

    /// Runs work that changes these people.
    void changing(Collection<Long> ids, Runnable work) {
        around(Chunks.of(new TreeSet<>(ids)).stream().map(chunk -> Chunks.anyOf(DIRECTORY_USER.ID, chunk)).toList(),
                work);
    }

    /// The same for people of one tenant by their object ids.
    void changing(long tenantId, Collection<UUID> objectIds, Runnable work) {
        around(Chunks.of(new TreeSet<>(objectIds)).stream()
                .map(chunk -> Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                .toList(), work);
    }

    /// Runs work that may change whether these people are active.
    void switching(Collection<Long> ids, Runnable work) {
        List<? extends Condition> parts = Chunks.of(new TreeSet<>(ids)).stream()
                .map(chunk -> Chunks.anyOf(DIRECTORY_USER.ID, chunk)).toList();
        around(parts, () -> aroundImports(parts, work));
    }

    /// The same for people of one tenant by their object ids.
    void switching(long tenantId, Collection<UUID> objectIds, Runnable work) {
        List<? extends Condition> parts = Chunks.of(new TreeSet<>(objectIds)).stream()
                .map(chunk -> Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                .toList();
        around(parts, () -> aroundImports(parts, work));
    }

    /// Adjusts the number of active people in the scope of an import.
    void inScope(long profileId, long active) {
        if (active != 0) {
            database.inTransaction(open -> {
                if (open.alone) {
                    writeInScope(profileId, active);
                } else {
                    open.active.merge(profileId, active, Long::sum);
                }
            });
        }
    }

    private void writeInScope(long profileId, long active) {
        database.dsl().update(IMPORT_PROFILE).set(IMPORT_PROFILE.ACTIVE, IMPORT_PROFILE.ACTIVE.plus(active))
                .where(IMPORT_PROFILE.ID.eq(profileId)).execute();
    }

    /// Writes the counters that a transaction deferred until it was alone.
    void writePending(OpenTransaction open) {
        writeNow(open.counts);
        open.counts.clear();
        open.active.forEach(this::writeInScope);
        open.active.clear();
    }

    private void aroundImports(List<? extends Condition> parts, Runnable work) {
        var change = new HashMap<Long, Long>();
        parts.forEach(part -> countImports(part, -1, change));
        work.run();
        parts.forEach(part -> countImports(part, 1, change));
        change.forEach(this::inScope);
    }

    private void countImports(Condition which, long sign, Map<Long, Long> into) {
        database.dsl().select(IMPORT_PROFILE.ID, DSL.count())
                .from(DIRECTORY_USER)
                .join(PROFILE_OBJECT).on(PROFILE_OBJECT.OBJECT_ID.eq(DIRECTORY_USER.OBJECT_ID))
                .join(IMPORT_PROFILE).on(IMPORT_PROFILE.ID.eq(PROFILE_OBJECT.PROFILE_ID),
                        IMPORT_PROFILE.TENANT_ID.eq(DIRECTORY_USER.TENANT_ID))
                .where(which, DIRECTORY_USER.STATUS.eq(UserStatus.ACTIVE.name())).groupBy(IMPORT_PROFILE.ID)
                .forEach(row -> into.merge(row.value1(), sign * row.value2(), Long::sum));
    }

    /// Runs work that gives all of these people one role.
    void given(Collection<Long> ids, long roleId, RoleSource source, @Nullable Long ruleId, Runnable work) {
        var before = new HashMap<Kind, Long>();
        Chunks.of(new TreeSet<>(ids)).forEach(chunk -> count(Chunks.anyOf(DIRECTORY_USER.ID, chunk), 1, before));
        var change = new HashMap<Kind, Long>();
        before.forEach((kind, people) -> {
            change.merge(kind, -people, Long::sum);
            change.merge(new Kind(kind.tenantId(), kind.status(), roleId, source.name(), ruleId == null ? 0 : ruleId),
                    people, Long::sum);
        });
        work.run();
        write(change);
    }

    private void around(List<? extends Condition> parts, Runnable work) {
        var change = new HashMap<Kind, Long>();
        parts.forEach(part -> count(part, -1, change));
        work.run();
        parts.forEach(part -> count(part, 1, change));
        write(change);
    }

    /// Counts new people without a role.
    ///
    /// @param tenantId 0: local accounts
    void added(long tenantId, Collection<UserStatus> each) {
        var change = new HashMap<Kind, Long>();
        each.forEach(status -> change.merge(new Kind(tenantId, status.name(), 0, "", 0), 1L, Long::sum));
        write(change);
    }

    /// Counts new people with their roles.
    void added(long tenantId, List<UserStatus> statuses, List<DirectoryChanges.RoleGrant> grants) {
        var change = new HashMap<Kind, Long>();
        for (int i = 0; i < statuses.size(); i++) {
            DirectoryChanges.RoleGrant grant = grants.get(i);
            change.merge(new Kind(tenantId, statuses.get(i).name(), grant.roleId(), grant.source(),
                    grant.ruleId() == null ? 0 : grant.ruleId()), 1L, Long::sum);
        }
        write(change);
    }

    /// Deletes the counters of a tenant.
    void removed(long tenantId) {
        database.alone();
        database.dsl().deleteFrom(PEOPLE_COUNT).where(PEOPLE_COUNT.TENANT_ID.eq(tenantId)).execute();
    }

    /// Moves everybody from one role to another.
    void moved(long fromRoleId, long toRoleId) {
        database.alone();
        var change = new HashMap<Kind, Long>();
        database.dsl().selectFrom(PEOPLE_COUNT).where(PEOPLE_COUNT.ROLE_ID.eq(fromRoleId)).forEach(row -> {
            change.merge(new Kind(row.getTenantId(), row.getStatus(), fromRoleId, row.getSource(), row.getRuleId()),
                    -row.getPeople(), Long::sum);
            change.merge(new Kind(row.getTenantId(), row.getStatus(), toRoleId, row.getSource(), row.getRuleId()),
                    row.getPeople(), Long::sum);
        });
        write(change);
    }

    private void count(Condition which, long sign, Map<Kind, Long> into) {
        database.dsl().select(TENANT, DIRECTORY_USER.STATUS, ROLE, SOURCE, RULE, DSL.count())
                .from(DIRECTORY_USER)
                .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .where(which).groupBy(TENANT, DIRECTORY_USER.STATUS, ROLE, SOURCE, RULE)
                .forEach(row -> into.merge(
                        new Kind(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()),
                        sign * row.value6(), Long::sum));
    }

    private void write(Map<Kind, Long> change) {
        database.inTransaction(open -> {
            if (open.alone) {
                writeNow(change);
            } else {
                change.forEach((kind, people) -> open.counts.merge(kind, people, Long::sum));
            }
        });
    }

    private void writeNow(Map<Kind, Long> change) {
        change.forEach((kind, people) -> {
            if (people == 0) {
                return;
            }
            Condition same = PEOPLE_COUNT.TENANT_ID.eq(kind.tenantId()).and(PEOPLE_COUNT.STATUS.eq(kind.status()))
                    .and(PEOPLE_COUNT.ROLE_ID.eq(kind.roleId())).and(PEOPLE_COUNT.SOURCE.eq(kind.source()))
                    .and(PEOPLE_COUNT.RULE_ID.eq(kind.ruleId()));
            int known = database.dsl().update(PEOPLE_COUNT).set(PEOPLE_COUNT.PEOPLE, PEOPLE_COUNT.PEOPLE.plus(people))
                    .where(same).execute();
            if (known == 0) {
                database.dsl().insertInto(PEOPLE_COUNT)
                        .set(PEOPLE_COUNT.TENANT_ID, kind.tenantId())
                        .set(PEOPLE_COUNT.STATUS, kind.status())
                        .set(PEOPLE_COUNT.ROLE_ID, kind.roleId())
                        .set(PEOPLE_COUNT.SOURCE, kind.source())
                        .set(PEOPLE_COUNT.RULE_ID, kind.ruleId())
                        .set(PEOPLE_COUNT.PEOPLE, people)
                        .execute();
            } else if (people < 0) {
                database.dsl().deleteFrom(PEOPLE_COUNT).where(same).and(PEOPLE_COUNT.PEOPLE.eq(0L)).execute();
            }
        });
    }

    /// By status, with an entry for every status.
    Map<UserStatus, Long> byStatus() {
        return byStatus(DSL.noCondition());
    }

    /// The same of one tenant.
    Map<UserStatus, Long> byStatus(long tenantId) {
        return byStatus(PEOPLE_COUNT.TENANT_ID.eq(tenantId));
    }

    private Map<UserStatus, Long> byStatus(Condition which) {
        var result = new EnumMap<UserStatus, Long>(UserStatus.class);
        for (UserStatus status : UserStatus.values()) {
            result.put(status, 0L);
        }
        sums(PEOPLE_COUNT.STATUS, which)
                .forEach((status, people) -> result.put(UserStatus.valueOf(status), people));
        return result;
    }

    /// By role id, without removed people.
    Map<Long, Long> byRole() {
        return sums(PEOPLE_COUNT.ROLE_ID, PEOPLE_COUNT.ROLE_ID.ne(0L)
                .and(PEOPLE_COUNT.STATUS.ne(UserStatus.REMOVED.name())));
    }

    /// By id of the deciding rule, without removed people.
    Map<Long, Long> byRule() {
        return sums(PEOPLE_COUNT.RULE_ID, PEOPLE_COUNT.RULE_ID.ne(0L)
                .and(PEOPLE_COUNT.SOURCE.eq(RoleSource.RULE.name()))
                .and(PEOPLE_COUNT.STATUS.ne(UserStatus.REMOVED.name())));
    }

    /// Number of active people.
    ///
    /// @param imported true: of tenants; false: local accounts
    /// @param roleId   null: any role
    long active(boolean imported, @Nullable Long roleId) {
        Condition which = PEOPLE_COUNT.STATUS.eq(UserStatus.ACTIVE.name())
                .and(imported ? PEOPLE_COUNT.TENANT_ID.ne(0L) : PEOPLE_COUNT.TENANT_ID.eq(0L));
        return sums(PEOPLE_COUNT.STATUS, roleId == null ? which : which.and(PEOPLE_COUNT.ROLE_ID.eq(roleId)))
                .values().stream().mapToLong(Long::longValue).sum();
    }

    /// Number of people of a tenant, including removed ones.
    long ofTenant(long tenantId) {
        return sums(PEOPLE_COUNT.TENANT_ID, PEOPLE_COUNT.TENANT_ID.eq(tenantId)).getOrDefault(tenantId, 0L);
    }

    /// Number of active people of a tenant with a role.
    long activeOfTenant(long tenantId, long roleId) {
        return sums(PEOPLE_COUNT.TENANT_ID, PEOPLE_COUNT.TENANT_ID.eq(tenantId)
                .and(PEOPLE_COUNT.STATUS.eq(UserStatus.ACTIVE.name()))
                .and(PEOPLE_COUNT.ROLE_ID.eq(roleId)))
                .getOrDefault(tenantId, 0L);
    }

    private <T> Map<T, Long> sums(Field<T> by, Condition which) {
        var result = new HashMap<T, Long>();
        database.dsl().select(by, DSL.sum(PEOPLE_COUNT.PEOPLE)).from(PEOPLE_COUNT).where(which).groupBy(by)
                .forEach(row -> result.put(row.value1(), row.value2().longValue()));
        return result;
    }
}
