package org.rollcall.store;

import java.time.Instant;
import java.util.ArrayList;
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
import org.rollcall.domain.MemberType;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.RunState;

import static org.rollcall.store.gen.Tables.RUN;
import static org.rollcall.store.gen.Tables.RUN_CHANGE;

/// Change sets: what each run does, change by change, in order.
public final class ChangeStore {
    private static final int CHUNK = 1_000;
    private static final int NAME_LENGTH = 1_100;

    private final Database database;

    public ChangeStore(Database database) {
        this.database = database;
    }

    /// Adds changes to a run.
    ///
    /// @param seq of the first one
    public void append(long runId, long seq, List<Change> changes) {
        database.transaction(() -> {
            long[] next = { seq };
            JdbcBatch.run(database,
                    "insert into run_change (run_id, seq, kind, object_type, object_id, member_id, member_type, name,"
                            + " before_state, after_state, reason, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    changes, (statement, change) -> {
                        statement.setLong(1, runId);
                        statement.setLong(2, next[0]++);
                        statement.setString(3, change.kind().name());
                        statement.setObject(5, change.objectId());
                        statement.setObject(6, change instanceof MemberChange member ? member.memberId() : null);
                        statement.setString(7,
                                change instanceof MemberChange member ? member.memberType().name() : null);
                        switch (change) {
                            case PersonChange person -> {
                                statement.setString(4, "USER");
                                statement.setString(8, cut(person.name()));
                                statement.setString(9, json(person.before()));
                                statement.setString(10, json(person.after()));
                            }
                            case GroupChange group -> {
                                statement.setString(4, "GROUP");
                                statement.setString(8, cut(group.name()));
                                statement.setString(9, json(group.before()));
                                statement.setString(10, json(group.after()));
                            }
                            case MemberChange _ -> {
                                statement.setString(4, "MEMBER");
                                statement.setString(8, null);
                                statement.setString(9, null);
                                statement.setString(10, null);
                            }
                        }
                        statement.setString(11, change.reason().code().name());
                        statement.setString(12, json(change.reason().facts()));
                    });
        });
    }

    /// Changes that fit, in order.
    ///
    /// @param after number of the last change of the page before; -1: from the start
    public List<RunChange> page(long runId, ChangeFilter filter, long after, int limit) {
        return database.dsl().selectFrom(RUN_CHANGE)
                .where(RUN_CHANGE.RUN_ID.eq(runId), RUN_CHANGE.SEQ.gt(after)).and(fits(filter))
                .orderBy(RUN_CHANGE.RUN_ID, RUN_CHANGE.SEQ).limit(limit).fetch(ChangeStore::read);
    }

    /// All changes that fit, in order, a chunk at a time.
    public Iterator<RunChange> all(long runId, ChangeFilter filter) {
        return new KeysetIterator<>(CHUNK, last -> page(runId, filter, last == null ? -1 : last.seq(), CHUNK));
    }

    public long count(long runId, ChangeFilter filter) {
        return database.dsl().fetchCount(RUN_CHANGE, RUN_CHANGE.RUN_ID.eq(runId).and(fits(filter)));
    }

    public Map<ChangeKind, Long> counts(long runId) {
        var counts = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        database.dsl().select(RUN_CHANGE.KIND, DSL.count()).from(RUN_CHANGE).where(RUN_CHANGE.RUN_ID.eq(runId))
                .groupBy(RUN_CHANGE.KIND)
                .forEach(row -> counts.put(ChangeKind.valueOf(row.value1()), row.value2().longValue()));
        return counts;
    }

    /// What runs did to one person or group of a tenant, newest first; memberships apart.
    public List<RunChange> ofObject(long tenantId, UUID objectId, int limit) {
        return database.dsl().select(RUN_CHANGE.fields()).from(RUN_CHANGE).join(RUN).on(RUN.ID.eq(RUN_CHANGE.RUN_ID))
                .where(RUN_CHANGE.OBJECT_ID.eq(objectId), RUN_CHANGE.OBJECT_TYPE.ne("MEMBER"),
                        RUN.TENANT_ID.eq(tenantId), RUN.STATE.eq(RunState.SUCCEEDED.name()))
                .orderBy(RUN_CHANGE.RUN_ID.desc(), RUN_CHANGE.SEQ.desc()).limit(limit).fetch(ChangeStore::read);
    }

    /// Puts people aside: their changes go, and so do those of their memberships; one entry each tells of it.
    public void leaveOut(long runId, Set<UUID> people) {
        database.transaction(() -> {
            long seq = Objects.requireNonNullElse(database.dsl().select(DSL.max(RUN_CHANGE.SEQ)).from(RUN_CHANGE)
                    .where(RUN_CHANGE.RUN_ID.eq(runId)).fetchSingle().value1(), -1L) + 1;
            for (List<UUID> chunk : Chunks.of(people)) {
                Condition theirs = DSL.row(RUN_CHANGE.OBJECT_ID, RUN_CHANGE.RUN_ID)
                        .in(chunk.stream().map(id -> DSL.row(id, runId)).toList())
                        .and(RUN_CHANGE.OBJECT_TYPE.eq("USER"));
                Map<UUID, String> names = new LinkedHashMap<>();
                database.dsl().select(RUN_CHANGE.OBJECT_ID, RUN_CHANGE.NAME).from(RUN_CHANGE).where(theirs)
                        .forEach(row -> names.put(row.value1(), Objects.requireNonNullElse(row.value2(), "")));
                database.dsl().deleteFrom(RUN_CHANGE).where(theirs).execute();
                database.dsl().deleteFrom(RUN_CHANGE).where(RUN_CHANGE.RUN_ID.eq(runId),
                        RUN_CHANGE.OBJECT_TYPE.eq("MEMBER"), RUN_CHANGE.MEMBER_ID.in(chunk)).execute();
                List<Change> told = names.entrySet().stream().<Change>map(each -> new PersonChange(ChangeKind.SKIP,
                        each.getKey(), each.getValue(), Map.of(), Map.of(), Reason.of(ReasonCode.LEFT_OUT))).toList();
                append(runId, seq, told);
                seq += told.size();
            }
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

    private static RunChange read(Record row) {
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
