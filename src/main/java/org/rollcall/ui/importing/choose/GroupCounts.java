package org.rollcall.ui.importing.choose;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RollcallException;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.sync.choose.TenantPictures;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.TenantFacts;

/// Asks a tenant that is too big to be read whole how many people are in groups: in the chosen ones, a moment after the
/// last change of the choice, and in those whose rows are on screen. What is no longer wanted is cancelled; what was
/// answered stays known in the [TenantPicture]. Nothing is asked before [#start] and after [#stop]. Lives on the FX
/// thread.
final class GroupCounts {
    private static final Duration PAUSE = Duration.millis(300);

    /// How far the counting is.
    sealed interface State {
        /// Of the chosen people all is known that can be.
        record Known() implements State {}

        record Counting() implements State {}

        record Failed(RollcallException trouble) implements State {}
    }

    /// What is counted: of which tenant, for which choice.
    private record Task(TenantPicture picture, ProfileConfig config) {
        boolean isFor(TenantPicture other, ProfileConfig otherConfig) {
            return picture == other && config.equals(otherConfig);
        }
    }

    /// Rows whose numbers are missing.
    private record Rows(TenantPicture picture, Supplier<List<UUID>> onScreen) {}

    private final ImportSession session;
    private final TenantFacts facts;
    private final ObjectProperty<State> state = new SimpleObjectProperty<>(new State.Known());
    private final ReadOnlyLongWrapper chosenRevision = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper rowsRevision = new ReadOnlyLongWrapper();
    private final PauseTransition choosing = new PauseTransition(PAUSE);
    private final PauseTransition scrolling = new PauseTransition(PAUSE);
    private @Nullable Task task;
    private @Nullable RunningJob counting;
    private @Nullable RunningJob countingRows;
    private @Nullable Rows unanswered;
    private @Nullable RollcallException rowsTrouble;
    private boolean started;

    GroupCounts(ImportSession session, TenantFacts facts) {
        this.session = session;
        this.facts = facts;
        scrolling.setOnFinished(_ -> countRows());
    }

    ObjectProperty<State> stateProperty() {
        return state;
    }

    /// Rises when more is known of the chosen people.
    ReadOnlyLongProperty chosenRevisionProperty() {
        return chosenRevision.getReadOnlyProperty();
    }

    /// Rises when more is known of rows.
    ReadOnlyLongProperty rowsRevisionProperty() {
        return rowsRevision.getReadOnlyProperty();
    }

    /// Asks from now on, and again what stayed without an answer.
    void start() {
        started = true;
        askRows();
        chosen();
    }

    /// Nobody looks any more.
    void stop() {
        started = false;
        scrolling.stop();
        cancel(countingRows);
        stopChosen();
    }

    /// The choice may have changed.
    void chosen() {
        if (!started) {
            return;
        }
        if (rowsTrouble != null) {
            askRows();
        }
        TenantPicture picture = facts.pictureProperty().get();
        var config = session.draft().config();
        Task now = task;
        if (now != null && picture != null && now.isFor(picture, config)) {
            return;
        }
        stopChosen();
        if (picture == null || picture.knows(config)) {
            state.set(new State.Known());
            return;
        }
        var next = new Task(picture, config);
        task = next;
        state.set(new State.Counting());
        choosing.setOnFinished(_ -> count(next));
        choosing.playFromStart();
    }

    /// Once more after a failure.
    void retry() {
        task = null;
        chosen();
    }

    private void stopChosen() {
        choosing.stop();
        cancel(counting);
        counting = null;
        task = null;
    }

    private static void cancel(@Nullable RunningJob job) {
        if (job != null) {
            job.cancel();
        }
    }

    private void count(Task asked) {
        counting = facts.ask(reader -> context -> {
            var control = new JobControl(context, true);
            while (TenantPictures.count(asked.picture(), asked.config(), reader, control)) {
                session.window().fx().execute(() -> learned(asked));
            }
            return true;
        }, _ -> {
            if (task == asked) {
                stopChosen();
                settle();
            }
        }, trouble -> {
            if (task == asked) {
                counting = null;
                state.set(new State.Failed(trouble));
            }
        });
    }

    /// All is answered, or that of the rows is not.
    private void settle() {
        if (task == null) {
            RollcallException trouble = rowsTrouble;
            state.set(trouble == null ? new State.Known() : new State.Failed(trouble));
        }
    }

    private void learned(Task asked) {
        rowsRevision.set(rowsRevision.get() + 1);
        if (task == asked) {
            chosenRevision.set(chosenRevision.get() + 1);
        }
    }

    /// A row came on screen whose numbers are not known.
    ///
    /// @param onScreen the groups that are on screen when it has stood still for a moment
    void missing(TenantPicture picture, Supplier<List<UUID>> onScreen) {
        if (picture.whole()) {
            return;
        }
        unanswered = new Rows(picture, onScreen);
        if (started) {
            scrolling.playFromStart();
        }
    }

    private void askRows() {
        rowsTrouble = null;
        if (unanswered != null) {
            scrolling.playFromStart();
        }
    }

    private void countRows() {
        cancel(countingRows);
        Rows asked = unanswered;
        if (asked == null || asked.picture() != facts.pictureProperty().get()) {
            unanswered = null;
            return;
        }
        List<UUID> groups = asked.onScreen().get();
        countingRows = facts.ask(reader -> context -> {
            TenantPictures.count(asked.picture(), groups, reader, new JobControl(context, true));
            return true;
        }, _ -> {
            if (unanswered == asked) {
                unanswered = null;
            }
            rowsTrouble = null;
            // Also when there was nothing to ask: a job that was cancelled may have got the answers.
            rowsRevision.set(rowsRevision.get() + 1);
            settle();
        }, trouble -> {
            rowsTrouble = trouble;
            settle();
        });
    }
}
