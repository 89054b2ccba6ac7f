package org.rollcall.store;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.gen.tables.DirectoryUser;
import org.rollcall.store.gen.tables.records.DirectoryUserRecord;
import org.rollcall.store.gen.tables.records.RoleAssignmentRecord;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.FORMER_IDENTITY;
import static org.rollcall.store.gen.Tables.ROLE_ASSIGNMENT;

/// People whose accounts were deleted in Entra and made anew: the same user name, another object id, so another person as
/// far as an import can tell. Joins the two rows if somebody says that they are one.
public final class IdentityStore {
    private static final DirectoryUser OLD = DIRECTORY_USER.as("former");
    private static final DirectoryUser NEW = DIRECTORY_USER.as("present");

    private final Database database;
    private final Clock clock;
    private final PeopleCounts counts;
    private final PastLog past;

    public IdentityStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.counts = new PeopleCounts(database);
        this.past = new PastLog(database, clock);
    }

    /// Two rows that may be one person.
    ///
    /// @param present the person of the account that was made anew
    /// @param former  the person of the account that is gone
    public record Pair(long present, long former) {}

    /// Everybody who came when or after a person of the same tenant with the same user name or UPN was removed. By id of the
    /// former person.
    public List<Pair> pairs() {
        return pairs(DSL.noCondition());
    }

    /// Whether these two are such a pair.
    public boolean isPair(long present, long former) {
        return !pairs(OLD.ID.eq(former).and(NEW.ID.eq(present))).isEmpty();
    }

    private List<Pair> pairs(Condition which) {
        var found = new LinkedHashSet<Pair>();
        for (Condition sameName : List.of(NEW.USERNAME_KEY.eq(OLD.FORMER_KEY), NEW.UPN_KEY.eq(OLD.UPN_KEY))) {
            database.dsl().select(NEW.ID, OLD.ID).from(OLD).join(NEW).on(sameName)
                    // Only who is removed has a former name: nobody else is looked at.
                    .where(OLD.FORMER_KEY.ge(""), OLD.STATUS.eq(UserStatus.REMOVED.name()),
                            NEW.TENANT_ID.eq(OLD.TENANT_ID),
                            NEW.STATUS.ne(UserStatus.REMOVED.name()), NEW.FIRST_RUN_ID.ge(OLD.LAST_RUN_ID))
                    .and(which).orderBy(OLD.ID, NEW.ID)
                    .forEach(row -> found.add(new Pair(row.value1(), row.value2())));
        }
        return List.copyOf(found);
    }

    /// Object ids and row ids that a person had before.
    public record Former(Set<UUID> objectIds, Set<Long> rowIds) {
        public Former {
            objectIds = Set.copyOf(objectIds);
            rowIds = Set.copyOf(rowIds);
        }
    }

    public Former formerOf(long userId) {
        var objects = new LinkedHashSet<UUID>();
        var rows = new LinkedHashSet<Long>();
        database.dsl().selectFrom(FORMER_IDENTITY).where(FORMER_IDENTITY.USER_ID.eq(userId)).forEach(row -> {
            objects.add(row.getObjectId());
            rows.add(row.getRowId());
        });
        return new Former(objects, rows);
    }

    /// Who has somebody's object id or row id as a former one.
    public Optional<Long> byFormer(String text) {
        Optional<UUID> object = Uuids.parse(text);
        Condition meant = object.isPresent()
                ? FORMER_IDENTITY.OBJECT_ID.eq(object.get())
                : text.matches("[0-9]{1,18}") ? FORMER_IDENTITY.ROW_ID.eq(Long.valueOf(text)) : DSL.falseCondition();
        return database.dsl().select(FORMER_IDENTITY.USER_ID).from(FORMER_IDENTITY).where(meant).limit(1)
                .fetchOptional(FORMER_IDENTITY.USER_ID);
    }

    /// The former person goes on as the present one: under their own id, with their role by hand unless the present one has
    /// been given another by hand since, deactivated or excluded if one of the two was. Everything else is as with the
    /// present one, whose row is gone afterwards.
    public void join(Pair pair, String by) {
        database.transaction(() -> {
            List<Long> both = List.of(pair.former(), pair.present());
            DirectoryUserRecord former = row(pair.former());
            DirectoryUserRecord present = row(pair.present());
            database.peopleChanged(both, PeopleLog.Part.NAMES);
            database.touched().people(present.getTenantId(), List.of(former.getObjectId(), present.getObjectId()));
            past.rows(both);
            counts.switching(both, () -> {
                var roles = new HashMap<Long, RoleAssignmentRecord>();
                database.dsl().selectFrom(ROLE_ASSIGNMENT).where(Chunks.anyOf(ROLE_ASSIGNMENT.USER_ID, both))
                        .forEach(role -> roles.put(role.getUserId(), role));
                database.dsl().update(FORMER_IDENTITY).set(FORMER_IDENTITY.USER_ID, pair.former())
                        .where(FORMER_IDENTITY.USER_ID.eq(pair.present())).execute();
                database.dsl().deleteFrom(DIRECTORY_USER).where(DIRECTORY_USER.ID.eq(pair.present())).execute();
                takeOver(former, present);
                takeOver(pair, roles.get(pair.former()), roles.get(pair.present()));
                database.dsl().insertInto(FORMER_IDENTITY)
                        .set(FORMER_IDENTITY.USER_ID, pair.former())
                        .set(FORMER_IDENTITY.OBJECT_ID, former.getObjectId())
                        .set(FORMER_IDENTITY.ROW_ID, pair.present())
                        .set(FORMER_IDENTITY.LINKED_AT, Times.toColumn(clock.instant()))
                        .set(FORMER_IDENTITY.LINKED_BY, by).execute();
            });
        });
    }

    private DirectoryUserRecord row(long id) {
        return database.dsl().selectFrom(DIRECTORY_USER).where(DIRECTORY_USER.ID.eq(id)).fetchSingle();
    }

    private void takeOver(DirectoryUserRecord former, DirectoryUserRecord present) {
        boolean disabled = former.getDisabledByHand() || present.getDisabledByHand();
        Map<Field<?>, Object> values = new HashMap<>();
        for (Field<?> field : DIRECTORY_USER.fields()) {
            values.put(field, present.get(field));
        }
        values.remove(DIRECTORY_USER.ID);
        values.remove(DIRECTORY_USER.FIRST_RUN_ID);
        values.put(DIRECTORY_USER.DISABLED_BY_HAND, disabled);
        values.put(DIRECTORY_USER.EXCLUDED, former.getExcluded() || present.getExcluded());
        values.put(DIRECTORY_USER.STATUS, disabled ? UserStatus.DISABLED.name() : present.getStatus());
        values.put(DIRECTORY_USER.VERSION, Math.max(former.getVersion(), present.getVersion()) + 1);
        values.put(DIRECTORY_USER.CHANGED_AT, Times.toColumn(clock.instant()));
        database.dsl().update(DIRECTORY_USER).set(values).where(DIRECTORY_USER.ID.eq(former.getId())).execute();
    }

    private void takeOver(Pair pair, @Nullable RoleAssignmentRecord former,
            @Nullable RoleAssignmentRecord present) {
        if (present == null || former != null && keepsRole(former.getSource(), present.getSource())) {
            return;
        }
        Map<Field<?>, Object> values = new HashMap<>();
        for (Field<?> field : ROLE_ASSIGNMENT.fields()) {
            values.put(field, present.get(field));
        }
        values.put(ROLE_ASSIGNMENT.USER_ID, pair.former());
        database.dsl().deleteFrom(ROLE_ASSIGNMENT).where(ROLE_ASSIGNMENT.USER_ID.eq(pair.former())).execute();
        database.dsl().insertInto(ROLE_ASSIGNMENT).set(values).execute();
    }

    private static boolean keepsRole(String former, String present) {
        return former.equals(RoleSource.MANUAL.name()) && !present.equals(RoleSource.MANUAL.name());
    }
}
