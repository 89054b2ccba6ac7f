package org.rollcall.sync.read;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.UserField;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@NullMarked
class MirrorReaderTest {
    private static final ReadScope ALL = ReadScope.everyone();
    private static final StepClock CLOCK = new StepClock();

    @TempDir
    static Path folder;
    private static MirrorFixture fixture;

    private FakeDirectory directory = new FakeDirectory(1);
    private final List<UUID> people = new ArrayList<>();
    private final List<UUID> groups = new ArrayList<>();
    private long tenant;

    /// A clock that goes when told to.
    private static final class StepClock extends Clock {
        Instant now = Instant.parse("2026-03-01T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /// Stands for a kill: nothing in the reader knows it.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void open() {
        fixture = new MirrorFixture(folder, CLOCK);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @BeforeEach
    void tenant() {
        tenant = fixture.tenant();
    }

    /// 30 people, 9 groups: a chain with a circle, and one large group.
    private void populate() {
        people.clear();
        groups.clear();
        for (int i = 0; i < 30; i++) {
            people.add(directory.hire("person" + i));
        }
        for (int i = 0; i < 9; i++) {
            groups.add(directory.form("group" + i));
        }
        for (int i = 0; i < 5; i++) {
            directory.join(groups.get(i), groups.get(i + 1));
            directory.join(groups.get(i), people.get(i));
        }
        directory.join(groups.get(5), groups.get(3));
        people.subList(0, 20).forEach(person -> directory.join(groups.get(6), person));
        people.subList(10, 14).forEach(person -> directory.join(groups.get(5), person));
        directory.join(groups.get(7), new UUID(7, 7));
        directory.join(groups.get(8), people.get(29));
    }

    private Mirror mirror(ReadScope scope) {
        return fixture.mirror(tenant, scope);
    }

    private void assertTruth() {
        assertSame(directory.liveUsers().entrySet(), fixture.users(mirror(ALL)).entrySet());
        assertSame(directory.liveGroups().entrySet(), fixture.groups(mirror(ALL)).entrySet());
        assertSame(directory.liveEdges(), fixture.edges(mirror(ALL)));
        assertTrue(mirror(ALL).complete());
    }

    /// Equal sets; otherwise tells the differences only.
    private static <T> void assertSame(Set<T> expected, Set<T> actual) {
        var missing = new HashSet<>(expected);
        missing.removeAll(actual);
        var wrong = new HashSet<>(actual);
        wrong.removeAll(expected);
        assertEquals(Set.of(), missing, "missing");
        assertEquals(Set.of(), wrong, "not in the directory");
    }

    /// What a scope comes to, worked out from the truth.
    private void assertTruth(ReadScope scope) {
        var edges = directory.liveEdges();
        var nesting = new HashMap<UUID, List<UUID>>();
        edges.stream().filter(edge -> edge.type() == MemberType.GROUP).forEach(edge -> nesting
                .computeIfAbsent(edge.group(), key -> new ArrayList<>()).add(edge.member()));
        var held = new HashSet<>(scope.groupsToHold(nesting));
        held.retainAll(directory.liveGroups().keySet());
        var ofPeople = scope.groupsOfPeople(nesting);
        var wanted = edges.stream()
                .filter(edge -> edge.type() == MemberType.USER && ofPeople.contains(edge.group()))
                .map(Membership::member).collect(Collectors.toCollection(HashSet::new));
        wanted.addAll(scope.people());
        wanted.retainAll(directory.liveUsers().keySet());
        var users = new HashMap<>(directory.liveUsers());
        users.keySet().retainAll(wanted);
        assertSame(users.entrySet(), fixture.users(mirror(scope)).entrySet());
        var groupsHeld = new HashMap<>(directory.liveGroups());
        groupsHeld.keySet().retainAll(held);
        assertSame(groupsHeld.entrySet(), fixture.groups(mirror(scope)).entrySet());
        assertSame(edges.stream().filter(edge -> held.contains(edge.group())).collect(Collectors.toSet()),
                fixture.edges(mirror(scope)).stream().filter(this::live).collect(Collectors.toSet()));
    }

    /// Memberships of people and groups who are gone may be left in a mirror that does not hold these anyway.
    private boolean live(Membership edge) {
        return switch (edge.type()) {
            case USER -> directory.liveUsers().containsKey(edge.member());
            case GROUP -> directory.liveGroups().containsKey(edge.member());
            default -> true;
        };
    }

    private ReadResult read() {
        return fixture.read(tenant, ALL, directory);
    }

    @Test
    void firstReadBringsEverythingAndAnUnchangedOneCostsTwoRequests() {
        populate();
        ReadResult first = read();
        assertTrue(first.complete());
        assertTruth();
        assertEquals(first.requests(), directory.requests());
        assertEquals(30, evidence(first, "USERS").objects());
        assertEquals(5, evidence(first, "USERS").pages());
        assertEquals(9, evidence(first, "GROUPS").objects());

        ReadResult second = read();
        assertEquals(2, second.requests());
        assertEquals(List.of("GROUPS_DELTA", "USERS_DELTA"),
                second.evidence().stream().map(StreamEvidence::stream).sorted().toList());
        assertTruth();
    }

    private static StreamEvidence evidence(ReadResult result, String stream) {
        return result.evidence().stream().filter(each -> each.stream().equals(stream)).findFirst().orElseThrow();
    }

    @Test
    void changesOfEverySortAreFollowed() {
        populate();
        read();
        directory.rename(people.get(3), "renamed");
        directory.liveUser(people.get(4), false);
        UUID starter = directory.hire("starter");
        directory.join(groups.get(2), starter);
        directory.leave(groups.get(6), people.get(1));
        UUID team = directory.form("team");
        people.subList(5, 17).forEach(person -> directory.join(team, person));
        directory.join(groups.get(0), team);
        directory.liveGroup(groups.get(8), false);
        int before = directory.callsSeen.size();
        ReadResult result = read();
        assertTruth();
        assertFalse(directory.callsSeen.stream().skip(before).anyMatch(call -> call.startsWith("batch")),
                "what is new tells its members by itself");
        assertTrue(result.requests() < 12);
    }

    @Test
    void whoComesBackUnseenHasMembershipsAgain() {
        populate();
        directory.liveUser(people.get(2), false);
        directory.liveGroup(groups.get(4), false);
        read();
        assertTruth();
        directory.liveUser(people.get(2), true);
        directory.liveGroup(groups.get(4), true);
        read();
        assertTruth();
        directory.liveUser(people.get(11), false);
        directory.liveGroup(groups.get(5), false);
        read();
        assertTruth();
        directory.liveUser(people.get(11), true);
        directory.liveGroup(groups.get(5), true);
        read();
        assertTruth();
    }

    @Test
    void manyWhoComeBackAreFoundByReadingTheGroups() {
        populate();
        directory.allUsers().forEach(user -> directory.liveUser(user, false));
        read();
        directory.allUsers().forEach(user -> directory.liveUser(user, true));
        read();
        assertTruth();
        assertFalse(directory.callsSeen.stream().anyMatch(call -> call.contains("GroupsOfUser")));
    }

    @Test
    void changesDuringTheListsAreCaughtUp() {
        for (int seed = 0; seed < 12; seed++) {
            directory = new FakeDirectory(seed);
            tenant = fixture.tenant();
            populate();
            var random = new Random(seed);
            directory.before = call -> change(random);
            read();
            directory.before = call -> {};
            read();
            assertTruth();
        }
    }

    /// Any one change that Entra could see.
    private void change(Random random) {
        UUID person = people.get(random.nextInt(people.size()));
        UUID group = groups.get(random.nextInt(groups.size()));
        boolean live = directory.liveUsers().containsKey(person);
        boolean groupLive = directory.liveGroups().containsKey(group);
        switch (random.nextInt(10)) {
            case 0 -> directory.liveUser(person, !live);
            case 1 -> directory.liveGroup(group, !groupLive);
            case 2 -> directory.rename(person, "name" + random.nextInt(1000));
            case 3 -> people.add(directory.hire("new" + people.size()));
            case 4 -> groups.add(directory.form("new" + groups.size()));
            case 5, 6 -> {
                if (live && groupLive) {
                    directory.join(group, person);
                }
            }
            case 7 -> {
                UUID other = groups.get(random.nextInt(groups.size()));
                if (groupLive && directory.liveGroups().containsKey(other)) {
                    directory.join(group, other);
                }
            }
            default -> {
                if (live && groupLive) {
                    directory.leave(group, person);
                }
            }
        }
    }

    @Test
    void aKillAtAnyCallLosesNothing() {
        directory = new FakeDirectory(9);
        populate();
        long calls = read().requests();
        assertTrue(calls > 10);
        for (int at = 1; at <= calls; at++) {
            directory = new FakeDirectory(9);
            tenant = fixture.tenant();
            populate();
            killAt(at);
            var random = new Random(at);
            for (int i = 0; i < 4; i++) {
                change(random);
            }
            read();
            assertTruth();
        }
    }

    private void killAt(int call) {
        var count = new AtomicInteger();
        directory.before = what -> {
            if (count.incrementAndGet() == call) {
                throw new Killed();
            }
        };
        assertThrows(Killed.class, this::read);
        directory.before = what -> {};
        assertFalse(mirror(ALL).complete());
    }

    @Test
    void anInterruptedFirstReadGoesOnFromItsLastPage() {
        populate();
        killAt(9);
        ReadResult rest = read();
        assertTruth();
        assertEquals(30, evidence(rest, "USERS").objects());
        directory = new FakeDirectory(1);
        tenant = fixture.tenant();
        populate();
        assertTrue(read().requests() > rest.requests(), "going on is cheaper than beginning again");
    }

    @Test
    void killsAndChangesInAnyOrder() {
        for (int seed = 0; seed < 15; seed++) {
            directory = new FakeDirectory(seed);
            directory.sloppy = seed % 2 == 0;
            tenant = fixture.tenant();
            populate();
            var random = new Random(seed);
            for (int round = 0; round < 4; round++) {
                int until = random.nextInt(1, 12);
                var count = new AtomicInteger();
                directory.before = what -> {
                    change(random);
                    if (count.incrementAndGet() == until) {
                        throw new Killed();
                    }
                };
                try {
                    read();
                } catch (Killed e) {
                    assertFalse(mirror(ALL).complete());
                }
            }
            directory.before = what -> {};
            read();
            read();
            assertTruth();
        }
    }

    @Test
    void anExpiredDeltaLinkMeansAFullReadThatSweeps() {
        populate();
        read();
        directory.liveUser(people.get(5), false);
        directory.liveGroup(groups.get(7), false);
        directory.leave(groups.get(6), people.get(6));
        directory.rename(people.get(7), "other");
        directory.forgottenBelow = directory.place();
        read();
        assertTruth();
        assertEquals(2, mirror(ALL).generation());
        assertEquals(2, read().requests());
    }

    @Test
    void aDeltaLinkThatExpiresWithinAnInterruptedReadMeansAFullReadToo() {
        populate();
        killAt(8);
        directory.liveUser(people.get(5), false);
        directory.forgottenBelow = directory.place();
        read();
        assertTruth();
    }

    @Test
    void aDirectoryThatForgetsEveryLinkIsRefused() {
        populate();
        read();
        directory.before = what -> directory.forgottenBelow = Integer.MAX_VALUE;
        var e = assertThrows(RollcallException.class, this::read);
        assertEquals(ErrorKind.REFUSED, e.kind());
        assertFalse(mirror(ALL).complete());
    }

    @Test
    void aLostPageLinkGoesOnFromThePageBefore() {
        populate();
        var count = new AtomicInteger();
        directory.before = what -> {
            if (what.equals("users") && count.incrementAndGet() == 3) {
                throw new LinkExpiredException(LinkExpiredException.Link.PAGE, Map.of());
            }
        };
        read();
        assertTruth();
        assertEquals(1, mirror(ALL).generation());
        // Five pages, the third asked for in vain, the second asked for again.
        assertEquals(7, count.get());
    }

    @Test
    void aPageLinkLostTwiceStartsTheListAnew() {
        populate();
        var count = new AtomicInteger();
        directory.before = what -> {
            if (what.equals("users") && (count.incrementAndGet() == 4 || count.get() == 6)) {
                throw new LinkExpiredException(LinkExpiredException.Link.PAGE, Map.of());
            }
        };
        read();
        assertTruth();
        assertEquals(1, mirror(ALL).generation());
    }

    @Test
    void aLinkLostInABatchAsksThatGroupAgain() {
        populate();
        var count = new AtomicInteger();
        directory.before = what -> {
            if (what.contains("Members") && count.incrementAndGet() == 2) {
                throw new LinkExpiredException(LinkExpiredException.Link.PAGE, Map.of());
            }
        };
        read();
        assertTruth();
    }

    @Test
    void pagesWithoutEndAreRefused() {
        populate();
        for (String kind : List.of("same", "fresh")) {
            directory.endless = kind;
            var e = assertThrows(RollcallException.class, this::read);
            assertEquals("directory.endless", e.code());
            assertTrue(directory.requests() < 500);
        }
        directory.endless = "";
        read();
        assertTruth();
    }

    @Test
    void duplicatesAndDisorderChangeNothing() {
        directory.sloppy = true;
        populate();
        read();
        assertTruth();
        directory.liveUser(people.get(0), false);
        people.subList(20, 28).forEach(person -> directory.join(groups.get(8), person));
        directory.leave(groups.get(8), people.get(21));
        read();
        assertTruth();
    }

    @Test
    void hiddenMembersAreNotAskedForAndWhatIsKnownOfThemStays() {
        directory.granted = Set.of("Member.Read.Hidden");
        populate();
        directory.hideMembers(groups.get(6));
        read();
        assertTruth();
        directory.granted = Set.of();
        directory.forgottenBelow = directory.place() + 1;
        directory.rename(people.get(0), "x");
        read();
        assertTruth();
        assertEquals(2, mirror(ALL).generation());
    }

    @Test
    void anEntryWithNothingButAnIdHidesNothingKnown() {
        populate();
        read();
        Attributes<UserField> known = fixture.users(mirror(ALL)).get(people.get(2));
        directory.onlyIds.add(people.get(2));
        directory.forgottenBelow = directory.place() + 1;
        directory.rename(people.get(0), "x");
        read();
        assertEquals(known, fixture.users(mirror(ALL)).get(people.get(2)));
        assertTruth();
    }

    @Test
    void chosenGroupsAndPeopleAreFollowedThroughRandomChanges() {
        for (int seed = 0; seed < 16; seed++) {
            directory = new FakeDirectory(seed);
            tenant = fixture.tenant();
            populate();
            ReadScope scope = switch (seed % 4) {
                case 0 -> new ReadScope(false, Set.of(groups.get(1), groups.get(8)), true, Set.of(people.get(25)),
                        Set.of(groups.get(6)), Set.of());
                case 1 -> new ReadScope(false, Set.of(groups.get(4), groups.get(8)), false, Set.of(), Set.of(),
                        Set.of());
                case 2 -> new ReadScope(false, Set.of(), true, Set.copyOf(people.subList(3, 9)), Set.of(), Set.of());
                default -> new ReadScope(false, Set.of(groups.get(2)), false, Set.copyOf(people.subList(0, 2)),
                        Set.of(), Set.of(groups.get(2), groups.get(0)));
            };
            var random = new Random(seed);
            fixture.read(tenant, scope, directory);
            assertTruth(scope);
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 6; i++) {
                    change(random);
                }
                int until = random.nextInt(1, 8);
                var count = new AtomicInteger();
                directory.before = what -> {
                    if (count.incrementAndGet() == until) {
                        throw new Killed();
                    }
                };
                try {
                    fixture.read(tenant, scope, directory);
                } catch (Killed e) {
                    assertFalse(mirror(scope).complete());
                }
                directory.before = what -> {};
                fixture.read(tenant, scope, directory);
                assertTruth(scope);
                long before = directory.requests();
                fixture.read(tenant, scope, directory);
                assertEquals(seed % 4 == 2 ? 1 : 2, directory.requests() - before);
            }
        }
    }

