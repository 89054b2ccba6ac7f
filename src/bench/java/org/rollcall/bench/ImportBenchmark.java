package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;

/// Counts the requests and measures memory and time of imports by the packaged program (a process of its own, with a
/// limited heap) from sample tenants (this process), of plans through deep nesting and of a large directory
/// ([DirectoryBenchmark], in a process of its own too). Writes the tables of `docs/performance.md` to
/// `target/performance-tables.md` and prints them.
///
/// Fails where a bound on requests does not hold. Times are never judged: they say more about the machine.
public final class ImportBenchmark {
    private static final String IMPORTS = """
            | tenant | step | Graph requests | changes | time at most | processor time | heap limit | resident peak |
            |---|---|---:|---:|---:|---:|---:|---:|
            """;
    private static final String PLANS = """
            | groups in groups | step | time at most |
            |---|---|---:|
            """;
    private static final String DIRECTORY = """
            | directory | step | clock | processor |
            |---|---|---:|---:|
            """;
    private static final String WINDOW = """
            | directory | step | clock | processor | FX thread silent | FX thread working |
            |---|---|---:|---:|---:|---:|
            """;
    private static final String SIGN_IN = """
            | refused sign-ins by | wrong password, median | unknown user, median | ratio |
            |---|---:|---:|---:|
            """;

    private final Path program = Path.of("target/rollcall/bin/rollcall").toAbsolutePath();
    private final List<String> imports = new ArrayList<>();

    private ImportBenchmark() {}

