package org.rollcall.ui.overview;

import java.util.List;

import org.rollcall.domain.Actor;
import org.rollcall.schedule.ScheduleView;

/// What Overview shows, read at one moment.
///
/// @param tenants        0: nothing is connected yet
/// @param people         removed ones apart
/// @param groups         of all tenants, removed ones apart
/// @param administrators enabled ones
/// @param whoCanSignIn   administrators who have a way to sign in
/// @param schedules      empty too if the person may not see activity
/// @param roles          how many people hold each, most important first
/// @param matters        what waits for somebody, gravest first
public record OverviewFigures(int tenants, long people, long active, long groups, int administrators,
        int whoCanSignIn, List<ScheduleView> schedules, List<RoleShare> roles, List<Matter> matters) {
    public OverviewFigures {
        schedules = List.copyOf(schedules);
        roles = List.copyOf(roles);
        matters = List.copyOf(matters);
    }

    /// A role and how many people hold it.
    public record RoleShare(String name, long people) {}

    /// Something that waits for a person, with the screen that answers it.
    ///
    /// @param action the button's word; empty, as `screen`, where no screen deals with it
    /// @param screen where it can be dealt with
    public record Matter(Gravity gravity, String title, String sentence, String action, String screen) {}

    /// How grave a matter is; declared gravest first.
    public enum Gravity {
        STOPPED,
        WARNING,
        NOTE
    }

    /// Where they come from. Called off the FX thread.
    @FunctionalInterface
    public interface Source {
        OverviewFigures read(Actor actor);
    }
}
