package org.rollcall.sync.choose;

/// Estimates the cost of a read from counts: lists have 999 objects a page, a batch requests the members of 20 groups, and two
/// delta links are requested before and followed after. Groups with more members than one page cost more. Source: Graph, paging
/// and `$batch`.
///
/// @param requests to Graph
/// @param seconds  with half a second for each full page, and time to write the rows
public record Forecast(long requests, long seconds) {
    private static final int LIST = 999;
    private static final int BATCH = 20;
    private static final int LINKS = 4;
    private static final int ROWS_A_SECOND = 4_000;

    /// Everyone and every group.
    public static Forecast everyone(long people, long groups) {
        return of(pages(people, LIST) + pages(groups, LIST) + pages(groups, BATCH), people + groups);
    }

    /// Some groups: their attributes, the people in them, and their members, in batches.
    public static Forecast groups(long people, long groups) {
        return of(3 * pages(groups, BATCH) + pages(people, LIST), people + groups);
    }

    /// Single people.
    public static Forecast people(long people) {
        return of(pages(people, BATCH), people);
    }

    private static Forecast of(long reading, long rows) {
        long requests = LINKS + reading;
        return new Forecast(requests, Math.max(1, requests / 2 + rows / ROWS_A_SECOND));
    }

    private static long pages(long objects, int size) {
        return (objects + size - 1) / size;
    }
}
