package org.rollcall.sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// Every change of the tenant in its order: what delta queries are answered from. A point in time is the number of
/// changes made before it. Not thread-safe; [SampleDirectory] guards it.
final class ChangeLog {
    private static final String WHOLE = "*";
    private static final int NO_MEMBER = -1;

    private record Entry(int ref, String property, int member) {}

    /// What happened to one object within a stretch of the log.
    ///
    /// @param whole created, restored, deleted or purged: the object is told whole
    /// @param properties names of changed properties
    /// @param members members added or removed, or both
    record Touch(boolean whole, Set<String> properties, TreeSet<Integer> members) {}

    private final List<Entry> entries = new ArrayList<>();

    /// The present point in time.
    long now() {
        return entries.size();
    }

    /// The object came, came back or went.
    void whole(int ref) {
        entries.add(new Entry(ref, WHOLE, NO_MEMBER));
    }

    void property(int ref, String property) {
        entries.add(new Entry(ref, property, NO_MEMBER));
    }

    void link(int group, int member) {
        entries.add(new Entry(group, "members", member));
    }

    /// The objects of one kind that were touched after `from` and up to `to`, in the order of their first touch.
    Map<Integer, Touch> touched(ObjectKind kind, long from, long to, IntPredicate wanted) {
        var touched = new LinkedHashMap<Integer, Touch>();
        for (Entry entry : entries.subList((int) from, (int) to)) {
            if (ObjectKind.of(entry.ref) != kind || !wanted.test(entry.ref)) {
                continue;
            }
            Touch touch = touched.computeIfAbsent(entry.ref, _ -> new Touch(false, new HashSet<>(), new TreeSet<>()));
            if (entry.member != NO_MEMBER) {
                touch.members.add(entry.member);
            } else if (entry.property.equals(WHOLE)) {
                touched.put(entry.ref, new Touch(true, touch.properties, touch.members));
            } else {
                touch.properties.add(entry.property);
            }
        }
        return touched;
    }

}
