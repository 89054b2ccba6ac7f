package org.rollcall.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/// Rows a chunk at a time, each chunk found by where the one before ended; between chunks no statement is open.
final class KeysetIterator<T> implements Iterator<T> {
    private final int size;
    private final Function<@Nullable T, List<T>> after;
    private List<T> chunk;
    private int next;

    /// @param size  rows in a full chunk: a smaller one is the last
    /// @param after the chunk after a row; null asks for the first
    KeysetIterator(int size, Function<@Nullable T, List<T>> after) {
        this.size = size;
        this.after = after;
        this.chunk = after.apply(null);
    }

    @Override
    public boolean hasNext() {
        if (next == chunk.size() && chunk.size() >= size) {
            chunk = after.apply(chunk.getLast());
            next = 0;
        }
        return next < chunk.size();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return chunk.get(next++);
    }
}
