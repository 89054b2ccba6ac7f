package org.rollcall.sync.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.GroupChange;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.MfaEntry;
import org.rollcall.source.Permissions;
import org.rollcall.source.UserChange;
import org.rollcall.source.UserEntry;

import static java.util.Objects.requireNonNull;

/// A directory in memory with Entra's habits: softly deleted people keep their memberships, of which the group delta says
/// nothing; a delta tells the present state of what changed; large groups come in pieces; links expire.
@NullMarked
final class FakeDirectory implements DirectoryReader {
    private static final int LIST = 7;
    private static final int DELTA = 5;
    private static final int MEMBERS = 4;

    private static final class Thing<A> {
        A attributes;
        boolean live = true;

        Thing(A attributes) {
            this.attributes = attributes;
        }
    }

    /// What happened, in order.
    private record Event(@Nullable UUID user, @Nullable UUID group, @Nullable Membership edge, boolean added) {}

    private final Map<UUID, Thing<Attributes<UserField>>> users = new TreeMap<>();
    private final Map<UUID, Thing<Attributes<GroupField>>> groups = new TreeMap<>();
    private final Set<Membership> edges = new LinkedHashSet<>();
    private final List<Event> log = new ArrayList<>();
    private final Random random;
    private long requests;
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    /// Runs before each call; may throw, or change the directory meanwhile.
    Consumer<String> before = call -> {};
    final List<String> callsSeen = new ArrayList<>();
    final Set<UUID> onlyIds = new HashSet<>();
    Set<String> granted = Set.of("User.Read.All", "Group.Read.All");
    Map<UUID, @Nullable Boolean> mfa = new HashMap<>();
    /// Questions that are answered "not there" though the object is, by kind and id, and how many times.
    final Map<String, Integer> denied = new HashMap<>();
    /// Lists leave them out and end normally all the same.
    final Set<UUID> unlisted = new HashSet<>();
    /// Member lists leave these edges out.
    final Set<Membership> untold = new HashSet<>();
    /// Groups whose next page of members that is not the last one lacks the link to the next.
    final Set<UUID> cut = new HashSet<>();
    /// Entries that a round of changes has besides, or in place of others.
    UnaryOperator<List<GroupChange>> groupChanges = UnaryOperator.identity();
    UnaryOperator<List<UserChange>> userChanges = UnaryOperator.identity();
    /// Empty pages, each with a new link, that still come before the next page of changes of people.
    int emptyPages;
    /// Whether it tells how many people and groups there are.
    boolean counts = true;
    /// Deltas below this place in the log are forgotten.
    int forgottenBelow;
    /// Pages of deltas and lists come again and out of order.
    boolean sloppy;
    /// Lists never end: "same" repeats a link, "fresh" makes new ones without news.
    String endless = "";

    FakeDirectory(long seed) {
        random = new Random(seed);
    }

    // The truth ---------------------------------------------------------------------------------------------------------

    synchronized UUID hire(String name) {
        var id = new UUID(random.nextLong(), random.nextLong());
        tick();
        users.put(id, new Thing<>(Attributes.builder(UserField.class).set(UserField.DISPLAY_NAME, name)
                .set(UserField.USER_PRINCIPAL_NAME, name + "@example.org").set(UserField.ACCOUNT_ENABLED, true)
                .set(UserField.CREATED_DATE_TIME, now).set(UserField.BUSINESS_PHONES, List.of()).build()));
        log.add(new Event(id, null, null, false));
        return id;
    }

    synchronized UUID form(String name) {
        var id = new UUID(random.nextLong(), random.nextLong());
        tick();
        groups.put(id, new Thing<>(Attributes.builder(GroupField.class).set(GroupField.DISPLAY_NAME, name)
                .set(GroupField.SECURITY_ENABLED, true).set(GroupField.GROUP_TYPES, List.of())
                .set(GroupField.CREATED_DATE_TIME, now).build()));
        log.add(new Event(null, id, null, false));
        return id;
    }

    synchronized void rename(UUID user, String name) {
        var thing = known(users, user);
        thing.attributes = thing.attributes.toBuilder().set(UserField.DISPLAY_NAME, name).build();
        log.add(new Event(user, null, null, false));
        tick();
    }

