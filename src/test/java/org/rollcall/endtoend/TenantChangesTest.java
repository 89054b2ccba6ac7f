package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The directory follows the tenant exactly, whatever happens there, and says beforehand what it will do.
class TenantChangesTest {
    @TempDir
    Path folder;

    @Test
    void theDirectoryFollowsEveryChangeOfTheTenant() throws IOException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(400).withGroups(40))) {
            var rollcall = new RollcallJvm(folder);
            rollcall.connect(tenant);
            previewEqualsRun(rollcall, "--all");
            check(rollcall, tenant, "the first import");
            unchangedRunsCostTwoRequests(rollcall, tenant);

            var directory = tenant.directory();
            List<SampleObject> groups = directory.groups().stream()
                    .filter(group -> group.get("membershipRule") == null && group.get("visibility") == null
                            && String.valueOf(group.get("groupTypes")).equals("[]"))
                    .toList();
            List<SampleObject> people = directory.users();
            SampleObject from = groups.get(0);
            SampleObject to = groups.get(1);
            SampleObject hired = directory.hire(Map.of("displayName", "Neu Angestellte 🦉"));
            directory.addMember(to.id(), hired.id());
            directory.leave(people.get(40).id());
            directory.rename(people.get(41).id(), "married.name@" + tenant.domain(), "Married Name");
            directory.setEnabled(people.get(42).id(), false);
            directory.update(people.get(43).id(), "department", "Elsewhere");
            directory.addMember(from.id(), people.get(44).id());
            previewEqualsRun(rollcall);
            check(rollcall, tenant, "hire, leave, rename, disable, update");

            directory.move(people.get(44).id(), from.id(), to.id());
            directory.restore(people.get(40).id());
            directory.leave(people.get(45).id());
            directory.purge(people.get(45).id());
            previewEqualsRun(rollcall);
            check(rollcall, tenant, "move, restore, hard delete");

            SampleObject made = directory.createGroup(Map.of("displayName", "Made today"));
            directory.addMember(made.id(), people.get(46).id());
            directory.addMember(from.id(), made.id());
            previewEqualsRun(rollcall);
            check(rollcall, tenant, "a new nested group");

            directory.move(made.id(), from.id(), to.id());
            directory.deleteGroup(groups.get(2).id());
            previewEqualsRun(rollcall);
            check(rollcall, tenant, "a nested group re-hung, a group deleted");

            directory.restore(groups.get(2).id());
            directory.renameGroup(to.id(), "Renamed group");
            previewEqualsRun(rollcall);
            check(rollcall, tenant, "a group restored, a group renamed");
            effectiveMembersAreExact(rollcall, tenant);
            unchangedRunsCostTwoRequests(rollcall, tenant);
        }
    }

    private static void previewEqualsRun(RollcallJvm rollcall, String... scope) throws IOException {
        JsonNode preview = run(rollcall, "preview", scope);
        JsonNode run = run(rollcall, "run", scope);
        assertEquals(preview.path("counts"), run.path("counts"), "preview equals run");
        assertEquals(preview.path("admins"), run.path("admins"), "administrators before and after");
        assertEquals("SUCCEEDED", run.path("state").asText());
        assertTrue(run.path("complete").asBoolean());
    }

    private static JsonNode run(RollcallJvm rollcall, String verb, String... scope) throws IOException {
        var arguments = new java.util.ArrayList<>(
                List.of("import", verb, "--tenant", "Contoso", "--user", "maren", "--json"));
        arguments.addAll(List.of(scope));
        var outcome = rollcall.run(arguments.toArray(String[]::new));
        assertTrue(outcome.exit() == 0 || outcome.exit() == 7, () -> outcome.exit() + outcome.errors());
        return outcome.json();
    }

    private static void check(RollcallJvm rollcall, SampleTenant tenant, String what) throws IOException {
        TenantTruth.everyone(tenant.directory()).assertEqualTo(rollcall.exported(), what);
    }

    private static void unchangedRunsCostTwoRequests(RollcallJvm rollcall, SampleTenant tenant) throws IOException {
        tenant.log().reset();
        JsonNode run = run(rollcall, "run");
        assertEquals(2, tenant.log().count(RequestLog.Part.GRAPH), () -> tenant.log().entries().toString());
        assertEquals(2, run.path("requests").asInt());
        run.path("counts").properties().forEach(count -> {
            if (!count.getKey().equals("skip") && !count.getKey().equals("conflict")) {
                assertEquals(0, count.getValue().asInt(), count.getKey());
            }
        });
    }

    private static void effectiveMembersAreExact(RollcallJvm rollcall, SampleTenant tenant) throws IOException {
        var directory = tenant.directory();
        for (SampleObject group : directory.groups().stream()
                .filter(each -> !"HiddenMembership".equals(each.get("visibility"))).limit(6).toList()) {
            JsonNode members = rollcall.run("groups", "members", group.id(), "--effective", "--user", "maren", "--json")
                    .expect(0).json();
            var found = new java.util.TreeSet<String>();
            members.path("effective").forEach(each -> found.add(each.path("objectId").asText()));
            var expected = new java.util.TreeSet<String>();
            directory.effectiveMembers(group.id()).forEach(each -> expected.add(each.id()));
            assertEquals(expected, found, group.displayName());
        }
    }
}
