package org.rollcall.ui.schedules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.ui.common.CsvFile;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// One run with its changes, read a page at a time. Knows no scene.
final class RunViewModel {
    static final int PAGE = 200;

    private final UiTasks tasks;
    private final SchedulesServices services;
    private final Actor actor;
    private final long id;
    private final ReadOnlyObjectWrapper<@Nullable Run> run = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ScreenState> state = new ReadOnlyObjectWrapper<>(
            ScreenState.loading(Messages.get("schedules.run.reading")));
    private final ObjectProperty<ChangeFilter> filter = new SimpleObjectProperty<>(ChangeFilter.everything());
    private final ObservableList<ChangeRow> changes = FXCollections.observableArrayList();
    private final BooleanProperty more = new SimpleBooleanProperty();
    private final RunDeeds deeds;
    private long last = -1;
    private @Nullable RunningJob reading;

    RunViewModel(UiTasks tasks, SchedulesServices services, Actor actor, long id) {
        this.tasks = tasks;
        this.services = services;
        this.actor = actor;
        this.id = id;
        this.deeds = new RunDeeds(tasks, services, actor);
        filter.addListener(_ -> readChanges());
    }

    long id() {
        return id;
    }

    /// What can be done about it.
    RunDeeds deeds() {
        return deeds;
    }

    ReadOnlyObjectProperty<@Nullable Run> runProperty() {
        return run.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ObjectProperty<ChangeFilter> filterProperty() {
        return filter;
    }

    ObservableList<ChangeRow> changes() {
        return changes;
    }

    /// Whether there are changes after those that have been read.
    BooleanProperty moreProperty() {
        return more;
    }

    boolean mayExport() {
        return actor.may(Permission.EXPORT);
    }

    void reload() {
        tasks.quietly(_ -> services.runs().show(actor, id), now -> {
            run.set(now);
            state.set(ScreenState.ready());
            deeds.look(now);
            readChanges();
        }, trouble -> state
                .set(new ScreenState.Failed(Messages.get("schedules.run.failed"), trouble, this::reload)));
    }

    private void readChanges() {
        last = -1;
        read(rows -> {
            changes.setAll(rows);
        });
    }

    void readMore() {
        read(changes::addAll);
    }

    private void read(Consumer<List<ChangeRow>> then) {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        var wanted = filter.get();
        long after = last;
        reading = tasks.quietly(_ -> services.runs().changes(actor, id, wanted, after, PAGE), found -> {
            last = found.isEmpty() ? after : found.getLast().seq();
            more.set(found.size() == PAGE);
            named(found, then);
        }, _ -> more.set(false));
    }

    /// Memberships name both sides by id only; their names are looked up for what shows.
    private void named(List<RunChange> found, Consumer<List<ChangeRow>> then) {
        tasks.quietly(_ -> rows(found), then, _ -> then.accept(found.stream()
                .map(each -> ChangeRow.of(each.change(), Map.of())).toList()));
    }

    private List<ChangeRow> rows(List<RunChange> found) {
        var now = run.get();
        var names = new HashMap<UUID, String>();
        if (now != null && now.tenantId() != null && actor.may(Permission.VIEW_DIRECTORY)) {
            var groups = new HashSet<UUID>();
            var people = new HashSet<UUID>();
            for (var each : found) {
                if (each.change() instanceof Change.MemberChange member) {
                    groups.add(member.objectId());
                    (member.memberType() == MemberType.GROUP ? groups : people).add(member.memberId());
                }
            }
            services.groups().byObjectIds(actor, now.tenantId(), groups)
                    .forEach((group, row) -> names.put(group, row.shownName()));
            people.forEach(person -> name(person, names));
        }
        return found.stream().map(each -> ChangeRow.of(each.change(), names)).toList();
    }

    private void name(UUID person, Map<UUID, String> names) {
        try {
            names.put(person, services.people().find(actor, person.toString()).shownName());
        } catch (RollcallException e) {
            // Whoever is not stored here keeps the id as a name.
            names.put(person, person.toString());
        }
    }

    /// All changes that fit the filter, into a file.
    void export(Path file, Consumer<Long> done, Consumer<RollcallException> failed) {
        var wanted = filter.get();
        tasks.start(Messages.get("schedules.run.exporting", String.valueOf(id)), job -> {
            var count = new long[1];
            CsvFile.write(file, List.of("change", "objectId", "name", "before", "after", "reason"), sink -> {
                var all = services.runs().exportChanges(actor, id, wanted);
                while (all.hasNext()) {
                    job.checkCancelled();
                    var change = all.next().change();
                    var row = ChangeRow.of(change, Map.of());
                    count[0]++;
                    sink.accept(new ArrayList<>(List.of(change.kind().jsonName(), change.objectId().toString(),
                            row.who(), row.before(), row.after(), row.because())));
                }
            });
            return count[0];
        }, done, failed);
    }

    static Set<org.rollcall.domain.ChangeKind> none() {
        return Set.of();
    }
}
