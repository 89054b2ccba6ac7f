package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RoleServices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PeopleCountsTest {
    @TempDir
    Path folder;
    private TestDirectory directory;
    private Tenant tenant;
    private RoleServices services;
    private PersonStore people;
    private final Actor actor = new Actor(null, "test", "test", Set.of(Permission.values()));

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        tenant = directory.tenant("Contoso");
        Database database = directory.database;
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), directory.clock);
        services = RoleServices.over(database, audit, directory.clock);
        people = new PersonStore(database, directory.clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void figuresAreThoseOfARecountAfterAnySequenceOfImportsEditsUndosAndRemovals() {
        for (long seed = 1; seed <= 4; seed++) {
            var random = new Random(seed);
            var imported = new ArrayList<UUID>();
            for (int step = 0; step < 60; step++) {
                String done = step(random, imported, seed + "-" + step);
                assertFiguresAreRecounted("seed " + seed + ", step " + step + ": " + done);
            }
        }
        assertTrue(count("select count(*) from people_count where people <> 0") > 5, "kinds of people");
        assertEquals(0, count("select count(*) from people_count where people <= 0"));
        new TenantStore(directory.database).delete(tenant.id());
        assertFiguresAreRecounted("the tenant is removed");
        assertEquals(0, count("select count(*) from people_count where tenant_id = " + tenant.id()));
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        directory.person(tenant, "Ada", "ada@contoso.example");
        List<String> before = kept();
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            people.insertLocal("local", null, null);
            UUID id = UUID.randomUUID();
            changes().insertPeople(List.of(person(id, "x", "ACTIVE", ChangeKind.CREATE)),
                    List.of(new DirectoryChanges.RoleGrant(id, role("User"), "DEFAULT", null)), "import");
            throw new IllegalStateException("the end of this transaction");
        }));
        assertEquals(before, kept());
        assertFiguresAreRecounted("rolled back");
    }

    @Test
    void figuresAnswerWhatScreensAsk() {
        long ada = directory.person(tenant, "Ada", "ada@contoso.example");
        long bo = directory.person(tenant, "Bo", "bo@contoso.example", null, null, UserStatus.DISABLED);
        directory.person(tenant, "Cy", "cy@contoso.example", null, null, UserStatus.REMOVED);
        new AssignmentStore(directory.database, directory.clock).set(List.of(ada), role("Operator"), RoleSource.RULE,
                7L, "test");
        var users = new UserQueries(directory.database, new GroupNesting(directory.database));
        assertEquals(Map.of(UserStatus.ACTIVE, 1L, UserStatus.DISABLED, 1L, UserStatus.REMOVED, 1L),
                users.countByStatus());
        assertEquals(Map.of(role("Operator"), 1L, role("User"), 1L), new RoleStore(directory.database).people());
        assertEquals(Map.of(7L, 1L),
                new AssignmentStore(directory.database, directory.clock).decidedByRule());
        people.setDisabledByHand(List.of(ada, bo), true);
        assertEquals(2L, users.countByStatus().get(UserStatus.DISABLED));
    }

    private String step(Random random, List<UUID> imported, String mark) {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                var created = new ArrayList<PersonChange>();
                for (int i = 0; i < 1 + random.nextInt(5); i++) {
                    UUID id = new UUID(random.nextLong(), random.nextLong());
                    imported.add(id);
                    created.add(person(id, mark + "-" + i, random.nextBoolean() ? "ACTIVE" : "DISABLED",
                            ChangeKind.CREATE));
                }
                directory.database.transaction(() -> {
                    changes().insertPeople(created,
                            grants(random, created.stream().map(PersonChange::objectId).toList()), "import");
                });
                return "people come";
            }
            case 2 -> {
                List<UUID> some = some(random, imported);
                String status = List.of("ACTIVE", "DISABLED", "REMOVED").get(random.nextInt(3));
                directory.database.transaction(() -> changes().updatePeople(some.stream()
                        .map(id -> change(id, Map.of("status", status), ChangeKind.UPDATE)).toList()));
                return "status " + status;
            }
            case 3 -> {
                List<UUID> some = some(random, imported);
                directory.database.transaction(() -> changes().grant(grants(random, some), "import"));
                return "rules give roles";
            }
            case 4, 5 -> {
                List<Long> ids = ids(some(random, imported));
                RoleEdit edit = services.assignments().setRole(actor, ids,
                        List.of("User", "Operator", "Auditor").get(random.nextInt(3)));
                if (random.nextBoolean()) {
                    assertFiguresAreRecounted("by hand, before it is undone");
                    services.assignments().undo(actor, edit);
                    return "role by hand, undone";
                }
                return "role by hand";
            }
            case 6 -> {
                people.setDisabledByHand(ids(some(random, imported)), random.nextBoolean());
                return "disabled or not by hand";
            }
            case 7 -> {
                people.insertLocal("local-" + mark, null, null);
                return "a local account";
            }
            case 8 -> {
                List<Long> locals = directory.database.dsl()
                        .fetch("select id from directory_user where tenant_id is null order by id")
                        .map(row -> row.get(0, Long.class));
                if (!locals.isEmpty()) {
                    people.deleteLocal(locals.getFirst());
                }
                return "a local account is removed";
            }
            default -> {
                new AssignmentStore(directory.database, directory.clock).moveAll(role("Auditor"), role("Operator"));
                return "everybody of a role moves";
            }
        }
    }

    private DirectoryChanges changes() {
        return new DirectoryChanges(directory.database, tenant.id(), 1, directory.clock.instant());
    }

    private List<DirectoryChanges.RoleGrant> grants(Random random, List<UUID> people) {
        return people.stream().map(id -> random.nextBoolean()
                ? new DirectoryChanges.RoleGrant(id, role("User"), "DEFAULT", null)
                : new DirectoryChanges.RoleGrant(id, role("Operator"), "RULE", 1L + random.nextInt(2))).toList();
    }

    private static List<UUID> some(Random random, List<UUID> all) {
        var some = new HashSet<UUID>();
        for (int i = 0; i < Math.min(all.size(), 4); i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some.stream().sorted().toList();
    }

    private List<Long> ids(List<UUID> objectIds) {
        return people.idsOf(tenant.id(), objectIds).values().stream().sorted().toList();
    }

    private long role(String name) {
        return new RoleStore(directory.database).require(name).id();
    }

    private static PersonChange person(UUID id, String name, String status, ChangeKind kind) {
        Map<String, @Nullable Object> after = new HashMap<>();
        after.put("username", name);
        after.put("displayName", name);
        after.put("status", status);
        after.put("mfa", "UNKNOWN");
        return change(id, after, kind);
    }

    private static PersonChange change(UUID id, Map<String, @Nullable Object> after, ChangeKind kind) {
        return new PersonChange(kind, id, "somebody", Map.of(), after, Reason.of(ReasonCode.IN_SCOPE_EVERYONE));
    }

    private void assertFiguresAreRecounted(String when) {
        assertEquals(recounted(), kept(), when);
    }

    private List<String> kept() {
        return directory.database.dsl()
                .fetch("select tenant_id, status, role_id, source, rule_id, people from people_count")
                .map(row -> List.of(row.intoArray()).toString()).stream().sorted().toList();
    }

    /// From the people themselves, one by one.
    private List<String> recounted() {
        var counts = new TreeMap<String, Long>();
        directory.database.dsl().fetch("""
                select u.tenant_id, u.status, a.role_id, a.source, a.rule_id
                from directory_user u left join role_assignment a on a.user_id = u.id
                """).forEach(row -> {
            var kind = new ArrayList<Object>();
            for (int i = 0; i < row.size(); i++) {
                Object value = row.get(i);
                kind.add(value != null ? value : i == 3 ? "" : 0L);
            }
            counts.merge(kind.toString(), 1L, Long::sum);
        });
        var lines = new ArrayList<String>();
        counts.forEach((kind, number) -> lines.add(kind.substring(0, kind.length() - 1) + ", " + number + "]"));
        lines.sort(null);
        assertFalse(lines.stream().anyMatch(String::isEmpty));
        return lines;
    }

    private int count(String sql) {
        return directory.database.dsl().fetchOptional(sql).orElseThrow().get(0, Integer.class);
    }

    @Test
    void aRefusedEditLeavesTheFiguresAsTheyWere() {
        long ada = directory.person(tenant, "Ada", "ada@contoso.example");
        directory.signInWithEntra(true);
        directory.role(ada, "Administrator", RoleSource.MANUAL);
        List<String> before = kept();
        assertThrows(RollcallException.class,
                () -> services.assignments().setRole(actor, List.of(ada), "User"));
        assertEquals(before, kept());
        assertFiguresAreRecounted("refused");
    }
}
