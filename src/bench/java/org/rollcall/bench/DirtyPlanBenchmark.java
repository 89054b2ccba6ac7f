package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.app.AppContext;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Trigger;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

/// Plans ten changes twice: over the people whom they may concern, and over everybody. Arguments: people, groups,
/// memberships. Prints the rows of a table; times are from the end of the read to the end of the preview.
public final class DirtyPlanBenchmark {
    private static final int ROUNDS = 5;

    private DirtyPlanBenchmark() {}

    public static void main(String[] args) throws IOException {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int groups = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        long memberships = args.length > 2 ? Long.parseLong(args[2]) : 100_000;
        Path folder = Files.createTempDirectory("rollcall-bench");
        var options = SampleTenant.Options.defaults().withUsers(people).withGroups(groups)
                .withMemberships(memberships);
        var actor = new Actor(null, "bench", "bench", Set.of(Permission.values()));
        try (var tenant = SampleTenant.start(options);
                var app = AppContext.create(folder.resolve("home"), "bench", "bench horse battery staple".toCharArray(),
                        "bench", Clock.systemUTC())) {
            app.tenants().add(actor, new NewTenant("Contoso", tenant.tenantId(), tenant.clientId(),
                    new NewCredential(new Connection.Credential.Secret(tenant.clientSecret()), null, null),
                    Cloud.CUSTOM, tenant.origin(), tenant.origin(), tenant.caPem(), null), false, JobContext.silent());
            var standard = ProfileConfig.everyone();
            app.imports().run(actor, request(new Draft(standard, "User", List.of())), JobContext.silent());
            app.imports().run(actor, request(null), JobContext.silent());
            // What decides about everybody is another one, so everybody is gone through; it comes to the same.
            var other = new Draft(new ProfileConfig(standard.scope(), standard.filters(), standard.mapping(),
                    new ProfileConfig.Policies(11, 10)), "User", List.of());
            var few = new ArrayList<Long>();
            var all = new ArrayList<Long>();
            for (int round = 0; round < ROUNDS; round++) {
                happen(tenant, round);
                few.add(preview(app, actor, null, true));
                all.add(preview(app, actor, other, false));
                app.imports().run(actor, request(null), JobContext.silent());
            }
            System.out.printf(Locale.ROOT,
                    "| %,d people, %,d groups, %,d memberships | ten changes | %,d ms | %,d ms |%n",
                    people, groups, memberships, median(few), median(all));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void happen(SampleTenant tenant, int round) {
        var directory = tenant.directory();
        List<String> ids = directory.users().stream().skip(20L * round + 100).limit(20).map(SampleObject::id).toList();
        String group = directory.groups().get(round).id();
        directory.hire(Map.of("displayName", "Hired One " + round));
        directory.hire(Map.of("displayName", "Hired Two " + round));
        directory.leave(ids.get(0));
        directory.leave(ids.get(1));
        directory.rename(ids.get(2), "renamed" + round + "@" + tenant.domain(), "Renamed");
        directory.setEnabled(ids.get(3), !directory.user(ids.get(3)).orElseThrow().flag("accountEnabled"));
        directory.update(ids.get(4), "department", "Elsewhere " + round);
        directory.update(ids.get(5), "jobTitle", "Other " + round);
        directory.addMember(group, directory.hire(Map.of("displayName", "Hired Three " + round)).id());
        directory.renameGroup(group, "Renamed " + round);
    }

    private static ImportRequest request(@Nullable Draft draft) {
        return new ImportRequest("Contoso", "default", draft, null, Trigger.MANUAL);
    }

    private static long preview(AppContext app, Actor actor, @Nullable Draft draft, boolean few) {
        var watch = new Watch();
        app.imports().preview(actor, request(draft), watch);
        long took = (System.nanoTime() - watch.begin) / 1_000_000;
        if (watch.few != few) {
            throw new IllegalStateException("not the plan that is to be measured");
        }
        return took;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    /// Hears when planning begins.
    private static final class Watch implements JobContext {
        private long begin;
        private boolean few;

        @Override
        public void progress(long done, long total) {}

        @Override
        public void message(String text) {
            if (text.startsWith("Comparing with")) {
                begin = System.nanoTime();
            }
            few |= text.startsWith("Comparing what");
        }

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }
}
