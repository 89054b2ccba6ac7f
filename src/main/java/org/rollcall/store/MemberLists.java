package org.rollcall.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectWhereStep;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;

import static org.rollcall.store.gen.Tables.DIRECTORY_MEMBERS;
import static org.rollcall.store.gen.Tables.MIRROR_MEMBERS;

/// Direct memberships of a mirror or of a tenant's directory, as packed lists of numbers ([ObjectNumbers]).
///
/// A list holds the members of one type in chunks, so that a change in a large group writes little. Lists of all generations
/// together are the members: a full read starts new ones, and the old ones are deleted once it has completed. A million
/// memberships take about 2 MB and are read within a fraction of a second, so the groups of a person are found by scanning all
/// lists.
final class MemberLists {
    /// The only generation of the directory.
    static final int ONLY = 0;
    private static final int PIECE = 4_096;

    private final Database database;
    private final Table<?> table;
    private final Field<Long> owner;
    private final Field<UUID> group;
    private final Field<Integer> generation;
    private final Field<String> type;
    private final Field<Integer> piece;
    private final Field<Integer> size;
    private final Field<byte[]> members;

    private MemberLists(Database database, Table<?> table, Field<Long> owner) {
        this.database = database;
        this.table = table;
        this.owner = owner;
        this.group = column(MIRROR_MEMBERS.GROUP_ID);
        this.generation = column(MIRROR_MEMBERS.GENERATION);
        this.type = column(MIRROR_MEMBERS.MEMBER_TYPE);
        this.piece = column(MIRROR_MEMBERS.PIECE);
        this.size = column(MIRROR_MEMBERS.SIZE);
        this.members = column(MIRROR_MEMBERS.MEMBERS);
    }

    private <T> Field<T> column(TableField<?, T> like) {
        return Objects.requireNonNull(table.field(like));
    }

    /// Those of mirrors; owners are mirrors' ids.
    static MemberLists ofMirrors(Database database) {
        return new MemberLists(database, MIRROR_MEMBERS, MIRROR_MEMBERS.MIRROR_ID);
    }

    /// Those of the directory; owners are tenants' ids.
    static MemberLists ofDirectory(Database database) {
        return new MemberLists(database, DIRECTORY_MEMBERS, DIRECTORY_MEMBERS.TENANT_ID);
    }

    /// A piece of a list as it is stored.
    record Piece(UUID group, int generation, MemberType type, int number, int size, byte[] packed) {
        int[] members() {
            return PackedNumbers.unpack(packed, size);
        }
    }

    /// Adds members; those who are known to be in a group as something else are of the new type from now on.
    void add(long ownerId, long tenantId, int to, Collection<Membership> edges) {
        int[] numbers = database.numbers().make(tenantId, edges.stream().map(Membership::member).toList());
        var wanted = new LinkedHashMap<UUID, Map<Integer, MemberType>>();
        int at = 0;
        for (Membership edge : edges) {
            wanted.computeIfAbsent(edge.group(), _ -> new HashMap<>()).put(numbers[at++], edge.type());
        }
        var groups = new ArrayList<GroupMembers>();
        wanted.forEach((id, byNumber) -> {
            var byType = new EnumMap<MemberType, int[]>(MemberType.class);
            for (MemberType each : Set.copyOf(byNumber.values())) {
                byType.put(each, byNumber.entrySet().stream().filter(entry -> entry.getValue() == each)
                        .mapToInt(Map.Entry::getKey).sorted().toArray());
            }
            groups.add(new GroupMembers(id, byType));
        });
        add(ownerId, to, groups);
    }

    /// The same by numbers. A group may come several times; nobody comes with two types.
    void add(long ownerId, int to, Collection<GroupMembers> groups) {
        var wanted = new LinkedHashMap<UUID, Map<MemberType, int[]>>();
        groups.forEach(each -> each.numbers().forEach((kind, numbers) -> wanted
                .computeIfAbsent(each.group(), _ -> new EnumMap<>(MemberType.class))
                .merge(kind, numbers, PackedNumbers::union)));
        Map<UUID, List<Piece>> known = of(ownerId, wanted.keySet());
        var writing = new Writing(ownerId);
        wanted.forEach((id, byType) -> byType.forEach(
                (each, added) -> add(id, each, to, added, known.getOrDefault(id, List.of()), writing)));
        writing.run();
    }

