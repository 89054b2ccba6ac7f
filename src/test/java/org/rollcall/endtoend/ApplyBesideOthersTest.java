package org.rollcall.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// While an import is applied nobody waits for it: what somebody changes meanwhile stays, and the import is planned again for it.
class ApplyBesideOthersTest {
    @TempDir
    Path folder;
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        other.shutdownNow();
    }

    /// Does something on another thread at a stage of the first so many attempts to apply, and waits for it.
    private final class Meanwhile implements JobContext {
        private final ApplyStage at;
        private final int attempts;
        private final Runnable work;
        private final AtomicInteger done = new AtomicInteger();
        private boolean inside;

        Meanwhile(ApplyStage at, int attempts, Runnable work) {
            this.at = at;
            this.attempts = attempts;
            this.work = work;
        }

        @Override
        public void stage(Enum<?> stage, long objects) {
            if (stage == ApplyStage.COMPARE) {
                inside = false;
            }
            if (stage == at && !inside && done.get() < attempts) {
                inside = true;
                done.incrementAndGet();
                try {
                    other.submit(work).get(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError("it waits for the import", e);
                }
            }
        }

        @Override
        public void progress(long done, long total) {}

        @Override
        public void message(String text) {}

        @Override
        public CancelToken cancelToken() {
            return new CancelToken();
        }
    }

    @Test
    void aRoleThatIsChangedMeanwhileStays() {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(10));
                var services = new Services(folder, tenant)) {
            // During the first import there is nobody else to change, and she changes herself.
            var first = new Meanwhile(ApplyStage.MEMBERSHIPS, 1, () -> services.audit.record(services.maren,
                    "sign-in", null, null, null, Map.of(), null));
            RunReport imported = services.imports.run(services.maren,
                    Services.request(Services.draft(Scope.everyone()), Services.ANY), first);
            assertTrue(imported.succeeded(), () -> "" + imported.error());
            assertEquals(1, first.done.get(), "applied once: a sign-in is nothing to plan again for");

            List<SampleObject> people = tenant.directory().users();
            long ada = services.person(people.get(0)).id();
            long bo = services.person(people.get(1)).id();
            tenant.directory().hire(Map.of("displayName", "Cleo"));
            tenant.directory().update(people.get(1).id(), "jobTitle", "Baker");
            var second = new Meanwhile(ApplyStage.PEOPLE, 1,
                    () -> services.roles.assignments().setRole(services.maren, List.of(ada), Role.OPERATOR));
            RunReport run = services.imports.run(services.maren, Services.request(null, Services.ANY), second);
            assertTrue(run.succeeded(), () -> "" + run.error());
            assertEquals(Role.OPERATOR, services.person(people.get(0)).role());
            assertEquals(RoleSource.MANUAL, services.person(people.get(0)).roleSource());
            TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), "after the second");

            // Somebody who never stops changing things does not keep the import from coming to its end.
            tenant.directory().update(people.get(2).id(), "jobTitle", "Baker");
            var roles = new AtomicInteger();
            var third = new Meanwhile(ApplyStage.PEOPLE, 2, () -> services.roles.assignments().setRole(services.maren,
                    List.of(bo), roles.incrementAndGet() % 2 == 0 ? Role.OPERATOR : Role.AUDITOR));
            RunReport busy = services.imports.run(services.maren, Services.request(null, Services.ANY), third);
            assertTrue(busy.succeeded(), () -> "" + busy.error());
            assertEquals(2, third.done.get(), "the third attempt keeps others waiting");
            assertEquals(Role.OPERATOR, services.person(people.get(1)).role());
            assertTrue(services.audit.verify(services.maren).intact());
        }
    }
}