    synchronized void hideMembers(UUID group) {
        var thing = known(groups, group);
        thing.attributes = thing.attributes.toBuilder().set(GroupField.VISIBILITY, "HiddenMembership").build();
        log.add(new Event(null, group, null, false));
    }

    synchronized void liveUser(UUID user, boolean live) {
        known(users, user).live = live;
        log.add(new Event(user, null, null, false));
        tick();
    }

    synchronized void liveGroup(UUID group, boolean live) {
        known(groups, group).live = live;
        log.add(new Event(null, group, null, false));
        tick();
    }

    synchronized void join(UUID group, UUID member) {
        var type = users.containsKey(member)
                ? MemberType.USER
                : groups.containsKey(member) ? MemberType.GROUP : MemberType.DEVICE;
        var edge = new Membership(group, member, type);
        if (edges.add(edge)) {
            log.add(new Event(null, group, edge, true));
        }
        tick();
    }

    synchronized void leave(UUID group, UUID member) {
        edges.stream().filter(edge -> edge.group().equals(group) && edge.member().equals(member)).findFirst()
                .ifPresent(edge -> {
                    edges.remove(edge);
                    log.add(new Event(null, group, edge, false));
                });
        tick();
    }

    synchronized Map<UUID, Attributes<UserField>> liveUsers() {
        return live(users);
    }

    synchronized Map<UUID, Attributes<GroupField>> liveGroups() {
        return live(groups);
    }

    synchronized Set<Membership> liveEdges() {
        return edges.stream().filter(edge -> known(groups, edge.group()).live && switch (edge.type()) {
            case USER -> known(users, edge.member()).live;
            case GROUP -> known(groups, edge.member()).live;
            default -> true;
        }).collect(Collectors.toSet());
    }

    synchronized Set<UUID> allUsers() {
        return Set.copyOf(users.keySet());
    }

    synchronized int place() {
        return log.size();
    }

    private static <A> Map<UUID, A> live(Map<UUID, Thing<A>> things) {
        var result = new HashMap<UUID, A>();
        things.forEach((id, thing) -> {
            if (thing.live) {
                result.put(id, thing.attributes);
            }
        });
        return result;
    }

    private void tick() {
        now = now.plusSeconds(2);
    }

    // The port ----------------------------------------------------------------------------------------------------------

    private void call(String what, CallControl control) {
        control.checkCancelled();
        requests++;
        callsSeen.add(what);
        before.accept(what);
    }

    @Override
    public Permissions permissions(CallControl control) {
        return new Permissions(Optional.of(granted), false);
    }

    @Override
    public org.rollcall.source.Organization organization(CallControl control) {
        return new org.rollcall.source.Organization("tenant", "Fake", List.of("example.org"));
    }

    @Override
    public synchronized Page users(@Nullable String link, Consumer<UserEntry> sink, CallControl control) {
        call("users", control);
        return list(link, "ul", live(users), (id, attributes) -> sink.accept(entry(id, attributes)));
    }

    @Override
    public synchronized Page groups(@Nullable String link, Consumer<GroupEntry> sink, CallControl control) {
        call("groups", control);
        return list(link, "gl", live(groups), (id, attributes) -> sink.accept(new GroupEntry(id, attributes, false)));
    }

    private UserEntry entry(UUID id, Attributes<UserField> attributes) {
        return onlyIds.contains(id)
                ? new UserEntry(id, Attributes.builder(UserField.class).build(), true)
                : new UserEntry(id, attributes, false);
    }

    private <A> Page list(@Nullable String link, String kind, Map<UUID, A> all,
            java.util.function.BiConsumer<UUID, A> sink) {
        // The link names the id after which the page starts, so that nobody is skipped when somebody leaves meanwhile.
        String from = link == null ? "start" : link.split(" ")[1];
        UUID after = from.equals("start") ? null : UUID.fromString(from);
        var ids = all.keySet().stream().sorted().filter(id -> !unlisted.contains(id))
                .filter(id -> after == null || id.compareTo(after) > 0).toList();
        var page = ids.subList(0, Math.min(LIST, ids.size()));
        page.forEach(id -> sink.accept(id, all.get(id)));
        if (sloppy) {
            page.reversed().forEach(id -> sink.accept(id, all.get(id)));
        }
        if (endless.equals("same")) {
            return new Page(kind + " " + from, null, page.size(), now);
        }
        if (endless.equals("fresh")) {
            return new Page(kind + " " + from + " " + requests, null, page.size(), now);
        }
        return new Page(ids.size() > LIST ? kind + " " + page.getLast() : null, null, page.size(), now);
    }