    private static void add(UUID group, MemberType type, int to, int[] added, List<Piece> pieces, Writing writing) {
        int[] missing = added;
        Piece room = null;
        int next = 0;
        for (Piece before : pieces) {
            if (before.type() == type && before.generation() == to) {
                next = Math.max(next, before.number() + 1);
            }
            Piece each = writing.now(before);
            if (each != null && each.type() != type) {
                writing.shrink(before, added);
            } else if (each != null && each.generation() == to) {
                missing = PackedNumbers.without(missing, each.members());
                room = each;
            }
        }
        if (missing.length == 0) {
            return;
        }
        if (room != null && room.size() + missing.length <= PIECE) {
            writing.put(new Piece(group, to, type, room.number(), room.size() + missing.length,
                    PackedNumbers.pack(PackedNumbers.union(room.members(), missing))), room);
            return;
        }
        for (int from = 0; from < missing.length; from += PIECE) {
            int[] part = Arrays.copyOfRange(missing, from, Math.min(missing.length, from + PIECE));
            writing.put(new Piece(group, to, type, next++, part.length, PackedNumbers.pack(part)), null);
        }
    }

    /// Takes members out of groups, as whatever they are in them.
    void remove(long ownerId, long tenantId, Collection<Membership> edges) {
        int[] numbers = database.numbers().of(tenantId, edges.stream().map(Membership::member).toList());
        var gone = new LinkedHashMap<UUID, List<Integer>>();
        int at = 0;
        for (Membership edge : edges) {
            int number = numbers[at++];
            if (number != ObjectNumbers.NONE) {
                gone.computeIfAbsent(edge.group(), _ -> new ArrayList<>()).add(number);
            }
        }
        var sorted = new LinkedHashMap<UUID, int[]>();
        gone.forEach((id, each) -> sorted.put(id,
                PackedNumbers.sorted(each.stream().mapToInt(Integer::intValue).toArray())));
        remove(ownerId, sorted);
    }

    /// The same by numbers.
    void remove(long ownerId, Collection<GroupMembers> groups) {
        var gone = new LinkedHashMap<UUID, int[]>();
        groups.forEach(each -> each.numbers().values()
                .forEach(numbers -> gone.merge(each.group(), numbers, PackedNumbers::union)));
        remove(ownerId, gone);
    }

    private void remove(long ownerId, Map<UUID, int[]> gone) {
        Map<UUID, List<Piece>> known = of(ownerId, gone.keySet());
        var writing = new Writing(ownerId);
        gone.forEach((id, numbers) -> known.getOrDefault(id, List.of())
                .forEach(piece -> writing.shrink(piece, numbers)));
        writing.run();
    }

    /// Takes members out of all groups.
    void removeMembers(long ownerId, long tenantId, Collection<UUID> ids) {
        int[] gone = known(tenantId, ids);
        if (gone.length == 0) {
            return;
        }
        var writing = new Writing(ownerId);
        each(ownerId, DSL.noCondition(), piece -> writing.shrink(piece, gone));
        writing.run();
    }

    /// Empties groups.
    void removeGroups(long ownerId, Collection<UUID> groups) {
        JdbcBatch.run(database, "delete from %s where %s = ? and group_id = ?".formatted(table.getName(),
                owner.getName()), groups, (statement, id) -> {
                    statement.setLong(1, ownerId);
                    statement.setObject(2, id);
                });
    }

    /// What is known of the members of these groups counts as read in this generation.
    void renew(long ownerId, int to, Collection<UUID> groups) {
        var writing = new Writing(ownerId);
        of(ownerId, groups).forEach((id, pieces) -> {
            var old = new EnumMap<MemberType, int[]>(MemberType.class);
            for (Piece each : pieces) {
                if (each.generation() != to) {
                    old.merge(each.type(), each.members(), PackedNumbers::union);
                    writing.delete(each);
                }
            }
            old.forEach((each, numbers) -> add(id, each, to,
                    numbers, pieces.stream().filter(piece -> piece.type() == each).toList(), writing));
        });
        writing.run();
    }

    /// Groups that have members of earlier generations who are not among those of this one.
    List<UUID> withUnseen(long ownerId, int now) {
        var old = new LinkedHashSet<UUID>();
        database.dsl().selectDistinct(group).from(table).where(owner.eq(ownerId), generation.lt(now))
                .forEach(row -> old.add(row.value1()));
        var found = new ArrayList<UUID>();
        for (List<UUID> chunk : Chunks.of(old)) {
            of(ownerId, chunk).forEach((id, pieces) -> {
                int[] seen = union(pieces.stream().filter(each -> each.generation() >= now).toList());
                int[] before = union(pieces.stream().filter(each -> each.generation() < now).toList());
                if (PackedNumbers.without(before, seen).length > 0) {
                    found.add(id);
                }
            });
        }
        return found;
    }

