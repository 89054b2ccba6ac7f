package org.rollcall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// What one thread's transaction gathers until it ends.
final class OpenTransaction {
    /// Whether nobody else writes until this ends.
    boolean alone;
    /// Since when, as [System#nanoTime].
    long aloneSince;
    /// Whom it has changed, for what is kept in memory about people.
    PeopleLog.Change people = PeopleLog.NOTHING;
    /// The stamp that it gives to the people whom it has changed.
    @Nullable
    String stamp;
    /// What it has touched, for plans.
    final TouchLog.Pending touched = new TouchLog.Pending();
    /// What it adds to the counts of people; written when it is alone, since everybody writes into these rows.
    final Map<PeopleCounts.Kind, Long> counts = new HashMap<>();
    /// The same of each import's active people.
    final Map<Long, Long> active = new HashMap<>();
    /// Tenants to whose objects it gave numbers.
    final Set<Long> numbered = new HashSet<>();
    private List<Runnable> afterwards = new ArrayList<>();

    /// Runs once it has ended, whichever way.
    void afterwards(Runnable work) {
        afterwards.add(work);
    }

    List<Runnable> takeAfterwards() {
        List<Runnable> taken = afterwards;
        afterwards = new ArrayList<>();
        return taken;
    }
}
