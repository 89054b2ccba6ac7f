package org.rollcall.sync.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Decides conflicts about user names. The present holder of a name keeps it; if several people newly want one name nobody gets
/// it, so that the result does not depend on an order. Names released in the same run are free, so swaps work.
final class NameContest {
    private final People people;
    private final BitSet contenders = new BitSet();
    private final BitSet missing = new BitSet();
    private final BitSet shared = new BitSet();
    private final BitSet taken = new BitSet();
    private final long[] wantedNames;
    private final Map<Long, String> foreign = new HashMap<>();
    private final Set<Long> contested = new HashSet<>();

    NameContest(PlanInput input, People people, ScopeDecision scope) {
        this.people = people;
        var held = new Names(people.size());
        for (int i = 0; i < people.size(); i++) {
            boolean here = scope.includes(i) && !people.is(i, People.EXCLUDED_BY_HAND);
            boolean present = people.isPresent(i);
            boolean mayName = here && (!present || people.is(i, People.NAMED_HERE));
            boolean leaves = present && !scope.includes(i) && people.is(i, People.IN_PROFILE)
                    && !people.is(i, People.IN_OTHER) && !people.is(i, People.EXCLUDED_BY_HAND)
                    && !staysOutOfScope(input, i)
                    && input.complete();
            if (mayName && people.wanted(i) == NameHashes.NONE) {
                missing.set(i);
            } else if (mayName && people.wanted(i) != people.current(i)) {
                contenders.set(i);
                continue;
            }
            if (present && !leaves) {
                held.add(people.current(i));
            }
        }
        wantedNames = contenders.stream().mapToLong(people::wanted).sorted().toArray();
        var hashes = new NameHashes();
        input.sources().foreignNames((key, holder) -> {
            long hash = hashes.ofKey(key);
            if (Arrays.binarySearch(wantedNames, hash) >= 0) {
                foreign.put(hash, holder);
            }
        });
        settle(held.sorted());
    }

    private boolean staysOutOfScope(PlanInput input, int person) {
        boolean gone = input.config().scope().all() && !people.is(person, People.SEEN);
        return people.is(person, People.KEPT) && !gone;
    }

    /// Losers keep their present name, which may make others lose theirs in turn, until nothing changes.
    private void settle(long[] held) {
        var keptByLosers = new HashSet<Long>();
        boolean moved = true;
        var open = (BitSet) contenders.clone();
        while (moved) {
            moved = false;
            for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
                long name = people.wanted(i);
                boolean isShared = wantedByOthers(name);
                boolean isTaken = foreign.containsKey(name) || Arrays.binarySearch(held, name) >= 0
                        || keptByLosers.contains(name);
                if (!isShared && !isTaken) {
                    continue;
                }
                // A name that somebody holds is "taken" for everyone who wants it.
                (isTaken ? taken : shared).set(i);
                open.clear(i);
                contested.add(name);
                if (people.isPresent(i)) {
                    keptByLosers.add(people.current(i));
                }
                moved = true;
            }
        }
    }

    private boolean wantedByOthers(long name) {
        int at = Arrays.binarySearch(wantedNames, name);
        return at > 0 && wantedNames[at - 1] == name || at + 1 < wantedNames.length && wantedNames[at + 1] == name;
    }

    /// Would get another user name than the present one.
    boolean wantsAnother(int person) {
        return contenders.get(person);
    }

    /// The source of the name has no value.
    boolean isMissing(int person) {
        return missing.get(person);
    }

    /// Several people want it, and nobody has it.
    boolean isShared(int person) {
        return shared.get(person);
    }

    /// Somebody holds it.
    boolean isTaken(int person) {
        return taken.get(person);
    }

    boolean loses(int person) {
        return missing.get(person) || shared.get(person) || taken.get(person);
    }

    /// Whether anybody lost to somebody else.
    boolean isContested() {
        return !contested.isEmpty();
    }

    /// Whether somebody lost this name.
    boolean isContestedName(long hash) {
        return contested.contains(hash);
    }

    /// The holder outside the tenant of the name that a person wants, as display text; null: nobody.
    @Nullable
    String foreignHolder(int person) {
        return foreign.get(people.wanted(person));
    }

    private static final class Names {
        private final long[] hashes;
        private int count;

        Names(int most) {
            hashes = new long[most];
        }

        void add(long hash) {
            hashes[count++] = hash;
        }

        long[] sorted() {
            long[] result = Arrays.copyOf(hashes, count);
            Arrays.sort(result);
            return result;
        }
    }
}
