package org.rollcall.ui.users;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// Which people are ticked, over the whole result and not only what shows: a bit a person.
final class Ticks {
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private long[] ids = {};
    private BitSet ticked = new BitSet();

    ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /// Rises with every change, for cells to look again.
    ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    boolean isTicked(int index) {
        return ticked.get(index);
    }

    void set(int index, boolean on) {
        ticked.set(index, on);
        changed();
    }

    void all(boolean on) {
        ticked.set(0, ids.length, on);
        changed();
    }

    int size() {
        return ids.length;
    }

    List<Long> ids() {
        return ticked.stream().mapToObj(index -> ids[index]).toList();
    }

    /// Another result: whoever was ticked and is still in it stays ticked.
    void over(long[] now) {
        var kept = new BitSet();
        if (!ticked.isEmpty()) {
            long[] before = ticked.stream().mapToLong(index -> ids[index]).sorted().toArray();
            IntStream.range(0, now.length).filter(i -> Arrays.binarySearch(before, now[i]) >= 0).forEach(kept::set);
        }
        ids = now;
        ticked = kept;
        changed();
    }

    private void changed() {
        count.set(ticked.cardinality());
        revision.set(revision.get() + 1);
    }
}
