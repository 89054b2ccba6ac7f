package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserStatus;
import org.rollcall.runs.ImportSchedules;
import org.rollcall.runs.RunReport;
import org.rollcall.runs.UndoService;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.store.StatementCounts;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Undoing beside what else happens: roles from a preview, people who sign in, somebody who cancels.
class UndoRunsTest {
    private static final CallControl PATIENT = new CallControl() {
        @Override
        public void checkCancelled() {}

        @Override
        public void pause(Duration time, String reason) {}
    };

    @TempDir
    Path folder;
    private SampleTenant tenant;
    private SampleDirectory directory;
    private Services services;
    private UndoService undo;
    private SampleObject ada;

    @BeforeEach
    void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(12).withGroups(3));
        directory = tenant.directory();
        ada = directory.hire(Map.of("displayName", "Ada", "department", "Tax"));
        services = new Services(folder, tenant);
        undo = new UndoService(services.stores, services.roles, new ImportSchedules() {
            @Override
            public void undone(Actor actor, long profileId, String reason) {}

            @Override
            public void release(Actor actor, long profileId) {}
        }, services.audit, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        services.close();
        tenant.close();
    }

    private RunReport previewed(Map<UUID, String> roles) {
        var preview = services.imports.preview(services.maren,
                Services.request(Services.draft(Scope.everyone()), Services.ANY), JobContext.silent());
        return services.imports.applyPreview(services.maren, preview.run().id(),
                new PreviewEdits(Set.of(), roles, Services.ANY), JobContext.silent());
    }

    private RunReport undone(RunReport run) {
        return undo.undo(services.maren, run.run().id(), false, JobContext.silent());
    }

    @Test
    void rolesChosenInThePreviewAreTheRunsToo() {
        UUID id = UUID.fromString(ada.id());
        RunReport first = previewed(Map.of(id, "Auditor"));
        assertEquals(RoleSource.MANUAL, services.person(ada).roleSource());
        RunReport none = undone(first);
        assertEquals(0, none.count(ChangeKind.CONFLICT));
        assertTrue(services.users.byObjectId(services.tenants.byName("Contoso").id(), id).isEmpty());

        services.run(Services.draft(Scope.everyone()));
        directory.update(ada.id(), "department", "Treasury");
        RunReport second = previewed(Map.of(id, "Operator"));
        assertEquals(1, second.count(ChangeKind.ROLE_CHANGE), "the run tells of it");
        assertEquals("Operator", services.person(ada).role());
        assertEquals(0, undone(second).count(ChangeKind.CONFLICT));
        assertEquals("User", services.person(ada).role());
        assertEquals(RoleSource.DEFAULT, services.person(ada).roleSource());
        assertEquals("Tax", services.person(ada).department());
    }

    /// Otherwise everybody who signs in would get back what was taken back, one after the other.
    @Test
    void signingInDoesNotDoTheSameAgain() {
        services.run(Services.draft(Scope.everyone()));
        directory.update(ada.id(), "department", "Treasury");
        RunReport second = services.run(null);
        undone(second);
        assertEquals(Optional.of(UserStatus.ACTIVE), refresh());
        assertEquals("Tax", services.person(ada).department());
        directory.setEnabled(ada.id(), false);
        assertEquals(Optional.of(UserStatus.DISABLED), refresh(), "who is disabled in Entra is not let in");
        directory.setEnabled(ada.id(), true);
        services.run(null);
        assertEquals("Treasury", services.person(ada).department());
        directory.update(ada.id(), "department", "Audit");
        refresh();
        assertEquals("Audit", services.person(ada).department(), "the next import has been");
    }

    private Optional<UserStatus> refresh() {
        return services.imports.refresh(services.person(ada), "test", PATIENT);
    }

    /// There are many of them, and undoing an import must be possible all the same.
    @Test
    void refreshesStandInNobodysWay() {
        services.run(Services.draft(Scope.everyone()));
        directory.update(ada.id(), "department", "Treasury");
        directory.update(ada.id(), "jobTitle", "Clerk");
        RunReport second = services.run(null);
        directory.update(ada.id(), "department", "Audit");
        refresh();
        assertEquals("Audit", services.person(ada).department());
        RunReport report = undone(second);
        assertEquals(1, report.count(ChangeKind.CONFLICT), "what was read since is left alone");
        assertEquals("Audit", services.person(ada).department());
        assertNotEquals("Clerk", String.valueOf(services.person(ada).attributes()
                .get(org.rollcall.domain.UserField.JOB_TITLE)));
        assertEquals(RunKind.UNDO, report.run().kind());
    }

    /// What is read of the directory is read many at a time.
    @Test
    void asManyQuestionsForManyAsForFew() {
        long few = questions(undoneCounting(services.run(Services.draft(Scope.everyone()))));
        for (int i = 0; i < 80; i++) {
            directory.hire(Map.of("displayName", "Person " + i));
        }
        RunReport large = services.run(null);
        assertTrue(large.count(ChangeKind.CREATE) > 90);
        long many = questions(undoneCounting(large));
        assertTrue(many <= few + 4, () -> many + " questions for 90 people, " + few + " for 10");
    }

    private StatementCounts undoneCounting(RunReport run) {
        var counts = StatementCounts.watch(services.database);
        assertTrue(undone(run).succeeded());
        counts.stop();
        return counts;
    }

    private static long questions(StatementCounts counts) {
        return counts.each().entrySet().stream().filter(each -> each.getKey().startsWith("select"))
                .mapToLong(each -> Long.parseLong(each.getValue().split(" ", 2)[0])).sum();
    }

    @Test
    void whatIsCancelledChangesNothing() {
        RunReport first = services.run(Services.draft(Scope.everyone()));
        List<Object> before = services.everything();
        var token = new CancelToken();
        token.cancel();
        RunReport cancelled = undo.undo(services.maren, first.run().id(), false, new JobContext() {
            @Override
            public void progress(long done, long total) {}

            @Override
            public void message(String text) {}

            @Override
            public CancelToken cancelToken() {
                return token;
            }
        });
        assertEquals(RunState.CANCELLED, cancelled.state());
        assertEquals(before, services.everything());
        assertEquals(RunState.SUCCEEDED, undone(first).state());
    }
}
