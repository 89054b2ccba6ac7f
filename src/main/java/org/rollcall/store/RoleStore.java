package org.rollcall.store;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.IMPORT_PROFILE;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_PERMISSION;

/// Roles with their permissions.
public final class RoleStore {
    private final Database database;
    private final PeopleCounts counts;

    public RoleStore(Database database) {
        this.database = database;
        this.counts = new PeopleCounts(database);
    }

    /// Built-in ones in their own order, then the others by name.
    public List<Role> list() {
        return fetch(DSL.noCondition());
    }

    /// By name.
    public Map<String, Long> ids() {
        var ids = new HashMap<String, Long>();
        list().forEach(role -> ids.put(role.name(), role.id()));
        return ids;
    }

    public Optional<Role> byId(long id) {
        return fetch(ROLE.ID.eq(id)).stream().findFirst();
    }

    /// Letter case does not matter.
    public Optional<Role> byName(String name) {
        return fetch(ROLE.NAME_KEY.eq(SearchKeys.unique(name))).stream().findFirst();
    }

    /// @throws RollcallException INPUT: no role is called that; the remedy lists those there are
    public Role require(String name) {
        return byName(name).orElseThrow(() -> RollcallException.input("role.unknown",
                Words.of("store.role.unknown", name),
                Words.of("store.role.unknown.remedy", String.join(", ", list().stream().map(Role::name).toList()))));
    }

    /// @throws RollcallException INPUT: the name is taken
    public Role insert(String name, String description, Set<Permission> permissions) {
        return database.transaction(() -> {
            try {
                long id = database.dsl().insertInto(ROLE)
                        .set(ROLE.NAME, name)
                        .set(ROLE.NAME_KEY, SearchKeys.unique(name))
                        .set(ROLE.DESCRIPTION, description)
                        .set(ROLE.BUILT_IN, false)
                        .returning(ROLE.ID).fetchSingle(ROLE.ID);
                setPermissions(id, permissions);
                return byId(id).orElseThrow();
            } catch (IntegrityConstraintViolationException e) {
                throw taken(name);
            }
        });
    }

    /// Stores name, description and permissions of a role read before.
    ///
    /// @throws RollcallException CONFLICT: somebody else has edited it since; INPUT: the name is taken
    public Role update(Role role) {
        return database.transaction(() -> {
            try {
                int updated = database.dsl().update(ROLE)
                        .set(ROLE.NAME, role.name())
                        .set(ROLE.NAME_KEY, SearchKeys.unique(role.name()))
                        .set(ROLE.DESCRIPTION, role.description())
                        .set(ROLE.VERSION, role.version() + 1)
                        .where(ROLE.ID.eq(role.id()), ROLE.VERSION.eq(role.version()))
                        .execute();
                if (updated == 0) {
                    throw new RollcallException(ErrorKind.CONFLICT, "role.changed",
                            Words.of("store.role.changed", role.name()),
                            Words.of("store.role.changed.remedy"));
                }
                setPermissions(role.id(), role.permissions());
                return byId(role.id()).orElseThrow();
            } catch (IntegrityConstraintViolationException e) {
                throw taken(role.name());
            }
        });
    }

    /// Nobody and nothing may hold it any more.
    public void delete(long id) {
        database.transaction(() -> {
            database.dsl().deleteFrom(ROLE).where(ROLE.ID.eq(id)).execute();
        });
    }

    /// How many people hold each role, by role id; removed people apart.
    public Map<Long, Long> people() {
        return counts.byRole();
    }

    /// Profiles that give this role by default give another one.
    public void moveDefault(long fromRoleId, long toRoleId) {
        database.transaction(() -> {
            database.dsl().update(IMPORT_PROFILE).set(IMPORT_PROFILE.DEFAULT_ROLE_ID, toRoleId)
                    .where(IMPORT_PROFILE.DEFAULT_ROLE_ID.eq(fromRoleId)).execute();
        });
    }

    /// How many profiles give this role by default.
    public int defaults(long roleId) {
        return database.dsl().fetchCount(IMPORT_PROFILE, IMPORT_PROFILE.DEFAULT_ROLE_ID.eq(roleId));
    }

    private void setPermissions(long roleId, Collection<Permission> permissions) {
        database.dsl().deleteFrom(ROLE_PERMISSION).where(ROLE_PERMISSION.ROLE_ID.eq(roleId)).execute();
        for (Permission permission : permissions) {
            database.dsl().insertInto(ROLE_PERMISSION)
                    .set(ROLE_PERMISSION.ROLE_ID, roleId)
                    .set(ROLE_PERMISSION.PERMISSION, permission.name())
                    .execute();
        }
    }

    private List<Role> fetch(Condition condition) {
        var permissions = new HashMap<Long, EnumSet<Permission>>();
        database.dsl().select(ROLE_PERMISSION.ROLE_ID, ROLE_PERMISSION.PERMISSION).from(ROLE_PERMISSION)
                .forEach(row -> permissions.computeIfAbsent(row.value1(), id -> EnumSet.noneOf(Permission.class))
                        .add(Permission.valueOf(row.value2())));
        return database.dsl().selectFrom(ROLE).where(condition)
                .orderBy(ROLE.BUILT_IN.desc(), DSL.when(ROLE.BUILT_IN.isTrue(), ROLE.ID), ROLE.NAME_KEY)
                .fetch(row -> read(row, permissions.getOrDefault(row.getId(), EnumSet.noneOf(Permission.class))));
    }

    private static RollcallException taken(String name) {
        return RollcallException.input("role.name-taken", Words.of("store.role.name-taken", name),
                Words.of("store.role.name-taken.remedy"));
    }

    private static Role read(Record row, Set<Permission> permissions) {
        return new Role(row.get(ROLE.ID), row.get(ROLE.NAME), row.get(ROLE.DESCRIPTION), row.get(ROLE.BUILT_IN),
                row.get(ROLE.VERSION), permissions);
    }
}
