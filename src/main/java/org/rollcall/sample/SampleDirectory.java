package org.rollcall.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The truth of the sample tenant: its people and groups, who is in which group, and every change to them. Thread-safe.
///
/// Objects are named by object id, people also by user principal name and groups by display name (the first of that name).
/// Every change is written to the log that delta queries are answered from, with these of Entra's peculiarities: a person
/// softly deleted keeps his or her memberships and no group tells of it; a restored object appears as a new one, again
/// without a word from the groups it is in; a purge tells the groups.
///
/// Changes throw [IllegalArgumentException] where Entra would refuse: no such object, a user principal name that is taken,
/// a member that is one already.
public final class SampleDirectory implements SamplePeople {
    /// How long softly deleted objects can be restored.
    static final Duration RECYCLE_BIN = Duration.ofDays(30);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ChangeLog log = new ChangeLog();
    private final DirectoryState state;
    private final DirectoryChanges changes;
    private final Clock clock;
    private final SampleDomain domain;

    SampleDirectory(long seed, int people, int groups, long memberships, SampleDomain domain, Clock clock) {
        this.clock = clock;
        this.domain = domain;
        var ids = new ObjectIds(ObjectIds.mix(seed));
        var generator = new PeopleGenerator(seed, ids, domain);
        var groupGenerator = new GroupGenerator(seed, people, generator, ids, domain);
        groupGenerator.generate(groups, memberships);
        state = new DirectoryState(ids, generator, people, groupGenerator);
        changes = new DirectoryChanges(state, log, clock, domain);
        if (people >= 100) {
            // Two have left already: a first delta cycle may tell of them, and the recycle bin is not empty.
            state.delete(changes.hire(Map.of("displayName", "Former Employee")).ref(), clock.instant());
            state.delete(changes.hire(Map.of("displayName", "Past Intern")).ref(), clock.instant());
        }
    }

    SampleDomain domain() {
        return domain;
    }

