package org.rollcall.store;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;

import static org.rollcall.store.gen.Tables.AUDIT_EVENT;

/// Audit events, only ever added. The chain is made and checked by the audit service.
public final class AuditStore {
    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /// An event with its details as the text that the hash covers.
    public record Stored(AuditEvent event, String detailJson) {}

    /// The newest event's number and hash.
    public record Head(long seq, String hash) {}

    public Optional<Head> head() {
        return database.dsl().select(AUDIT_EVENT.SEQ, AUDIT_EVENT.HASH).from(AUDIT_EVENT)
                .orderBy(AUDIT_EVENT.SEQ.desc()).limit(1).fetchOptional(row -> new Head(row.value1(), row.value2()));
    }

    /// The text of details that [#append] stores and that the hash covers.
    public static String detailJson(AuditEvent event) {
        return Json.write(event.detail());
    }

    /// The canonical text of a list of values, for hashing.
    public static String canonical(List<@Nullable Object> values) {
        return Json.write(values);
    }

    public void append(List<Stored> events) {
        database.transaction(() -> {
            JdbcBatch.run(database, "insert into audit_event (seq, at, actor, origin, action, object_type, object_id,"
                    + " object_name, detail, run_id, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    events, (statement, stored) -> {
                        AuditEvent event = stored.event();
                        statement.setLong(1, event.seq());
                        statement.setObject(2, Times.toColumn(event.at()));
                        statement.setString(3, event.actor());
                        statement.setString(4, event.origin());
                        statement.setString(5, event.action());
                        statement.setString(6, event.objectType());
                        statement.setString(7, event.objectId());
                        statement.setString(8, event.objectName());
                        statement.setString(9, stored.detailJson());
                        statement.setObject(10, event.runId(), Types.BIGINT);
                        statement.setString(11, event.previousHash());
                        statement.setString(12, event.hash());
                    });
        });
    }

    public long count(AuditFilter filter) {
        return database.dsl().fetchCount(AUDIT_EVENT, condition(filter));
    }

    /// Newest first.
    ///
    /// @param before only events with a smaller number; null: from the newest on
    public List<AuditEvent> list(AuditFilter filter, @Nullable Long before, int limit) {
        return database.dsl().selectFrom(AUDIT_EVENT)
                .where(condition(filter))
                .and(before == null ? DSL.noCondition() : AUDIT_EVENT.SEQ.lt(before))
                .orderBy(AUDIT_EVENT.SEQ.desc()).limit(limit).fetch(row -> read(row).event());
    }

    /// Newest first, of those between the two numbers, both apart.
    public List<AuditEvent> between(AuditFilter filter, long after, long before, int limit) {
        return database.dsl().selectFrom(AUDIT_EVENT)
                .where(condition(filter)).and(AUDIT_EVENT.SEQ.gt(after)).and(AUDIT_EVENT.SEQ.lt(before))
                .orderBy(AUDIT_EVENT.SEQ.desc()).limit(limit).fetch(row -> read(row).event());
    }

    /// How many of those between the two numbers, both apart, fit.
    public long countBetween(AuditFilter filter, long after, long before) {
        return database.dsl().fetchCount(AUDIT_EVENT,
                condition(filter).and(AUDIT_EVENT.SEQ.gt(after)).and(AUDIT_EVENT.SEQ.lt(before)));
    }

    /// When the newest event with a smaller number was recorded.
    public Optional<Instant> newestBefore(long seq) {
        return database.dsl().select(AUDIT_EVENT.AT).from(AUDIT_EVENT).where(AUDIT_EVENT.SEQ.lt(seq))
                .orderBy(AUDIT_EVENT.SEQ.desc()).limit(1).fetchOptional(row -> Times.fromColumn(row.value1()));
    }

    /// Oldest first, with a number greater than `after`.
    public List<Stored> chunk(AuditFilter filter, long after, int limit) {
        return database.dsl().selectFrom(AUDIT_EVENT)
                .where(condition(filter)).and(AUDIT_EVENT.SEQ.gt(after))
                .orderBy(AUDIT_EVENT.SEQ).limit(limit).fetch(AuditStore::read);
    }

    private static Condition condition(AuditFilter filter) {
        Condition all = DSL.noCondition();
        if (filter.from() != null) {
            all = all.and(AUDIT_EVENT.AT.ge(Times.toColumn(filter.from())));
        }
        if (filter.until() != null) {
            all = all.and(AUDIT_EVENT.AT.lt(Times.toColumn(filter.until())));
        }
        if (filter.actor() != null) {
            String actor = filter.actor().toLowerCase(Locale.ROOT);
            all = all.and(filter.actor().equals(AuditFilter.SCHEDULES)
                    ? AUDIT_EVENT.ACTOR.startsWith(AuditFilter.SCHEDULES + " ")
                    : DSL.lower(AUDIT_EVENT.ACTOR).eq(actor));
        }
        if (filter.action() != null) {
            all = all.and(AUDIT_EVENT.ACTION.eq(filter.action())
                    .or(AUDIT_EVENT.ACTION.startsWith(filter.action() + ".")));
        }
        if (filter.objectType() != null) {
            all = all.and(AUDIT_EVENT.OBJECT_TYPE.eq(filter.objectType()));
        }
        if (filter.objectId() != null) {
            all = all.and(AUDIT_EVENT.OBJECT_ID.eq(filter.objectId()));
        }
        if (filter.runId() != null) {
            all = all.and(AUDIT_EVENT.RUN_ID.eq(filter.runId()));
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            String text = filter.text().strip().toLowerCase(Locale.ROOT);
            all = all.and(DSL.lower(AUDIT_EVENT.ACTOR).contains(text)
                    .or(DSL.lower(AUDIT_EVENT.ACTION).contains(text))
                    .or(DSL.lower(AUDIT_EVENT.OBJECT_NAME).contains(text))
                    .or(DSL.lower(AUDIT_EVENT.DETAIL).contains(text)));
        }
        return all;
    }

    private static Stored read(Record row) {
        @Nullable
        String detail = row.get(AUDIT_EVENT.DETAIL);
        var event = new AuditEvent(row.get(AUDIT_EVENT.SEQ), Times.fromColumn(row.get(AUDIT_EVENT.AT)),
                row.get(AUDIT_EVENT.ACTOR), row.get(AUDIT_EVENT.ORIGIN), row.get(AUDIT_EVENT.ACTION),
                row.get(AUDIT_EVENT.OBJECT_TYPE), row.get(AUDIT_EVENT.OBJECT_ID), row.get(AUDIT_EVENT.OBJECT_NAME),
                Json.readMap(detail), row.get(AUDIT_EVENT.RUN_ID), row.get(AUDIT_EVENT.PREVIOUS_HASH),
                row.get(AUDIT_EVENT.HASH));
        return new Stored(event, detail == null ? "" : detail);
    }
}