    private MfaState mfaOf(int index) {
        return Objects.requireNonNull(fixture.people(mirror(ALL)).get(people.get(index))).mfa();
    }

    @Test
    void mfaStateIsReadOnceADayAndNeverStopsARead() {
        populate();
        directory.mfa.put(people.get(0), true);
        directory.mfa.put(people.get(1), false);
        read();
        assertEquals(MfaState.UNKNOWN, mfaOf(0));
        assertTrue(Objects.requireNonNull(mirror(ALL).mfaState()).contains("AuditLog.Read.All"));

        directory.granted = Set.of("AuditLog.Read.All");
        assertEquals(3, read().requests());
        assertEquals(MfaState.REGISTERED, mfaOf(0));
        assertEquals(MfaState.NOT_REGISTERED, mfaOf(1));
        assertEquals(MfaState.UNKNOWN, mfaOf(2));
        assertEquals(Mirror.MFA_AVAILABLE, mirror(ALL).mfaState());
        assertEquals(2, read().requests());

        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        directory.mfa.remove(people.get(0));
        ReadResult next = read();
        assertEquals(1, evidence(next, "MFA").objects());
        assertEquals(MfaState.REGISTERED, mfaOf(0), "to be absent says nothing");

        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        directory.before = what -> {
            if (what.equals("mfa")) {
                throw new RollcallException(ErrorKind.REFUSED, "graph.no-licence", "the tenant has no P1", "buy it");
            }
        };
        assertTrue(read().complete());
        assertEquals("the tenant has no P1", mirror(ALL).mfaState());
        assertEquals(MfaState.NOT_REGISTERED, mfaOf(1), "what was known stays");
        assertTruth();
    }