    @Override
    public synchronized Page latestUsers(Set<UUID> onlyIds, CallControl control) {
        call("latest users", control);
        return new Page(null, link("ud", log.size(), -1, 0, onlyIds), 0, now);
    }

    @Override
    public synchronized Page latestGroups(Set<UUID> onlyIds, CallControl control) {
        call("latest groups", control);
        return new Page(null, link("gd", log.size(), -1, 0, onlyIds), 0, now);
    }

    /// @param until -1: a round begins
    private static String link(String kind, int since, int until, int offset, Set<UUID> onlyIds) {
        return kind + " " + since + " " + until + " " + offset + " "
                + onlyIds.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    private record Place(int since, int until, int offset, Set<UUID> onlyIds) {
        boolean follows(UUID id) {
            return onlyIds.isEmpty() || onlyIds.contains(id);
        }
    }

    private Place place(String link) {
        String[] parts = link.split(" ", -1);
        int since = Integer.parseInt(parts[1]);
        if (since < forgottenBelow) {
            throw new LinkExpiredException(LinkExpiredException.Link.DELTA, Map.of());
        }
        int until = Integer.parseInt(parts[2]);
        return new Place(since, until < 0 ? log.size() : until, Integer.parseInt(parts[3]), parts[4].isEmpty()
                ? Set.of()
                : java.util.Arrays.stream(parts[4].split(",")).map(UUID::fromString).collect(Collectors.toSet()));
    }

    @Override
    public synchronized Page userChanges(String link, Consumer<UserChange> sink, CallControl control) {
        call("user changes", control);
        if (emptyPages > 0) {
            emptyPages--;
            // Blanks make links differ.
            return new Page(link.strip() + " ".repeat(1 + emptyPages), null, 0, now);
        }
        Place place = place(link);
        var changed = new LinkedHashSet<UUID>();
        log.subList(place.since(), place.until()).forEach(event -> {
            if (event.user() != null && place.follows(event.user())) {
                changed.add(event.user());
            }
        });
        var changes = new ArrayList<UserChange>();
        for (UUID id : changed) {
            var thing = known(users, id);
            if (thing.live) {
                var set = thing.attributes;
                changes.add(new UserChange.Upsert(id, set, java.util.EnumSet.allOf(UserField.class)));
            } else {
                changes.add(new UserChange.Removed(id, false));
            }
        }
        return deltaPage("ud", place, userChanges.apply(changes), sink);
    }

    @Override
    public synchronized Page groupChanges(String link, Consumer<GroupChange> sink, CallControl control) {
        call("group changes", control);
        Place place = place(link);
        Map<UUID, Map<UUID, Event>> changed = new LinkedHashMap<>();
        log.subList(place.since(), place.until()).forEach(event -> {
            if (event.group() != null && place.follows(event.group())) {
                var ofGroup = changed.computeIfAbsent(event.group(), key -> new LinkedHashMap<>());
                if (event.edge() != null) {
                    ofGroup.put(event.edge().member(), event);
                }
            }
        });
        var changes = new ArrayList<GroupChange>();
        changed.forEach((id, ofGroup) -> {
            var thing = known(groups, id);
            if (!thing.live) {
                changes.add(new GroupChange.Removed(id, false));
                return;
            }
            var pieces = new ArrayList<>(ofGroup.values());
            int from = 0;
            do {
                var piece = pieces.subList(from, Math.min(from + 3, pieces.size()));
                changes.add(new GroupChange.Upsert(id, thing.attributes, java.util.EnumSet.allOf(GroupField.class),
                        members(piece, true), members(piece, false)));
                from += 3;
            } while (from < pieces.size());
        });
        return deltaPage("gd", place, groupChanges.apply(changes), sink);
    }

    private static List<MemberEntry> members(List<Event> events, boolean added) {
        return events.stream().filter(event -> event.added() == added)
                .map(event -> new MemberEntry(requireNonNull(event.edge()).member(),
                        requireNonNull(event.edge()).type()))
                .toList();
    }

    private <C> Page deltaPage(String kind, Place place, List<C> changes, Consumer<C> sink) {
        // What happens during a round belongs to the next one, though the state that is told is the present one.
        var page = new ArrayList<>(changes.subList(Math.min(place.offset(), changes.size()),
                Math.min(place.offset() + DELTA, changes.size())));
        if (sloppy) {
            page.addAll(List.copyOf(page));
            Collections.shuffle(page, random);
        }
        page.forEach(sink);
        int end = place.offset() + DELTA;
        return end < changes.size()
                ? new Page(link(kind, place.since(), place.until(), end, place.onlyIds()), null, page.size(), now)
                : new Page(null, link(kind, place.until(), -1, 0, place.onlyIds()), page.size(), now);
    }

    @Override
    public synchronized Page mfaReport(@Nullable String link, Consumer<MfaEntry> sink, CallControl control) {
        call("mfa", control);
        mfa.forEach((id, registered) -> sink.accept(new MfaEntry(id, registered)));
        return new Page(null, null, mfa.size(), now);
    }

    @Override
    public int membersInAPage() {
        return MEMBERS;
    }

    @Override
    public synchronized void batch(List<Question> questions, AnswerSink sink, CallControl control) {
        call("batch " + questions.stream().map(question -> question.getClass().getSimpleName()).distinct().toList(),
                control);
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(question -> answer(question, sink));
    }

    private void answer(Question question, AnswerSink sink) {
        if (question instanceof Question.PeopleCount || question instanceof Question.GroupCount) {
            if (counts) {
                sink.counted(question, question instanceof Question.PeopleCount
                        ? live(users).size()
                        : live(groups).size());
            } else {
                sink.uncounted(question, uncounted());
            }
            return;
        }
        var asking = Asking.of(question);
        if (denied.computeIfPresent(asking.kind() + " " + asking.id(), (_, times) -> times - 1) instanceof Integer left
                && left >= 0) {
            sink.missing(question);
            return;
        }
        switch (question) {
            case Question.User of -> {
                if (!liveUser(of.id())) {
                    sink.missing(question);
                    return;
                }
                sink.user(question, entry(of.id(), known(users, of.id()).attributes));
                sink.ended(question, null);
            }
            case Question.Group of -> {
                if (!liveGroup(of.id())) {
                    sink.missing(question);
                    return;
                }
                sink.group(question, new GroupEntry(of.id(), known(groups, of.id()).attributes, false));
                sink.ended(question, null);
            }
            case Question.Members of -> {
                boolean hidden = liveGroup(of.group()) && !granted.contains("Member.Read.Hidden")
                        && "HiddenMembership".equals(known(groups, of.group()).attributes.text(GroupField.VISIBILITY));
                page(question, of.group(), of.link(), hidden ? List.of() : told(of.group()), sink,
                        edge -> sink.member(question, new MemberEntry(edge.member(), edge.type())));
            }
            case Question.DirectPeople of -> page(question, of.group(), of.link(), people(Set.of(of.group())), sink,
                    id -> sink.user(question, entry(id, known(users, id).attributes)));
            case Question.PeopleBelow of -> page(question, of.group(), of.link(), people(below(of.group())), sink,
                    id -> sink.user(question, entry(id, known(users, id).attributes)));
            case Question.GroupsBelow of -> {
                var ids = new ArrayList<>(below(of.group()));
                ids.remove(of.group());
                page(question, of.group(), of.link(), ids, sink,
                        id -> sink.group(question, new GroupEntry(id, known(groups, id).attributes, false)));
            }
            case Question.PeopleIn of -> page(question, of.group(), of.link(),
                    people(of.nested() ? below(of.group()) : Set.of(of.group())), sink,
                    id -> sink.user(question, entry(id, known(users, id).attributes)));
            case Question.GroupIdsBelow of -> {
                var ids = new ArrayList<>(below(of.group()));
                ids.remove(of.group());
                page(question, of.group(), of.link(), ids, sink,
                        id -> sink.member(question, new MemberEntry(id, MemberType.GROUP)));
            }
            case Question.PeopleCount _,Question.GroupCount _ -> throw new IllegalStateException("answered above");
            case Question.GroupsOfUser of -> above(question, of.user(), of.link(), liveUser(of.user()), sink);
            case Question.GroupsOfGroup of -> above(question, of.group(), of.link(), liveGroup(of.group()), sink);
        }
    }

    private void above(Question question, UUID id, @Nullable String link, boolean live, AnswerSink sink) {
        if (!live) {
            sink.missing(question);
            return;
        }
        var found = groups.keySet().stream().filter(this::liveGroup)
                .filter(group -> below(group).stream()
                        .anyMatch(each -> direct(each).stream().anyMatch(edge -> edge.member().equals(id))))
                .toList();
        pages(question, link, found, sink, group -> sink.member(question, new MemberEntry(group, MemberType.GROUP)));
    }

    private <T> void page(Question question, UUID group, @Nullable String link, List<T> all, AnswerSink sink,
            Consumer<T> each) {
        if (liveGroup(group)) {
            pages(question, link, all, sink, each);
        } else {
            sink.missing(question);
        }
    }

    private <T> void pages(Question question, @Nullable String link, List<T> all, AnswerSink sink, Consumer<T> each) {
        // The link names the id after which the page starts, so that nobody slips through when others leave.
        UUID after = link == null ? null : UUID.fromString(link.split(" ")[1]);
        var rest = all.stream().filter(one -> after == null || id(one).compareTo(after) > 0)
                .sorted(java.util.Comparator.comparing(FakeDirectory::id)).toList();
        var page = rest.subList(0, Math.min(MEMBERS, rest.size()));
        page.forEach(each);
        boolean more = rest.size() > MEMBERS && !(question instanceof Question.Members of && cut.remove(of.group()));
        sink.ended(question, more ? "p " + id(page.getLast()) : null);
    }

    private static UUID id(Object object) {
        return object instanceof Membership edge ? edge.member() : (UUID) object;
    }

    private List<Membership> direct(UUID group) {
        return liveEdges().stream().filter(edge -> edge.group().equals(group))
                .sorted(java.util.Comparator.comparing(Membership::member)).toList();
    }

    private List<Membership> told(UUID group) {
        return direct(group).stream().filter(edge -> !untold.contains(edge)).toList();
    }

    private Set<UUID> below(UUID group) {
        var reached = new LinkedHashSet<UUID>();
        var waiting = new java.util.ArrayDeque<>(List.of(group));
        while (!waiting.isEmpty()) {
            UUID next = waiting.remove();
            if (liveGroup(next) && reached.add(next)) {
                direct(next).stream().filter(edge -> edge.type() == MemberType.GROUP).map(Membership::member)
                        .forEach(waiting::add);
            }
        }
        return reached;
    }

    private List<UUID> people(Set<UUID> of) {
        return of.stream().flatMap(group -> direct(group).stream()).filter(edge -> edge.type() == MemberType.USER)
                .map(Membership::member).distinct().sorted().toList();
    }

    private boolean liveUser(UUID id) {
        return users.containsKey(id) && known(users, id).live;
    }

    private boolean liveGroup(UUID id) {
        return groups.containsKey(id) && known(groups, id).live;
    }

    @Override
    public synchronized long requests() {
        return requests;
    }

    @Override
    public void close() {}

    @Override
    public List<UserEntry> findUsers(String idOrUserName, CallControl control) {
        return List.of();
    }

    @Override
    public List<GroupEntry> findGroups(String idNameOrMail, CallControl control) {
        return List.of();
    }

    @Override
    public List<UserEntry> searchUsers(String text, int limit, CallControl control) {
        return List.of();
    }

    @Override
    public List<GroupEntry> searchGroups(String text, int limit, CallControl control) {
        return List.of();
    }

    @Override
    public synchronized Counts counts(CallControl control) {
        call("counts", control);
        if (!counts) {
            throw uncounted();
        }
        return new Counts(live(users).size(), live(groups).size());
    }

    @Override
    public Map<UUID, MemberCounts> memberCounts(List<UUID> groups, CallControl control) {
        return Map.of();
    }

    private static RollcallException uncounted() {
        return new RollcallException(ErrorKind.REFUSED, "graph.refused", "no count", "none");
    }

    private static <A> Thing<A> known(Map<UUID, Thing<A>> things, UUID id) {
        return requireNonNull(things.get(id));
    }
}
