package org.rollcall.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.Page;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserStatus;
import org.rollcall.text.Words;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.TENANT;

/// Groups and who is in them, as screens, lists and exports need them. Asks for no permission: services do.
public final class GroupQueries {
    private final Database database;
    private final MemberLists lists;

    public GroupQueries(Database database) {
        this.database = database;
        this.lists = MemberLists.ofDirectory(database);
    }

    public Optional<GroupRow> byId(long id) {
        return GroupRows.select(database.dsl()).where(DIRECTORY_GROUP.ID.eq(id)).fetchOptional(GroupRows::read);
    }

    public Optional<GroupRow> byObjectId(long tenantId, UUID objectId) {
        return GroupRows.select(database.dsl())
                .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId), DIRECTORY_GROUP.OBJECT_ID.eq(objectId))
                .fetchOptional(GroupRows::read);
    }

    /// By object id; those that are not stored are left out.
    public Map<UUID, GroupRow> byObjectIds(long tenantId, Collection<UUID> objectIds) {
        return GroupRows.byObjectIds(database.dsl(), tenantId, objectIds);
    }

    /// The one group that an object id, id, display name or mail address means. Groups that are not removed go before
    /// removed ones, names in the very same letter case before others.
    ///
    /// @param tenantId only in this tenant; null: in any
    /// @throws RollcallException INPUT: none, or several; the message lists them
    public GroupRow find(@Nullable Long tenantId, String text) {
        List<GroupRow> found = candidates(tenantId, text);
        if (found.isEmpty() && !text.equals(text.strip())) {
            found = candidates(tenantId, text.strip());
        }
        if (found.isEmpty()) {
            found = trimmed(tenantId, text.strip());
        }
        found = narrow(found, group -> group.status() == GroupStatus.ACTIVE);
        found = narrow(found, group -> text.equals(group.displayName()));
        if (found.isEmpty()) {
            throw RollcallException.input("group.unknown", Words.of("store.group.unknown", text),
                    Words.of("store.group.unknown.remedy"))
                    .onCommandLine(Words.of("store.group.unknown.remedy.cli"));
        }
        if (found.size() > 1) {
            String names = String.join(", ", found.stream().limit(10)
                    .map(group -> group.shownName() + " (" + group.objectId() + ")").toList());
            throw RollcallException.input("group.ambiguous", Words.of("store.group.ambiguous", text, names),
                    Words.of("store.group.ambiguous.remedy"));
        }
        return found.getFirst();
    }

    private static List<GroupRow> narrow(List<GroupRow> groups, Predicate<GroupRow> preferred) {
        List<GroupRow> some = groups.stream().filter(preferred).toList();
        return some.isEmpty() ? groups : some;
    }

    private List<GroupRow> candidates(@Nullable Long tenantId, String text) {
        Condition tenant = tenantId == null ? DSL.noCondition() : DIRECTORY_GROUP.TENANT_ID.eq(tenantId);
        Optional<UUID> objectId = Uuids.parse(text);
        if (objectId.isPresent()) {
            List<Long> tenants = tenantId == null
                    ? database.dsl().select(TENANT.ID).from(TENANT).fetch(TENANT.ID)
                    : List.of(tenantId);
            return GroupRows.select(database.dsl())
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenants, DIRECTORY_GROUP.OBJECT_ID, objectId.get()))
                    .fetch(GroupRows::read);
        }
        var found = new LinkedHashMap<Long, GroupRow>();
        // One after the other: H2 uses no index for an "or" over two columns.
        for (Condition name : List.of(DIRECTORY_GROUP.SORT_KEY.eq(SearchKeys.sort(text)),
                DIRECTORY_GROUP.MAIL_KEY.eq(SearchKeys.unique(text)))) {
            GroupRows.select(database.dsl()).where(tenant).and(name).orderBy(DIRECTORY_GROUP.ID)
                    .fetch(GroupRows::read).forEach(group -> found.put(group.id(), group));
        }
        List<GroupRow> named = found.values().stream().filter(group -> text.equalsIgnoreCase(group.displayName())
                || text.equalsIgnoreCase(group.attributes().text(GroupField.MAIL))
                || (group.displayName() != null
                        && SearchKeys.fold(group.displayName()).equals(SearchKeys.fold(text))))
                .toList();
        if (named.isEmpty() && text.matches("[0-9]{1,18}")) {
            return byId(Long.parseLong(text)).filter(group -> tenantId == null || group.tenantId() == tenantId)
                    .stream().toList();
        }
        return named;
    }

    /// Groups whose names begin or end with blanks, which people do not see. Asked only if no name is the very text.
    private List<GroupRow> trimmed(@Nullable Long tenantId, String text) {
        Condition tenant = tenantId == null ? DSL.noCondition() : DIRECTORY_GROUP.TENANT_ID.eq(tenantId);
        return GroupRows.select(database.dsl()).where(tenant)
                .and(DIRECTORY_GROUP.SORT_KEY.contains(SearchKeys.sort(text))).orderBy(DIRECTORY_GROUP.ID)
                .fetch(GroupRows::read).stream()
                .filter(group -> group.displayName() != null
                        && SearchKeys.fold(group.displayName()).strip().equals(SearchKeys.fold(text)))
                .toList();
    }

    /// By name, a page at a time.
    ///
    /// @param search   words that must each occur in name or mail
    /// @param removed  whether removed groups are among them
    /// @param after    where the page before ended, as it said; null: from the start
    public Page<GroupRow> list(@Nullable Long tenantId, String search, boolean removed, @Nullable String after,
            int limit) {
        Condition beyond = DSL.noCondition();
        if (after != null) {
            List<String> place = Cursors.decode(after);
            if (place.size() != 2 || !place.get(0).matches("[0-9]{1,18}")) {
                throw Cursors.invalid();
            }
            beyond = DIRECTORY_GROUP.SORT_KEY.ge(place.get(1)).and(DIRECTORY_GROUP.SORT_KEY.gt(place.get(1))
                    .or(DIRECTORY_GROUP.ID.gt(Long.parseLong(place.get(0)))));
        }
        List<GroupRow> rows = GroupRows.select(database.dsl()).where(condition(tenantId, search, removed)).and(beyond)
                .orderBy(DIRECTORY_GROUP.SORT_KEY, DIRECTORY_GROUP.ID).limit(limit + 1).fetch(GroupRows::read);
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        GroupRow last = rows.get(limit - 1);
        return new Page<>(rows.subList(0, limit),
                Cursors.encode(List.of(Long.toString(last.id()), SearchKeys.sort(last.displayName()))));
    }

    public long count(@Nullable Long tenantId, String search, boolean removed) {
        return database.dsl().fetchCount(DIRECTORY_GROUP, condition(tenantId, search, removed));
    }

    private static Condition condition(@Nullable Long tenantId, String search, boolean removed) {
        Condition all = tenantId == null ? DSL.noCondition() : DIRECTORY_GROUP.TENANT_ID.eq(tenantId);
        if (!removed) {
            all = all.and(DIRECTORY_GROUP.STATUS.eq(GroupStatus.ACTIVE.name()));
        }
        for (String word : search.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                all = all.and(DIRECTORY_GROUP.SORT_KEY.contains(SearchKeys.fold(word))
                        .or(DSL.lower(DIRECTORY_GROUP.MAIL).contains(word.toLowerCase(Locale.ROOT))));
            }
        }
        return all;
    }

    /// Everything that is directly in a group: groups, people, then the rest, each by name.
    public List<MemberRow> directMembers(long tenantId, UUID groupId) {
        List<Membership> members = lists.unpack(tenantId,
                lists.of(tenantId, List.of(groupId)).getOrDefault(groupId, List.of()));
        var rows = new HashMap<UUID, Member>();
        for (List<UUID> chunk : Chunks.of(idsOf(members, MemberType.USER))) {
            database.dsl()
                    .select(DIRECTORY_USER.OBJECT_ID, DIRECTORY_USER.ID, DIRECTORY_USER.DISPLAY_NAME,
                            DIRECTORY_USER.STATUS, DIRECTORY_USER.SORT_KEY)
                    .from(DIRECTORY_USER)
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .forEach(row -> rows.put(row.value1(),
                            new Member(row.value2(), row.value3(), row.value4(), row.value5())));
        }
        for (List<UUID> chunk : Chunks.of(idsOf(members, MemberType.GROUP))) {
            database.dsl()
                    .select(DIRECTORY_GROUP.OBJECT_ID, DIRECTORY_GROUP.ID, DIRECTORY_GROUP.DISPLAY_NAME,
                            DIRECTORY_GROUP.STATUS, DIRECTORY_GROUP.SORT_KEY)
                    .from(DIRECTORY_GROUP)
                    .where(Chunks.pairs(DIRECTORY_GROUP.TENANT_ID, tenantId, DIRECTORY_GROUP.OBJECT_ID, chunk))
                    .forEach(row -> rows.put(row.value1(),
                            new Member(row.value2(), row.value3(), row.value4(), row.value5())));
        }
        return members.stream()
                .sorted(Comparator.comparingInt((Membership each) -> rank(each.type()))
                        .thenComparing(each -> rows.getOrDefault(each.member(), Member.UNKNOWN).sortKey())
                        .thenComparing(Membership::member, IdOrder.ASCENDING))
                .map(each -> {
                    Member row = rows.getOrDefault(each.member(), Member.UNKNOWN);
                    return new MemberRow(row.id(), each.member(), each.type(), row.name(),
                            UserStatus.REMOVED.name().equals(row.status()));
                }).toList();
    }

    /// What is stored of a member that is a person or a group.
    private record Member(@Nullable Long id, @Nullable String name, @Nullable String status, String sortKey) {
        static final Member UNKNOWN = new Member(null, null, null, "");
    }

    static int rank(MemberType type) {
        return switch (type) {
            case GROUP -> 0;
            case USER -> 1;
            default -> 2;
        };
    }

    /// Of what Entra gave no type it may be a person too.
    private static List<UUID> idsOf(List<Membership> members, MemberType type) {
        return members.stream().filter(each -> (each.type() == MemberType.GROUP) == (type == MemberType.GROUP))
                .map(Membership::member).toList();
    }

    /// How many people, groups and other things are directly in each of these groups; absent: none.
    public Map<UUID, Long> directCounts(long tenantId, Collection<UUID> groupIds, MemberType type) {
        return lists.counts(tenantId, groupIds, type);
    }

    /// Hands over every group, by id, one by one as they are read: as they all were at one moment.
    public void forEach(boolean removed, Consumer<GroupRow> sink) {
        database.walk(GroupRows.select(database.dsl()).where(condition(null, "", removed)).orderBy(DIRECTORY_GROUP.ID),
                row -> sink.accept(GroupRows.read(row)));
    }

    /// Hands over every direct membership, group by group: as they all were at one moment.
    public void forEachEdge(Consumer<Edge> sink) {
        lists.forEach((tenant, each) -> sink.accept(new Edge(tenant, each.group(), each.member(), each.type())));
    }
}
