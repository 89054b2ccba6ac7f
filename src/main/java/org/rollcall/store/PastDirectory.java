package org.rollcall.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.Page;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;

/// The directory as it was at a moment: whoever and whatever has changed since in memory, the rest as it still is in the
/// database. Good as long as nothing changes: see [#isCurrent]. Asks for no permission: services do.
public final class PastDirectory {
    private final Database database;
    private final MemberLists lists;
    private final long newest;
    private final PastNames names;
    private final Map<Long, Optional<UserRow>> people;
    private final int stillThere;
    private final Map<Long, Map<UUID, Optional<GroupRow>>> groups;
    private final Map<Long, Map<UUID, Map<MemberType, int[]>>> members;

    /// @param newest  the last change that it knows of
    /// @param people  who has changed since, as they were; empty: not there
    /// @param stillThere how many of these have a row now
    /// @param groups  the same of groups, by tenant
    /// @param members of the groups whose members have changed since, by tenant
    PastDirectory(Database database, long newest, PastNames names, Map<Long, Optional<UserRow>> people,
            int stillThere, Map<Long, Map<UUID, Optional<GroupRow>>> groups,
            Map<Long, Map<UUID, Map<MemberType, int[]>>> members) {
        this.database = database;
        this.lists = MemberLists.ofDirectory(database);
        this.newest = newest;
        this.names = names;
        this.people = people;
        this.stillThere = stillThere;
        this.groups = groups;
        this.members = members;
    }

    /// Whether nothing has been changed since it was made.
    public boolean isCurrent() {
        return PastLog.newest(database) == newest;
    }

    /// Thrown at the first row of a walk: the directory changed after the way back was found. Nothing was handed over.
    public static final class MovedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void requireCurrent() {
        if (!isCurrent()) {
            throw new MovedException();
        }
    }

    /// Whether somebody has changed since.
    public boolean hasChanged(long id) {
        return people.containsKey(id);
    }

