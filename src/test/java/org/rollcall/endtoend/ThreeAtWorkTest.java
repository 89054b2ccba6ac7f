package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.Actor;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A window, commands and a service at work on one folder with random edits while the tenant changes: no edit is lost, each
/// shows what the others did, and the chain of events is unbroken. `-Drollcall.together=60` is a minute of it.
@EnabledOnOs(OS.LINUX)
class ThreeAtWorkTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("rollcall.together", 5));
    private static final List<String> ROLES = List.of("Auditor", "Operator", "User");
    private static final int EACH = 6;

    @TempDir
    Path folder;

    /// What was done and what has to be so in the end.
    private record Edits(Map<String, String> roles, int count) {}

    @Test
    void nothingIsLostAndAllIsShown() throws Exception {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(80).withGroups(10))) {
            var program = new Program(folder);
            program.connect(tenant);
            program.run("import", "run", "--tenant", "Contoso", "--all", "--every", "5m", "--user", "maren").expect(0);
            Process service = program.start("service", "--json");
            List<SampleObject> people = List.copyOf(tenant.directory().users());
            var edits = new ArrayList<Edits>();
            try (var window = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC());
                    var threads = Executors.newFixedThreadPool(3)) {
                Actor maren = window.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "window");
                long end = System.nanoTime() + LENGTH.toNanos();
                var work = new ArrayList<Callable<Edits>>();
                work.add(() -> inTheWindow(window, maren, people.subList(0, EACH), end));
                work.add(() -> byCommand(program, people.subList(EACH, 2 * EACH), end));
                work.add(() -> importing(program, tenant, end));
                for (var each : threads.invokeAll(work)) {
                    edits.add(each.get());
                }
                assertTrue(service.isAlive(), () -> "the service goes on: " + program.complaints());
                for (Edits each : edits) {
                    for (var role : each.roles().entrySet()) {
                        var shown = program.run("users", "show", role.getKey(), "--user", "maren", "--json").expect(0)
                                .json();
                        assertEquals(role.getValue(), shown.path("role").asText(), "by command: " + role.getKey());
                        String id = shown.path("id").asText();
                        assertEquals(role.getValue(), inTheWindow(window, maren, id), "in the window: " + id);
                    }
                }
            } finally {
                service.destroy();
                assertEquals(0, service.waitFor());
            }
            long events = program.run("audit", "export", "--format", "csv", "--user", "maren").expect(0).output()
                    .lines()
                    .filter(line -> line.contains("role.set")).count();
            assertEquals(edits.stream().mapToLong(Edits::count).sum(), events, "an event for each edit");
            assertTrue(program.run("audit", "verify", "--user", "maren", "--json").expect(0).json().path("intact")
                    .asBoolean());
            program.run("import", "run", "--tenant", "Contoso", "--max-removals", "100%", "--user", "maren").expect(0);
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "afterwards");
        }
    }

    private static String inTheWindow(AppContext window, Actor maren, String id) {
        return window.people().list(maren, UserFilter.everyone(), UserSort.BY_NAME, null, 1_000).rows().stream()
                .filter(row -> Long.toString(row.id()).equals(id)).findFirst().orElseThrow().role();
    }

    private static Edits inTheWindow(AppContext window, Actor maren, List<SampleObject> people, long end) {
        var random = new Random(1);
        Map<String, String> roles = new HashMap<>();
        int count = 0;
        while (System.nanoTime() < end) {
            SampleObject person = people.get(random.nextInt(people.size()));
            String role = other(random, roles.getOrDefault(person.id(), ""));
            long id = window.people().list(maren, UserFilter.everyone().withSearch(person.userPrincipalName()),
                    UserSort.BY_NAME, null, 1).rows().getFirst().id();
            window.roles().assignments().setRole(maren, List.of(id), role);
            roles.put(person.id(), role);
            count++;
        }
        return new Edits(roles, count);
    }

    private static Edits byCommand(Program program, List<SampleObject> people, long end) {
        var random = new Random(2);
        Map<String, String> roles = new HashMap<>();
        int count = 0;
        while (System.nanoTime() < end) {
            SampleObject person = people.get(random.nextInt(people.size()));
            String role = other(random, roles.getOrDefault(person.id(), ""));
            program.run("users", "set-role", person.id(), "--role", role, "--user", "maren").expect(0);
            roles.put(person.id(), role);
            count++;
        }
        return new Edits(roles, count);
    }

    private static Edits importing(Program program, SampleTenant tenant, long end) {
        while (System.nanoTime() < end) {
            tenant.directory().hire(Map.of("displayName", "Hired Meanwhile"));
            int exit = program.run("schedules", "run", "default", "--user", "maren").exit();
            assertTrue(exit == 0 || exit == 2, "a run, or one is already running: " + exit);
        }
        return new Edits(Map.of(), 0);
    }

    private static String other(Random random, String role) {
        String chosen = ROLES.get(random.nextInt(ROLES.size()));
        return chosen.equals(role) ? other(random, role) : chosen;
    }
}
