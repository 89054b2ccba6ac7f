package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.rollcall.app.ReadyFolder;
import org.rollcall.bench.MeasuredProcess.Spent;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;
import org.rollcall.store.Database;

/// What a run costs compared with what it has to do: a first import with [FloorProgram], later runs with a command that
/// only looks, exports with reading the floor's own file. All in one run of one tenant, since only the ratios say something
/// on a machine that others use too. Short steps are done several times; the middle one counts.
final class CostBenchmark {
    private static final String STEPS = """
            | tenant | step | clock | processor | Graph requests |
            |---|---|---:|---:|---:|
            """;
    private static final String BOUNDS = """
            | tenant | bound | at most | clock | processor | |
            |---|---|---:|---:|---:|---|
            """;
    private static final String PASSWORD = "bench horse battery staple";
    private static final int CHANGED = 1_000;
    /// Milliseconds: differences below it are as large as what one start differs from the next.
    private static final double LEAST = 200;
    private static final Set<Integer> FINE = Set.of(0);
    /// 7: conflicts, which people in the sample tenant may have.
    private static final Set<Integer> IMPORTED = Set.of(0, 7);

    private final Path program;
    private final String heap;
    private final int repeats;
    private final Path folder;
    private final String name;
    private final List<String> steps = new ArrayList<>();
    private final List<String> bounds = new ArrayList<>();

    private CostBenchmark(Path program, String name, String heap, int repeats, Path folder) {
        this.program = program;
        this.name = name;
        this.heap = heap;
        this.repeats = repeats;
        this.folder = folder;
    }

    /// Returns two tables.
    ///
    /// @param heap    of the program and of the floor: `256m`
    /// @param repeats of the short steps; imports of everybody are made once in a tenant of more than 20,000 people
    /// @param latency of the tenant's answers
    static String measure(Path program, int users, int groups, long memberships, String heap, int repeats,
            Duration latency) throws IOException {
        String name = String.format(Locale.ROOT, "%,d people, %,d groups, %,d memberships", users, groups, memberships);
        Path folder = Files.createTempDirectory("rollcall-bench");
        var options = SampleTenant.Options.defaults().withUsers(users).withGroups(groups).withMemberships(memberships)
                .withLatency(latency);
        var benchmark = new CostBenchmark(program, name, heap, repeats, folder);
        try (var tenant = SampleTenant.start(options)) {
            benchmark.measure(tenant, users > 20_000 ? 1 : repeats);
        } finally {
            ImportBenchmark.delete(folder);
        }
        return STEPS + String.join("\n", benchmark.steps) + "\n\n" + BOUNDS + String.join("\n", benchmark.bounds)
                + "\n";
    }

