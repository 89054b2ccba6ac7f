package org.rollcall.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.sample.ChangeLog.Touch;

/// One delta query at one place: what its next page tells. A page ends after 200 objects or 500 member links, whichever
/// comes first; a group with more links goes on with the next page.
///
/// The first cycle goes through all objects that there are, the recycle bin included; a later one through those that
/// were touched since its token, each in its present state.
///
/// @param select properties tracked; null for those that come by themselves and the members
/// @param ids if the query is restricted to some objects: those, sorted
record DeltaQuery(SampleDirectory directory, ObjectKind kind, @Nullable Set<String> select,
        int @Nullable [] ids, Cursor cursor) {
    private static final int OBJECTS = 200;
    private static final int LINKS = 500;
    private static final int BEFORE_FIRST = -1;

    /// Where a query stands.
    ///
    /// @param from point in the log after which changes are told; -1 in a first cycle
    /// @param to point up to which they are told: where the next cycle starts
    /// @param position last object told: its number in a first cycle, its place among the touched ones in a later one
    /// @param link last member told of the object after that; -1 if none
    record Cursor(long from, long to, int position, int link) {
        static Cursor start(long now) {
            return new Cursor(-1, now, BEFORE_FIRST, BEFORE_FIRST);
        }

        static Cursor since(long from, long now) {
            return new Cursor(from, now, BEFORE_FIRST, BEFORE_FIRST);
        }

        boolean initial() {
            return from < 0;
        }
    }

    /// A direct member that came, or went.
    record Link(ObjectKind kind, String id, boolean removed) {}

    /// One object of a page.
    ///
    /// @param object null if it was removed
    /// @param reason why it was removed
    /// @param whole whether it counts as new
    /// @param changed properties changed, if not whole
    /// @param cleared properties that had a value once
    record Item(String id, @Nullable SampleObject object, @Nullable String reason, boolean whole,
            Set<String> changed, Set<String> cleared, List<Link> links) {}

    /// @param next null on the last page
    record Result(List<Item> items, @Nullable Cursor next) {}

    DeltaQuery at(Cursor other) {
        return new DeltaQuery(directory, kind, select, ids, other);
    }

    /// Tells a part only of what there is to tell.
    DeltaQuery onlyPart() {
        return new DeltaQuery(directory, kind, kind == ObjectKind.USER ? Set.of("accountEnabled") : Set.of("members"),
                ids,
                cursor);
    }

    /// The plain properties tracked.
    Set<String> properties() {
        return select == null ? SampleSchema.of(kind).standard() : select;
    }

    boolean tracksMembers() {
        return kind == ObjectKind.GROUP && (select == null || select.contains("members"));
    }

    /// What [#parse] understands.
    List<String> fields() {
        return List.of(select == null ? "*" : String.join(",", select),
                ids == null ? "*" : Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(",")),
                Long.toString(cursor.from), Long.toString(cursor.to), Integer.toString(cursor.position),
                Integer.toString(cursor.link));
    }

    static DeltaQuery parse(SampleDirectory directory, ObjectKind kind, List<String> fields) {
        String select = fields.get(0);
        String ids = fields.get(1);
        return new DeltaQuery(directory, kind,
                select.equals("*") ? null : new java.util.LinkedHashSet<>(Arrays.asList(select.split(",", -1))),
                ids.equals("*")
                        ? null
                        : ids.isEmpty()
                                ? new int[0]
                                : Arrays.stream(ids.split(",", -1)).mapToInt(Integer::parseInt).toArray(),
                new Cursor(Long.parseLong(fields.get(2)), Long.parseLong(fields.get(3)),
                        Integer.parseInt(fields.get(4)), Integer.parseInt(fields.get(5))));
    }

    Result page(Caller caller) {
        return directory.read(state -> cursor.initial() ? first(state, caller) : later(state, caller));
    }

    private boolean wanted(int ref) {
        return ids == null || Arrays.binarySearch(ids, ref) >= 0;
    }

    private Result first(DirectoryState state, Caller caller) {
        var page = new Builder(state, caller, cursor.position, cursor.link);
        int made = state.nextIndex(kind);
        for (int index = cursor.position + 1; index < made; index++) {
            int ref = kind.ref(index);
            if (wanted(ref) && !state.isPurged(ref) && !page.take(index, ref, null)) {
                return page.broken();
            }
        }
        return page.complete();
    }

    private Result later(DirectoryState state, Caller caller) {
        Map<Integer, Touch> touched = directory.log().touched(kind, cursor.from, cursor.to, this::wanted);
        var page = new Builder(state, caller, cursor.position, cursor.link);
        int place = -1;
        for (Map.Entry<Integer, Touch> entry : touched.entrySet()) {
            place++;
            if (place > cursor.position && isTold(entry.getValue())
                    && !page.take(place, entry.getKey(), entry.getValue())) {
                return page.broken();
            }
        }
        return page.complete();
    }

    private boolean isTold(Touch touch) {
        return touch.whole() || touch.properties().stream().anyMatch(properties()::contains)
                || tracksMembers() && !touch.members().isEmpty();
    }

    /// Collects a page until it is full.
    private final class Builder {
        private final DirectoryState state;
        private final Caller caller;
        private final List<Item> items = new ArrayList<>();
        private int position;
        private int link;
        private int links;

        Builder(DirectoryState state, Caller caller, int position, int link) {
            this.state = state;
            this.caller = caller;
            this.position = position;
            this.link = link;
        }

        /// Adds an object, or as much of it as fits.
        ///
        /// @param touch null in a first cycle
        /// @return false if the page is full and something of this object is left for the next
        boolean take(int place, int ref, @Nullable Touch touch) {
            if (items.size() == OBJECTS) {
                return false;
            }
            SampleObject object = Objects.requireNonNull(state.object(ref));
            if (!state.isAlive(ref)) {
                items.add(new Item(object.id(), null, state.isPurged(ref) ? "deleted" : "changed", false, Set.of(),
                        Set.of(), List.of()));
                move(place);
                return true;
            }
            // One more than fits shows that there are more.
            List<Integer> left = tracksMembers() ? members(object, touch, LINKS - links + 1) : List.of();
            if (!left.isEmpty() && links == LINKS) {
                return false;
            }
            List<Integer> fitting = left.subList(0, Math.min(left.size(), LINKS - links));
            items.add(item(object, touch, fitting));
            links += fitting.size();
            if (fitting.size() < left.size()) {
                link = fitting.getLast();
                return false;
            }
            move(place);
            return true;
        }

        private void move(int place) {
            position = place;
            link = BEFORE_FIRST;
        }

        private Item item(SampleObject object, @Nullable Touch touch, List<Integer> members) {
            boolean whole = touch == null || touch.whole();
            Set<String> cleared = properties().stream().filter(p -> state.isCleared(object.ref(), p))
                    .collect(Collectors.toSet());
            return new Item(object.id(), object, null, whole, touch == null ? Set.of() : touch.properties(), cleared,
                    members.stream().map(m -> new Link(ObjectKind.of(m), state.ids().id(m),
                            !state.hasMember(object.ref(), m))).toList());
        }

        /// The next members to tell of, sorted: those there are if the group is new, and those touched. Softly deleted
        /// ones are still members, and nothing is said of them.
        private List<Integer> members(SampleObject group, @Nullable Touch touch, int limit) {
            if (!GraphPermissions.seesMembers(caller, group)) {
                return List.of();
            }
            var found = new TreeSet<Integer>();
            if (touch == null || touch.whole()) {
                int[] all = state.members(group.ref());
                int at = Arrays.binarySearch(all, link);
                for (int i = at < 0 ? -at - 1 : at + 1; i < all.length && found.size() < limit; i++) {
                    if (state.isAlive(all[i]) && SampleDirectory.isListed(all[i])) {
                        found.add(all[i]);
                    }
                }
            }
            if (touch != null) {
                touch.members().tailSet(link, false).stream()
                        .filter(m -> state.isAlive(m) || !state.hasMember(group.ref(), m))
                        .filter(SampleDirectory::isListed).limit(limit).forEach(found::add);
            }
            return found.stream().limit(limit).toList();
        }

        Result broken() {
            return new Result(items, new Cursor(cursor.from, cursor.to, position, link));
        }

        Result complete() {
            return new Result(items, null);
        }
    }
}
