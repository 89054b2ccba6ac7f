package org.rollcall.ui.users;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javafx.collections.ObservableListBase;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.UserRow;
import org.rollcall.ui.common.UiTasks;

/// All who fit the filter, a million if need be: their ids in order, eight bytes each, and the people around the part
/// that shows, read a page at a time when the table asks for them. Lives on the FX thread.
final class PeopleList extends ObservableListBase<PersonEntry> {
    static final int PAGE = 100;
    private static final int PAGES_KEPT = 30;
    private static final int READS_AT_ONCE = 2;
    private static final int READS_WAITING = 4;

    private final UiTasks tasks;
    private final Function<List<Long>, List<UserRow>> reader;
    private final long[] ids;
    private final Map<Integer, List<PersonEntry>> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Integer> asked = new HashSet<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private int reading;

    /// @param first the first people, read already
    PeopleList(UiTasks tasks, Function<List<Long>, List<UserRow>> reader, long[] ids, List<UserRow> first) {
        this.tasks = tasks;
        this.reader = reader;
        this.ids = ids;
        if (ids.length > 0) {
            fill(page(0), first);
            asked.add(0);
        }
    }

    static PeopleList empty(UiTasks tasks) {
        return new PeopleList(tasks, _ -> List.of(), new long[0], List.of());
    }

    long[] ids() {
        return ids;
    }

    @Override
    public int size() {
        return ids.length;
    }

    @Override
    public PersonEntry get(int index) {
        int number = index / PAGE;
        var entry = page(number).get(index % PAGE);
        if (entry.row() == null) {
            ask(number);
        }
        return entry;
    }

    /// Without reading anybody: the table looks for its selected row whenever the list changes.
    @Override
    public int indexOf(@Nullable Object wanted) {
        return wanted instanceof PersonEntry entry ? placeOf(entry.id()) : -1;
    }

    int placeOf(long id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /// A list is equal to itself only: comparing two of a million would ask for everybody in them, and a new list of the
    /// same people has to be shown, for they may have changed.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public boolean contains(@Nullable Object wanted) {
        return indexOf(wanted) >= 0;
    }

    private List<PersonEntry> page(int number) {
        var known = pages.get(number);
        if (known != null) {
            return known;
        }
        var made = new ArrayList<PersonEntry>(PAGE);
        for (int i = number * PAGE; i < Math.min(ids.length, (number + 1) * PAGE); i++) {
            made.add(new PersonEntry(ids[i]));
        }
        pages.put(number, made);
        if (pages.size() > PAGES_KEPT) {
            var oldest = pages.keySet().iterator().next();
            pages.remove(oldest);
            asked.remove(oldest);
        }
        return made;
    }

    /// The newest wishes come first; what was scrolled past long ago is asked for again if it is ever needed.
    private void ask(int number) {
        if (!asked.add(number)) {
            return;
        }
        waiting.addFirst(number);
        if (waiting.size() > READS_WAITING) {
            asked.remove(waiting.removeLast());
        }
        readNext();
    }

    private void readNext() {
        while (reading < READS_AT_ONCE && !waiting.isEmpty()) {
            int number = waiting.removeFirst();
            var entries = page(number);
            var wanted = LongStream.of(entries.stream().mapToLong(PersonEntry::id).toArray()).boxed().toList();
            reading++;
            tasks.quietly(_ -> reader.apply(wanted), people -> {
                fill(entries, people);
                reading--;
                readNext();
            }, _ -> {
                asked.remove(number);
                reading--;
            });
        }
    }

    private static void fill(List<PersonEntry> entries, List<UserRow> people) {
        var byId = people.stream().collect(Collectors.toMap(UserRow::id, row -> row));
        for (var entry : entries) {
            var row = byId.get(entry.id());
            if (row != null) {
                entry.set(row);
            }
        }
    }
}
