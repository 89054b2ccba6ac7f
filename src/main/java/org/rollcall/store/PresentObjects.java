package org.rollcall.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.FORMER_IDENTITY;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// People and groups as they are now, as far as undoing a run has to know: what of the run's doing is still as it left it.
public final class PresentObjects {
    private final Database database;
    private final DirectoryStore directory;

    public PresentObjects(Database database) {
        this.database = database;
        this.directory = new DirectoryStore(database);
    }

    /// @param roleRun the run that gave the role; null: a person did, or there is none
    /// @param linked  the account was made anew and linked: the row is somebody's who was here before the run
    public record Person(long id, StoredPerson stored, @Nullable Long roleRun, boolean linked) {}

    public record Group(long id, StoredGroup stored) {}

    /// Who has a user name; both null: a local account.
    public record Holder(@Nullable Long tenantId, @Nullable UUID objectId) {}

    /// Those of these people who are there.
    ///
    /// @param profileId the import of which it is asked whether it has them in scope
    public Map<UUID, Person> people(long tenantId, long profileId, Collection<UUID> ids) {
        record Row(long id, @Nullable Long roleRun, boolean linked) {}
        var rows = new HashMap<UUID, Row>();
        List<UUID> sorted = ids.stream().sorted(IdOrder.ASCENDING).toList();
        for (List<UUID> chunk : Chunks.of(sorted)) {
            database.dsl().select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.ID, ROLE_ASSIGNMENT.RUN_ID,
                    DSL.field(DSL.exists(DSL.selectOne().from(FORMER_IDENTITY)
                            .where(FORMER_IDENTITY.USER_ID.eq(DIRECTORY_USER.ID)))))
                    .from(DIRECTORY_USER)
                    .leftJoin(ROLE_ASSIGNMENT).on(ROLE_ASSIGNMENT.USER_ID.eq(DIRECTORY_USER.ID))
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .forEach(row -> rows.put(row.value1(), new Row(row.value2(), row.value3(), row.value4())));
        }
        var people = new HashMap<UUID, Person>();
        directory.people(tenantId, profileId, sorted).forEachRemaining(each -> {
            Row row = rows.get(each.id());
            if (row != null) {
                people.put(each.id(), new Person(row.id(), each, row.roleRun(), row.linked()));
            }
        });
        return people;
    }

    /// Those of these groups that are there.
    public Map<UUID, Group> groups(long tenantId, long profileId, Collection<UUID> ids) {
        var rows = new HashMap<UUID, Long>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().select(DIRECTORY_GROUP.OBJECT_ID, DIRECTORY_GROUP.ID).from(DIRECTORY_GROUP)
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk))
                    .forEach(row -> rows.put(row.value1(), row.value2()));
        }
        var groups = new HashMap<UUID, Group>();
        directory.groups(tenantId, profileId, ids).forEach(each -> {
            Long id = rows.get(each.id());
            if (id != null) {
                groups.put(each.id(), new Group(id, each));
            }
        });
        return groups;
    }

    /// Who holds these user names, by the form under which they are unique.
    public Map<String, Holder> holders(Collection<String> keys) {
        var found = new HashMap<String, Holder>();
        for (List<String> chunk : Chunks.of(keys)) {
            database.dsl().select(DIRECTORY_USER.USERNAME_KEY, DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID)
                    .from(DIRECTORY_USER).where(DIRECTORY_USER.USERNAME_KEY.in(chunk))
                    .forEach(row -> found.put(row.value1(), new Holder(row.value2(), row.value3())));
        }
        return found;
    }

    /// Which of the objects with these numbers are people who are there, removed ones apart.
    public BitSet peopleAmong(long tenantId, BitSet numbers) {
        return among(tenantId, numbers, chunk -> database.dsl().select(DIRECTORY_USER.OBJECT_ID).from(DIRECTORY_USER)
                .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk),
                        DIRECTORY_USER.STATUS.ne(UserStatus.REMOVED.name()))
                .fetch(DIRECTORY_USER.OBJECT_ID));
    }

    /// The same for groups.
    public BitSet groupsAmong(long tenantId, BitSet numbers) {
        return among(tenantId, numbers, chunk -> database.dsl().select(DIRECTORY_GROUP.OBJECT_ID).from(DIRECTORY_GROUP)
                .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk),
                        DIRECTORY_GROUP.STATUS.ne(UserStatus.REMOVED.name()))
                .fetch(DIRECTORY_GROUP.OBJECT_ID));
    }

    private BitSet among(long tenantId, BitSet numbers, java.util.function.Function<List<UUID>, List<UUID>> present) {
        var found = new ArrayList<UUID>();
        Chunks.of(List.of(database.numbers().ids(tenantId, numbers.stream().toArray())))
                .forEach(chunk -> found.addAll(present.apply(chunk)));
        return numbers(tenantId, found);
    }

    /// The numbers of those of these objects that have one: the others are in no group.
    public BitSet numbers(long tenantId, Collection<UUID> ids) {
        var numbers = new BitSet();
        for (int number : database.numbers().of(tenantId, ids)) {
            if (number != ObjectNumbers.NONE) {
                numbers.set(number);
            }
        }
        return numbers;
    }

    /// The objects with these numbers, in their order.
    public UUID[] ids(long tenantId, int[] numbers) {
        return database.numbers().ids(tenantId, numbers);
    }

    /// All direct members, by group.
    public Iterator<GroupMembers> members(long tenantId) {
        return directory.members(tenantId);
    }
}
