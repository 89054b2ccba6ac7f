package org.rollcall.ui.shell;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.schedule.ScheduleView;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.PaletteSource;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.UiTasks;

/// Which screen is open, who is signed in, what runs, what the palette finds. Knows no scene.
public final class ShellViewModel {
    private static final int PALETTE_ROWS = 8;

    private final List<List<Screen>> groups;
    private final UiTasks tasks;
    private final List<Screen> besides = new ArrayList<>();
    private final List<PaletteSource> sources = new ArrayList<>();
    private final ReadOnlyObjectWrapper<@Nullable Screen> current = new ReadOnlyObjectWrapper<>();
    private final StringProperty userName = new SimpleStringProperty("");
    private final StringProperty nextSynchronization = new SimpleStringProperty("");
    private final ObservableList<PaletteSource.Entry> found = FXCollections.observableArrayList();
    private @Nullable RunningJob search;

    /// @param groups the screens in the order of the sidebar, in its groups
    public ShellViewModel(List<List<Screen>> groups, UiTasks tasks) {
        this.groups = groups.stream().map(List::copyOf).toList();
        this.tasks = tasks;
        sources.add(this::screensLike);
    }

    public List<List<Screen>> groups() {
        return groups;
    }

    public List<Screen> screens() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /// A screen that can be opened and has no place in the sidebar, such as the own profile.
    public void addBesides(Screen screen) {
        besides.add(screen);
    }

    /// The first screen that the person may open.
    public void openFirst() {
        screens().stream().filter(screen -> screen.reason().isEmpty()).findFirst()
                .ifPresent(screen -> open(screen.id(), Map.of()));
    }

    public ReadOnlyObjectProperty<@Nullable Screen> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /// The signed-in person, for the user menu.
    public StringProperty userNameProperty() {
        return userName;
    }

    /// "Next synchronization 14:30, in 22 minutes (Contoso)".
    public StringProperty nextSynchronizationProperty() {
        return nextSynchronization;
    }

    /// Says when the next synchronization is due.
    public void showNext(Optional<ScheduleView> next, Clock clock) {
        nextSynchronization.set(next.map(view -> words(view, clock)).orElseGet(() -> Messages.get("shell.sync.none")));
    }

    private static String words(ScheduleView view, Clock clock) {
        var at = view.schedule().nextRunAt();
        if (view.running() || at == null) {
            return Messages.get("shell.sync.running", view.tenant().name());
        }
        return Messages.get("shell.sync.next", Moments.brief(at, clock), view.tenant().name());
    }

    /// The open screen reads again.
    public void reload() {
        var open = current.get();
        if (open != null) {
            open.reload();
        }
    }

    public ObservableList<RunningJob> jobs() {
        return tasks.running();
    }

    /// Opens the screen with that id; nothing happens if there is none or the person may not.
    public void open(String id, Map<String, String> arguments) {
        Stream.concat(screens().stream(), besides.stream())
                .filter(screen -> screen.id().equals(id) && screen.reason().isEmpty()).findFirst().ifPresent(screen -> {
                    Runnable show = () -> {
                        current.set(screen);
                        screen.shown(arguments);
                    };
                    if (screen.equals(current.get())) {
                        show.run();
                    } else {
                        leave(show);
                    }
                });
    }

    /// Goes on when the open screen lets go: one with something unsaved asks first.
    public void leave(Runnable go) {
        var open = current.get();
        if (open == null) {
            go.run();
        } else {
            open.leave(go);
        }
    }

    /// Lets the palette search there too.
    public void addPaletteSource(PaletteSource source) {
        sources.add(source);
    }

    /// Whether the search finds people and groups, not only actions.
    boolean findsPeople() {
        // The first one finds screens.
        return sources.size() > 1;
    }

    public ObservableList<PaletteSource.Entry> found() {
        return found;
    }

    /// Looks in all sources; only the answer to the newest query shows.
    public void find(String query) {
        var before = search;
        if (before != null) {
            before.cancel();
        }
        var asked = List.copyOf(sources);
        search = tasks.quietly(job -> {
            var entries = new ArrayList<PaletteSource.Entry>();
            for (var source : asked) {
                job.checkCancelled();
                entries.addAll(source.find(query.strip()));
            }
            return entries.stream().limit(PALETTE_ROWS).toList();
        }, found::setAll, _ -> found.clear());
    }

    private List<PaletteSource.Entry> screensLike(String query) {
        var wanted = query.toLowerCase(Locale.ROOT);
        return Stream.concat(screens().stream(), besides.stream()).filter(screen -> screen.reason().isEmpty()
                && screen.title().toLowerCase(Locale.ROOT).contains(wanted))
                .map(screen -> new PaletteSource.Entry(screen.icon(),
                        Messages.get("shell.palette.open", screen.title()),
                        Messages.get("shell.palette.screen"), () -> open(screen.id(), Map.of())))
                .toList();
    }
}
