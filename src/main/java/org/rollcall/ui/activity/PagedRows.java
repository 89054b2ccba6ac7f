package org.rollcall.ui.activity;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import org.rollcall.task.JobContext;
import org.rollcall.ui.common.RunningJob;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.UiTasks;

/// Rows, newest first, loaded in pages while the table is scrolled; each page starts after the previous one. There may be
/// millions; only those that were viewed are kept. Lives on the FX thread.
final class PagedRows<T> {
    static final int PAGE = 200;
    private static final int KEPT_AT_RELOAD = 2_000;

    private final UiTasks tasks;
    private final ToLongFunction<T> number;
    private final ObservableList<T> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<ScreenState> state;
    private final String failed;
    private @Nullable Source<T> source;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private boolean more;
    private boolean readingMore;
    private @Nullable RunningJob reading;

    /// Loads a page, off the FX thread.
    @FunctionalInterface
    interface Source<T> {
        /// @param before only rows with a smaller number; null: from the newest on
        /// @param job    is checked for cancellation
        List<T> page(@Nullable Long before, int limit, JobContext job);
    }

    /// @param number identifies and orders rows
    /// @param words  shown during the first load
    /// @param failed the title if it fails
    PagedRows(UiTasks tasks, ToLongFunction<T> number, String words, String failed) {
        this.tasks = tasks;
        this.number = number;
        this.failed = failed;
        this.state = new ReadOnlyObjectWrapper<>(ScreenState.loading(words));
    }

    ObservableList<T> rows() {
        return rows;
    }

    long number(T row) {
        return number.applyAsLong(row);
    }

    ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Whether it is searching, which takes seconds among millions; the previous rows stay meanwhile.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Reloads from the beginning; the present rows stay until then.
    ///
    /// @param same whether the query is unchanged, so that as many rows are loaded as before
    /// @param none shown if there are none
    void read(Source<T> from, boolean same, Supplier<ScreenState> none) {
        var before = reading;
        if (before != null) {
            before.cancel();
        }
        source = from;
        readingMore = false;
        int limit = same ? Math.clamp(rows.size(), PAGE, KEPT_AT_RELOAD) : PAGE;
        busy.set(true);
        reading = tasks.quietly(job -> from.page(null, limit, job), found -> {
            busy.set(false);
            more = found.size() == limit;
            if (!rows.equals(found)) {
                rows.setAll(found);
            }
            state.set(found.isEmpty() ? none.get() : ScreenState.ready());
        }, trouble -> {
            busy.set(false);
            state.set(new ScreenState.Failed(failed, trouble, () -> read(from, same, none)));
        });
    }

    /// The next page, if there is one.
    void readMore() {
        var from = source;
        if (from == null || !more || readingMore || rows.isEmpty()) {
            return;
        }
        readingMore = true;
        long last = number(rows.getLast());
        tasks.quietly(job -> from.page(last, PAGE, job), found -> {
            if (source == from && !rows.isEmpty() && number(rows.getLast()) == last) {
                readingMore = false;
                more = found.size() == PAGE;
                rows.addAll(found);
            }
        }, _ -> readingMore = false);
    }
}
