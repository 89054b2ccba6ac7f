package org.rollcall.app;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.store.RunStore;
import org.rollcall.ui.overview.OverviewFigures;
import org.rollcall.ui.overview.OverviewFigures.Administrators;
import org.rollcall.ui.overview.OverviewFigures.Day;
import org.rollcall.ui.overview.OverviewFigures.TenantState;

/// The figures of the first screen, from counters and from the runs of four weeks.
final class Figures {
    private static final int DAYS = 28;

    private final AppContext context;
    private final RunStore runs;
    private final Clock clock;

    Figures(AppContext context) {
        this.context = context;
        this.clock = context.clock();
        this.runs = new RunStore(context.database());
    }

    OverviewFigures read(Actor actor) {
        var roles = context.roles().roles().list(actor);
        long administrator = roles.stream().map(use -> use.role())
                .filter(role -> role.name().equals(Role.ADMINISTRATOR))
                .findFirst().map(Role::id).orElse(0L);
        var people = context.userQueries();
        boolean sees = actor.may(Permission.VIEW_ACTIVITY);
        return new OverviewFigures(tenants(actor, sees), people(),
                context.groupQueries().count(null, "", false),
                new Administrators(people.countActive(false, administrator), people.countActive(true, administrator)),
                roles.stream().map(use -> new OverviewFigures.RoleShare(use.role().name(), use.people())).toList(),
                sees ? context.health().matters(actor) : List.of(), sees ? days() : List.of());
    }

    private OverviewFigures.People people() {
        var byStatus = context.userQueries().countByStatus();
        long active = Objects.requireNonNullElse(byStatus.get(UserStatus.ACTIVE), 0L);
        long all = active + Objects.requireNonNullElse(byStatus.get(UserStatus.DISABLED), 0L);
        boolean imported = context.roles().guard().importedCanSignIn();
        return new OverviewFigures.People(all, active, context.auth().authentication().canSignIn(), imported);
    }

    private List<TenantState> tenants(Actor actor, boolean sees) {
        List<ScheduleView> schedules = sees ? context.schedules().list(actor) : List.of();
        return context.tenantStore().list().stream().map(tenant -> state(tenant, schedules, sees)).toList();
    }

    private TenantState state(Tenant tenant, List<ScheduleView> all, boolean sees) {
        List<Schedule> own = all.stream().filter(view -> view.tenant().id() == tenant.id()).map(ScheduleView::schedule)
                .toList();
        Run last = sees ? runs.list(RunFilter.ofTenant(tenant.id()), null, 1).stream().findFirst().orElse(null) : null;
        Instant next = own.stream().map(Schedule::nextRunAt).filter(Objects::nonNull).min(Comparator.naturalOrder())
                .orElse(null);
        // Declared from the best to the gravest.
        Schedule.State state = own.stream().map(Schedule::state).max(Comparator.naturalOrder()).orElse(null);
        return new TenantState(tenant.name(), last, state, next);
    }

    private List<Day> days() {
        LocalDate today = LocalDate.now(clock);
        var days = new TreeMap<LocalDate, long[]>();
        for (int i = 0; i < DAYS; i++) {
            days.put(today.minusDays(i), new long[3]);
        }
        for (RunStore.Outline run : runs.since(days.firstKey().atStartOfDay(clock.getZone()).toInstant())) {
            long[] sums = days.get(LocalDate.ofInstant(run.startedAt(), clock.getZone()));
            // A clock that was set back may have runs in the future.
            if (sums != null) {
                sums[1]++;
                if (run.state() == RunState.SUCCEEDED) {
                    sums[0] += run.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                            .mapToLong(each -> each.getValue()).sum();
                } else if (run.state() == RunState.STOPPED || run.state() == RunState.FAILED) {
                    sums[2]++;
                }
            }
        }
        var result = new ArrayList<Day>();
        days.forEach((date, sums) -> result.add(new Day(date, sums[0], sums[1], sums[2])));
        return result;
    }
}
