package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Page;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.TENANT;

/// People as screens, lists and exports need them. Asks for no permission: services do.
public final class UserQueries {
    private static final int EXPORT_CHUNK = 1000;
    private static final int FEW = 2000;
    private static final int SAME_NAME = 100;
    private static final String FIRST_LETTER = "\u0001";

    private final Database database;
    private final GroupNesting nesting;
    private final PeopleIndex index;
    private final PeopleCounts counts;

    public UserQueries(Database database, GroupNesting nesting) {
        this.database = database;
        this.nesting = nesting;
        this.index = new PeopleIndex(database);
        this.counts = new PeopleCounts(database);
    }

    /// Keeps what people are searched by in memory from now on, about 90 bytes for each: for programs that people type
    /// in. Returns at once; until the index is there, searching goes to the database.
    public void keepSearchIndex() {
        index.keep();
    }

    /// Writes the index beside the database if it is there, so that the next start has it at once.
    public void saveSearchIndex() {
        index.save();
    }

    /// The same as [#keepSearchIndex], and returns when the index is there.
    public void awaitSearchIndex() {
        index.refresh();
    }

    public Optional<UserRow> byId(long id) {
        return UserRows.select(database.dsl()).where(DIRECTORY_USER.ID.eq(id)).fetchOptional(UserRows::read);
    }

