package org.rollcall.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Filters;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RunState;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sync.Draft;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Doubtful answers over the whole way to Entra and back: asked again, and never taken for facts.
class DoubtfulAnswersTest {
    @TempDir
    Path folder;
    private SampleTenant tenant;
    private Services services;
    private final Draft everyone = Services.draft(Scope.everyone());

    @BeforeEach
    void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(8).withSeed(4));
        services = new Services(folder, tenant);
    }

    @AfterEach
    void stop() {
        services.close();
        tenant.close();
    }

    private RunReport run() {
        return services.run(everyone);
    }

    private RunReport runEverything(Draft draft) {
        return services.imports.run(services.maren, Services.request(draft, Services.ANY).readingEverything(),
                JobContext.silent());
    }

    private static void assertUnchanged(RunReport run) {
        assertTrue(run.succeeded(), () -> String.valueOf(run.error()));
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind != ChangeKind.SKIP) {
                assertEquals(0, run.count(kind), kind::name);
            }
        }
    }

    private static String notes(RunReport run) {
        return run.evidence().stream().flatMap(stream -> stream.notes().stream())
                .map(note -> note.asked() + ": " + note.came()).toList().toString();
    }

    private void assertTruth() {
        TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), "stored");
    }

    @Test
    void oneNotFoundTakesNothingAway() {
        tenant.faults().set("not-found@1;path=/members");
        RunReport first = run();
        assertTrue(first.succeeded(), () -> String.valueOf(first.error()));
        assertTruth();
        assertTrue(notes(first).contains("it is there"), notes(first));

        tenant.faults().set("delta-expired-410@1,not-found@2;path=/members");
        RunReport again = run();
        assertUnchanged(again);
        assertTruth();
        assertEquals(services.imports.run(services.maren, Services.request(null, Services.ANY), JobContext.silent())
                .requests(), 2);
    }

    @Test
    void membersThatAreNeverFoundEndTheRunAndChangeNothing() {
        run();
        List<Object> before = services.everything();
        tenant.faults().set("delta-expired-410@1,not-found;path=/members");
        RunReport failed = run();
        assertEquals(RunState.FAILED, failed.state());
        assertEquals("directory.contradiction", assertNotNullError(failed));
        assertTrue(notes(failed).contains("again"), notes(failed));
        assertEquals(before, services.everything());
        tenant.faults().clear();
        assertUnchanged(run());
    }

    private static String assertNotNullError(RunReport run) {
        var error = run.error();
        assertNotNull(error);
        return error == null ? "" : error.code();
    }

    @Test
    void aShortListAfterALostLinkRemovesNobody() {
        run();
        SampleObject gone = tenant.directory().users().get(7);
        tenant.directory().leave(gone.id());
        tenant.faults().set("delta-expired-400@1,short-list@1,short-list@2");
        RunReport again = run();
        assertTrue(again.succeeded(), () -> String.valueOf(again.error()));
        assertEquals(1, again.count(ChangeKind.REMOVE));
        assertTruth();
        assertTrue(again.evidence().stream()
                .anyMatch(stream -> stream.stream().equals("ASKED_AGAIN") && stream.requests() > 0));
    }

    @Test
    void aRefusedReportLetsNobodyInOrOut() {
        var config = ProfileConfig.everyone();
        var filtered = new Draft(new ProfileConfig(Scope.everyone(),
                new Filters(true, true, false, List.of(), List.of()), config.mapping(), config.policies()), "User",
                List.of());
        RunReport first = services.run(filtered);
        assertTrue(first.count(ChangeKind.SKIP) > 0);
        assertFalse(first.run().needsAttention());
        for (String fault : List.of("mfa-refused", "mfa-undecided")) {
            tenant.faults().set(fault);
            RunReport again = runEverything(filtered);
            assertUnchanged(again);
            assertEquals(first.count(ChangeKind.SKIP), again.count(ChangeKind.SKIP));
            assertTrue(again.run().needsAttention(), fault);
            assertTrue(notes(again).contains("are kept"), notes(again));
        }
        tenant.faults().clear();
        RunReport fine = services.run(filtered);
        assertUnchanged(fine);
        assertFalse(fine.run().needsAttention());
    }

    @Test
    void contradictionsAndPartsAreAskedFor() {
        run();
        SampleObject group = tenant.directory().groups().stream()
                .filter(each -> !"HiddenMembership".equals(each.text("visibility"))).findFirst().orElseThrow();
        String hired = tenant.directory().hire(java.util.Map.of("displayName", "Hired")).id();
        tenant.directory().addMember(group.id(), hired);
        String made = tenant.directory().createGroup(java.util.Map.of("displayName", "Made")).id();
        tenant.directory().addMember(made, hired);
        tenant.faults().set("edge-both-ways,partial-entry");
        RunReport again = run();
        assertTrue(again.succeeded(), () -> String.valueOf(again.error()));
        assertTruth();
        List<ReadNote> about = again.evidence().stream().flatMap(stream -> stream.notes().stream())
                .filter(note -> UUID.fromString(hired).equals(note.objectId())).toList();
        assertTrue(about.size() >= 2, notes(again));
    }

    /// Two links, a page of people and one of groups, all their members and both counts in a batch, a page of the MFA
    /// report, and twice the changes since.
    @Test
    void aFirstRunAsksForNothingTwice() {
        assertEquals(8, run().requests());
        assertEquals(8, runEverything(everyone).requests());
        assertEquals(2, run().requests());
    }

    @Test
    void chainsOfEmptyPagesAreFollowed() {
        run();
        tenant.directory().rename(tenant.directory().users().get(3).id(), "renamed@" + tenant.domain(), "Renamed");
        tenant.faults().set("empty-pages;count=60");
        RunReport again = run();
        assertTrue(again.succeeded(), () -> String.valueOf(again.error()));
        assertTrue(again.requests() > 120);
        assertTruth();
    }

    @Test
    void everythingIsReadAgainWhenAskedFor() {
        run();
        RunReport again = runEverything(everyone);
        assertUnchanged(again);
        assertTrue(again.evidence().stream().anyMatch(stream -> stream.stream().equals("USERS")
                && stream.objects() == tenant.directory().users().size()));
        assertEquals(2, run().requests());
    }
}
