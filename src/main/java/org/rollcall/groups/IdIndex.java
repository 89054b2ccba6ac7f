package org.rollcall.groups;

import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;

import org.rollcall.domain.IdOrder;

/// Sorted object ids with a dense number for each: 16 bytes an id.
///
/// The order is that of the unsigned bytes, as H2 and PostgreSQL sort `uuid`; [UUID#compareTo] differs.
public final class IdIndex {
    public static final Comparator<UUID> ORDER = IdOrder.ASCENDING;

    private final long[] high;
    private final long[] low;

    private IdIndex(long[] high, long[] low) {
        this.high = high;
        this.low = low;
    }

    public static int compare(UUID a, UUID b) {
        return IdOrder.compare(a, b);
    }

    public int size() {
        return high.length;
    }

    public UUID id(int index) {
        return new UUID(high[index], low[index]);
    }

    /// The number of an id, -1 if it is missing.
    public int indexOf(UUID id) {
        long h = id.getMostSignificantBits();
        long l = id.getLeastSignificantBits();
        int from = 0;
        int to = high.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(high[middle], h);
            if (order == 0) {
                order = Long.compareUnsigned(low[middle], l);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -1;
    }

    public boolean contains(UUID id) {
        return indexOf(id) >= 0;
    }

    /// Receives ids in ascending order.
    public static final class Builder {
        private long[] high = new long[256];
        private long[] low = new long[256];
        private int size;

        /// @return the id's number
        /// @throws IllegalArgumentException if it is not greater than the previous one
        public int add(UUID id) {
            if (size > 0 && compare(new UUID(high[size - 1], low[size - 1]), id) >= 0) {
                throw new IllegalArgumentException("ids have to come in ascending order, each once");
            }
            if (size == high.length) {
                high = Arrays.copyOf(high, size + (size >> 1));
                low = Arrays.copyOf(low, size + (size >> 1));
            }
            high[size] = id.getMostSignificantBits();
            low[size] = id.getLeastSignificantBits();
            return size++;
        }

        public int size() {
            return size;
        }

        public IdIndex build() {
            return new IdIndex(Arrays.copyOf(high, size), Arrays.copyOf(low, size));
        }
    }
}
