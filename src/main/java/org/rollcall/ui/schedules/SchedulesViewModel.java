package org.rollcall.ui.schedules;

import java.time.ZoneId;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;

/// The schedules, which one is open with its runs, and what can be done to them. Knows no scene.
public final class SchedulesViewModel {
    private static final int RUNS = 24;

    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final SchedulesServices services;
    private final Actor actor;
    private final Runnable newSchedule;
    private final Consumer<ScheduleView> editImport;
    private final ObservableList<ScheduleView> all = FXCollections.observableArrayList();
    private final ObservableList<Tenant> tenants = FXCollections.observableArrayList();
    private final TenantDeeds tenantDeeds;
    private final ObservableList<Run> runs = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Long> open = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("schedules.reading")));
    private final ReadOnlyObjectWrapper<ScheduleService.Runner> runner = new ReadOnlyObjectWrapper<>(
            ScheduleService.Runner.HERE);
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper matters = new ReadOnlyIntegerWrapper();
    private final java.util.Map<Long, RunningJob> startedHere = new java.util.HashMap<>();
    private @Nullable RunningJob reading;

    /// @param newSchedule opens the import, of which a schedule is the last step
    /// @param editImport  opens it filled in with what a schedule imports
    public SchedulesViewModel(UiTasks tasks, ToastLayer toasts, SchedulesServices services, Actor actor,
            Runnable newSchedule, Consumer<ScheduleView> editImport) {
        this.editImport = editImport;
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
        this.newSchedule = newSchedule;
        this.tenantDeeds = new TenantDeeds(tasks, toasts, services, actor, this::reload);
        open.addListener(_ -> readRuns());
    }

    ObservableList<ScheduleView> all() {
        return all;
    }

    /// The connected tenants, by name; of those who may not see all, the ones with schedules.
    ObservableList<Tenant> tenants() {
        return tenants;
    }

    TenantDeeds tenantDeeds() {
        return tenantDeeds;
    }

    /// The open schedule's runs, newest first.
    ObservableList<Run> runs() {
        return runs;
    }

    ObjectProperty<@Nullable Long> openProperty() {
        return open;
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty mattersProperty() {
        return matters.getReadOnlyProperty();
    }

    @Nullable
    ScheduleView opened() {
        var id = open.get();
        return all.stream().filter(view -> id != null && view.schedule().id() == id).findFirst().orElse(null);
    }

    String reason(Permission permission) {
        return Disallowed.reason(actor.may(permission), permission.words());
    }

    /// Why it cannot be run now; empty: it can.
    String reasonNotToRun(ScheduleView view) {
        String reason = reason(Permission.IMPORT);
        return reason.isEmpty() && view.schedule().state() == Schedule.State.QUARANTINED
                ? Messages.get("schedules.quarantined.reason")
                : reason;
    }

    void editImport(ScheduleView view) {
        editImport.accept(view);
    }

    void newSchedule() {
        newSchedule.run();
    }

    private record Read(List<ScheduleView> schedules, List<Tenant> tenants, ScheduleService.Runner runner) {}

    /// Who runs the schedules.
    ReadOnlyObjectProperty<ScheduleService.Runner> runnerProperty() {
        return runner.getReadOnlyProperty();
    }

    /// The time zone that times of day are in.
    ZoneId zone() {
        return services.schedules().zone();
    }

    /// Changes when a schedule runs.
    ///
    /// @param refused is told why not
    void edit(ScheduleView view, Schedule.Timing timing, Runnable done, Consumer<RollcallException> refused) {
        tasks.quietly(_ -> services.schedules().set(actor, view.profile().id(), timing), _ -> {
            done.run();
            reload();
            toasts.show(Toast.done(Messages.get("schedules.edited", view.schedule().name())));
        }, refused::accept);
    }

    /// Changes how much a run of the import may do before a guard stops it.
    ///
    /// @param refused is told why not
    void limit(ScheduleView view, ProfileConfig.Policies limits, Runnable done, Consumer<RollcallException> refused) {
        tasks.quietly(_ -> {
            services.limits().set(actor, view.tenant().name(), view.profile().name(), limits);
            return true;
        }, _ -> {
            done.run();
            reload();
            toasts.show(Toast.done(Messages.get("schedules.limits.changed", view.schedule().name())));
        }, refused::accept);
    }

    /// Reads again; what showed before stays until then.
    public void reload() {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        reading = tasks.quietly(_ -> read(), read -> {
            runner.set(read.runner());
            tenants.setAll(read.tenants());
            show(read.schedules());
        }, trouble -> state
                .set(new ScreenState.Failed(Messages.get("schedules.failed"), trouble, this::reload)));
    }

    private Read read() {
        List<ScheduleView> schedules = services.schedules().list(actor);
        List<Tenant> connected = actor.may(Permission.VIEW_DIRECTORY)
                ? services.tenants().list(actor)
                : schedules.stream().map(ScheduleView::tenant).distinct().toList();
        return new Read(schedules, connected, services.runner().get());
    }

    private void show(List<ScheduleView> now) {
        all.setAll(now);
        long tenants = now.stream().map(view -> view.tenant().id()).distinct().count();
        countWords.set(now.isEmpty() ? "" : Messages.get("schedules.count", now.size(), tenants));
        matters.set((int) now.stream().filter(SchedulesViewModel::isMatter).count());
        state.set(now.isEmpty()
                ? new ScreenState.Empty(Messages.get("schedules.empty"), Messages.get("schedules.empty.sentence"),
                        new ScreenState.Action(Messages.get("schedules.new"), newSchedule))
                : ScreenState.ready());
        if (opened() == null) {
            open.set(now.isEmpty() ? null : now.getFirst().schedule().id());
        } else {
            readRuns();
        }
    }

    private static boolean isMatter(ScheduleView view) {
        return view.schedule().state() == Schedule.State.QUARANTINED
                || view.lastRun().filter(run -> run.state() == RunState.STOPPED || run.state() == RunState.FAILED)
                        .isPresent();
    }

    private void readRuns() {
        var view = opened();
        if (view == null) {
            runs.clear();
            return;
        }
        long id = view.schedule().id();
        tasks.quietly(_ -> services.runs().list(actor, RunFilter.ofProfile(view.profile().id()), null, RUNS), found -> {
            var still = open.get();
            if (still != null && still == id) {
                runs.setAll(found);
            }
        }, _ -> runs.clear());
    }

    /// Runs it now; the status bar shows how far it is, with Cancel.
    void runNow(ScheduleView view) {
        run(view, (id, job) -> services.schedules().runNow(actor, id, job));
    }

    /// The same, reading everything again.
    void runEverything(ScheduleView view) {
        run(view, (id, job) -> services.schedules().runEverything(actor, id, job));
    }

    private void run(ScheduleView view, BiFunction<Long, JobContext, Run> how) {
        long id = view.schedule().id();
        startedHere.put(id, tasks.start(Messages.get("schedules.running", view.schedule().name()),
                job -> how.apply(id, job), run -> {
                    startedHere.remove(id);
                    reload();
                    var words = ScheduleWords.ended(view.schedule().name(), run);
                    toasts.show(ScheduleWords.failed(run) ? Toast.failed(words) : Toast.done(words));
                }, trouble -> {
                    startedHere.remove(id);
                    refused(trouble);
                }));
        reload();
    }

    /// Whether the run that is going on was started in this window, so that it can be cancelled here.
    boolean canCancel(ScheduleView view) {
        return startedHere.containsKey(view.schedule().id());
    }

    void cancel(ScheduleView view) {
        var job = startedHere.get(view.schedule().id());
        if (job != null) {
            job.cancel();
        }
    }

    void pause(ScheduleView view) {
        act(view, "schedules.paused", id -> {
            services.schedules().pause(actor, id);
            return true;
        });
    }

    void resume(ScheduleView view) {
        act(view, "schedules.resumed", id -> {
            services.schedules().resume(actor, id);
            return true;
        });
    }

    void remove(ScheduleView view) {
        act(view, "schedules.removed", id -> {
            services.schedules().remove(actor, id);
            return true;
        });
    }

    private void act(ScheduleView view, String key, Function<Long, Boolean> action) {
        tasks.quietly(_ -> action.apply(view.schedule().id()), _ -> {
            reload();
            toasts.show(Toast.done(Messages.get(key, view.schedule().name())));
        }, this::refused);
    }

    private void refused(RollcallException trouble) {
        reload();
        toasts.show(Toast.failed(Messages.trouble(trouble)));
    }
}
