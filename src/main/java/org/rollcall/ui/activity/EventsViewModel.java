package org.rollcall.ui.activity;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditExport;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WholeFile;

/// The listed audit events and the selected one. Independent of the scene.
final class EventsViewModel {
    private static final int PEOPLE = 50;

    private final UiTasks tasks;
    private final ActivityServices services;
    private final Actor actor;
    private final Clock clock;
    private final PagedRows<AuditEvent> rows;
    private final ObjectProperty<EventQuery> query = new SimpleObjectProperty<>(EventQuery.everything());
    private final ObjectProperty<@Nullable AuditEvent> open = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper countWords = new ReadOnlyStringWrapper("");
    private @Nullable Long wanted;
    private @Nullable RunningJob counting;

    EventsViewModel(UiTasks tasks, ActivityServices services, Actor actor, Clock clock) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.clock = clock;
        rows = new PagedRows<>(tasks, AuditEvent::seq, Messages.get("activity.events.reading"),
                Messages.get("activity.events.failed"));
        query.addListener(_ -> read(false));
        rows.rows().addListener((javafx.beans.Observable _) -> choose());
    }

    PagedRows<AuditEvent> rows() {
        return rows;
    }

    ObjectProperty<EventQuery> queryProperty() {
        return query;
    }

    /// The event on the card.
    ObjectProperty<@Nullable AuditEvent> openProperty() {
        return open;
    }

    ReadOnlyStringProperty countWordsProperty() {
        return countWords.getReadOnlyProperty();
    }

    void reload() {
        read(true);
    }

    private void read(boolean same) {
        var asked = query.get();
        var filter = asked.filter(clock);
        Long start = asked.start();
        rows.read((before, limit, job) -> {
            Long from = before == null && start != null ? Long.valueOf(start + 1) : before;
            return services.audit().list(actor, filter, from, limit, job);
        }, same, () -> asked.isEverything()
                ? new ScreenState.Empty(Messages.get("activity.events.empty"),
                        Messages.get("activity.events.empty.sentence"), null)
                : new ScreenState.NoMatch(Messages.get("activity.events.noMatch"), asked.words(), this::clear));
        count(asked);
    }

    private void count(EventQuery asked) {
        var before = counting;
        if (before != null) {
            before.cancel();
        }
        var whole = EventQuery.everything().filter(clock);
        counting = tasks.quietly(job -> {
            long all = services.audit().count(actor, whole);
            return asked.withStart(null).isEverything()
                    ? Messages.get("activity.events", all)
                    : Messages.get("activity.events.of", services.audit().count(actor, asked.filter(clock), job), all);
        }, countWords::set, _ -> countWords.set(""));
    }

    /// Keeps the selected event, or selects the requested one, or else the first.
    private void choose() {
        var list = rows.rows();
        var number = wanted;
        var before = open.get();
        if (number != null) {
            wanted = null;
            // If the event itself is missing, the one after the gap is selected.
            open.set(list.stream().filter(event -> event.seq() >= number).reduce((_, last) -> last)
                    .orElse(list.isEmpty() ? null : list.getFirst()));
        } else if (before == null || list.stream().noneMatch(event -> event.seq() == before.seq())) {
            open.set(list.isEmpty() ? null : list.getFirst());
        }
    }

    void clear() {
        query.set(EventQuery.everything());
    }

    /// Shows the events around that one and selects it.
    void showEvent(long seq) {
        wanted = seq;
        var around = EventQuery.around(seq);
        if (around.equals(query.get())) {
            read(false);
        } else {
            query.set(around);
        }
        choose();
    }

    /// People whose names contain these words, for the filter by actor.
    void findPeople(String words, Consumer<List<UserRow>> found) {
        tasks.quietly(_ -> {
            var ids = services.people().ids(actor, UserFilter.everyone().withSearch(words), UserSort.BY_NAME);
            return services.people().byIds(actor, java.util.Arrays.stream(ids).limit(PEOPLE).boxed().toList());
        }, found, _ -> found.accept(List.of()));
    }

    /// Exports all matching events, oldest first; the file is written atomically.
    void export(Path file, boolean json, Consumer<Long> done, Consumer<RollcallException> failedWith) {
        var filter = query.get().filter(clock);
        tasks.start(Messages.get("activity.exporting"), job -> {
            actor.require(Permission.EXPORT);
            var export = new AuditExport(services.audit());
            var count = new long[1];
            WholeFile.write(file, writer -> {
                if (json) {
                    count[0] = export.json(actor, filter, writer, job::checkCancelled);
                } else {
                    count[0] = export.csv(actor, filter, writer, job::checkCancelled);
                }
            });
            return count[0];
        }, done, failedWith);
    }
}