    /// In the order of `ids`; those who were not there are left out.
    public List<UserRow> byIds(Collection<Long> ids) {
        var found = new HashMap<Long, UserRow>();
        List<Long> same = ids.stream().filter(id -> !people.containsKey(id)).toList();
        for (List<Long> chunk : Chunks.of(same)) {
            UserRows.select(database.dsl()).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk))
                    .forEach(row -> found.put(row.get(DIRECTORY_USER.ID), named(UserRows.read(row))));
        }
        ids.forEach(id -> people.getOrDefault(id, Optional.empty()).ifPresent(row -> found.put(id, row)));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /// Those who have changed since and whom a user name, UPN, id or object id of that time meant.
    public List<UserRow> findChanged(String text) {
        return people.values().stream().flatMap(Optional::stream)
                .filter(row -> text.equalsIgnoreCase(row.username()) || text.equalsIgnoreCase(row.upn())
                        || text.equals(Long.toString(row.id()))
                        || text.equalsIgnoreCase(String.valueOf(row.objectId())))
                .toList();
    }

    private UserRow named(UserRow row) {
        Long tenant = row.tenantId();
        String role = names.role(row.roleId(), row.role());
        String name = tenant == null ? null : names.tenant(tenant);
        return role.equals(row.role()) && Objects.equals(name, row.tenant())
                ? row
                : new UserRow(row.id(), tenant, name, row.objectId(), row.username(), row.status(),
                        row.disabledByHand(), row.excluded(), row.mfa(), row.roleId(), role, row.roleSource(),
                        row.ruleId(), row.version(), row.firstRunId(), row.lastRunId(), row.changedAt(),
                        row.attributes());
    }

    /// The ids of all who fit, in order.
    ///
    /// @param filter its `signIn` is passed over: how people could sign in is not kept
    public long[] ids(UserFilter filter, UserSort sort) {
        return places(filter, sort).stream().mapToLong(UserOrder.Place::id).toArray();
    }

    private List<UserOrder.Place> places(UserFilter filter, UserSort sort) {
        UserFilter asked = filter.withSignIn(null);
        Set<UUID> inGroup = inGroup(asked);
        var same = new ArrayList<UserOrder.Place>();
        database.walk(UserRows.join(database.dsl().select(DIRECTORY_USER.ID, UserOrder.value(sort)), asked, sort)
                .where(UserConditions.of(asked, inGroup, AuthSettings.initial()))
                .orderBy(asked.isEveryone() ? UserOrder.fields(sort) : UserOrder.fieldsWithoutIndex(sort)), row -> {
                    if (!people.containsKey(row.value1())) {
                        same.add(new UserOrder.Place(Objects.requireNonNullElse(row.value2(), ""), row.value1()));
                    }
                });
        List<UserOrder.Place> others = others(asked, inGroup, sort);
        return others.isEmpty() ? same : merged(same, others, order(sort));
    }

    /// Those who have changed since and fit.
    private List<UserOrder.Place> others(UserFilter filter, Set<UUID> inGroup, UserSort sort) {
        return people.values().stream().flatMap(Optional::stream)
                .filter(row -> PastFilter.fits(filter, inGroup, row))
                .map(row -> new UserOrder.Place(value(sort, row), row.id())).sorted(order(sort)).toList();
    }

    private static Comparator<UserOrder.Place> order(UserSort sort) {
        Comparator<UserOrder.Place> order = Comparator.comparing(UserOrder.Place::value)
                .thenComparing(UserOrder.Place::id);
        return sort.descending() ? order.reversed() : order;
    }

    /// A page of everybody, along the order from where it begins: nobody goes through all for it.
    private Listing everybody(UserSort sort, UserOrder.@Nullable Place after, int limit) {
        var same = new ArrayList<UserOrder.Place>();
        UserOrder.Place last = after;
        boolean more = true;
        while (more && same.size() <= limit) {
            List<UserOrder.Place> next = UserRows
                    .join(database.dsl().select(DIRECTORY_USER.ID, UserOrder.value(sort)), UserFilter.everyone(), sort)
                    .where(last == null ? DSL.noCondition() : UserOrder.beyond(sort, last))
                    .orderBy(UserOrder.fields(sort)).limit(limit + 1)
                    .fetch(row -> new UserOrder.Place(row.value2(), row.value1()));
            next.stream().filter(each -> !people.containsKey(each.id())).forEach(same::add);
            more = next.size() > limit;
            last = next.isEmpty() ? last : next.getLast();
        }
        List<UserOrder.Place> others = others(UserFilter.everyone(), Set.of(), sort);
        List<UserOrder.Place> shown = merged(same,
                after == null ? others : others.stream().filter(each -> isBeyond(sort, each, after)).toList(),
                order(sort));
        long total = database.dsl().fetchCount(DIRECTORY_USER) - stillThere + others.size();
        return page(sort, shown.subList(0, Math.min(shown.size(), limit)), shown.size() > limit, total);
    }

    private Listing page(UserSort sort, List<UserOrder.Place> shown, boolean more, long total) {
        return new Listing(new Page<>(byIds(shown.stream().map(UserOrder.Place::id).toList()),
                more ? UserOrder.encode(sort, shown.getLast()) : null), total);
    }

    private static List<UserOrder.Place> merged(List<UserOrder.Place> a, List<UserOrder.Place> b,
            Comparator<UserOrder.Place> order) {
        var all = new ArrayList<UserOrder.Place>(a.size() + b.size());
        int j = 0;
        for (UserOrder.Place each : a) {
            while (j < b.size() && order.compare(b.get(j), each) < 0) {
                all.add(b.get(j++));
            }
            all.add(each);
        }
        all.addAll(b.subList(j, b.size()));
        return all;
    }

    /// As [UserOrder#value] of what is in memory.
    private static String value(UserSort sort, UserRow row) {
        return switch (sort.by()) {
            case NAME -> SearchKeys.sort(Objects.requireNonNullElse(row.displayName(), row.username()));
            case USERNAME -> lower(row.username());
            case MAIL -> lower(row.mail());
            case DEPARTMENT -> lower(row.department());
            case ROLE -> SearchKeys.unique(row.role());
            case SOURCE -> row.roleSource().name();
            case STATUS -> row.status().name();
            case MFA -> row.mfa().name();
            case TENANT -> row.tenant() == null ? "" : SearchKeys.unique(row.tenant());
            case CHANGED -> row.changedAt().toString().replace('T', ' ');
        };
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /// @param total how many there were in all
    public record Listing(Page<UserRow> page, long total) {}

    /// One page, as [UserQueries#list] gives it.
    ///
    /// @throws org.rollcall.domain.RollcallException INPUT: `after` is not from a list in this order
    public Listing list(UserFilter filter, UserSort sort, @Nullable String after, int limit) {
        UserOrder.Place last = after == null ? null : UserOrder.place(sort, after);
        if (filter.withSignIn(null).isEveryone()) {
            return everybody(sort, last, limit);
        }
        List<UserOrder.Place> all = places(filter, sort);
        int from = 0;
        if (last != null) {
            while (from < all.size() && !isBeyond(sort, all.get(from), last)) {
                from++;
            }
        }
        List<UserOrder.Place> shown = all.subList(from, Math.min(all.size(), from + limit));
        return page(sort, shown, from + shown.size() < all.size(), all.size());
    }

    private static boolean isBeyond(UserSort sort, UserOrder.Place place, UserOrder.Place last) {
        int order = place.value().equals(last.value())
                ? Long.compare(place.id(), last.id())
                : place.value().compareTo(last.value());
        return sort.descending() ? order < 0 : order > 0;
    }

    /// Hands over everybody who fits, by id.
    ///
    /// @throws MovedException before the first one
    public void forEach(UserFilter filter, Consumer<UserRow> sink) {
        Set<UUID> inGroup = inGroup(filter);
        var others = new TreeMap<Long, UserRow>();
        people.forEach((id, row) -> row.filter(each -> PastFilter.fits(filter, inGroup, each))
                .ifPresent(each -> others.put(id, each)));
        boolean[] begun = new boolean[1];
        database.walk(UserRows.select(database.dsl())
                .where(UserConditions.of(filter, inGroup, AuthSettings.initial())).orderBy(DIRECTORY_USER.ID), row -> {
                    if (!begun[0]) {
                        requireCurrent();
                        begun[0] = true;
                    }
                    long id = row.get(DIRECTORY_USER.ID);
                    while (!others.isEmpty() && others.firstKey() <= id) {
                        sink.accept(others.pollFirstEntry().getValue());
                    }
                    if (!people.containsKey(id)) {
                        sink.accept(named(UserRows.read(row)));
                    }
                });
        if (!begun[0]) {
            requireCurrent();
        }
        others.values().forEach(sink);
    }

    private Set<UUID> inGroup(UserFilter filter) {
        UserFilter.InGroup group = filter.group();
        return group == null ? Set.of() : people(group.tenantId(), group.groupId(), group.nested());
    }

    /// The object ids of the people in a group.
    private Set<UUID> people(long tenantId, UUID group, boolean nested) {
        var in = new LinkedHashSet<UUID>();
        listsOf(tenantId, nested ? below(tenantId, group) : Set.of(group)).values().forEach(byType -> in.addAll(
                List.of(database.numbers().ids(tenantId, byType.getOrDefault(MemberType.USER, new int[0])))));
        return in;
    }

    private Set<UUID> below(long tenantId, UUID group) {
        Map<UUID, List<UUID>> nesting = nesting(tenantId);
        var seen = new LinkedHashSet<UUID>();
        seen.add(group);
        var open = new java.util.ArrayDeque<UUID>(seen);
        while (!open.isEmpty()) {
            for (UUID child : nesting.getOrDefault(open.remove(), List.of())) {
                if (seen.add(child)) {
                    open.add(child);
                }
            }
        }
        return seen;
    }

    private Map<UUID, List<UUID>> nesting(long tenantId) {
        Map<UUID, List<UUID>> all = lists.all(tenantId, tenantId, MemberType.GROUP);
        members.getOrDefault(tenantId, Map.of()).forEach((group, byType) -> {
            int[] children = byType.getOrDefault(MemberType.GROUP, new int[0]);
            if (children.length == 0) {
                all.remove(group);
            } else {
                UUID[] sorted = database.numbers().ids(tenantId, children);
                Arrays.sort(sorted, IdOrder.ASCENDING);
                all.put(group, List.of(sorted));
            }
        });
        return all;
    }

    private Map<UUID, Map<MemberType, int[]>> listsOf(long tenantId, Collection<UUID> ids) {
        var changed = members.getOrDefault(tenantId, Map.of());
        var result = new HashMap<UUID, Map<MemberType, int[]>>();
        lists.of(tenantId, ids.stream().filter(id -> !changed.containsKey(id)).toList())
                .forEach((id, pieces) -> result.put(id, MemberLists.byType(pieces)));
        ids.forEach(id -> {
            if (changed.containsKey(id)) {
                result.put(id, Objects.requireNonNull(changed.get(id)));
            }
        });
        return result;
    }

    /// A group as it was; empty: it was not there.
    public Optional<GroupRow> group(GroupRow now) {
        return then(now);
    }

    private Optional<GroupRow> then(GroupRow now) {
        Optional<GroupRow> changed = groups.getOrDefault(now.tenantId(), Map.of()).get(now.objectId());
        return changed == null
                ? Optional.of(new GroupRow(now.id(), now.tenantId(), names.tenant(now.tenantId()), now.objectId(),
                        now.status(), now.firstRunId(), now.lastRunId(), now.changedAt(), now.attributes()))
                : changed;
    }

    private Map<UUID, GroupRow> groupsByObjectIds(long tenantId, Collection<UUID> ids) {
        Map<UUID, GroupRow> found = GroupRows.byObjectIds(database.dsl(), tenantId, ids).values().stream()
                .flatMap(row -> then(row).stream()).collect(Collectors.toMap(GroupRow::objectId, row -> row));
        groups.getOrDefault(tenantId, Map.of()).forEach((id, row) -> {
            if (ids.contains(id)) {
                row.ifPresent(group -> found.put(id, group));
            }
        });
        return found;
    }

    private Map<UUID, UserRow> peopleByObjectIds(long tenantId, Collection<UUID> ids) {
        var wanted = new HashSet<>(ids);
        var found = new HashMap<UUID, UserRow>();
        for (List<UUID> chunk : Chunks.of(wanted)) {
            UserRows.select(database.dsl())
                    .where(Chunks.pairs(DIRECTORY_USER.TENANT_ID, tenantId, DIRECTORY_USER.OBJECT_ID, chunk))
                    .forEach(row -> {
                        if (!people.containsKey(row.get(DIRECTORY_USER.ID))) {
                            found.put(row.get(DIRECTORY_USER.OBJECT_ID), named(UserRows.read(row)));
                        }
                    });
        }
        people.values().stream().flatMap(Optional::stream)
                .filter(row -> Objects.equals(row.tenantId(), tenantId) && wanted.contains(row.objectId()))
                .forEach(row -> found.put(Objects.requireNonNull(row.objectId()), row));
        return found;
    }

    /// Hands over every group, by id.
    ///
    /// @throws MovedException before the first one
    public void forEachGroup(boolean removed, Consumer<GroupRow> all) {
        Consumer<GroupRow> sink = group -> {
            if (removed || group.status() == GroupStatus.ACTIVE) {
                all.accept(group);
            }
        };
        var others = new TreeMap<Long, GroupRow>();
        groups.values()
                .forEach(some -> some.values().forEach(row -> row.ifPresent(each -> others.put(each.id(), each))));
        boolean[] begun = new boolean[1];
        database.walk(GroupRows.select(database.dsl()).orderBy(DIRECTORY_GROUP.ID), row -> {
            if (!begun[0]) {
                requireCurrent();
                begun[0] = true;
            }
            GroupRow now = GroupRows.read(row);
            while (!others.isEmpty() && others.firstKey() <= now.id()) {
                sink.accept(others.pollFirstEntry().getValue());
            }
            if (!groups.getOrDefault(now.tenantId(), Map.of()).containsKey(now.objectId())) {
                then(now).ifPresent(sink);
            }
        });
        if (!begun[0]) {
            requireCurrent();
        }
        others.values().forEach(sink);
    }

    /// Hands over every direct membership, group by group.
    ///
    /// @throws MovedException before the first one
    public void forEachEdge(Consumer<Edge> sink) {
        record Key(long tenant, UUID group) {}
        var others = new TreeMap<Key, Map<MemberType, int[]>>(
                Comparator.comparingLong(Key::tenant).thenComparing(Key::group, IdOrder.ASCENDING));
        members.forEach((tenant, some) -> some.forEach((group, byType) -> others.put(new Key(tenant, group), byType)));
        boolean[] begun = new boolean[1];
        lists.forEachGroup((tenant, group, byType) -> {
            if (!begun[0]) {
                requireCurrent();
                begun[0] = true;
            }
            var key = new Key(tenant, group);
            while (!others.isEmpty() && others.comparator().compare(others.firstKey(), key) < 0) {
                var first = others.pollFirstEntry();
                edges(first.getKey().tenant(), first.getKey().group(), first.getValue(), sink);
            }
            Map<MemberType, int[]> then = others.remove(key);
            edges(tenant, group, then == null ? byType : then, sink);
        });
        if (!begun[0]) {
            requireCurrent();
        }
        others.forEach((key, byType) -> edges(key.tenant(), key.group(), byType, sink));
    }

    private void edges(long tenant, UUID group, Map<MemberType, int[]> byType, Consumer<Edge> sink) {
        lists.unpack(tenant, group, byType)
                .forEach(each -> sink.accept(new Edge(tenant, group, each.member(), each.type())));
    }

    /// Everything that was directly in a group: groups, people, then the rest, each by name.
    public List<MemberRow> directMembers(long tenantId, UUID group) {
        List<Membership> in = lists.unpack(tenantId, group,
                listsOf(tenantId, List.of(group)).getOrDefault(group, Map.of()));
        Map<UUID, UserRow> persons = peopleByObjectIds(tenantId, in.stream()
                .filter(each -> each.type() != MemberType.GROUP).map(Membership::member).toList());
        Map<UUID, GroupRow> inner = groupsByObjectIds(tenantId, in.stream()
                .filter(each -> each.type() == MemberType.GROUP).map(Membership::member).toList());
        record Sorted(int rank, String key, MemberRow row) {}
        return in.stream().map(each -> {
            UserRow person = persons.get(each.member());
            GroupRow of = inner.get(each.member());
            String key = person != null
                    ? value(UserSort.BY_NAME, person)
                    : of == null ? "" : SearchKeys.sort(of.displayName());
            return new Sorted(GroupQueries.rank(each.type()), key, new MemberRow(
                    person != null ? (Long) person.id() : of == null ? null : (Long) of.id(), each.member(),
                    each.type(), person != null ? person.displayName() : of == null ? null : of.displayName(),
                    person != null && person.status() == UserStatus.REMOVED));
        }).sorted(Comparator.comparingInt(Sorted::rank).thenComparing(Sorted::key)
                .thenComparing(each -> each.row().objectId(), IdOrder.ASCENDING)).map(Sorted::row).toList();
    }

    /// Every group that a person was in, as [GroupNesting#pathsTo] tells it.
    public List<GroupPath> pathsTo(long tenantId, UUID objectId) {
        int number = database.numbers().of(tenantId, List.of(objectId))[0];
        if (number == ObjectNumbers.NONE) {
            return List.of();
        }
        var changed = members.getOrDefault(tenantId, Map.of());
        var holding = new ArrayList<>(lists.holders(tenantId, tenantId, List.of(objectId))
                .getOrDefault(objectId, List.of()).stream().filter(id -> !changed.containsKey(id)).toList());
        changed.forEach((group, byType) -> {
            if (byType.values().stream().anyMatch(numbers -> Arrays.binarySearch(numbers, number) >= 0)) {
                holding.add(group);
            }
        });
        return GroupNesting.paths(objectId, List.copyOf(groupsByObjectIds(tenantId, holding).values()),
                () -> nesting(tenantId), ids -> groupsByObjectIds(tenantId, ids));
    }
}
