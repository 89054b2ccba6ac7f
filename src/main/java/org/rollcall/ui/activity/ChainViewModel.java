package org.rollcall.ui.activity;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditExport;
import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WholeFile;

/// The state of the chain of events: the result of the last verification, or the progress of the current one. The first display
/// of a day starts one.
final class ChainViewModel {
    private static final int REACH = 100;

    private final UiTasks tasks;
    private final AuditService audit;
    private final Actor actor;
    private final Clock clock;
    private final Runnable changed;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new Unknown());
    private State before = new Unknown();
    private boolean asked;

    /// How the chain stands.
    sealed interface State {}

    /// Not verified yet.
    record Unknown() implements State {}

    /// @param job its progress; null until it has started
    record Checking(@Nullable RunningJob job) implements State {}

    record Checked(AuditService.Check check) implements State {
        boolean unbroken() {
            return check.found().intact();
        }

        long brokenAt() {
            return Objects.requireNonNullElse(check.found().brokenAt(), 0L);
        }
    }

    /// The verification itself failed.
    record Failed(RollcallException trouble) implements State {}

    /// @param changed called because a verification adds an event of its own
    ChainViewModel(UiTasks tasks, AuditService audit, Actor actor, Clock clock, Runnable changed) {
        this.tasks = tasks;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
        this.changed = changed;
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Shows the last result; if there is none of today, starts a verification.
    void look() {
        if (asked || !actor.may(Permission.VIEW_ACTIVITY)) {
            return;
        }
        asked = true;
        tasks.quietly(_ -> audit.lastCheck(actor), this::found, trouble -> state.set(new Failed(trouble)));
    }

    private void found(Optional<AuditService.Check> last) {
        last.ifPresent(check -> state.set(new Checked(check)));
        boolean today = last.filter(check -> LocalDate.ofInstant(check.at(), clock.getZone())
                .equals(LocalDate.now(clock))).isPresent();
        if (!today) {
            check();
        }
    }

    void check() {
        if (state.get() instanceof Checking) {
            return;
        }
        before = state.get();
        state.set(new Checking(null));
        var job = tasks.start(Messages.get("activity.chain.checking"), this::checked, check -> {
            state.set(check.<State>map(Checked::new).orElse(before));
            if (check.isPresent()) {
                changed.run();
            }
        }, trouble -> state.set(new Failed(trouble)));
        if (state.get() instanceof Checking) {
            state.set(new Checking(job));
        }
    }

    /// Does nothing if it was cancelled, here or in the status bar.
    private Optional<AuditService.Check> checked(JobContext context) {
        try {
            return Optional.of(audit.check(actor, context));
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    /// The previous result stays.
    void cancel() {
        if (state.get() instanceof Checking(var job) && job != null) {
            job.cancel();
        }
    }

    /// Writes the evidence for an investigation into a JSON file.
    void exportEvidence(Path file, Consumer<Path> done, Consumer<RollcallException> failed) {
        if (state.get() instanceof Checked(var check)) {
            tasks.start(Messages.get("activity.exporting"), _ -> {
                WholeFile.write(file,
                        writer -> new AuditExport(audit).evidence(actor, check, REACH, writer));
                return file;
            }, done, failed);
        }
    }
}