    private void measure(SampleTenant tenant, int firstImports) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), tenant.clientSecret());
        var changes = new CostChanges(tenant.directory());
        long people = tenant.directory().userCount();
        long memberships = tenant.directory().membershipCount();
        connect(0, tenant, secret);
        rollcall(0, FINE, "users", "list", "--limit", "1", "--user", "bench"); // makes the archives of classes
        Path floorFile = folder.resolve("floor0");
        Spent floor = step("floor: the same pages into bare tables", tenant, firstImports, i -> floor("read",
                tenant.tenantId(), tenant.clientId(), tenant.clientSecret(), tenant.origin(),
                tenant.caFile().toString(), folder.resolve("floor" + i).toString()));
        for (int i = 1; i < firstImports; i++) {
            connect(i, tenant, secret);
        }
        Spent first = step("first import", tenant, firstImports, i -> rollcall(i, IMPORTED, importing("--all", "--rule",
                changes.ruleGroup() + "=Auditor")));
        long size = Files.size(home(0).resolve(Database.FILE));
        Spent version = step("`--version`", tenant, 2 * repeats - 1, _ -> rollcall(0, FINE, "--version"));
        Spent look = step("`users list --limit 1`", tenant, 2 * repeats - 1, _ -> rollcall(0, FINE, "users", "list",
                "--limit", "1", "--user", "bench"));
        // The first one after an import still has to note what the next ones repeat.
        Spent unchanged = step("unchanged run", tenant, Math.max(3, repeats), _ -> rollcall(0, IMPORTED, importing()));
        Spent ten = step("ten mixed changes", tenant, repeats, i -> {
            changes.ten(i);
            return rollcall(0, IMPORTED, importing());
        });
        Spent thousand = step("a thousand changed people", tenant, repeats, i -> {
            changes.many(CHANGED, i);
            return rollcall(0, IMPORTED, importing());
        });
        bound("first import / floor", 2, first, floor);
        bound("unchanged run / `users list --limit 1`", 1.6, unchanged, look);
        bound("ten mixed changes / `users list --limit 1`", 2, ten, look);
        bound("a thousand changed people / `users list --limit 1`", 5, thousand, look);
        exports(tenant, floorFile, look);
        bound("`users list --limit 1` (Argon2 included) / `--version`", 2, look, version);
        sizes(size, people, memberships);
    }

    private void exports(SampleTenant tenant, Path floorFile, Spent look) {
        Spent opened = step("floor: open its file", tenant, repeats, _ -> floor("start", floorFile.toString()));
        for (String what : List.of("users", "groups", "memberships")) {
            Spent least = step("floor: print " + what, tenant, repeats, _ -> floor(what, floorFile.toString()));
            Spent export = step("`export " + what + " --format csv`", tenant, repeats, _ -> rollcall(0, FINE, "export",
                    what, "--format", "csv", "--user", "bench"));
            bound("export of " + what + " / the floor's, start-up of both apart", 2, export.less(look),
                    least.less(opened));
        }
    }

    /// What the lists of members take, by their tables, and everything else for people, groups included.
    private void sizes(long size, long people, long memberships) {
        long lists;
        try (var database = ReadyFolder.database(home(0));
                var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            var row = statement.executeQuery("""
                    select disk_space_used('MIRROR_MEMBERS') + disk_space_used('DIRECTORY_MEMBERS')
                    + (select coalesce(sum(length(members) + 100), 0) from run_change where object_type = 'MEMBER')
                    """);
            row.next();
            lists = row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        size("bytes of the data file a person, memberships apart", 2_500, (double) (size - lists) / people);
        size("bytes of the data file a membership", 40, (double) lists / memberships);
    }

    private void size(String what, double most, double measured) {
        bounds.add(String.format(Locale.ROOT, "| %s | %s | %,.0f | %,.0f | | %s |", name, what, most, measured,
                verdict(measured, most)));
    }

    private void bound(String what, double most, Spent measured, Spent by) {
        double clock = ratio(measured.wall(), by.wall());
        double processor = ratio(measured.processor(), by.processor());
        String verdict = Double.isNaN(clock) ? "too short to tell by the clock" : verdict(clock, most);
        if (Double.isNaN(clock) && processor > most) {
            verdict += "; by processor time " + verdict(processor, most);
        }
        bounds.add(
                String.format(Locale.ROOT, "| %s | %s | %.1f | %.2f | %.2f | %s |", name, what, most, clock, processor,
                        verdict));
    }

    private static double ratio(double measured, double by) {
        return Math.min(measured, by) < LEAST ? Double.NaN : measured / by;
    }

    private static String verdict(double measured, double most) {
        return measured <= most ? "holds" : String.format(Locale.ROOT, "missed, %.1f times the bound", measured / most);
    }

    private interface Once {
        Spent run(int time);
    }

    private Spent step(String what, SampleTenant tenant, int times, Once once) {
        var all = new ArrayList<Spent>();
        long requests = 0;
        for (int i = 0; i < times; i++) {
            tenant.log().reset();
            all.add(once.run(i));
            requests = tenant.log().count(RequestLog.Part.GRAPH);
        }
        Spent spent = Spent.median(all);
        String row = String.format(Locale.ROOT, "| %s | %s | %,.0f ms | %,.0f ms | %s |", name, what, spent.wall(),
                spent.processor(), requests == 0 ? "" : String.valueOf(requests));
        System.err.println(row);
        steps.add(row);
        return spent;
    }

    private Path home(int number) {
        return folder.resolve("home" + number);
    }

    private void connect(int number, SampleTenant tenant, Path secret) {
        rollcall(number, FINE, "init", "--admin", "bench");
        rollcall(number, FINE, "tenant", "add", "Contoso", "--tenant", tenant.tenantId(), "--client-id",
                tenant.clientId(), "--secret-file", secret.toString(), "--authority", tenant.origin(), "--graph",
                tenant.origin(), "--ca-file", tenant.caFile().toString(), "--user", "bench");
    }

    private static String[] importing(String... scope) {
        var arguments = new ArrayList<>(List.of("import", "run", "--tenant", "Contoso", "--user", "bench", "--json"));
        arguments.addAll(List.of(scope));
        return arguments.toArray(String[]::new);
    }

    private Spent rollcall(int number, Set<Integer> exits, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return MeasuredProcess.run(command, Map.of("ROLLCALL_HOME", home(number).toString(), "ROLLCALL_PASSWORD",
                PASSWORD, "JAVA_TOOL_OPTIONS", "-Xmx" + heap + " " + System.getProperty("bench.jvm", "")), exits);
    }

    private Spent floor(String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                FloorProgram.class.getName()));
        command.addAll(List.of(arguments));
        return MeasuredProcess.run(command, Map.of(), FINE);
    }
}