    @Test
    void whoComesBackHasTheMfaStateThatWasKnown() {
        populate();
        UUID person = people.get(0);
        directory.granted = Set.of("AuditLog.Read.All");
        directory.mfa.put(person, true);
        directory.mfa.put(people.get(1), false);
        read();
        goAndComeBack(person);
        read();
        assertEquals(MfaState.REGISTERED, mfaOf(0));

        goAndComeBack(person);
        directory.before = what -> {
            if (what.startsWith("batch")) {
                throw new RollcallException(ErrorKind.OFFLINE, "network.gone", "the network is gone", "try again");
            }
        };
        assertThrows(RollcallException.class, this::read);
        directory.before = _ -> {};
        read();
        assertEquals(MfaState.REGISTERED, mfaOf(0), "a read that was cut off brought the person");
    }

    /// The day's report is read only once.
    @Test
    void aNewerReportReadForAnotherImportReachesWhoeverChanges() {
        populate();
        directory.granted = Set.of("AuditLog.Read.All");
        directory.mfa.put(people.get(0), false);
        read();
        CLOCK.now = CLOCK.now.plus(Duration.ofHours(1));
        directory.mfa.put(people.get(0), true);
        fixture.read(tenant, new ReadScope(false, Set.of(), true, Set.of(people.get(0)), Set.of(), Set.of()),
                directory);
        directory.rename(people.get(1), "Somebody else");
        assertEquals(2, read().requests());
        assertEquals(MfaState.REGISTERED, mfaOf(0));
    }

