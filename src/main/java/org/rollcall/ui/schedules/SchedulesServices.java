package org.rollcall.ui.schedules;

import java.util.function.LongConsumer;
import java.util.function.Supplier;

import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleService;
import org.rollcall.runs.RunService;
import org.rollcall.runs.UndoService;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.sync.StoppedRuns;

/// What Schedules works with.
///
/// @param runner       tells who runs the schedules now
/// @param limits       sets how much a run may do before a guard stops it
/// @param connectAgain opens the wizard for a tenant whose credential or addresses are to be replaced
public record SchedulesServices(ScheduleService schedules, RunService runs, GroupService groups,
        PeopleService people, UndoService undo, StoppedRuns stopped, Supplier<ScheduleService.Runner> runner,
        TenantService tenants, Limits limits, LongConsumer connectAgain) {

    /// Sets how much a run of an import may do before a guard stops it.
    @FunctionalInterface
    public interface Limits {
        /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED, INPUT, CONFLICT: it is running
        void set(Actor actor, String tenant, String profile, ProfileConfig.Policies limits);
    }
}