    /// In the order of `ids`; those that are not there any more are left out.
    public List<UserRow> byIds(Collection<Long> ids) {
        var found = new HashMap<Long, UserRow>();
        for (List<Long> chunk : Chunks.of(ids)) {
            UserRows.select(database.dsl()).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                    .forEach(row -> found.put(row.get(DIRECTORY_USER.ID), UserRows.read(row)));
        }
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    public Optional<UserRow> byObjectId(long tenantId, UUID objectId) {
        return UserRows.select(database.dsl())
                .where(DIRECTORY_USER.TENANT_ID.eq(tenantId), DIRECTORY_USER.OBJECT_ID.eq(objectId))
                .fetchOptional(UserRows::read);
    }

    /// The one person whom a user name, UPN, id or object id means. People who are not removed go before removed ones.
    ///
    /// @throws RollcallException INPUT: nobody, or several
    public UserRow find(String text) {
        List<UserRow> found = candidates(text.strip());
        if (found.stream().anyMatch(user -> user.status() != UserStatus.REMOVED)) {
            found = found.stream().filter(user -> user.status() != UserStatus.REMOVED).toList();
        }
        if (found.isEmpty()) {
            throw RollcallException.input("user.unknown", Words.of("store.user.unknown", text),
                    Words.of("store.user.unknown.remedy"))
                    .onCommandLine(Words.of("store.user.unknown.remedy.cli"));
        }
        if (found.size() > 1) {
            String names = String.join(", ", found.stream().limit(10)
                    .map(user -> user.username() + " (id " + user.id() + (user.tenant() == null
                            ? ", local account"
                            : ", tenant " + user.tenant()) + ")")
                    .toList());
            throw RollcallException.input("user.ambiguous", Words.of("store.user.ambiguous", text, names),
                    Words.of("store.user.ambiguous.remedy"));
        }
        return found.getFirst();
    }

    /// Everybody whom the text may mean: one person's user name may be another's user principal name.
    private List<UserRow> candidates(String text) {
        var found = new LinkedHashMap<Long, UserRow>();
        String key = SearchKeys.unique(text);
        Optional<UserRow> holder = UserRows.select(database.dsl()).where(DIRECTORY_USER.USERNAME_KEY.eq(key))
                .fetchOptional(UserRows::read);
        holder.ifPresent(user -> found.put(user.id(), user));
        if (text.matches("[0-9]{1,18}")) {
            byId(Long.parseLong(text)).ifPresent(user -> found.put(user.id(), user));
        }
        Optional<UUID> objectId = Uuids.parse(text);
        if (objectId.isPresent()) {
            List<Long> tenants = database.dsl().select(TENANT.ID).from(TENANT).fetch(TENANT.ID);
            UserRows.select(database.dsl())
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenants, DIRECTORY_USER.OBJECT_ID, objectId.get()))
                    .orderBy(DIRECTORY_USER.ID).fetch(UserRows::read).forEach(user -> found.put(user.id(), user));
        }
        // One after the other: H2 uses no index for an "or" over two columns.
        for (Field<String> name : List.of(DIRECTORY_USER.UPN_KEY, DIRECTORY_USER.FORMER_KEY)) {
            UserRows.select(database.dsl()).where(name.eq(key)).orderBy(DIRECTORY_USER.ID).limit(SAME_NAME)
                    .fetch(UserRows::read).forEach(user -> found.put(user.id(), user));
        }
        return List.copyOf(found.values());
    }

    public long count(UserFilter filter) {
        long[] found = indexed(filter, new UserSort(UserSort.By.NAME, false));
        if (found != null) {
            return found.length;
        }
        return Objects.requireNonNull(UserRows.join(database.dsl().selectCount(), filter, null)
                .where(condition(filter)).fetchOne(0, Long.class));
    }

    /// One page.
    ///
    /// @param after where the page before ended, as it said; null: from the start
    /// @throws RollcallException INPUT: `after` is not from a list in this order
    public Page<UserRow> list(UserFilter filter, UserSort sort, @Nullable String after, int limit) {
        Page<UserRow> indexed = indexedPage(filter, sort, after, limit);
        if (indexed != null) {
            return indexed;
        }
        Condition condition = condition(filter);
        if (after != null) {
            condition = condition.and(UserOrder.beyond(sort, UserOrder.place(sort, after)));
        }
        if (!filter.isEveryone()) {
            // The index of the order finds a page of common people at once but walks the whole table at random for rare
            // ones. So look for a few in the table's own order first; if those are all, it is they who are ordered.
            List<Long> few = UserRows.join(database.dsl().select(DIRECTORY_USER.ID), filter, sort).where(condition)
                    .limit(FEW + 1).fetch(DIRECTORY_USER.ID);
            condition = few.size() > FEW ? condition : Chunks.anyOf(DIRECTORY_USER.ID, few);
        }
        Field<String> value = UserOrder.value(sort);
        var places = UserRows.join(database.dsl().select(DIRECTORY_USER.ID, value), filter, sort).where(condition)
                .orderBy(UserOrder.fields(sort)).limit(limit + 1)
                .fetch(row -> new UserOrder.Place(row.value2(), row.value1()));
        boolean more = places.size() > limit;
        var shown = more ? places.subList(0, limit) : places;
        return new Page<>(byIds(shown.stream().map(UserOrder.Place::id).toList()),
                more ? UserOrder.encode(sort, shown.getLast()) : null);
    }

    /// The ids of all who fit, in order: eight bytes a person, so that a table can show any place of a long list.
    public long[] ids(UserFilter filter, UserSort sort) {
        long[] found = indexed(filter, sort);
        if (found != null) {
            return found;
        }
        if (filter.isEveryone() && sort.equals(UserSort.BY_NAME)) {
            return new PeopleReader(database).byName();
        }
        var result = new LongList();
        var order = filter.isEveryone() ? UserOrder.fields(sort) : UserOrder.fieldsWithoutIndex(sort);
        try (Cursor<Record1<Long>> cursor = UserRows.join(database.dsl().select(DIRECTORY_USER.ID), filter, sort)
                .where(condition(filter)).orderBy(order).fetchSize(EXPORT_CHUNK).fetchLazy()) {
            cursor.forEach(row -> result.add(row.value1()));
        }
        return result.toArray();
    }

    /// @return null: the index does not answer this
    private long @Nullable [] indexed(UserFilter filter, UserSort sort) {
        return index.find(filter, sort);
    }

    private @Nullable Page<UserRow> indexedPage(UserFilter filter, UserSort sort, @Nullable String after, int limit) {
        // Nobody needs the index for everybody: the first and the next page are found along the order.
        long[] all = filter.isEveryone() ? null : indexed(filter, sort);
        if (all == null) {
            return null;
        }
        int from = 0;
        if (after != null) {
            long last = UserOrder.place(sort, after).id();
            while (from < all.length && all[from] != last) {
                from++;
            }
            if (from == all.length) {
                return null; // that person is called otherwise now: only the order itself knows where to go on
            }
            from++;
        }
        int to = Math.min(all.length, from + limit);
        List<UserRow> rows = byIds(java.util.Arrays.stream(all, from, to).boxed().toList());
        if (to == all.length || rows.isEmpty()) {
            return new Page<>(rows, null);
        }
        String value = UserRows.join(database.dsl().select(UserOrder.value(sort)), filter, sort)
                .where(DIRECTORY_USER.ID.eq(all[to - 1])).fetchOne(0, String.class);
        return value == null
                ? null
                : new Page<>(rows, UserOrder.encode(sort, new UserOrder.Place(value, all[to - 1])));
    }

    /// How many people there are in each state.
    public Map<UserStatus, Long> countByStatus() {
        return counts.byStatus();
    }

    /// How many active people there are.
    ///
    /// @param imported those of tenants; false: local ones
    /// @param roleId   only those who hold it; null: whatever their role
    public long countActive(boolean imported, @Nullable Long roleId) {
        return counts.active(imported, roleId);
    }

    /// The departments that occur, in order, at most `limit`.
    public List<String> departments(String startsWith, int limit) {
        String wanted = startsWith.toLowerCase(Locale.ROOT);
        var found = new ArrayList<String>();
        // From each to the next along their index: there are few departments, however many people are in them.
        String last = "";
        while (found.size() < limit) {
            last = database.dsl().select(DIRECTORY_USER.DEPARTMENT).from(DIRECTORY_USER)
                    .where(DIRECTORY_USER.DEPARTMENT.gt(last))
                    // Without this H2 begins with everybody in the department before.
                    .and(DIRECTORY_USER.DEPARTMENT.ge(last + FIRST_LETTER)).orderBy(DIRECTORY_USER.DEPARTMENT).limit(1)
                    .fetchOne(DIRECTORY_USER.DEPARTMENT);
            if (last == null) {
                break;
            }
            if (last.toLowerCase(Locale.ROOT).startsWith(wanted)) {
                found.add(last);
            }
        }
        return found;
    }

    /// Hands over everybody who fits, by id, one by one as they are read: as they all were at one moment.
    public void forEach(UserFilter filter, Consumer<UserRow> sink) {
        database.walk(UserRows.select(database.dsl()).where(condition(filter)).orderBy(DIRECTORY_USER.ID),
                row -> sink.accept(UserRows.read(row)));
    }

    private Condition condition(UserFilter filter) {
        UserFilter.InGroup group = filter.group();
        Collection<UUID> members = group == null
                ? Set.of()
                : nesting.people(group.tenantId(), group.groupId(), group.nested());
        return UserConditions.of(filter, members,
                filter.signIn() == null ? AuthSettings.initial() : new AuthSettingsStore(database).get());
    }
}
