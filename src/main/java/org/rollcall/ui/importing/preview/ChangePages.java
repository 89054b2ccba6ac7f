package org.rollcall.ui.importing.preview;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.RunChange;
import org.rollcall.ui.importing.draft.ImportSession;

/// The change set of a preview, a page at a time as somebody scrolls; conflicts first. Lives on the FX thread.
final class ChangePages {
    private static final int PAGE = 200;

    private final ImportSession session;
    private final long run;
    private final ChangeNames names;
    private final ObservableList<RunChange> rows = FXCollections.observableArrayList();
    private List<ChangeFilter> parts = List.of();
    private int part;
    private long after = -1;
    private boolean loading;
    private int generation;

    ChangePages(ImportSession session, long run, ChangeNames names) {
        this.session = session;
        this.run = run;
        this.names = names;
    }

    ObservableList<RunChange> rows() {
        return rows;
    }

    /// Starts over with these kinds and this text.
    void show(Set<ChangeKind> kinds, String text) {
        var others = EnumSet.noneOf(ChangeKind.class);
        others.addAll(kinds);
        var filters = new ArrayList<ChangeFilter>();
        if (others.remove(ChangeKind.CONFLICT)) {
            filters.add(new ChangeFilter(Set.of(ChangeKind.CONFLICT), text));
        }
        if (!others.isEmpty()) {
            filters.add(new ChangeFilter(others, text));
        }
        parts = filters;
        part = 0;
        after = -1;
        loading = false;
        generation++;
        rows.clear();
        more();
    }

    /// Loads the next page, if there is one.
    void more() {
        if (loading || part >= parts.size()) {
            return;
        }
        loading = true;
        int asked = generation;
        ChangeFilter filter = parts.get(part);
        long from = after;
        session.window().tasks().quietly(
                _ -> {
                    List<RunChange> page = session.services().runs().changes(session.actor(), run, filter, from, PAGE);
                    names.learn(page);
                    return page;
                }, page -> {
                    if (asked == generation) {
                        took(page);
                    }
                }, _ -> loading = false);
    }

    private void took(List<RunChange> page) {
        loading = false;
        if (page.size() < PAGE) {
            part++;
            after = -1;
        } else {
            after = page.getLast().seq();
        }
        rows.addAll(page);
        if (page.size() < PAGE) {
            more();
        }
    }
}
