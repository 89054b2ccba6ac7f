package org.rollcall.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Transactions that write much beside others, as an import does that is being applied.
class TransactionsTest {
    @TempDir
    Path folder;
    private TestDirectory directory;
    private Tenant tenant;
    private AuditService audit;
    private final Actor actor = new Actor(null, "test", "test", Set.of(Permission.values()));
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        tenant = directory.tenant("Contoso");
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
    }

    @AfterEach
    void close() {
        other.shutdownNow();
        directory.close();
    }

    @Test
    void othersWriteMeanwhileAndBothCount() throws Exception {
        long ada = directory.person(tenant, "Ada", "ada@contoso.example");
        var settings = new SettingStore(directory.database);
        long revision = settings.directoryRevision();
        directory.database.transactionBesideOthers(() -> {
            directory.person(tenant, "Bo", "bo@contoso.example");
            // Somebody else changes a role, is counted and noted, while what was written here is seen by nobody.
            await(other.submit(() -> directory.database.transaction(() -> {
                directory.role(ada, "Operator", RoleSource.MANUAL);
                audit.record(actor, "role.change", null, null, null, Map.of(), null);
                new SettingStore(directory.database).raiseDirectoryRevision();
            })));
            assertEquals(1L, await(other.submit(() -> users().get(UserStatus.ACTIVE))));
            directory.database.alone();
            assertEquals(revision + 1, settings.directoryRevision(), "what others did is seen once alone");
            audit.record(actor, "import.applied", null, null, null, Map.of(), null);
            return settings.raiseDirectoryRevision();
        });
        assertEquals(revision + 2, settings.directoryRevision());
        assertEquals(2L, users().get(UserStatus.ACTIVE));
        assertEquals(List.of("import.applied", "role.change"), audit.list(actor,
                AuditFilter.everything(), null, 2).rows().stream().map(each -> each.action())
                .toList());
        assertTrue(audit.verify(actor).intact());
        assertEquals(recounted(), kept());
    }

    @Test
    void nobodyWritesBetweenAloneAndTheEnd() throws Exception {
        long ada = directory.person(tenant, "Ada", "ada@contoso.example");
        var begun = new CountDownLatch(1);
        Future<?> edit = directory.database.transactionBesideOthers(() -> {
            directory.database.alone();
            Future<?> waiting = other.submit(() -> {
                begun.countDown();
                directory.role(ada, "Operator", RoleSource.MANUAL);
            });
            await(begun);
            assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
            return waiting;
        });
        edit.get(10, TimeUnit.SECONDS);
        assertEquals(recounted(), kept());
    }

    @Test
    void whoWantsTheSamePersonIsToldSoAndTheOtherGoesOn() {
        long ada = directory.person(tenant, "Ada", "ada@contoso.example");
        directory.database.transactionBesideOthers(() -> {
            directory.role(ada, "Auditor", RoleSource.RULE);
            var refused = assertThrows(ExecutionException.class,
                    () -> other.submit(() -> directory.role(ada, "Operator", RoleSource.MANUAL)).get(10,
                            TimeUnit.SECONDS));
            var told = assertInstanceOf(RollcallException.class, refused.getCause());
            assertEquals(ErrorKind.CONFLICT, told.kind());
            assertEquals("storage.busy", told.code());
            return true;
        });
        assertEquals("Auditor", role(ada));
        directory.role(ada, "Operator", RoleSource.MANUAL);
        assertEquals("Operator", role(ada));
        assertEquals(recounted(), kept());
    }

    @Test
    void whatIsRolledBackIsNeitherCountedNorRemembered() {
        var before = kept();
        assertThrows(IllegalStateException.class, () -> directory.database.transactionBesideOthers(() -> {
            directory.person(tenant, "Bo", "bo@contoso.example");
            directory.database.alone();
            throw new IllegalStateException("the end of this transaction");
        }));
        assertEquals(before, kept());
        assertFalse(directory.database.isInTransaction());
        directory.person(tenant, "Bo", "bo@contoso.example");
        assertEquals(recounted(), kept());
    }

    private Map<UserStatus, Long> users() {
        return new UserQueries(directory.database, new GroupNesting(directory.database)).countByStatus();
    }

    private String role(long person) {
        return directory.database.dsl().fetchSingle(
                "select r.name from role_assignment a join role r on r.id = a.role_id where a.user_id = ?", person)
                .get(0, String.class);
    }

    private List<String> kept() {
        return rows(
                "select tenant_id, status, role_id, source, rule_id, people from people_count order by 1, 2, 3, 4, 5");
    }

    private List<String> recounted() {
        return rows("""
                select tenant, status, role, source, rule, count(*) from (
                    select coalesce(u.tenant_id, 0) as tenant, u.status, coalesce(a.role_id, 0) as role,
                        coalesce(a.source, '') as source, coalesce(a.rule_id, 0) as rule
                    from directory_user u left join role_assignment a on a.user_id = u.id)
                group by tenant, status, role, source, rule order by 1, 2, 3, 4, 5""");
    }

    private List<String> rows(String sql) {
        return directory.database.dsl().fetch(sql).map(row -> List.of(row.intoArray()).toString());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