    /// Drops the lists of earlier generations.
    ///
    /// @return how many pieces that were
    int sweep(long ownerId, int now) {
        return database.dsl().deleteFrom(table).where(owner.eq(ownerId), generation.lt(now)).execute();
    }

    /// The lists of these groups.
    Map<UUID, List<Piece>> of(long ownerId, Collection<UUID> groups) {
        return of(ownerId, groups, null);
    }

    /// @param only of this type; null: of any
    Map<UUID, List<Piece>> of(long ownerId, Collection<UUID> groups, @Nullable MemberType only) {
        var result = new LinkedHashMap<UUID, List<Piece>>();
        for (List<UUID> chunk : Chunks.of(groups)) {
            select().where(Chunks.pairs(owner, ownerId, group, chunk))
                    .and(only == null ? DSL.noCondition() : type.eq(only.name()))
                    .orderBy(group, generation, type, piece)
                    .forEach(row -> result.computeIfAbsent(row.get(group), _ -> new ArrayList<>())
                            .add(read(row)));
        }
        return result;
    }

    /// Everyone and everything in a list's pieces.
    static int[] union(Collection<Piece> pieces) {
        int[] all = {};
        for (Piece each : pieces) {
            all = PackedNumbers.union(all, each.members());
        }
        return all;
    }

    /// The numbers of the members of these groups, each once.
    ///
    /// @param only of this type; null: of any
    int[] members(long ownerId, Collection<UUID> groups, @Nullable MemberType only) {
        var all = new BitSet();
        of(ownerId, groups, only).values().forEach(pieces -> pieces.forEach(each -> {
            for (int number : each.members()) {
                all.set(number);
            }
        }));
        return all.stream().toArray();
    }

    /// Every group that has members of a type, with their ids.
    Map<UUID, List<UUID>> all(long ownerId, long tenantId, MemberType only) {
        var numbers = new LinkedHashMap<UUID, int[]>();
        each(ownerId, type.eq(only.name()),
                each -> numbers.merge(each.group(), each.members(), PackedNumbers::union));
        var result = new HashMap<UUID, List<UUID>>();
        numbers.forEach((id, some) -> result.put(id, sorted(database.numbers().ids(tenantId, some))));
        return result;
    }

    /// The groups that have these members directly; members in none are left out.
    Map<UUID, List<UUID>> holders(long ownerId, long tenantId, Collection<UUID> ids) {
        var asked = new HashMap<Integer, UUID>();
        int[] numbers = database.numbers().of(tenantId, ids);
        int at = 0;
        for (UUID id : ids) {
            int number = numbers[at++];
            if (number != ObjectNumbers.NONE) {
                asked.put(number, id);
            }
        }
        var result = new HashMap<UUID, List<UUID>>();
        if (!asked.isEmpty()) {
            each(ownerId, DSL.noCondition(), piece -> {
                for (int number : piece.members()) {
                    UUID id = asked.get(number);
                    if (id != null) {
                        List<UUID> groups = result.computeIfAbsent(id, _ -> new ArrayList<>());
                        if (groups.isEmpty() || !groups.getLast().equals(piece.group())) {
                            groups.add(piece.group());
                        }
                    }
                }
            });
        }
        return result;
    }

    /// The groups that have one member directly, and as what.
    List<Membership> membershipsOf(long ownerId, long tenantId, UUID member) {
        int number = database.numbers().of(tenantId, List.of(member))[0];
        var found = new LinkedHashSet<Membership>();
        if (number != ObjectNumbers.NONE) {
            each(ownerId, DSL.noCondition(), piece -> {
                if (Arrays.binarySearch(piece.members(), number) >= 0) {
                    found.add(new Membership(piece.group(), member, piece.type()));
                }
            });
        }
        return List.copyOf(found);
    }

    /// Members of a type, in whatever group, who are none of these.
    List<UUID> membersBesides(long ownerId, long tenantId, MemberType only, Collection<UUID> known) {
        var all = new BitSet();
        each(ownerId, type.eq(only.name()), each -> {
            for (int number : each.members()) {
                all.set(number);
            }
        });
        for (int number : known(tenantId, known)) {
            all.clear(number);
        }
        return List.of(database.numbers().ids(tenantId, all.stream().toArray()));
    }

