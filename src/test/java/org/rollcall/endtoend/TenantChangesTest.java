package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// On the command line: the directory follows the tenant exactly, whatever happens there, and a preview says beforehand
/// what a run will do.
class TenantChangesTest {
    @TempDir
    Path folder;

    @Test
    void theDirectoryFollowsEveryChangeOfTheTenant() throws IOException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(400).withGroups(40))) {
            var program = new Program(folder);
            program.connect(tenant);
            previewEqualsRun(program, "--all");
            check(program, tenant, "the first import");
            unchangedRunCostsTwoRequests(program, tenant);

            var directory = tenant.directory();
            List<SampleObject> groups = directory.groups().stream()
                    .filter(group -> group.get("membershipRule") == null && group.get("visibility") == null
                            && String.valueOf(group.get("groupTypes")).equals("[]"))
                    .toList();
            List<SampleObject> people = directory.users();
            SampleObject from = directory.createGroup(Map.of("displayName", "Ship crew"));
            SampleObject to = directory.createGroup(Map.of("displayName", "Shore crew"));
            SampleObject hired = directory.hire(Map.of("displayName", "Neu Angestellte 🦉"));
            directory.addMember(to.id(), hired.id());
            directory.leave(people.get(40).id());
            directory.rename(people.get(41).id(), "married.name@" + tenant.domain(), "Married Name");
            directory.setEnabled(people.get(42).id(), !people.get(42).flag("accountEnabled"));
            directory.update(people.get(43).id(), "department", "Elsewhere");
            directory.addMember(from.id(), people.get(44).id());
            previewEqualsRun(program);
            check(program, tenant, "hire, leave, rename, disable, update");

            directory.move(people.get(44).id(), from.id(), to.id());
            directory.restore(people.get(40).id());
            directory.leave(people.get(45).id());
            directory.purge(people.get(45).id());
            previewEqualsRun(program);
            check(program, tenant, "move, restore, hard delete");

            SampleObject made = directory.createGroup(Map.of("displayName", "Made today"));
            directory.addMember(made.id(), people.get(46).id());
            directory.addMember(from.id(), made.id());
            previewEqualsRun(program);
            check(program, tenant, "a new nested group");

            directory.move(made.id(), from.id(), to.id());
            directory.deleteGroup(groups.get(2).id());
            previewEqualsRun(program);
            check(program, tenant, "a nested group re-hung, a group deleted");

            directory.restore(groups.get(2).id());
            directory.renameGroup(to.id(), "Renamed group");
            previewEqualsRun(program);
            check(program, tenant, "a group restored, a group renamed");
            effectiveMembersAreExact(program, tenant);
            unchangedRunCostsTwoRequests(program, tenant);
        }
    }

    @Test
    void aNewPersonInOneGroupCostsOnePageMoreAtMost() throws IOException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(12))) {
            var program = new Program(folder);
            program.connect(tenant);
            run(program, "run", "--all");
            var directory = tenant.directory();
            SampleObject hired = directory.hire(Map.of("displayName", "One More"));
            directory.addMember(directory.groups().getFirst().id(), hired.id());
            tenant.log().reset();
            JsonNode run = run(program, "run");
            assertTrue(tenant.log().count(RequestLog.Part.GRAPH) <= 3, () -> tenant.log().entries().toString());
            assertEquals(1, run.path("counts").path("create").asInt());
            check(program, tenant, "one more person");
        }
    }

    private static void previewEqualsRun(Program program, String... scope) {
        JsonNode preview = run(program, "preview", scope);
        JsonNode run = run(program, "run", scope);
        assertEquals(preview.path("counts"), run.path("counts"), "preview equals run");
        assertEquals(preview.path("admins"), run.path("admins"), "administrators before and after");
        assertEquals("SUCCEEDED", run.path("state").asText());
        assertTrue(run.path("complete").asBoolean());
    }

    private static JsonNode run(Program program, String verb, String... scope) {
        var arguments = new ArrayList<>(List.of("import", verb, "--tenant", "Contoso", "--user", "maren", "--json"));
        arguments.addAll(List.of(scope));
        var outcome = program.run(arguments.toArray(String[]::new));
        assertTrue(outcome.exit() == 0 || outcome.exit() == 7, () -> outcome.exit() + outcome.errors());
        return outcome.json();
    }

    private static void check(Program program, SampleTenant tenant, String what) {
        TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), what);
    }

    private static void unchangedRunCostsTwoRequests(Program program, SampleTenant tenant) {
        tenant.log().reset();
        JsonNode run = run(program, "run");
        assertEquals(2, tenant.log().count(RequestLog.Part.GRAPH), () -> tenant.log().entries().toString());
        assertEquals(2, run.path("requests").asInt());
        run.path("counts").properties().forEach(count -> {
            if (!count.getKey().equals("skip") && !count.getKey().equals("conflict")) {
                assertEquals(0, count.getValue().asInt(), count.getKey());
            }
        });
    }

    private static void effectiveMembersAreExact(Program program, SampleTenant tenant) {
        var directory = tenant.directory();
        for (SampleObject group : directory.groups().stream()
                .filter(each -> !Objects.equals(each.get("visibility"), "HiddenMembership")).limit(8).toList()) {
            JsonNode members = program.run("groups", "members", group.id(), "--effective", "--user", "maren", "--json")
                    .expect(0).json();
            var found = new TreeSet<String>();
            members.path("effective").forEach(each -> found.add(each.path("objectId").asText()));
            var expected = new TreeSet<String>();
            directory.effectiveMembers(group.id()).forEach(each -> expected.add(each.id()));
            assertEquals(expected, found, group.displayName());
        }
    }
}
