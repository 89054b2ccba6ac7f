package org.rollcall.ui.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.health.Matter;

/// What Overview shows, read at one moment.
///
/// @param tenants empty: nothing is connected yet
/// @param groups  of all tenants, removed ones apart
/// @param roles   how many people hold each, most important first
/// @param matters what waits for somebody, gravest first
/// @param days    the last four weeks, oldest first, today last; empty if the person may not see activity
public record OverviewFigures(List<TenantState> tenants, People people, long groups, Administrators administrators,
        List<RoleShare> roles, List<Matter> matters, List<Day> days) {
    public OverviewFigures {
        tenants = List.copyOf(tenants);
        roles = List.copyOf(roles);
        matters = List.copyOf(matters);
        days = List.copyOf(days);
    }

    /// @param all               removed ones apart
    /// @param canSignIn         active people to whom a way to sign in is open
    /// @param importedCanSignIn whether that is so for imported people
    public record People(long all, long active, long canSignIn, boolean importedCanSignIn) {}

    /// Active ones.
    public record Administrators(long local, long imported) {}

    /// How a tenant's synchronization stands.
    ///
    /// @param last     the newest run; null: none yet, or the person may not see it
    /// @param schedule the gravest state of its schedules; null: it has none
    /// @param next     when the next of them is due
    public record TenantState(String name, @Nullable Run last, Schedule.@Nullable State schedule,
            @Nullable Instant next) {}

    /// A role and how many people hold it.
    public record RoleShare(String name, long people) {}

    /// One day's runs.
    ///
    /// @param changes applied ones
    /// @param stopped runs that a guard stopped or that failed
    public record Day(LocalDate date, long changes, long runs, long stopped) {}

    /// Where they come from. Called off the FX thread.
    @FunctionalInterface
    public interface Source {
        OverviewFigures read(Actor actor);
    }
}
