package org.rollcall.schedule;

import java.util.Optional;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;

/// A schedule with what people want to know about it.
///
/// @param lastRun of its import, by this schedule, by hand or by the wizard
/// @param running a run of its import is going on, in this program or in another one
public record ScheduleView(Schedule schedule, Tenant tenant, Profile profile, Optional<Run> lastRun, boolean running) {}