    /// How many members of a type each of these groups has; absent: none.
    Map<UUID, Long> counts(long ownerId, Collection<UUID> groups, MemberType only) {
        var result = new HashMap<UUID, Long>();
        for (List<UUID> chunk : Chunks.of(groups)) {
            database.dsl().select(group, DSL.sum(size)).from(table).where(Chunks.pairs(owner, ownerId, group, chunk))
                    .and(type.eq(only.name())).groupBy(group)
                    .forEach(row -> result.put(row.value1(), row.value2().longValue()));
        }
        return result;
    }

    /// How many memberships there are while no full read is going on.
    long count(long ownerId) {
        var sum = database.dsl().select(DSL.sum(size)).from(table).where(owner.eq(ownerId)).fetchSingle().value1();
        return sum == null ? 0 : sum.longValue();
    }

    /// Everything in the lists, by group, as it was when this was called.
    Iterator<GroupMembers> groups(long ownerId) {
        var pieces = new ArrayList<Piece>();
        each(ownerId, DSL.noCondition(), pieces::add);
        return new Grouped<>(pieces, some -> {
            var numbers = new EnumMap<MemberType, int[]>(MemberType.class);
            some.forEach(each -> numbers.merge(each.type(), each.members(), PackedNumbers::union));
            return new GroupMembers(some.getFirst().group(), numbers);
        });
    }

    /// All memberships by group, then member (bytes, unsigned), as they were when this was called.
    Iterator<Membership> memberships(long ownerId, long tenantId) {
        var pieces = new ArrayList<Piece>();
        each(ownerId, DSL.noCondition(), pieces::add);
        var groups = new Grouped<>(pieces, some -> unpack(tenantId, some));
        return Stream.generate(() -> 0).takeWhile(_ -> groups.hasNext()).flatMap(_ -> groups.next().stream())
                .iterator();
    }

    /// Hands over the memberships of every owner, by owner, group and member, as they all were at one moment.
    void forEach(BiConsumer<Long, Membership> sink) {
        forEachGroup((ownerId, id, byType) -> unpack(ownerId, id, byType)
                .forEach(each -> sink.accept(ownerId, each)));
    }

    /// Takes the members of one group.
    interface GroupSink {
        void group(long ownerId, UUID group, Map<MemberType, int[]> byType);
    }

    /// The same, a group at a time.
    void forEachGroup(GroupSink sink) {
        record Owned(long owner, Piece piece) {}
        var pieces = new ArrayList<Owned>();
        try (var rows = database.dsl().select(group, generation, type, piece, size, members, owner).from(table)
                .orderBy(owner, group, generation, type, piece).fetchLazy()) {
            rows.forEach(row -> pieces.add(new Owned(row.get(owner), read(row))));
        }
        for (int from = 0; from < pieces.size();) {
            int to = from;
            long ownerId = pieces.get(from).owner();
            UUID id = pieces.get(from).piece().group();
            var some = new ArrayList<Piece>();
            while (to < pieces.size() && pieces.get(to).owner() == ownerId
                    && pieces.get(to).piece().group().equals(id)) {
                some.add(pieces.get(to++).piece());
            }
            sink.group(ownerId, id, byType(some));
            from = to;
        }
    }

    /// Every piece, by group; nobody may ask the database meanwhile.
    private void each(long ownerId, Condition which, Consumer<Piece> sink) {
        try (var rows = select().where(owner.eq(ownerId)).and(which)
                .orderBy(owner, group, generation, type, piece).fetchLazy()) {
            for (Record row : rows) {
                sink.accept(read(row));
            }
        }
    }

    private SelectWhereStep<?> select() {
        return database.dsl().select(group, generation, type, piece, size, members).from(table);
    }

    private Piece read(Record row) {
        return new Piece(row.get(group), row.get(generation), MemberType.valueOf(row.get(type)), row.get(piece),
                row.get(size), row.get(members));
    }

    private int[] known(long tenantId, Collection<UUID> ids) {
        return PackedNumbers.sorted(Arrays.stream(database.numbers().of(tenantId, ids))
                .filter(number -> number != ObjectNumbers.NONE).toArray());
    }

    private static List<UUID> sorted(UUID[] ids) {
        Arrays.sort(ids, IdOrder.ASCENDING);
        return List.of(ids);
    }

    /// What is to be written, in the fewest statements.
    private final class Writing {
        private final long ownerId;
        private final Map<List<Object>, Piece> insert = new LinkedHashMap<>();
        private final Map<List<Object>, Piece> update = new LinkedHashMap<>();
        private final Map<List<Object>, Piece> delete = new LinkedHashMap<>();

