package org.rollcall.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What stops a run, what it leaves alone, and what it lists without harm to anybody else.
class ImportGuardsTest {
    @TempDir
    Path folder;

    private SampleTenant tenant;
    private SampleDirectory directory;
    private Services services;
    private List<SampleObject> people;

    @BeforeEach
    void importEveryone() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(50).withGroups(8));
        directory = tenant.directory();
        services = new Services(folder, tenant);
        assertTrue(services.run(Services.draft(Scope.everyone())).succeeded());
        people = directory.users().stream().filter(each -> each.flag("accountEnabled")).toList();
    }

    @AfterEach
    void close() {
        services.close();
        tenant.close();
    }

    private RunReport run() {
        return services.imports.run(services.maren, Services.request(null, null), JobContext.silent());
    }

    private void exact(String what) {
        TenantTruth.everyone(directory).assertEqualTo(services.stored(), what);
    }

    @Test
    void manyRemovalsStopARunUntilTheLimitIsLifted() {
        for (int i = 0; i < 12; i++) {
            directory.leave(people.get(i).id());
        }
        List<Object> before = services.everything();
        RunReport stopped = run();
        assertEquals(RunState.STOPPED, stopped.state());
        assertEquals(12, stopped.count(ChangeKind.REMOVE));
        assertEquals(before, services.everything());
        RunReport still = services.imports.run(services.maren, Services.request(null, new PeopleLimit(11, false)),
                JobContext.silent());
        assertEquals(RunState.STOPPED, still.state());
        assertEquals(before, services.everything());
        RunReport lifted = services.imports.run(services.maren, Services.request(null, new PeopleLimit(12, false)),
                JobContext.silent());
        assertTrue(lifted.succeeded(), () -> String.valueOf(lifted.error()));
        exact("lifted");
        assertEquals(UserStatus.REMOVED, services.person(people.get(3)).status());
    }

    @Test
    void aCancelledRunLeavesEverythingAsItWas() {
        new TenantStory(tenant, 5).steps(25);
        List<Object> before = services.everything();
        for (int when = 1; when <= 6; when++) {
            var token = new CancelToken();
            int last = when;
            var calls = new int[1];
            RunReport report = services.imports.run(services.maren, Services.request(null, Services.ANY),
                    new JobContext() {
                        @Override
                        public void progress(long done, long total) {
                            count();
                        }

                        @Override
                        public void message(String text) {
                            count();
                        }

                        private void count() {
                            if (++calls[0] == last) {
                                token.cancel();
                            }
                        }

                        @Override
                        public CancelToken cancelToken() {
                            return token;
                        }
                    });
            assertEquals(RunState.CANCELLED, report.state(), "cancelled at sign of life " + when);
            assertEquals(before, services.everything());
        }
        assertTrue(services.run(null).succeeded());
        exact("after being cancelled");
    }

    @Test
    void twoNewcomersWhoWantOneUserNameHarmNobodyElse() {
        Draft byNickname = nickname();
        assertTrue(services.run(byNickname).succeeded());
        SampleObject first = directory.hire(Map.of("displayName", "First Twin", "mailNickname", "twin"));
        SampleObject second = directory.hire(Map.of("displayName", "Second Twin", "mailNickname", "TWIN"));
        SampleObject other = directory.hire(Map.of("displayName", "Only Child", "mailNickname", "onlychild"));
        long before = run().count(ChangeKind.CONFLICT);
        assertEquals("onlychild", services.person(other).username());
        assertEquals(0, present(first) + present(second));
        directory.update(second.id(), "mailNickname", "othertwin");
        RunReport after = run();
        assertTrue(after.succeeded());
        assertEquals(2, before - after.count(ChangeKind.CONFLICT));
        assertEquals("twin", services.person(first).username());
        assertEquals("othertwin", services.person(second).username());
    }

    private static Draft nickname() {
        Draft everyone = Services.draft(Scope.everyone());
        var config = everyone.config();
        return new Draft(new org.rollcall.domain.ProfileConfig(config.scope(), config.filters(),
                new org.rollcall.domain.ProfileConfig.Mapping(org.rollcall.domain.UserField.MAIL_NICKNAME, Map.of()),
                config.policies()), "User", List.of());
    }

    private int present(SampleObject person) {
        return services.users.byObjectId(services.tenants.byName("Contoso").id(), UUID.fromString(person.id()))
                .isPresent() ? 1 : 0;
    }

    @Test
    void aNameThatAnotherTenantHasIsAConflictAndTheOthersComeIn() {
        // The same organisation again, from another seed: some of the odd people have the very same addresses.
        try (var twin = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6).withSeed(9))) {
            SampleObject holder = people.get(20);
            SampleObject wanting = twin.directory().hire(Map.of("displayName", "Late Comer", "userPrincipalName",
                    "late.comer@" + twin.domain()));
            twin.directory().rename(wanting.id(), free(twin, holder), "Late Comer");
            List<UserRow> held = rows();
            services.add("Fabrikam", twin);
            RunReport run = services.imports.run(services.maren, new ImportRequest("Fabrikam", "default",
                    Services.draft(Scope.everyone()), Services.ANY, Trigger.MANUAL), JobContext.silent());
            assertTrue(run.succeeded(), () -> String.valueOf(run.error()));
            assertTrue(run.count(ChangeKind.CONFLICT) >= 1);
            assertEquals(twin.directory().userCount(), run.count(ChangeKind.CREATE) + run.count(ChangeKind.CONFLICT));
            long fabrikam = services.tenants.byName("Fabrikam").id();
            assertTrue(services.users.byObjectId(fabrikam, UUID.fromString(wanting.id())).isEmpty());
            var now = rows();
            assertTrue(now.containsAll(held), "the holders are untouched");
            assertEquals(run.count(ChangeKind.CREATE), now.size() - held.size());
        }
    }

    /// Renames whoever has the holder's address in the other tenant, so that it is free there.
    private static String free(SampleTenant twin, SampleObject holder) {
        String name = holder.userPrincipalName();
        twin.directory().user(name).ifPresent(each -> twin.directory().rename(each.id(),
                "moved.away@" + twin.domain(), each.displayName()));
        return name;
    }

    private List<UserRow> rows() {
        var rows = new ArrayList<UserRow>();
        services.users.forEach(org.rollcall.domain.UserFilter.everyone(), rows::add);
        return rows;
    }

    @Test
    void excludedPeopleStayAsTheyAre() {
        SampleObject person = people.get(7);
        UserRow row = services.person(person);
        services.edits.accounts().exclude(services.maren, List.of(row.id()));
        UserRow excluded = services.person(person);
        directory.rename(person.id(), "excluded@" + tenant.domain(), "Excluded");
        directory.leave(person.id());
        RunReport run = run();
        assertTrue(run.succeeded());
        assertEquals(0, run.count(ChangeKind.REMOVE) + run.count(ChangeKind.RENAME));
        assertEquals(excluded, services.person(person));
        services.edits.accounts().include(services.maren, List.of(row.id()));
        assertEquals(1, run().count(ChangeKind.REMOVE));
        assertEquals(UserStatus.REMOVED, services.person(person).status());
    }

    @Test
    void whoComesBackHasTheSameIdAndRole() {
        SampleObject person = people.get(9);
        long id = services.person(person).id();
        services.roles.assignments().setRole(services.maren, List.of(id), "Operator");
        directory.leave(person.id());
        assertEquals(1, run().count(ChangeKind.REMOVE));
        assertEquals(UserStatus.REMOVED, services.person(person).status());
        directory.restore(person.id());
        RunReport back = run();
        assertEquals(1, back.count(ChangeKind.REACTIVATE));
        assertEquals(0, back.count(ChangeKind.CREATE));
        UserRow row = services.person(person);
        assertEquals(id, row.id());
        assertEquals("Operator", row.role());
        assertEquals(RoleSource.MANUAL, row.roleSource());
        exact("back");
    }

    @Test
    void thoseLeftOutOfAPreviewAreSetAsideThisOnce() {
        SampleObject leaver = people.get(11);
        directory.leave(leaver.id());
        directory.rename(people.get(12).id(), "kept.name@" + tenant.domain(), "Kept Name");
        UserRow before = services.person(leaver);
        RunReport preview = services.imports.preview(services.maren, Services.request(null, null),
                JobContext.silent());
        RunReport run = services.imports.applyPreview(services.maren, preview.run().id(),
                PreviewEdits.without(Set.of(UUID.fromString(leaver.id()))), JobContext.silent());
        assertTrue(run.succeeded());
        assertEquals(0, run.count(ChangeKind.REMOVE));
        assertEquals(1, run.count(ChangeKind.RENAME));
        assertEquals(preview.count(ChangeKind.SKIP) + 1, run.count(ChangeKind.SKIP));
        assertEquals(before, services.person(leaver));
        assertEquals("Kept Name", services.person(people.get(12)).displayName());
        assertEquals(1, run().count(ChangeKind.REMOVE));
        exact("the next run");
    }

    @Test
    void rolesByHandComeInWithThePreviewOrNothingDoes() {
        SampleObject hired = directory.hire(Map.of("displayName", "Rolf Byhand"));
        RunReport preview = services.imports.preview(services.maren, Services.request(null, null),
                JobContext.silent());
        UUID id = UUID.fromString(hired.id());
        List<Object> before = services.everything();
        var refused = assertThrows(RollcallException.class,
                () -> services.imports.applyPreview(services.maren, preview.run().id(),
                        new PreviewEdits(Set.of(), Map.of(id, "No such role"), null), JobContext.silent()));
        assertEquals(ErrorKind.INPUT, refused.kind());
        assertEquals(before, services.everything());
        assertTrue(services.imports.applyPreview(services.maren, preview.run().id(),
                new PreviewEdits(Set.of(), Map.of(id, "Auditor", UUID.randomUUID(), "Operator"), null),
                JobContext.silent()).succeeded());
        assertEquals("Auditor", services.person(hired).role());
        assertEquals(RoleSource.MANUAL, services.person(hired).roleSource());
        exact("with a role by hand");
    }

    @Test
    void aPreviewThatIsOutOfDateIsNotApplied() {
        directory.leave(people.get(13).id());
        RunReport preview = services.imports.preview(services.maren, Services.request(null, null),
                JobContext.silent());
        services.roles.assignments().setRole(services.maren, List.of(services.person(people.get(14)).id()),
                "Operator");
        List<Object> before = services.everything();
        var refused = assertThrows(RollcallException.class, () -> services.imports.applyPreview(services.maren,
                preview.run().id(), PreviewEdits.none(), JobContext.silent()));
        assertEquals(ErrorKind.CONFLICT, refused.kind());
        assertEquals(before, services.everything());
        RunReport fresh = services.imports.preview(services.maren, Services.request(null, null), JobContext.silent());
        assertTrue(services.imports
                .applyPreview(services.maren, fresh.run().id(), PreviewEdits.none(), JobContext.silent())
                .succeeded());
        var twice = assertThrows(RollcallException.class, () -> services.imports.applyPreview(services.maren,
                fresh.run().id(), PreviewEdits.none(), JobContext.silent()));
        assertEquals(ErrorKind.CONFLICT, twice.kind());
        exact("applied");
    }

    @Test
    void whoIsInTwoProfilesStaysUntilBothLetGo() throws Exception {
        Path home = Files.createDirectory(folder.resolve("two"));
        try (var two = new Services(home, tenant)) {
            Draft both = Services.draft(Scope.ofPeople(List.of(Services.ref(people.get(1)),
                    Services.ref(people.get(2)))));
            Draft second = Services.draft(Scope.ofPeople(List.of(Services.ref(people.get(2)))));
            assertEquals(2, profile(two, "one", both).count(ChangeKind.CREATE));
            RunReport other = profile(two, "two", second);
            assertTrue(other.succeeded());
            assertEquals(0, other.count(ChangeKind.CREATE));
            Draft less = Services.draft(Scope.ofPeople(List.of(Services.ref(people.get(1)))));
            RunReport narrowed = profile(two, "one", less);
            assertEquals(0, narrowed.count(ChangeKind.REMOVE));
            assertEquals(UserStatus.ACTIVE, two.person(people.get(2)).status());
            directory.leave(people.get(2).id());
            assertEquals(1, profile(two, "two", second).count(ChangeKind.REMOVE));
            assertEquals(UserStatus.REMOVED, two.person(people.get(2)).status());
        }
    }

    private static RunReport profile(Services services, String name, Draft draft) {
        RunReport run = services.imports.run(services.maren,
                new ImportRequest("Contoso", name, draft, Services.ANY, Trigger.MANUAL), JobContext.silent());
        assertTrue(run.succeeded(), () -> String.valueOf(run.error()));
        return run;
    }
}
