package org.rollcall.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.RunState;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleFaults;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sync.Draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// However the tenant misbehaves, a run ends exact or not applied: never half, and never with a removal that the tenant
/// did not make. When the tenant behaves again, the next run ends exact.
class FaultFuzzTest {
    private static final int SEEDS = Integer.getInteger("rollcall.fuzz", 40);
    private static final int SEEDS_A_TENANT = 25;
    /// Without those that only say other things of people than are true, which no run could know, and those that only
    /// take their time.
    private static final List<String> FAULTS = SampleFaults.names().stream()
            .filter(name -> !Set.of("no-enabled", "fine-times", "drip", "token-drip").contains(name)).toList();

    @TempDir
    Path folder;

    @Test
    void everyFaultAlone() throws Exception {
        for (String fault : FAULTS) {
            try (var tenant = SampleTenant.start(options(1))) {
                Path home = Files.createDirectory(folder.resolve(fault));
                try (var services = new Services(home, tenant)) {
                    var story = new TenantStory(tenant, fault.hashCode());
                    var draft = Services.draft(Scope.everyone());
                    for (String spec : List.of("@2", "@4", "", ":0.3")) {
                        tenant.faults().set(fault + spec + pace(fault));
                        faulty(services, tenant, draft, () -> {}, fault + spec);
                        story.steps(3);
                    }
                    behaves(services, tenant, draft, fault);
                }
            }
        }
    }

    @Test
    void randomMixtures() throws Exception {
        var outcomes = new java.util.EnumMap<RunState, Integer>(RunState.class);
        for (int first = 1; first <= SEEDS; first += SEEDS_A_TENANT) {
            try (var tenant = SampleTenant.start(options(first))) {
                Path home = Files.createDirectory(folder.resolve("from" + first));
                try (var services = new Services(home, tenant)) {
                    var draft = Services.draft(Scope.everyone());
                    for (int seed = first; seed < first + SEEDS_A_TENANT && seed <= SEEDS; seed++) {
                        outcomes.merge(mixture(services, tenant, draft, seed), 1, Integer::sum);
                    }
                }
            }
        }
        assertTrue(outcomes.getOrDefault(RunState.SUCCEEDED, 0) > SEEDS / 10, outcomes::toString);
        assertTrue(outcomes.getOrDefault(RunState.FAILED, 0) > SEEDS / 20, outcomes::toString);
    }

    private static RunState mixture(Services services, SampleTenant tenant, Draft draft, int seed) {
        var random = new Random(seed);
        var story = new TenantStory(tenant, seed);
        story.steps(random.nextInt(6));
        var specs = new ArrayList<String>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String fault = FAULTS.get(random.nextInt(FAULTS.size()));
            specs.add(fault + (random.nextBoolean()
                    ? "@" + (1 + random.nextInt(8))
                    : String.format(Locale.ROOT, ":%.2f;max=%d", 0.1 + random.nextDouble() * 0.6,
                            1 + random.nextInt(5)))
                    + pace(fault));
        }
        String spec = String.join(",", specs) + ",seed=" + seed;
        int when = random.nextInt(12);
        var calls = new int[1];
        tenant.faults().set(spec);
        RunState state = faulty(services, tenant, draft, () -> {
            if (++calls[0] == when) {
                story.steps(3);
            }
        }, "seed " + seed + " " + spec);
        behaves(services, tenant, draft, "after seed " + seed + " " + spec);
        return state;
    }

    private static String pace(String fault) {
        return switch (fault) {
            case "slow" -> ";ms=5";
            // A little more than is read.
            case "endless-objects" -> ";objects=30000";
            case "token-endless" -> ";objects=120000";
            default -> "";
        };
    }

    private static RunState faulty(Services services, SampleTenant tenant, Draft draft, Runnable meanwhile,
            String what) {
        List<Object> before = services.everything();
        var truths = new ArrayList<>(List.of(TenantTruth.everyone(tenant.directory())));
        RunReport report = services.imports.run(services.maren, Services.request(draft, Services.ANY),
                new RandomStoriesTest.Interrupted(() -> {
                    meanwhile.run();
                    if (truths.size() < 2 && changed(truths.getFirst(), tenant)) {
                        truths.add(TenantTruth.everyone(tenant.directory()));
                    }
                }));
        if (report.succeeded()) {
            assertEquals("", TenantTruth.differences(truths, services.stored()), what);
        } else {
            assertEquals(RunState.FAILED, report.state(), what);
            assertTrue(report.error() != null && !report.error().code().equals("run.bug"),
                    () -> what + ": " + report.error());
            assertEquals(before, services.everything(), what + ": " + report.error());
        }
        return report.state();
    }

    private static boolean changed(TenantTruth before, SampleTenant tenant) {
        return !before.sameAs(TenantTruth.everyone(tenant.directory()));
    }

    private static void behaves(Services services, SampleTenant tenant, Draft draft, String what) {
        tenant.faults().clear();
        RunReport report = services.run(draft);
        assertTrue(report.succeeded(), () -> what + ": " + report.error());
        TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), what);
    }

    private static SampleTenant.Options options(long seed) {
        return SampleTenant.Options.defaults().withUsers(30).withGroups(8).withSeed(seed);
    }
}