        Writing(long ownerId) {
            this.ownerId = ownerId;
        }

        private static List<Object> key(Piece piece) {
            return List.of(piece.group(), piece.generation(), piece.type(), piece.number());
        }

        /// @param before what stands in its place; null: nothing
        void put(Piece piece, @Nullable Piece before) {
            (before == null ? insert : update).put(key(piece), piece);
        }

        /// What is left of a stored piece; null: nothing.
        @Nullable
        Piece now(Piece piece) {
            var key = key(piece);
            return delete.containsKey(key) ? null : update.getOrDefault(key, piece);
        }

        void delete(Piece piece) {
            delete.put(key(piece), piece);
        }

        void shrink(Piece piece, int[] gone) {
            var key = key(piece);
            Piece now = now(piece);
            if (now == null) {
                return;
            }
            int[] before = now.members();
            int[] left = PackedNumbers.without(before, gone);
            if (left.length == 0) {
                update.remove(key);
                delete.put(key, piece);
            } else if (left.length < before.length) {
                update.put(key, new Piece(piece.group(), piece.generation(), piece.type(), piece.number(),
                        left.length, PackedNumbers.pack(left)));
            }
        }

        void run() {
            String name = table.getName();
            String where = " where %s = ? and group_id = ? and generation = ? and member_type = ? and piece = ?"
                    .formatted(owner.getName());
            JdbcBatch.run(database, "delete from " + name + where, delete.values(), (statement, each) -> {
                statement.setLong(1, ownerId);
                statement.setObject(2, each.group());
                statement.setInt(3, each.generation());
                statement.setString(4, each.type().name());
                statement.setInt(5, each.number());
            });
            JdbcBatch.run(database, "update " + name + " set size = ?, members = ?" + where, update.values(),
                    (statement, each) -> {
                        statement.setInt(1, each.size());
                        statement.setBytes(2, each.packed());
                        statement.setLong(3, ownerId);
                        statement.setObject(4, each.group());
                        statement.setInt(5, each.generation());
                        statement.setString(6, each.type().name());
                        statement.setInt(7, each.number());
                    });
            JdbcBatch.run(database, "insert into %s (%s, group_id, generation, member_type, piece, size, members)"
                    .formatted(name, owner.getName()) + " values (?, ?, ?, ?, ?, ?, ?)", insert.values(),
                    (statement, each) -> {
                        statement.setLong(1, ownerId);
                        statement.setObject(2, each.group());
                        statement.setInt(3, each.generation());
                        statement.setString(4, each.type().name());
                        statement.setInt(5, each.number());
                        statement.setInt(6, each.size());
                        statement.setBytes(7, each.packed());
                    });
        }
    }

    /// Unpacks a group at a time.
    private static final class Grouped<T> implements Iterator<T> {
        private final List<Piece> pieces;
        private final Function<List<Piece>, T> unpack;
        private int next;

        Grouped(List<Piece> pieces, Function<List<Piece>, T> unpack) {
            this.pieces = pieces;
            this.unpack = unpack;
        }

        @Override
        public boolean hasNext() {
            return next < pieces.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int from = next;
            UUID id = pieces.get(from).group();
            while (next < pieces.size() && pieces.get(next).group().equals(id)) {
                next++;
            }
            return unpack.apply(pieces.subList(from, next));
        }
    }

    /// The memberships of one group, by member.
    List<Membership> unpack(long tenantId, Collection<Piece> pieces) {
        return pieces.isEmpty()
                ? List.of()
                : unpack(tenantId, pieces.iterator().next().group(), byType(pieces));
    }

    /// The numbers in the pieces of one group.
    static Map<MemberType, int[]> byType(Collection<Piece> pieces) {
        var byType = new EnumMap<MemberType, int[]>(MemberType.class);
        pieces.forEach(each -> byType.merge(each.type(), each.members(), PackedNumbers::union));
        return byType;
    }

    /// The memberships of one group, by member.
    List<Membership> unpack(long tenantId, UUID of, Map<MemberType, int[]> byType) {
        var result = new ArrayList<Membership>();
        byType.forEach((each, numbers) -> {
            for (UUID member : database.numbers().ids(tenantId, numbers)) {
                result.add(new Membership(of, member, each));
            }
        });
        result.sort((a, b) -> IdOrder.compare(a.member(), b.member()));
        return result;
    }
}
