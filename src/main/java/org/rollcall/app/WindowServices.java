package org.rollcall.app;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.UserRow;
import org.rollcall.sample.SampleTenant;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.store.AuditStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.text.Words;
import org.rollcall.ui.overview.OverviewFigures;
import org.rollcall.vault.Passphrase;

/// What the window needs besides the services of [AppContext]: the sample tenant and the figures of the first screen.
final class WindowServices implements AutoCloseable {
    private final AppContext context;
    private final Figures figures;
    private final RunStore runs;
    private final AuditStore events;
    private @Nullable SampleTenant sample;

    private WindowServices(AppContext context) {
        this.context = context;
        runs = new RunStore(context.database());
        events = new AuditStore(context.database());
        figures = new Figures(context);
    }

    /// Opens the data folder, or makes it at the first start.
    static WindowServices open(Path home, Clock clock) {
        return open(home, Passphrase.NONE, clock);
    }

    /// @param passphrase of the data folder, asked for only if one keeps its key
    static WindowServices open(Path home, Passphrase passphrase, Clock clock) {
        return new WindowServices(AppContext.openOrCreate(home, passphrase, clock));
    }

    /// Reads the search index and begins to run what is due, both in the background. For after the first page: neither is
    /// needed for it.
    void startBackground() {
        context.userQueries().keepSearchIndex();
        context.startScheduler();
    }

    AppContext context() {
        return context;
    }

    /// Starts the sample tenant, once.
    ///
    /// @throws RollcallException if no port is free or its files cannot be written
    synchronized SampleTenant sample() {
        var running = sample;
        if (running == null) {
            try {
                running = SampleTenant.start(SampleTenant.Options.defaults());
            } catch (UncheckedIOException e) {
                boolean port = e.getCause() instanceof BindException;
                throw new RollcallException(ErrorKind.STORAGE, "sample.start",
                        Words.of("app.sample.start",
                                port ? Words.of("app.sample.start.part") : Words.of("app.sample.start.part.else")),
                        port
                                ? Words.of("app.sample.start.remedy")
                                : Words.of("app.sample.start.remedy.else"),
                        Map.of(), e);
            }
            sample = running;
        }
        return running;
    }

    OverviewFigures figures(Actor actor) {
        return figures.read(actor);
    }

    /// How runs and schedules stand, to be asked again and again.
    ///
    /// @param newest the newest run, if there is one
    /// @param next   the schedule that is due next, if there is one
    /// @param events how many events there are, where other processes are at work too; 0 where none is
    record Pulse(Optional<Run> newest, Optional<ScheduleView> next, long events) {
        /// Whether a run began or ended between the two, or something was done that this window may not know of.
        boolean differs(Pulse before) {
            return events != before.events || !newest.map(run -> run.id() + " " + run.state())
                    .equals(before.newest.map(run -> run.id() + " " + run.state()));
        }
    }

    Pulse pulse() {
        return new Pulse(runs.list(new RunFilter(null, null, null), null, 1).stream().findFirst(),
                context.schedules().next(),
                isShared() ? events.head().map(AuditStore.Head::seq).orElse(0L) : 0);
    }

    /// How many schedules run while this process does, and only then.
    int schedulesOfThisProcess() {
        if (context.scheduleRunner() != ScheduleService.Runner.HERE) {
            return 0;
        }
        return (int) new ScheduleStore(context.database()).list().stream()
                .filter(each -> each.state() != Schedule.State.PAUSED).count();
    }

    /// Whether other processes work on the same data folder, or have since it was opened.
    boolean isShared() {
        return context.database().isShared();
    }

    /// How a person is called in the window.
    String displayName(Actor actor) {
        var id = actor.userId();
        return id == null
                ? actor.name()
                : context.userQueries().byId(id).map(UserRow::shownName).orElse(actor.name());
    }

    @Override
    public synchronized void close() {
        context.userQueries().saveSearchIndex();
        // Runs that are going on end first: they may be reading the sample tenant.
        context.close();
        var running = sample;
        if (running != null) {
            running.close();
        }
    }
}
