package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.MemberType;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Exports pass through the database once: as many statements for many rows as for few, along a key and without sorting.
class ExportCostTest {
    private static final int PEOPLE = 5_000;

    @TempDir
    Path folder;

    @Test
    void exportsAreOneStatementEach() {
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            directory.sql(
                    "insert into directory_user (tenant_id, object_id, username, username_key, status, mfa, search_key,"
                            + " sort_key, changed_at) select ?, random_uuid(), 'p' || x, 'p' || x, 'ACTIVE', 'UNKNOWN', 'p', 'p',"
                            + " current_timestamp from system_range(1, " + PEOPLE + ")",
                    contoso.id());
            directory.sql("insert into directory_group (tenant_id, object_id, status, sort_key, changed_at)"
                    + " select ?, random_uuid(), 'ACTIVE', 'g', current_timestamp from system_range(1, 3000)",
                    contoso.id());
            directory.members(contoso, UUID.randomUUID(),
                    Stream.generate(UUID::randomUUID).limit(PEOPLE).toList(), MemberType.USER);
            directory.sql("analyze");
            var groups = new GroupQueries(directory.database);
            var users = new UserQueries(directory.database, new GroupNesting(directory.database));
            var present = UserFilter.everyone().withStatuses(EnumSet.of(UserStatus.ACTIVE, UserStatus.DISABLED));
            pass(directory, PEOPLE, count -> users.forEach(UserFilter.everyone(), _ -> count[0]++));
            pass(directory, PEOPLE, count -> users.forEach(present, _ -> count[0]++));
            pass(directory, 3_000, count -> groups.forEach(true, _ -> count[0]++));
            pass(directory, 3_000, count -> groups.forEach(false, _ -> count[0]++));
            pass(directory, PEOPLE, count -> groups.forEachEdge(_ -> count[0]++));
        }
    }

    /// H2 hands rows out one by one only on the connection that was told to; on another one it gathers all of them in memory.
    @Test
    void rowsAreHandedOutOnTheConnectionThatFindsThemOneByOne() {
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            directory.person(contoso, "Ada Lindqvist", "ada");
            var connections = new ArrayList<Integer>();
            new UserQueries(directory.database, new GroupNesting(directory.database)).forEach(UserFilter.everyone(),
                    _ -> connections.add(directory.database.pool().getHikariPoolMXBean().getActiveConnections()));
            assertEquals(List.of(1), connections);
        }
    }

    private interface Export {
        void count(long[] into);
    }

    private static void pass(TestDirectory directory, long rows, Export export) {
        var count = new long[1];
        var statements = StatementCounts.watch(directory.database);
        List<String> plans;
        try (var plan = StatementPlans.watch(directory.database)) {
            export.count(count);
            plans = plan.plans();
        }
        statements.stop();
        assertEquals(rows, count[0]);
        // The query, and what makes H2 hand its rows out as it finds them, and back.
        assertTrue(statements.statements() <= 8, statements::toString);
        assertTrue(statements.rows() <= rows + 8, statements::toString);
        assertFalse(plans.isEmpty());
        plans.forEach(plan -> assertTrue(plan.contains("/* index sorted */"), plan));
    }
}
