package org.rollcall.ui.schedules;

import java.util.function.LongConsumer;
import java.util.function.Supplier;

import org.rollcall.connect.TenantService;
import org.rollcall.roles.GroupService;
import org.rollcall.roles.PeopleService;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.sync.RunService;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.UndoService;

/// What Schedules works with.
///
/// @param runner       tells who runs the schedules now
/// @param connectAgain opens the wizard for a tenant whose credential or addresses are to be replaced
public record SchedulesServices(ScheduleService schedules, RunService runs, GroupService groups,
        PeopleService people, UndoService undo, StoppedRuns stopped, Supplier<ScheduleService.Runner> runner,
        TenantService tenants, LongConsumer connectAgain) {}
