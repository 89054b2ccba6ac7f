package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;

/// Counts the requests and measures memory and time of imports by the packaged program (a process of its own, with a
/// limited heap) from sample tenants (this process). Prints the table of `docs/performance.md`.
public final class ImportBenchmark {
    private final Path program = Path.of("target/rollcall/bin/rollcall").toAbsolutePath();
    private final List<String> rows = new ArrayList<>();

    private ImportBenchmark() {}

    /// Arguments: `small`, `large`, or none for both.
    public static void main(String[] args) throws IOException {
        var benchmark = new ImportBenchmark();
        List<String> which = args.length == 0 ? List.of("small", "large") : List.of(args);
        if (which.contains("small")) {
            benchmark.measure(10_000, 500, 100_000, "512m");
        }
        if (which.contains("large")) {
            benchmark.measure(100_000, 5_000, 1_000_000, "256m");
        }
        System.out.println("| tenant | step | Graph requests | changes | time | heap limit | resident peak |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        benchmark.rows.forEach(System.out::println);
    }

    private void measure(int users, int groups, long memberships, String heap) throws IOException {
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
            row(tenant, rollcall, name, "first import", heap, "--all");
            row(tenant, rollcall, name, "again, unchanged", heap);
            String group = tenant.directory().groups().getFirst().id();
            var person = tenant.directory().hire(Map.of("displayName", "New Person"));
            tenant.directory().addMember(group, person.id());
            row(tenant, rollcall, name, "one new person in one group", heap);
        }
    }

    private void row(SampleTenant tenant, RollcallProcess rollcall, String name, String step, String heap,
            String... scope) throws IOException {
        tenant.log().reset();
        var arguments = new ArrayList<>(List.of("import", "run", "--tenant", "Contoso", "--user", "bench", "--json"));
        arguments.addAll(List.of(scope));
        var outcome = rollcall.run(arguments.toArray(String[]::new));
        if (outcome.exit() != 0 && outcome.exit() != 7) {
            outcome.expect(0);
        }
        JsonNode run = new ObjectMapper().readTree(outcome.output());
        long changes = 0;
        for (var count : run.path("counts").properties()) {
            boolean tells = count.getKey().equals("skip") || count.getKey().equals("conflict");
            changes += tells ? 0 : count.getValue().asLong();
        }
        rows.add(String.format(Locale.ROOT, "| %s | %s | %d | %,d | %s | %s | %,d MiB |", name, step,
                tenant.log().count(RequestLog.Part.GRAPH), changes, seconds(outcome.took()), heap,
                outcome.peakKib() / 1024));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
