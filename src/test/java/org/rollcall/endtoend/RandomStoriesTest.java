package org.rollcall.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// After any story that a tenant may tell, what is stored of each scope equals the tenant's truth, preview and run agree,
/// and a run after it finds nothing to do.
class RandomStoriesTest {
    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void everyone(long seed) {
        follow(seed, _ -> Scope.everyone());
    }

    @ParameterizedTest
    @ValueSource(longs = { 4, 5 })
    void groupsWithAllBelow(long seed) {
        follow(seed, directory -> Scope.ofGroups(groups(directory, seed), true));
    }

    @ParameterizedTest
    @ValueSource(longs = { 7, 8 })
    void groupsAlone(long seed) {
        follow(seed, directory -> Scope.ofGroups(groups(directory, seed), false));
    }

    @ParameterizedTest
    @ValueSource(longs = { 9 })
    void people(long seed) {
        follow(seed, directory -> Scope.ofPeople(directory.users().stream().limit(9).map(Services::ref).toList()));
    }

    @Test
    void whatHappensDuringAReadIsInTheNextOneAtTheLatest() {
        try (var tenant = SampleTenant.start(options(11)); var services = new Services(folder, tenant)) {
            var story = new TenantStory(tenant, 11);
            for (int round = 0; round < ROUNDS; round++) {
                int when = 2 + round;
                var calls = new int[1];
                services.imports.run(services.maren,
                        Services.request(round == 0 ? Services.draft(Scope.everyone()) : null, Services.ANY),
                        new Interrupted(() -> {
                            if (++calls[0] == when) {
                                story.steps(5);
                            }
                        }));
                services.run(null);
                TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), "round " + round);
            }
        }
    }

    private static List<org.rollcall.domain.Ref> groups(SampleDirectory directory, long seed) {
        var open = directory.groups().stream()
                .filter(group -> !Objects.equals(group.text("visibility"), "HiddenMembership")).toList();
        var random = new Random(seed);
        return random.ints(0, open.size()).distinct().limit(3).mapToObj(open::get).map(Services::ref).toList();
    }

    private static SampleTenant.Options options(long seed) {
        return SampleTenant.Options.defaults().withUsers(60).withGroups(14).withSeed(seed);
    }

    private void follow(long seed, java.util.function.Function<SampleDirectory, Scope> choice) {
        try (var tenant = SampleTenant.start(options(seed)); var services = new Services(folder, tenant)) {
            SampleDirectory directory = tenant.directory();
            // Nothing below a hidden group: who is in it is not to be seen.
            for (SampleObject group : directory.groups()) {
                if (Objects.equals(group.text("visibility"), "HiddenMembership")) {
                    directory.purge(group.id());
                }
            }
            Scope scope = choice.apply(directory);
            services.previewAndRun(Services.draft(scope), "first");
            TenantTruth.of(directory, scope).assertEqualTo(services.stored(), "the first import");
            var story = new TenantStory(tenant, seed);
            for (int round = 1; round <= ROUNDS; round++) {
                story.steps(1 + round % 4 * 4);
                String what = "seed " + seed + ", round " + round;
                services.previewAndRun(null, what);
                TenantTruth.of(directory, scope).assertEqualTo(services.stored(), what);
            }
            tenant.log().reset();
            var again = services.run(null);
            for (ChangeKind kind : ChangeKind.values()) {
                assertEquals(0, kind.changesDirectory() ? again.count(kind) : 0, kind.jsonName());
            }
            // Of people alone no groups are followed.
            assertEquals(scope.groups().isEmpty() && !scope.all() ? 1 : 2, tenant.log().count(RequestLog.Part.GRAPH),
                    () -> tenant.log().entries().toString());
        }
    }

    /// Something is done at every sign of life.
    record Interrupted(Runnable work) implements JobContext {
        @Override
        public void progress(long done, long total) {
            work.run();
        }

        @Override
        public void message(String text) {
            work.run();
        }

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }
}
