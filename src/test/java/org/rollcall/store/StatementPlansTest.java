package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Edge;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What lists, screens and exports ask must not read a whole table for a few rows of it.
class StatementPlansTest {
    @TempDir
    Path folder;

    @Test
    void theToolSeesScans() {
        try (var directory = new TestDirectory(folder); var plans = StatementPlans.watch(directory.database)) {
            directory.database.dsl().fetch("select count(*) from tenant");
            directory.database.dsl().selectFrom(org.rollcall.store.gen.Tables.DIRECTORY_USER)
                    .where(org.rollcall.store.gen.Tables.DIRECTORY_USER.ID.eq(1L)).fetch();
            assertEquals(Map.of(), plans.scans(Map.of()));
            directory.database.dsl().selectFrom(org.rollcall.store.gen.Tables.DIRECTORY_USER)
                    .where(org.rollcall.store.gen.Tables.DIRECTORY_USER.SURNAME.eq("x")).fetch();
            assertEquals(1, plans.scans(Map.of()).size());
            assertEquals(Map.of(), plans.scans(Map.of("surname", "a test")));
        }
    }

    @Test
    void queriesHaveTheirIndex() {
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            var profile = directory.profile(contoso, "default");
            UUID team = directory.group(contoso, "Team");
            var ids = new ArrayList<Long>();
            for (int i = 0; i < 300; i++) {
                ids.add(directory.person(contoso, "Person " + i, "p" + i + "@contoso.example"));
                directory.member(contoso, team, TestDirectory.uuid("p" + i + "@contoso.example"), MemberType.USER);
                directory.owns(profile, "p" + i + "@contoso.example");
                directory.group(contoso, "Group " + i);
            }
            directory.sql("analyze");
            var nesting = new GroupNesting(directory.database);
            var users = new UserQueries(directory.database, nesting);
            var groups = new GroupQueries(directory.database);
            var audit = new AuditStore(directory.database);
            try (var plans = StatementPlans.watch(directory.database)) {
                users.find("p1@contoso.example");
                users.find(String.valueOf(ids.getFirst()));
                users.byIds(ids);
                users.byObjectId(contoso.id(), TestDirectory.uuid("p1@contoso.example"));
                users.list(UserFilter.everyone(), new UserSort(UserSort.By.NAME, false), null, 20);
                users.countByStatus();
                users.departments("", 10);
                users.forEach(UserFilter.everyone(), _ -> {});
                groups.find(null, "Team");
                groups.byObjectId(contoso.id(), team);
                groups.byObjectIds(contoso.id(), List.of(team));
                groups.list(null, "", false, null, 20);
                groups.directMembers(contoso.id(), team);
                groups.directCounts(contoso.id(), List.of(team), MemberType.USER);
                groups.forEach(true, _ -> {});
                var edges = new ArrayList<Edge>();
                groups.forEachEdge(edges::add);
                assertEquals(300, edges.size());
                nesting.below(contoso.id(), team);
                new AssignmentStore(directory.database, directory.clock).of(Set.copyOf(ids.subList(0, 3)));
                audit.list(AuditFilter.everything(), null, 20);
                assertTrue(plans.size() > 15, () -> "statements: " + plans.size());
                var scans = plans.scans(StatementPlans.WALKS);
                assertTrue(scans.isEmpty(), () -> "whole tables are read by:\n" + String.join("\n\n",
                        scans.entrySet().stream().map(each -> each.getKey() + "\n  " + each.getValue()).toList()));
            }
        }
    }

    /// The chunk after a chunk begins where that ended: no sorting of what is left, which would make an export of many
    /// memberships grow with their square.
    @Test
    void chunksOfMembershipsAreReadAlongTheKey() {
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            UUID team = directory.group(contoso, "Team");
            directory.member(contoso, team, TestDirectory.uuid("p"), MemberType.USER);
            try (var plans = StatementPlans.watch(directory.database)) {
                new GroupQueries(directory.database).forEachEdge(_ -> {});
                assertFalse(plans.plans().isEmpty());
                plans.plans().stream().filter(plan -> plan.contains("DIRECTORY_MEMBER"))
                        .forEach(plan -> assertTrue(plan.contains("/* index sorted */"), plan));
            }
        }
    }
}
