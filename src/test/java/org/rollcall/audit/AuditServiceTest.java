package org.rollcall.audit;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuditStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AuditServiceTest {
    private static final Actor ADA = new Actor(1L, "ada", "window, HOST", EnumSet.allOf(Permission.class));
    private static final Actor NOBODY = new Actor(2L, "bo", "window, HOST", Set.of(Permission.VIEW_OWN_PROFILE));

    @TempDir
    Path folder;
    TestDirectory directory;
    AuditService audit;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void recordSome(int count) {
        for (int i = 0; i < count; i++) {
            directory.clock.advance(Duration.ofSeconds(1));
            audit.record(ADA, i % 2 == 0 ? "role.set" : "user.exclude", "USER", "" + i, "Näme \uD83D\uDE00 " + i,
                    Map.of("after", Map.of("role", "Operator"), "n", i), null);
        }
    }

    @Test
    void anUntouchedChainIsIntact() {
        assertEquals(new AuditService.Verification(true, 0, null), audit.verify(ADA));
        recordSome(7);
        assertEquals(new AuditService.Verification(true, 7, null), audit.verify(ADA));
    }

    @Test
    void everyChangedColumnShows() {
        recordSome(5);
        for (String change : List.of("actor = 'eve'", "origin = 'x'", "action = 'y'", "object_type = 'GROUP'",
                "object_id = '99'", "object_name = null", "detail = '{}'", "run_id = 5",
                "at = dateadd('second', 1, at)", "hash = repeat('a', 64)", "previous_hash = repeat('b', 64)")) {
            directory.sql("create table kept as select * from audit_event");
            directory.sql("update audit_event set " + change + " where seq = 3");
            var found = audit.verify(ADA);
            assertFalse(found.intact(), change);
            assertEquals(3L, found.brokenAt(), change);
            directory.sql("delete from audit_event");
            directory.sql("insert into audit_event select * from kept");
            directory.sql("drop table kept");
            assertTrue(audit.verify(ADA).intact());
        }
    }

    @Test
    void removedAndCutOffEventsShow() {
        recordSome(5);
        directory.sql("delete from audit_event where seq = 5");
        assertEquals(new AuditService.Verification(false, 4, 5L), audit.verify(ADA));
        directory.sql("delete from audit_event where seq = 2");
        assertEquals(new AuditService.Verification(false, 3, 2L), audit.verify(ADA));
        directory.sql("delete from audit_event");
        assertEquals(new AuditService.Verification(false, 0, 1L), audit.verify(ADA));
    }

    @Test
    void whatIsRecordedAfterwardsDoesNotHideWhatWasCutOffOrAdded() {
        recordSome(5);
        directory.sql("delete from audit_event where seq >= 4");
        recordSome(2);
        assertEquals(new AuditService.Verification(false, 5, 4L), audit.verify(ADA));
        assertEquals(List.of(7L, 6L, 3L), audit.list(ADA, AuditFilter.everything(), null, 3).rows().stream()
                .map(AuditEvent::seq).toList());
        directory.sql("delete from audit_event");
        directory.sql("delete from setting where name = 'audit.head'");
        recordSome(3);
        assertTrue(audit.verify(ADA).intact());
        directory
                .sql("insert into audit_event select 4, at, actor, origin, action, object_type, object_id, object_name,"
                        + " detail, run_id, hash, repeat('c', 64) from audit_event where seq = 3");
        recordSome(1);
        assertEquals(4L, audit.verify(ADA).brokenAt());
    }

    @Test
    void listsAndCountsThatCanBeStoppedFindTheSame() {
        recordSome(50);
        directory.clock.advance(Duration.ofDays(3));
        var from = directory.clock.instant();
        recordSome(7);
        for (AuditFilter filter : List.of(AuditFilter.everything(),
                new AuditFilter(null, null, null, "role", null, null, null, null),
                new AuditFilter(from, null, null, null, null, null, null, null),
                new AuditFilter(from.plus(Duration.ofDays(1)), null, null, null, null, null, null, null),
                new AuditFilter(null, null, null, null, null, null, null, "nobody"))) {
            for (Long before : Arrays.asList(null, 30L, 1L)) {
                assertEquals(
                        audit.list(ADA, filter, before == null ? null : Long.toString(before), 20).rows(),
                        audit.list(ADA, filter, before, 20, JobContext.silent()));
            }
            assertEquals(audit.count(ADA, filter), audit.count(ADA, filter, JobContext.silent()));
        }
        var cancelled = new CancelToken();
        cancelled.cancel();
        var words = new AuditFilter(null, null, null, null, null, null, null, "n");
        assertThrows(CancellationException.class,
                () -> audit.list(ADA, words, null, 5, JobContext.silent(cancelled)));
        assertThrows(CancellationException.class, () -> audit.count(ADA, words, JobContext.silent(cancelled)));
    }

    @Test
    void aCheckIsNotedAndCanBeCancelled() {
        recordSome(3);
        assertEquals(Optional.empty(), audit.lastCheck(ADA));
        var check = audit.check(ADA, JobContext.silent());
        assertEquals(new AuditService.Verification(true, 3, null), check.found());
        assertEquals(Optional.of(check), audit.lastCheck(ADA));
        assertEquals("audit.check", audit.list(ADA, AuditFilter.everything(), null, 1).rows().getFirst().action());
        directory.sql("update audit_event set actor = 'eve' where seq = 2");
        assertEquals(2L, audit.check(ADA, JobContext.silent()).found().brokenAt());
        assertEquals(2L, audit.lastCheck(ADA).orElseThrow().found().brokenAt());
        var cancelled = new CancelToken();
        cancelled.cancel();
        assertThrows(CancellationException.class, () -> audit.check(ADA, JobContext.silent(cancelled)));
        assertEquals(5, audit.count(ADA, AuditFilter.everything()));
        assertThrows(RollcallException.class, () -> audit.check(NOBODY, JobContext.silent()));
    }

    @Test
    void eventsOfATransactionThatFailsAreNotKept() {
        recordSome(1);
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            recordSome(3);
            throw new IllegalStateException("taken back");
        }));
        recordSome(1);
        assertEquals(new AuditService.Verification(true, 2, null), audit.verify(ADA));
    }

    @Test
    void manyAtOnceStayInOrder() {
        var entries = new ArrayList<AuditService.Entry>();
        for (int i = 0; i < 4500; i++) {
            entries.add(new AuditService.Entry("role.set", "USER", "" + i, "P" + i, Map.of(), 7L));
        }
        audit.recordAll(ADA, entries);
        assertEquals(new AuditService.Verification(true, 4500, null), audit.verify(ADA));
        assertEquals("4499", audit.list(ADA, AuditFilter.everything(), null, 1).rows().getFirst().objectId());
    }

    @Test
    void listsAreFilteredAndPagedNewestFirst() {
        recordSome(6);
        var filter = new AuditFilter(null, null, "ADA", "role", "USER", null, null, null);
        Page<AuditEvent> first = audit.list(ADA, filter, null, 2);
        assertEquals(List.of("4", "2"), first.rows().stream().map(AuditEvent::objectId).toList());
        Page<AuditEvent> rest = audit.list(ADA, filter, first.next(), 2);
        assertEquals(List.of("0"), rest.rows().stream().map(AuditEvent::objectId).toList());
        assertNull(rest.next());
        assertEquals(3, audit.count(ADA, filter));
        assertEquals(0, audit.count(ADA, new AuditFilter(null, null, null, "rol", null, null, null, null)));
        assertEquals(1,
                audit.count(ADA, new AuditFilter(null, null, null, null, null, null, null, "NÄME \uD83D\uDE00 3")));
        assertEquals(0, audit.count(ADA, new AuditFilter(null, null, null, null, null, null, null, "%")));
        assertEquals(Map.of("role", "Operator"), first.rows().getFirst().detail().get("after"));
        var since = audit.list(ADA, AuditFilter.everything(), null, 10).rows().get(1).at();
        assertEquals(2, audit.count(ADA, new AuditFilter(since, null, null, null, null, null, null, null)));
        assertEquals(4, audit.count(ADA, new AuditFilter(null, since, null, null, null, null, null, null)));
    }

    @Test
    void onlyThoseWhoMaySeeActivitySeeIt() {
        recordSome(3);
        for (Runnable look : List.<Runnable>of(() -> audit.verify(NOBODY),
                () -> audit.list(NOBODY, AuditFilter.everything(), null, 1),
                () -> audit.forEach(NOBODY, AuditFilter.everything(), event -> {}),
                () -> audit.history(NOBODY, "USER", "1", 5))) {
            assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class, look::run).kind());
        }
        assertEquals(1, audit.history(NOBODY, "USER", "2", 5).size());
    }

    @Test
    void exportsHoldEverythingAndRunNothing() throws IOException {
        audit.record(ADA, "role.set", "USER", "1", "=cmd|' /C calc'!A0", Map.of("a", "b,\"c\""), 3L);
        audit.record(ADA, "role.set", "USER", "2", "two\nlines", Map.of(), null);
        var csv = new StringWriter();
        new AuditExport(audit).csv(ADA, AuditFilter.everything(), csv);
        String[] lines = csv.toString().split("\r\n", -1);
        assertEquals("seq,at,actor,origin,action,objectType,objectId,objectName,detail,run,previousHash,hash",
                lines[0].replace("\"", ""));
        assertTrue(
                lines[1].startsWith(
                        "\"1\",\"2026-03-01T08:00:00Z\",\"ada\",\"window, HOST\",\"role.set\",\"USER\",\"1\","
                                + "\"'=cmd|' /C calc'!A0\",\"{\"\"a\"\":\"\"b,\\\"\"c\\\"\"\"\"}\",\"3\",\"000"),
                lines[1]);
        assertTrue(lines[2].contains("\"two\nlines\",\"{}\",,"), lines[2]);

        var json = new StringWriter();
        new AuditExport(audit).json(ADA, AuditFilter.everything(), json);
        var tree = new JsonMapper().readTree(json.toString());
        assertEquals(List.of("role.set", "role.set", "export.audit"),
                tree.valueStream().map(event -> event.get("action").asText()).toList());
        assertEquals("b,\"c\"", tree.get(0).get("detail").get("a").asText());
        assertEquals("3", tree.get(0).get("run").asText());
        assertTrue(tree.get(1).get("run").isNull());
        assertEquals(tree.get(0).get("hash"), tree.get(1).get("previousHash"));
    }
}
