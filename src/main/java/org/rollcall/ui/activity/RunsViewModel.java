package org.rollcall.ui.activity;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// The listed runs and the selected one. Independent of the scene.
final class RunsViewModel {
    private final UiTasks tasks;
    private final ActivityServices services;
    private final Actor actor;
    private final Clock clock;
    private final PagedRows<Run> rows;
    private final ObjectProperty<RunQuery> query = new SimpleObjectProperty<>(RunQuery.everything());
    private final ObjectProperty<@Nullable Run> open = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<ActivityServices.ImportName>> imports = new ReadOnlyObjectWrapper<>(
            List.of());
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    private @Nullable RunningJob counting;

    RunsViewModel(UiTasks tasks, ActivityServices services, Actor actor, Clock clock) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.clock = clock;
        rows = new PagedRows<>(tasks, Run::id, Messages.get("activity.runs.reading"),
                Messages.get("activity.runs.failed"));
        query.addListener(_ -> read(false));
        rows.rows().addListener((javafx.beans.Observable _) -> choose());
    }

    PagedRows<Run> rows() {
        return rows;
    }

    ObjectProperty<RunQuery> queryProperty() {
        return query;
    }

    /// The run on the card.
    ObjectProperty<@Nullable Run> openProperty() {
        return open;
    }

    /// The imports to filter by.
    ReadOnlyObjectProperty<List<ActivityServices.ImportName>> importsProperty() {
        return imports.getReadOnlyProperty();
    }

    ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    void reload() {
        tasks.quietly(_ -> services.imports().get(), imports::set, _ -> {});
        read(true);
    }

    private void read(boolean same) {
        var asked = query.get();
        var filter = asked.filter(clock);
        rows.read((before, limit, _) -> services.runs().list(actor, filter, before, limit), same,
                () -> asked.isEverything()
                        ? new ScreenState.Empty(Messages.get("activity.runs.empty"),
                                Messages.get("activity.runs.empty.sentence"), null)
                        : new ScreenState.NoMatch(Messages.get("activity.runs.noMatch"), asked.words(), this::clear));
        var before = counting;
        if (before != null) {
            before.cancel();
        }
        counting = tasks.quietly(_ -> {
            long all = services.runs().count(actor, RunQuery.everything().filter(clock));
            return asked.isEverything()
                    ? Messages.get("activity.runs", all)
                    : Messages.get("activity.runs.of", services.runs().count(actor, filter), all);
        }, countWords::set, _ -> countWords.set(""));
    }

    private void choose() {
        var list = rows.rows();
        var before = open.get();
        open.set(list.stream().filter(run -> before != null && run.id() == before.id()).findFirst()
                .orElse(list.isEmpty() ? null : list.getFirst()));
    }

    void clear() {
        query.set(RunQuery.everything());
    }

    /// Exports all matching runs, newest first; the file is written atomically.
    void export(Path file, boolean json, Consumer<Long> done, Consumer<RollcallException> failedWith) {
        var filter = query.get().filter(clock);
        tasks.start(Messages.get("activity.exporting"),
                job -> RunsFile.write(file, json, sink -> services.runs().forEach(actor, filter, run -> {
                    job.checkCancelled();
                    sink.accept(run);
                })), done, failedWith);
    }
}
