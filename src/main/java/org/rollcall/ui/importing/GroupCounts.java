package org.rollcall.ui.importing;

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
import org.rollcall.sync.TenantPicture;
import org.rollcall.sync.TenantPictures;
import org.rollcall.ui.common.RunningJob;

/// Asks a tenant that is too big to be read whole how many people are in groups: in the chosen ones, a moment after the
/// last change of the choice, and in those whose rows are on screen. What is no longer wanted is cancelled; what was
/// answered stays known in the [TenantPicture]. Lives on the FX thread.
final class GroupCounts {
    private static final Duration PAUSE = Duration.millis(300);

    /// How far the count of the chosen people is.
    sealed interface State {
        /// All is known that can be.
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

    private final ImportSession session;
    private final TenantFacts facts;
    private final ObjectProperty<State> state = new SimpleObjectProperty<>(new State.Known());
    private final ReadOnlyLongWrapper chosenRevision = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper rowsRevision = new ReadOnlyLongWrapper();
    private final PauseTransition choosing = new PauseTransition(PAUSE);
    private final PauseTransition scrolling = new PauseTransition(PAUSE);
    private @Nullable Task task;
    private @Nullable RunningJob counting;
    private @Nullable RunningJob rows;

    GroupCounts(ImportSession session, TenantFacts facts) {
        this.session = session;
        this.facts = facts;
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

    /// The choice may have changed.
    void chosen() {
        TenantPicture picture = facts.pictureProperty().get();
        var config = session.draft().config();
        Task now = task;
        if (now != null && picture != null && now.isFor(picture, config)) {
            return;
        }
        stop();
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

    private void stop() {
        choosing.stop();
        RunningJob running = counting;
        if (running != null) {
            running.cancel();
        }
        counting = null;
        task = null;
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
                stop();
                state.set(new State.Known());
            }
        }, trouble -> {
            if (task == asked) {
                counting = null;
                state.set(new State.Failed(trouble));
            }
        });
    }

    private void learned(Task asked) {
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
        scrolling.setOnFinished(_ -> countRows(picture, onScreen.get()));
        scrolling.playFromStart();
    }

    private void countRows(TenantPicture picture, List<UUID> groups) {
        RunningJob before = rows;
        if (before != null) {
            before.cancel();
        }
        rows = facts.ask(reader -> context -> TenantPictures.count(picture, groups, reader,
                new JobControl(context, true)), more -> {
                    if (more) {
                        rowsRevision.set(rowsRevision.get() + 1);
                    }
                }, _ -> {});
    }
}