    private void goAndComeBack(UUID person) {
        directory.liveUser(person, false);
        read();
        assertFalse(fixture.people(mirror(ALL)).containsKey(person));
        directory.liveUser(person, true);
    }

    @Test
    void aCancelledReadStopsAndGoesOnLater() {
        populate();
        var token = new CancelToken();
        directory.before = what -> {
            if (what.equals("groups")) {
                token.cancel();
            }
        };
        Mirror mirror = fixture.mirrorReader.mirror(tenant, ALL);
        assertThrows(CancellationException.class,
                () -> fixture.mirrorReader.read(mirror, ALL, directory, JobContext.silent(token)));
        assertFalse(mirror(ALL).complete());
        directory.before = what -> {};
        read();
        assertTruth();
    }

    @Test
    void oneScopeHasOneKeyHoweverItIsPut() {
        var a = new UUID(1, 1);
        var b = new UUID(2, 2);
        assertEquals(new ReadScope(false, Set.of(a), true, Set.of(), Set.of(b), Set.of(a)).key(),
                new ReadScope(false, Set.of(a), true, Set.of(), Set.of(a, b), Set.of()).key());
        assertFalse(new ReadScope(false, Set.of(a), false, Set.of(), Set.of(), Set.of()).key()
                .equals(new ReadScope(false, Set.of(a), true, Set.of(), Set.of(), Set.of()).key()));
        assertEquals(ALL, new ReadScope(true, Set.of(a), false, Set.of(b), Set.of(), Set.of()));
    }
}
