package org.rollcall.schedule;

import java.util.Optional;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;

/// A schedule with its state for display.
///
/// @param lastRun of its import, whoever started it
/// @param running a run of its import is in progress, in any process
public record ScheduleView(Schedule schedule, Tenant tenant, Profile profile, Optional<Run> lastRun, boolean running) {}
