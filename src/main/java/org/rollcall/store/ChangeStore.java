package org.rollcall.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.RunState;
import org.rollcall.store.gen.tables.records.RunChangeRecord;

import static org.rollcall.store.gen.Tables.RUN;
import static org.rollcall.store.gen.Tables.RUN_CHANGE;

/// Change sets: what each run does, change by change, in order.
public final class ChangeStore {
    private static final int CHUNK = 1_000;
    private static final int MEMBER_ROWS = 200;
    private static final int NAME_LENGTH = 1_100;
    private static final String MEMBER = "MEMBER";

    private final Database database;

    public ChangeStore(Database database) {
        this.database = database;
    }

    /// Adds changes to a run.
    ///
    /// @param seq of the first one
    public void append(long runId, long seq, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        database.transaction(() -> {
            long tenantId = tenant(runId);
            var rows = new ArrayList<Row>(changes.size());
            var alike = new LinkedHashMap<Alike, List<UUID>>();
            long next = seq;
            for (Change change : changes) {
                if (change instanceof MemberChange member) {
                    if (!alike.isEmpty() && !alike.firstEntry().getKey().group().equals(member.objectId())) {
                        next = close(alike, tenantId, next, rows);
                    }
                    alike.computeIfAbsent(
                            new Alike(member.objectId(), member.kind(), member.memberType(), member.reason()),
                            _ -> new ArrayList<>()).add(member.memberId());
                } else {
                    next = close(alike, tenantId, next, rows);
                    rows.add(new Row(next++, 1, change, null));
                }
            }
            close(alike, tenantId, next, rows);
            JdbcBatch.run(database,
                    "insert into run_change (run_id, seq, span, kind, object_type, object_id, member_type, members,"
                            + " name, before_state, after_state, reason, detail)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rows, (statement, row) -> {
                        Change change = row.change();
                        statement.setLong(1, runId);
                        statement.setLong(2, row.seq());
                        statement.setInt(3, row.span());
                        statement.setString(4, change.kind().name());
                        statement.setObject(6, change.objectId());
                        statement.setString(7,
                                change instanceof MemberChange member ? member.memberType().name() : null);
                        statement.setBytes(8, row.members());
                        switch (change) {
                            case PersonChange person -> {
                                statement.setString(5, "USER");
                                statement.setString(9, cut(person.name()));
                                statement.setString(10, json(person.before()));
                                statement.setString(11, json(person.after()));
                            }
                            case GroupChange group -> {
                                statement.setString(5, "GROUP");
                                statement.setString(9, cut(group.name()));
                                statement.setString(10, json(group.before()));
                                statement.setString(11, json(group.after()));
                            }
                            case MemberChange _ -> {
                                statement.setString(5, MEMBER);
                                statement.setString(9, null);
                                statement.setString(10, null);
                                statement.setString(11, null);
                            }
                        }
                        statement.setString(12, change.reason().code().name());
                        statement.setString(13, json(change.reason().facts()));
                    });
        });
    }

    /// The place after the last change of a run.
    public long next(long runId) {
        return database.dsl().select(RUN_CHANGE.SEQ, RUN_CHANGE.SPAN).from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId)).orderBy(RUN_CHANGE.RUN_ID.desc(), RUN_CHANGE.SEQ.desc())
                .limit(1).fetchOptional(row -> row.value1() + row.value2()).orElse(0L);
    }

    /// Changes of memberships that one row can hold.
    private record Alike(UUID group, ChangeKind kind, MemberType type, Reason reason) {}

    /// @param change  one of those that it stands for
    /// @param members packed; null unless they are memberships
    private record Row(long seq, int span, Change change, byte @Nullable [] members) {}

    private long close(Map<Alike, List<UUID>> alike, long tenantId, long seq, List<Row> rows) {
        long next = seq;
        for (var each : alike.entrySet()) {
            int[] numbers = PackedNumbers.sorted(database.numbers().make(tenantId, each.getValue()));
            Alike what = each.getKey();
            rows.add(new Row(next, numbers.length, new MemberChange(what.kind(), what.group(),
                    each.getValue().getFirst(), what.type(), what.reason()), PackedNumbers.pack(numbers)));
            next += numbers.length;
        }
        alike.clear();
        return next;
    }

    private long tenant(long runId) {
        return Objects.requireNonNullElse(database.dsl().select(RUN.TENANT_ID).from(RUN).where(RUN.ID.eq(runId))
                .fetchOne(RUN.TENANT_ID), 0L);
    }

    /// Changes that fit, in order.
    ///
    /// @param after number of the last change of the page before; -1: from the start
    public List<RunChange> page(long runId, ChangeFilter filter, long after, int limit) {
        var found = new ArrayList<RunChange>();
        long tenantId = tenant(runId);
        if (after >= 0) {
            // The row that the page before ended in may hold more.
            database.dsl().selectFrom(RUN_CHANGE)
                    .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.SEQ.le(after))
                    .orderBy(RUN_CHANGE.RUN_ID.desc(), RUN_CHANGE.SEQ.desc()).limit(1).fetchOptional()
                    .filter(row -> row.getSeq() + row.getSpan() - 1 > after && fits(filter, row))
                    .ifPresent(row -> read(row, tenantId).stream().filter(each -> each.seq() > after).limit(limit)
                            .forEach(found::add));
        }
        if (found.size() < limit) {
            for (Record row : database.dsl().selectFrom(RUN_CHANGE)
                    .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.SEQ.gt(after)).and(fits(filter))
                    .orderBy(RUN_CHANGE.RUN_ID, RUN_CHANGE.SEQ).limit(limit - found.size()).fetch()) {
                read(row, tenantId).stream().limit(limit - found.size()).forEach(found::add);
                if (found.size() == limit) {
                    break;
                }
            }
        }
        return found;
    }

    /// All changes that fit, in order, a chunk at a time.
    public Iterator<RunChange> all(long runId, ChangeFilter filter) {
        return new KeysetIterator<>(CHUNK, last -> page(runId, filter, last == null ? -1 : last.seq(), CHUNK));
    }

    /// The memberships that a run adds or takes away, some of one group at a time, in order.
    public Iterator<GroupMembers> memberships(long runId, ChangeKind kind) {
        record Row(long seq, GroupMembers members) {}
        long tenantId = tenant(runId);
        var rows = new KeysetIterator<Row>(MEMBER_ROWS, last -> database.dsl()
                .select(RUN_CHANGE.SEQ, RUN_CHANGE.SPAN, RUN_CHANGE.OBJECT_ID, RUN_CHANGE.MEMBER_ID,
                        RUN_CHANGE.MEMBER_TYPE, RUN_CHANGE.MEMBERS)
                .from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.SEQ.gt(last == null ? -1 : last.seq()),
                        RUN_CHANGE.KIND.eq(kind.name()))
                .orderBy(RUN_CHANGE.RUN_ID, RUN_CHANGE.SEQ).limit(MEMBER_ROWS)
                .fetch(row -> new Row(row.value1(), new GroupMembers(row.value3(), Map.of(
                        MemberType.valueOf(row.value5()),
                        row.value6() == null
                                ? database.numbers().make(tenantId, List.of(row.value4()))
                                : PackedNumbers.unpack(row.value6(), row.value2()))))));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public GroupMembers next() {
                return rows.next().members();
            }
        };
    }

    public long count(long runId, ChangeFilter filter) {
        var sum = database.dsl().select(DSL.sum(RUN_CHANGE.SPAN)).from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId)).and(fits(filter)).fetchSingle().value1();
        return sum == null ? 0 : sum.longValue();
    }

    public Map<ChangeKind, Long> counts(long runId) {
        var counts = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        database.dsl().select(RUN_CHANGE.KIND, DSL.sum(RUN_CHANGE.SPAN)).from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId))
                .groupBy(RUN_CHANGE.KIND)
                .forEach(row -> counts.put(ChangeKind.valueOf(row.value1()), row.value2().longValue()));
        return counts;
    }

    /// The same of a person who had other object ids before.
    public List<RunChange> ofObjects(long tenantId, Collection<UUID> objectIds, int limit) {
        return objectIds.stream().flatMap(id -> ofObject(tenantId, id, limit).stream())
                .sorted(Comparator.comparingLong(RunChange::runId).thenComparingLong(RunChange::seq).reversed())
                .limit(limit).toList();
    }

    /// What runs did to one person or group of a tenant, newest first; memberships apart.
    public List<RunChange> ofObject(long tenantId, UUID objectId, int limit) {
        return database.dsl().select(RUN_CHANGE.fields()).from(RUN_CHANGE).join(RUN).on(RUN.ID.eq(RUN_CHANGE.RUN_ID))
                .where(RUN_CHANGE.OBJECT_ID.eq(objectId), RUN_CHANGE.OBJECT_TYPE.ne(MEMBER),
                        RUN.TENANT_ID.eq(tenantId), RUN.STATE.eq(RunState.SUCCEEDED.name()))
                .orderBy(RUN_CHANGE.RUN_ID.desc(), RUN_CHANGE.SEQ.desc()).limit(limit)
                .fetch(row -> read(row, tenantId).getFirst());
    }

    /// Puts people aside: their changes go, and so do those of their memberships; one entry each tells of it.
    public void leaveOut(long runId, Set<UUID> people) {
        database.transaction(() -> {
            long seq = next(runId);
            leaveOutMemberships(runId, people);
            for (List<UUID> chunk : Chunks.of(people)) {
                Condition theirs = DSL.row(RUN_CHANGE.OBJECT_ID, RUN_CHANGE.RUN_ID)
                        .in(chunk.stream().map(id -> DSL.row(id, runId)).toList())
                        .and(RUN_CHANGE.OBJECT_TYPE.eq("USER"));
                Map<UUID, String> names = new LinkedHashMap<>();
                database.dsl().select(RUN_CHANGE.OBJECT_ID, RUN_CHANGE.NAME).from(RUN_CHANGE).where(theirs)
                        .forEach(row -> names.put(row.value1(), Objects.requireNonNullElse(row.value2(), "")));
                database.dsl().deleteFrom(RUN_CHANGE).where(theirs).execute();
                List<Change> told = names.entrySet().stream().<Change>map(each -> new PersonChange(ChangeKind.SKIP,
                        each.getKey(), each.getValue(), Map.of(), Map.of(), Reason.of(ReasonCode.LEFT_OUT))).toList();
                append(runId, seq, told);
                seq += told.size();
            }
        });
    }

    /// Deletes what the runs of a tenant tell about people, for good: their changes and those of their memberships. How many
    /// of each kind there were stays with the runs.
    void forget(long tenantId, Collection<UUID> people) {
        JdbcBatch.run(database, "delete from run_change where object_id = ? and object_type = 'USER'"
                + " and run_id in (select id from run where tenant_id = ?)", people, (statement, id) -> {
                    statement.setObject(1, id);
                    statement.setLong(2, tenantId);
                });
        int[] numbers = PackedNumbers.sorted(Arrays.stream(database.numbers().of(tenantId, people))
                .filter(number -> number != ObjectNumbers.NONE).toArray());
        if (numbers.length > 0) {
            for (Long run : database.dsl().select(RUN.ID).from(RUN).where(RUN.TENANT_ID.eq(tenantId)).fetch(RUN.ID)) {
                leaveOutMemberships(run, Set.copyOf(people), numbers);
            }
        }
    }

    private void leaveOutMemberships(long runId, Set<UUID> people) {
        leaveOutMemberships(runId, people, PackedNumbers.sorted(database.numbers().of(tenant(runId), people)));
    }

    private void leaveOutMemberships(long runId, Set<UUID> people, int[] numbers) {
        record Piece(long seq, int[] left) {}
        var pieces = new ArrayList<Piece>();
        try (var rows = database.dsl().select(RUN_CHANGE.SEQ, RUN_CHANGE.SPAN, RUN_CHANGE.MEMBERS,
                RUN_CHANGE.MEMBER_ID).from(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.OBJECT_TYPE.eq(MEMBER)).fetchLazy()) {
            rows.forEach(row -> {
                if (row.value3() == null) {
                    // Of an earlier version: one member a row.
                    if (people.contains(row.value4())) {
                        pieces.add(new Piece(row.value1(), new int[0]));
                    }
                    return;
                }
                int[] before = PackedNumbers.unpack(row.value3(), row.value2());
                int[] left = PackedNumbers.without(before, numbers);
                if (left.length < before.length) {
                    pieces.add(new Piece(row.value1(), left));
                }
            });
        }
        JdbcBatch.run(database, "delete from run_change where run_id = ? and seq = ?",
                pieces.stream().filter(each -> each.left().length == 0).toList(), (statement, each) -> {
                    statement.setLong(1, runId);
                    statement.setLong(2, each.seq());
                });
        JdbcBatch.run(database, "update run_change set span = ?, members = ? where run_id = ? and seq = ?",
                pieces.stream().filter(each -> each.left().length > 0).toList(), (statement, each) -> {
                    statement.setInt(1, each.left().length);
                    statement.setBytes(2, PackedNumbers.pack(each.left()));
                    statement.setLong(3, runId);
                    statement.setLong(4, each.seq());
                });
    }

    /// Tells of another run what is told of one.
    ///
    /// @return how many changes those are
    public long copy(long fromRunId, long toRunId) {
        var fields = new ArrayList<Field<?>>(List.of(RUN_CHANGE.fields()));
        fields.remove(RUN_CHANGE.RUN_ID);
        var values = new ArrayList<Field<?>>(fields);
        fields.addFirst(RUN_CHANGE.RUN_ID);
        values.addFirst(DSL.val(toRunId));
        return database.transaction(() -> database.dsl().insertInto(RUN_CHANGE, fields)
                .select(DSL.select(values).from(RUN_CHANGE).where(RUN_CHANGE.RUN_ID.eq(fromRunId))).execute());
    }

    public void delete(long runId) {
        database.dsl().deleteFrom(RUN_CHANGE).where(RUN_CHANGE.RUN_ID.eq(runId)).execute();
    }

    private static Condition fits(ChangeFilter filter) {
        Condition condition = DSL.noCondition();
        if (!filter.kinds().isEmpty()) {
            condition = condition.and(RUN_CHANGE.KIND.in(filter.kinds().stream().map(ChangeKind::name).toList()));
        }
        if (!filter.text().isBlank()) {
            condition = condition.and(DSL.lower(RUN_CHANGE.NAME).contains(filter.text().toLowerCase(Locale.ROOT)));
        }
        return condition;
    }

    private static boolean fits(ChangeFilter filter, RunChangeRecord row) {
        return (filter.kinds().isEmpty() || filter.kinds().contains(ChangeKind.valueOf(row.getKind())))
                && filter.text().isBlank();
    }

    /// The changes that a row stands for, in order: of memberships by member.
    private List<RunChange> read(Record row, long tenantId) {
        byte[] members = row.get(RUN_CHANGE.MEMBERS);
        if (members == null) {
            return List.of(single(row));
        }
        UUID[] ids = database.numbers().ids(tenantId, PackedNumbers.unpack(members, row.get(RUN_CHANGE.SPAN)));
        Arrays.sort(ids, IdOrder.ASCENDING);
        ChangeKind kind = ChangeKind.valueOf(row.get(RUN_CHANGE.KIND));
        MemberType type = MemberType.valueOf(row.get(RUN_CHANGE.MEMBER_TYPE));
        var reason = new Reason(ReasonCode.valueOf(row.get(RUN_CHANGE.REASON)),
                Json.readMap(row.get(RUN_CHANGE.DETAIL)));
        var changes = new ArrayList<RunChange>(ids.length);
        for (UUID id : ids) {
            changes.add(new RunChange(row.get(RUN_CHANGE.RUN_ID), row.get(RUN_CHANGE.SEQ) + changes.size(),
                    new MemberChange(kind, row.get(RUN_CHANGE.OBJECT_ID), id, type, reason)));
        }
        return changes;
    }

    private static RunChange single(Record row) {
        ChangeKind kind = ChangeKind.valueOf(row.get(RUN_CHANGE.KIND));
        var reason = new Reason(ReasonCode.valueOf(row.get(RUN_CHANGE.REASON)),
                Json.readMap(row.get(RUN_CHANGE.DETAIL)));
        UUID id = row.get(RUN_CHANGE.OBJECT_ID);
        String name = Objects.requireNonNullElse(row.get(RUN_CHANGE.NAME), "");
        Change change = switch (row.get(RUN_CHANGE.OBJECT_TYPE)) {
            case "USER" -> new PersonChange(kind, id, name, Json.readMap(row.get(RUN_CHANGE.BEFORE_STATE)),
                    Json.readMap(row.get(RUN_CHANGE.AFTER_STATE)), reason);
            case "GROUP" -> new GroupChange(kind, id, name, Json.readMap(row.get(RUN_CHANGE.BEFORE_STATE)),
                    Json.readMap(row.get(RUN_CHANGE.AFTER_STATE)), reason);
            default -> new MemberChange(kind, id, row.get(RUN_CHANGE.MEMBER_ID),
                    MemberType.valueOf(row.get(RUN_CHANGE.MEMBER_TYPE)), reason);
        };
        return new RunChange(row.get(RUN_CHANGE.RUN_ID), row.get(RUN_CHANGE.SEQ), change);
    }

    private static @Nullable String json(Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, value instanceof Instant ? value.toString() : value));
        return Json.write(plain);
    }

    private static String cut(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH);
    }

}
