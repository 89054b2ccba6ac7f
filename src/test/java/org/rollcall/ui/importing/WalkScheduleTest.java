package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Trigger;
import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.importing.draft.ImportDraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// The schedule made in the last step runs by itself in later programs, with the answers of the first import, and brings in
/// what changed in the tenant.
class WalkScheduleTest extends WizardWalk {
    private static final Duration SIX_HOURS = Duration.ofHours(6);

    private final GateClock clock = new GateClock();

    @Override
    protected WizardFixture fixture(Path home) {
        return new WizardFixture(home,
                SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(12)), clock);
    }

    private void pass(Duration time) {
        clock.advance(time);
        fixture.sample.clock().advance(time);
    }

    private List<Run> runs() {
        return fixture.runs().list(fixture.actor(), new RunFilter(null, null, null), null, 100);
    }

    /// Starts the program once more and waits for the end of the one run that is due.
    private Run nextProgramRuns() {
        int before = runs().size();
        fixture.restart();
        fixture.context().startScheduler();
        waitFor("the run", () -> runs().size() > before && runs().getFirst().state() != RunState.RUNNING);
        waitFor("the next to be planned", () -> Objects.requireNonNull(
                fixture.schedules().list(fixture.actor()).getFirst().schedule().nextRunAt()).isAfter(clock.instant()));
        return runs().getFirst();
    }

    @Test
    void schedulesRunByThemselvesAfterRestartsAndBringInWhatChanged() {
        draft = new ImportDraft();
        open(draft, clock);
        connectWithSecret();
        goOnToChoose();
        chooseGroups("Engineering", "Finance");
        flip("importing.choose.guests");
        flip("importing.choose.disabled");
        never("Tax");
        next("map");
        pick("importing.map.default", Role.AUDITOR);
        rule("Controlling", Role.OPERATOR);
        administratorFromMap(fixture.sample.directory().directMembers("Engineering Platform").getFirst().displayName());
        goOnToPreview();
        importAll();
        every(0, 6, 0);
        finish();
        assertCameIn();
        var profile = profile();
        Instant due = nextRun();
        assertFalse(due.isBefore(clock.instant().plus(SIX_HOURS).minus(Duration.ofMinutes(2))));

        var directory = fixture.sample.directory();
        String hired = directory.hire(Map.of("displayName", "Hired Later")).id();
        directory.addMember("Controlling", hired);
        String guest = directory.hire(Map.of("displayName", "A Later Guest", "userType", "Guest")).id();
        directory.addMember("Engineering", guest);
        directory.update(directory.directMembers("Engineering Product").getFirst().id(), "department", "Elsewhere");
        directory.leave(directory.directMembers("Accounts Payable").getFirst().id());
        var made = directory.createGroup(Map.of("displayName", "Made Later"));
        directory.addMember(made.id(), directory.directMembers("Helpdesk").getFirst().id());
        directory.addMember("Finance", made.id());
        pass(SIX_HOURS.plusMinutes(3));
        Run first = nextProgramRuns();
        assertEquals(RunState.SUCCEEDED, first.state(), () -> String.valueOf(first.error()));
        assertEquals(Trigger.SCHEDULE, first.trigger());
        assertEquals(profile.config(), profile().config(), "the answers of the first import");
        assertCameIn();
        assertEquals(Role.OPERATOR + " RULE", role(hired));
        assertEquals(0, people().stream().filter(row -> String.valueOf(row.objectId()).equals(guest)).count());

        // Missed again and again while no program was open: made good once.
        directory.rename(hired, "renamed.later@" + fixture.sample.domain(), "Renamed Later");
        directory.removeMember("Controlling", hired);
        directory.addMember("Engineering", hired);
        pass(Duration.ofDays(3));
        Run second = nextProgramRuns();
        assertEquals(RunState.SUCCEEDED, second.state(), () -> String.valueOf(second.error()));
        assertEquals(Trigger.CATCH_UP, second.trigger());
        assertCameIn();
        assertEquals(Role.AUDITOR + " DEFAULT", role(hired));
        assertEquals(3, runs().size());
        assertEquals(List.of(Trigger.CATCH_UP, Trigger.SCHEDULE, Trigger.MANUAL),
                Stream.of(runs().get(0), runs().get(1), runs().get(2)).map(Run::trigger).toList());
    }

    private String role(String objectId) {
        return people().stream().filter(row -> String.valueOf(row.objectId()).equals(objectId))
                .map(row -> row.role() + " " + row.roleSource()).findFirst().orElse("nobody");
    }

    private Profile profile() {
        return fixture.context().profile(fixture.actor(), "Contoso", Profile.DEFAULT_NAME);
    }

    private Instant nextRun() {
        return Objects.requireNonNull(fixture.schedules().list(fixture.actor()).getFirst().schedule().nextRunAt());
    }
}