    /// Looks at state and log while nothing changes them.
    <T> T read(Function<DirectoryState, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(state);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// To be used within [#read] only.
    ChangeLog log() {
        return log;
    }

    private <T> T write(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    // Truth

    /// How many people there are, deleted ones not counted.
    public int userCount() {
        return read(s -> s.alive(ObjectKind.USER));
    }

    /// How many groups there are, deleted ones not counted.
    public int groupCount() {
        return read(s -> s.alive(ObjectKind.GROUP));
    }

    /// How many direct memberships there are, those of deleted objects included.
    public long membershipCount() {
        return read(DirectoryState::memberships);
    }

    /// All people, deleted ones not. For a large tenant use [#forEach].
    public List<SampleObject> users() {
        return all(ObjectKind.USER);
    }

    /// All groups, deleted ones not.
    public List<SampleObject> groups() {
        return all(ObjectKind.GROUP);
    }

    private List<SampleObject> all(ObjectKind kind) {
        var list = new ArrayList<SampleObject>();
        forEach(kind, list::add);
        return list;
    }

    /// Hands over all living objects of that kind, one by one, while nothing changes.
    public void forEach(ObjectKind kind, Consumer<SampleObject> consumer) {
        read(s -> {
            for (int ref = s.next(kind, -1); ref >= 0; ref = s.next(kind, ref)) {
                SampleObject object = s.object(ref);
                if (object != null) {
                    consumer.accept(object);
                }
            }
            return true;
        });
    }

    /// A living person by object id or user principal name.
    public Optional<SampleObject> user(String idOrName) {
        return read(s -> changes.find(ObjectKind.USER, idOrName, false));
    }

    /// A living group by object id or display name; of several with one name the first.
    public Optional<SampleObject> group(String idOrName) {
        return read(s -> changes.find(ObjectKind.GROUP, idOrName, false));
    }

    /// Any object by id, also one softly deleted (it then has a `deletedDateTime`).
    public Optional<SampleObject> object(String id) {
        return read(s -> {
            OptionalInt ref = s.ids().ref(id);
            return ref.isPresent() && !s.isPurged(ref.getAsInt())
                    ? Optional.ofNullable(s.object(ref.getAsInt()))
                    : Optional.empty();
        });
    }

    /// Direct members of a group as Graph lists them: of every kind but service principals, deleted ones not.
    public List<SampleObject> directMembers(String group) {
        return read(s -> objects(s, s.members(groupRef(group))));
    }

    /// The people of a group through all nesting, each once, disabled ones included, deleted ones not.
    public List<SampleObject> effectiveMembers(String group) {
        return read(s -> objects(s, Nesting.below(s, groupRef(group))).stream()
                .filter(o -> o.kind() == ObjectKind.USER).toList());
    }

    /// Object ids of the groups that a person or group is in, through all nesting.
    public Set<String> groupsOf(String id) {
        return read(s -> {
            var ids = new LinkedHashSet<String>();
            s.ids().ref(id).ifPresent(ref -> Arrays.stream(Nesting.above(s, ref)).mapToObj(s.ids()::id)
                    .forEach(ids::add));
            return ids;
        });
    }

    private int groupRef(String group) {
        return changes.require(ObjectKind.GROUP, group, false).ref();
    }

    private static List<SampleObject> objects(DirectoryState s, int[] refs) {
        var list = new ArrayList<SampleObject>();
        for (int ref : refs) {
            SampleObject object = s.isAlive(ref) && isListed(ref) ? s.object(ref) : null;
            if (object != null) {
                list.add(object);
            }
        }
        return list;
    }

    /// Version 1.0 of Graph leaves service principals out of members.
    static boolean isListed(int ref) {
        return ObjectKind.of(ref) != ObjectKind.SERVICE_PRINCIPAL;
    }

    // Changes

    /// A new person. `displayName` is enough; everything else is made up to fit unless given.
    public SampleObject hire(Map<String, ?> properties) {
        return write(() -> changes.hire(properties));
    }

    /// Deletes a person softly: to the recycle bin for 30 days.
    public void leave(String user) {
        write(() -> changes.delete(ObjectKind.USER, user));
    }

    /// Deletes a person or group for good, from the recycle bin or directly.
    public void purge(String idOrName) {
        write(() -> changes.purge(idOrName));
    }

    /// Brings a softly deleted person or group back.
    public SampleObject restore(String idOrName) {
        return write(() -> changes.restore(idOrName));
    }

    /// Gives a person another user principal name and display name.
    public SampleObject rename(String user, String userPrincipalName, String displayName) {
        return write(() -> changes.rename(user, userPrincipalName, displayName));
    }

    /// Sets one property of a person or group by its Graph name; null clears it.
    public SampleObject update(String idOrName, String property,
            @org.jspecify.annotations.Nullable Object value) {
        return write(() -> changes.update(idOrName, property, value));
    }

    /// Enables or disables a person's account.
    public SampleObject setEnabled(String user, boolean enabled) {
        return update(user, "accountEnabled", enabled);
    }

    /// Registers a person for MFA, or removes the registration. Delta queries do not tell.
    public SampleObject setMfa(String user, boolean registered) {
        return write(() -> changes.setMfa(user, registered));
    }

    /// Adds a person, group or other object to a group.
    public void addMember(String group, String member) {
        write(() -> changes.link(group, member, true));
    }

    /// Takes a member out of a group.
    public void removeMember(String group, String member) {
        write(() -> changes.link(group, member, false));
    }

    /// Moves a member, a nested group as well, from one group to another.
    public void move(String member, String from, String to) {
        write(() -> {
            changes.link(from, member, false);
            return changes.link(to, member, true);
        });
    }

    /// A new security group. `displayName` is enough.
    public SampleObject createGroup(Map<String, ?> properties) {
        return write(() -> changes.createGroup(properties));
    }

    /// Deletes a group: softly, or for good if it is a distribution list, as Entra does.
    public void deleteGroup(String group) {
        write(() -> changes.delete(ObjectKind.GROUP, group));
    }

    /// Gives a group another display name.
    public SampleObject renameGroup(String group, String displayName) {
        return write(() -> changes.update(changes.require(ObjectKind.GROUP, group, false).id(), "displayName",
                displayName));
    }

    /// Whether a purge stays unmentioned in the delta of the groups, as is reported of Entra now and then.
    public void setPurgeSilent(boolean silent) {
        write(() -> changes.purgeSilent = silent);
    }

    /// Purges what was deleted 30 days ago or earlier by the tenant's clock.
    void emptyRecycleBin() {
        Instant limit = clock.instant().minus(RECYCLE_BIN);
        if (!read(s -> s.deletedBefore(limit)).isEmpty()) {
            write(() -> {
                state.deletedBefore(limit).forEach(changes::purge);
                return true;
            });
        }
    }

    // For sign-in

    @Override
    public Optional<Person> byUserName(String userPrincipalName) {
        return user(userPrincipalName).filter(o -> o.userPrincipalName().equalsIgnoreCase(userPrincipalName))
                .map(SampleDirectory::person);
    }

    @Override
    public Optional<Person> byObjectId(String id) {
        return user(id).filter(o -> o.id().equals(id)).map(SampleDirectory::person);
    }

    private static Person person(SampleObject o) {
        return new Person(o.id(), o.userPrincipalName(), o.displayName(), o.flag("accountEnabled"),
                "Guest".equals(o.get("userType")), o.flag(SampleSchema.MFA_REGISTERED),
                o.flag(SampleSchema.GLOBAL_ADMINISTRATOR));
    }
}
