package org.rollcall.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jooq.Cursor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.SearchKeys;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;

/// What people are searched by, in memory: finds text anywhere in the names of a million people while somebody types,
/// which no index of the data base does. About 80 bytes a person; built on a thread of its own, from two walks through
/// the table, and again after people came, went or changed their names.
///
/// It never answers from old text: while it is out of date it answers nothing, and who asks goes to the data base. That
/// rests on [Database#peopleRevision]: every statement that writes search keys or takes people away reports it, and one
/// process at a time has the data folder.
final class PeopleIndex {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleIndex.class);
    private static final int FETCH = 2_000;

    private final Database database;
    private final AtomicBoolean building = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile @Nullable Built built;

    PeopleIndex(Database database) {
        this.database = database;
    }

    /// @param ids    ascending; a person's place here is their number
    /// @param byName numbers in the order of names, then ids
    private record Built(long revision, long[] ids, int[] byName, List<SearchText> texts) {}

    /// From now on the index is kept; the first building begins at once, in the background.
    void keep() {
        wanted = true;
        current();
    }

    /// The ids of everybody in whose name, user name, mail or department each word occurs, in the order of names.
    ///
    /// @return null: not kept, or out of date for the moment
    long @Nullable [] search(String text, boolean descending) {
        Built index = wanted ? current() : null;
        return index == null ? null : find(index, words(text), descending);
    }

    /// Builds now, on this thread, unless it is up to date; for whoever rather waits than goes to the data base.
    void refresh() {
        wanted = true;
        Built index = built;
        if (index == null || index.revision() != database.peopleRevision()) {
            built = build();
        }
    }

    private @Nullable Built current() {
        Built index = built;
        if (index != null && index.revision() == database.peopleRevision()) {
            return index;
        }
        if (building.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("people-index").start(() -> {
                try {
                    built = null; // not two of them at a time
                    built = build();
                } catch (RuntimeException e) {
                    // Searching goes on in the data base; the next search tries again.
                    LOG.info("People are not indexed: {}", e.toString());
                } finally {
                    building.set(false);
                }
            });
        }
        return null;
    }

    private Built build() {
        long revision = database.peopleRevision();
        var ids = new LongList();
        var builder = new SearchText.Builder();
        try (Cursor<org.jooq.Record2<Long, String>> rows = database.dsl()
                .select(DIRECTORY_USER.ID, DIRECTORY_USER.SEARCH_KEY).from(DIRECTORY_USER)
                .orderBy(DIRECTORY_USER.ID).fetchSize(FETCH).fetchLazy()) {
            for (var row : rows) {
                builder.add(ids.size(), row.value2());
                ids.add(row.value1());
            }
        }
        long[] sorted = ids.toArray();
        int[] byName = new int[sorted.length];
        int named = 0;
        try (Cursor<org.jooq.Record1<Long>> rows = database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                .orderBy(DIRECTORY_USER.SORT_KEY, DIRECTORY_USER.ID).fetchSize(FETCH).fetchLazy()) {
            for (var row : rows) {
                int number = java.util.Arrays.binarySearch(sorted, row.value1());
                // People who came after the first walk: the revision says that this index is not to be used.
                if (number >= 0 && named < byName.length) {
                    byName[named++] = number;
                }
            }
        }
        return new Built(revision, sorted, java.util.Arrays.copyOf(byName, named), builder.build());
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(SearchKeys.fold(word));
            }
        }
        // The longest word is the rarest, as a rule; the others are looked for only where it is.
        words.sort(java.util.Comparator.comparingInt(String::length).reversed());
        return words;
    }

    private static long[] find(Built index, List<String> words, boolean descending) {
        BitSet found = null;
        if (!words.isEmpty()) {
            found = new BitSet(index.ids().length);
            for (SearchText text : index.texts()) {
                text.find(words, found);
            }
        }
        var result = new LongList();
        int size = index.byName().length;
        for (int i = 0; i < size; i++) {
            int number = index.byName()[descending ? size - 1 - i : i];
            if (found == null || found.get(number)) {
                result.add(index.ids()[number]);
            }
        }
        return result.toArray();
    }
}