    /// Arguments: any of `small`, `large`, `nesting`, `million`, `wizard`, `signin`, `cost` (or
    /// `cost-small`, `cost-large`); none for all.
    /// `-Drollcall.bench.repeats=1` makes short steps of `cost` once, not three times.
    public static void main(String[] args) throws IOException, InterruptedException {
        var benchmark = new ImportBenchmark();
        List<String> which = args.length == 0
                ? List.of("small", "large", "nesting", "million", "wizard", "signin", "cost")
                : List.of(args);
        var tables = new StringBuilder();
        if (which.contains("small")) {
            benchmark.measure(10_000, 500, 100_000, "512m", 60);
        }
        if (which.contains("large")) {
            benchmark.measure(100_000, 5_000, 1_000_000, "256m", 600);
        }
        if (!benchmark.imports.isEmpty()) {
            tables.append(IMPORTS).append(String.join("\n", benchmark.imports)).append("\n\n");
        }
        if (which.contains("nesting")) {
            tables.append(PLANS).append(NestingBenchmark.measure()).append("\n\n");
        }
        if (which.contains("million")) {
            tables.append(million()).append('\n');
        }
        if (which.contains("wizard")) {
            tables.append(wizard()).append('\n');
        }
        if (which.contains("signin")) {
            tables.append(SIGN_IN).append(SignInBenchmark.measure(200)).append('\n');
        }
        int repeats = Integer.getInteger("rollcall.bench.repeats", 3);
        if (which.contains("cost") || which.contains("cost-small")) {
            tables.append(
                    CostBenchmark.measure(benchmark.program, 10_000, 500, 100_000, "256m", repeats, Duration.ZERO))
                    .append('\n');
        }
        if (which.contains("cost") || which.contains("cost-large")) {
            tables.append(CostBenchmark.measure(benchmark.program, 100_000, 5_000, 1_000_000, "256m", repeats,
                    Duration.ZERO)).append('\n');
        }
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("performance-tables.md"), tables);
        System.out.print(tables);
    }

    private void measure(int users, int groups, long memberships, String heap, int firstAtMost) throws IOException {
        Path folder = Files.createTempDirectory("rollcall-bench");
        var rollcall = new RollcallProcess(program, folder.resolve("home"), heap);
        var options = SampleTenant.Options.defaults().withUsers(users).withGroups(groups)
                .withMemberships(memberships);
        String name = String.format(Locale.ROOT, "%,d people, %,d groups, %,d memberships", users, groups, memberships);
        try (var tenant = SampleTenant.start(options)) {
            rollcall.run("init", "--admin", "bench").expect(0);
            Path secret = Files.writeString(folder.resolve("secret"), tenant.clientSecret());
            rollcall.run("tenant", "add", "Contoso", "--tenant", tenant.tenantId(), "--client-id", tenant.clientId(),
                    "--secret-file", secret.toString(), "--authority", tenant.origin(), "--graph", tenant.origin(),
                    "--ca-file", tenant.caFile().toString(), "--user", "bench").expect(0);
            row(tenant, rollcall, name, "first import", heap, 1, firstAtMost, "--all");
            row(tenant, rollcall, name, "again, unchanged", heap, 2, 2);
            String group = tenant.directory().groups().getFirst().id();
            var person = tenant.directory().hire(Map.of("displayName", "New Person"));
            tenant.directory().addMember(group, person.id());
            row(tenant, rollcall, name, "one new person in one group", heap, 2, 3);
        } finally {
            delete(folder);
        }
    }

    private void row(SampleTenant tenant, RollcallProcess rollcall, String name, String step, String heap, int least,
            int most, String... scope) throws IOException {
        tenant.log().reset();
        var arguments = new ArrayList<>(List.of("import", "run", "--tenant", "Contoso", "--user", "bench", "--json"));
        arguments.addAll(List.of(scope));
        var outcome = rollcall.run(arguments.toArray(String[]::new));
        if (outcome.exit() != 7) { // 7: conflicts, which people in the sample tenant may have
            outcome.expect(0);
        }
        JsonNode run = new ObjectMapper().readTree(outcome.output());
        long changes = 0;
        for (var count : run.path("counts").properties()) {
            boolean tells = count.getKey().equals("skip") || count.getKey().equals("conflict");
            changes += tells ? 0 : count.getValue().asLong();
        }
        long requests = tenant.log().count(RequestLog.Part.GRAPH);
        imports.add(String.format(Locale.ROOT, "| %s | %s | %d | %,d | %s | %s | %s | %,d MiB |", name, step, requests,
                changes, seconds(outcome.took()), seconds(outcome.processor()), heap, outcome.peakKib() / 1024));
        if (requests < least || requests > most) {
            throw new IllegalStateException(step + " took " + requests + " requests, not " + least + " to " + most);
        }
    }

    /// In the folder that `rollcall.bench.folder` names, where it stays for the next time, or in one that is removed.
    private static String million() throws IOException, InterruptedException {
        String kept = System.getProperty("rollcall.bench.folder");
        Path folder = kept == null
                ? Files.createTempDirectory("rollcall-bench").resolve("home")
                : Path.of(kept).toAbsolutePath();
        try {
            DirectoryFill.fill(folder, 1_000_000, 20_000);
            return DIRECTORY + inProcess(DirectoryBenchmark.class, "1000000", "20000", folder.toString()) + "\n\n"
                    + WINDOW + inProcess(WindowBenchmark.class, "1,000,000 people, 20,000 groups", folder.toString());
        } finally {
            if (kept == null) {
                delete(folder.getParent());
            }
        }
    }

    /// The tenant and the window are processes of their own, so that neither takes the other's memory.
    private static String wizard() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("rollcall-bench");
        Path told = folder.resolve("tenant");
        Process tenant = start("3g", WizardBenchmark.class, "serve", "100000", "5000", told.toString());
        try {
            while (!Files.exists(told) || Files.readAllLines(told).size() < WizardBenchmark.TOLD) {
                if (tenant.waitFor(Duration.ofMillis(200))) {
                    throw new IllegalStateException("the tenant did not start");
                }
            }
            return WINDOW.replace("| directory |", "| tenant |") + inProcess(WizardBenchmark.class,
                    "100,000 people, 5,000 groups", folder.resolve("home").toString(), told.toString());
        } finally {
            tenant.getOutputStream().close();
            tenant.waitFor();
            delete(folder);
        }
    }

    private static Process start(String heap, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:MaxGCPauseMillis=30", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dglass.platform=Headless", "-Dprism.order=sw", "-Dprism.text=t2k", "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String inProcess(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Process process = start("512m", main, arguments);
        String rows = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main.getSimpleName() + " failed\n" + rows);
        }
        return rows.lines().filter(line -> line.startsWith("|"))
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
