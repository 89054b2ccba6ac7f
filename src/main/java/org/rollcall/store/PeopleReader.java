package org.rollcall.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.impl.DSL;

import org.rollcall.domain.Guests;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.ROLE;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;
import static org.rollcall.store.gen.Tables.TENANT;

/// Reads [PeopleImage]s from the database: all of it in three walks along the tables, or some people again.
final class PeopleReader implements PeopleImage.Names {
    private final Database database;

    PeopleReader(Database database) {
        this.database = database;
    }

    PeopleImage everybody() {
        var ids = new LongList();
        var kinds = new IntList();
        var texts = new SearchText.Builder();
        var roles = new PeopleImage.Numbers(0);
        var tenants = new PeopleImage.Numbers(0);
        database.walk(
                "select id, search_key, status, mfa, user_type, excluded, tenant_id from directory_user order by id",
                row -> {
                    var person = new PeopleImage.Person(row.getLong(1), row.getString(2), row.getString(3),
                            row.getString(4), Guests.isGuest(row.getString(5)), row.getBoolean(6), row.getLong(7), 0,
                            null);
                    texts.add(ids.size(), person.searchKey());
                    ids.add(person.id());
                    kinds.add(PeopleImage.kind(person, roles, tenants));
                });
        long[] sorted = ids.toArray();
        int[] kind = kinds.toArray();
        var place = new int[1];
        database.walk("select user_id, role_id, source from role_assignment order by user_id", row -> {
            long id = row.getLong(1);
            while (place[0] < sorted.length && sorted[place[0]] < id) {
                place[0]++;
            }
            if (place[0] < sorted.length && sorted[place[0]] == id) {
                kind[place[0]] |= PeopleImage.role(row.getLong(2), row.getString(3), roles);
            }
        });
        return new PeopleImage(sorted, PeopleImage.order(sorted, byName()), texts.build(), Map.of(), List.of(), kind,
                roles.toArray(), tenants.toArray());
    }

    /// The ids of everybody in the order of names, then ids.
    long[] byName() {
        var ids = new LongList();
        database.walk("select id from directory_user order by sort_key, id", row -> ids.add(row.getLong(1)));
        return ids.toArray();
    }

    /// Those of them who are there.
    List<PeopleImage.Person> some(PeopleLog.Change change) {
        var people = new HashMap<Long, PeopleImage.Person>();
        for (List<Long> chunk : Chunks.of(new TreeSet<>(change.ids()))) {
            read(Chunks.anyOf(DIRECTORY_USER.ID, chunk), people);
        }
        change.objectIds().forEach((tenant, objectIds) -> {
            for (List<UUID> chunk : Chunks.of(objectIds)) {
                read(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenant, DIRECTORY_USER.OBJECT_ID, chunk), people);
            }
        });
        return List.copyOf(people.values());
    }

    /// The roles that they hold.
    List<PeopleImage.HeldRole> roles(PeopleLog.Change change) {
        var held = new ArrayList<PeopleImage.HeldRole>();
        List<Long> ids = new ArrayList<>(change.ids());
        change.objectIds().forEach((tenant, objectIds) -> {
            for (List<UUID> chunk : Chunks.of(objectIds)) {
                ids.addAll(database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                        .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenant, DIRECTORY_USER.OBJECT_ID, chunk))
                        .fetch(DIRECTORY_USER.ID));
            }
        });
        ids.sort(null);
        for (List<Long> chunk : Chunks.of(ids)) {
            database.dsl().select(ROLE_ASSIGNMENT.USER_ID, ROLE_ASSIGNMENT.ROLE_ID, ROLE_ASSIGNMENT.SOURCE)
                    .from(ROLE_ASSIGNMENT).where(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, chunk))
                    .forEach(row -> held.add(new PeopleImage.HeldRole(row.value1(), row.value2(), row.value3())));
        }
        return held;
    }

    private void read(Condition which, Map<Long, PeopleImage.Person> into) {
        database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.SEARCH_KEY, DIRECTORY_USER.STATUS, DIRECTORY_USER.MFA,
                DIRECTORY_USER.USER_TYPE, DIRECTORY_USER.EXCLUDED,
                DSL.coalesce(DIRECTORY_USER.TENANT_ID, DSL.inline(0L)),
                DSL.coalesce(ROLE_ASSIGNMENT.ROLE_ID, DSL.inline(0L)), ROLE_ASSIGNMENT.SOURCE)
                .from(DIRECTORY_USER)
                .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                .where(which)
                .forEach(row -> into.put(row.value1(), new PeopleImage.Person(row.value1(), row.value2(),
                        row.value3(), row.value4(), Guests.isGuest(row.value5()), row.value6(), row.value7(),
                        row.value8(), row.value9())));
    }

    @Override
    public Map<Long, String> roles() {
        return database.dsl().select(ROLE.ID, ROLE.NAME_KEY).from(ROLE).fetchMap(ROLE.ID, ROLE.NAME_KEY);
    }

    @Override
    public Map<Long, String> tenants() {
        return database.dsl().select(TENANT.ID, TENANT.NAME_KEY).from(TENANT).fetchMap(TENANT.ID, TENANT.NAME_KEY);
    }

    private static final class IntList {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
