package org.rollcall.sync.read;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.UserField;
import org.rollcall.source.GroupChange;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserChange;
import org.rollcall.store.MirrorRows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A failed, contradictory or partial answer is a question to ask again, never a fact.
@NullMarked
class DoubtTest {
    private static final ReadScope ALL = ReadScope.everyone();

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    static Path folder;
    private static final SetClock CLOCK = new SetClock();
    private static MirrorFixture fixture;
    private final FakeDirectory directory = new FakeDirectory(3);
    private final List<UUID> people = new ArrayList<>();
    private final List<UUID> groups = new ArrayList<>();
    private long tenant;

    private static final class SetClock extends Clock {
        Instant now = START;

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

    /// 20 people, of whom 0 to 9 are in group 0, 10 to 12 in group 1; group 2 holds group 1.
    @BeforeEach
    void populate() {
        CLOCK.now = START;
        fixture.waited = Duration.ZERO;
        tenant = fixture.tenant();
        for (int i = 0; i < 20; i++) {
            people.add(directory.hire("person" + i));
        }
        for (int i = 0; i < 3; i++) {
            groups.add(directory.form("group" + i));
        }
        people.subList(0, 10).forEach(person -> directory.join(groups.get(0), person));
        people.subList(10, 13).forEach(person -> directory.join(groups.get(1), person));
        directory.join(groups.get(2), groups.get(1));
    }

    @BeforeAll
    static void open() {
        fixture = new MirrorFixture(folder, CLOCK);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private ReadResult read() {
        return fixture.read(tenant, ALL, directory);
    }

    private Mirror mirror(ReadScope scope) {
        return fixture.mirror(tenant, scope);
    }

    private void assertTruth() {
        assertEquals(directory.liveUsers(), fixture.users(mirror(ALL)));
        assertEquals(directory.liveGroups(), fixture.groups(mirror(ALL)));
        assertEquals(directory.liveEdges(), fixture.edges(mirror(ALL)));
        assertTrue(mirror(ALL).complete());
    }

    private void loseLinks() {
        directory.rename(people.getLast(), "renamed");
        directory.forgottenBelow = directory.place();
    }

    private static List<ReadNote> notes(ReadResult result) {
        return result.evidence().stream().flatMap(stream -> stream.notes().stream()).toList();
    }

    private static String words(ReadResult result) {
        return notes(result).stream().map(note -> note.asked() + ": " + note.came()).toList().toString();
    }

    private static long askedAgain(ReadResult result) {
        return result.evidence().stream().filter(each -> each.stream().equals(Streams.ASKED_AGAIN))
                .mapToLong(StreamEvidence::requests).sum();
    }

    // "Not there" -------------------------------------------------------------------------------------------------------

    @Test
    void aListedGroupWhoseMembersAreNotThereOnceKeepsThem() {
        directory.denied.put("MEMBERS_OF " + groups.get(0), 1);
        ReadResult first = read();
        assertTruth();
        assertEquals(Duration.ofSeconds(5), fixture.waited);
        assertTrue(words(first).contains("the members of group " + groups.get(0)), words(first));
        assertTrue(words(first).contains("it is there"), words(first));
        assertTrue(askedAgain(first) >= 2);

        loseLinks();
        directory.denied.put("MEMBERS_OF " + groups.get(1), 1);
        read();
        assertTruth();
    }

    @Test
    void anObjectThatIsThereButWhoseMembersStayAwayEndsTheRead() {
        read();
        loseLinks();
        directory.denied.put("MEMBERS_OF " + groups.get(0), 2);
        var e = assertThrows(RollcallException.class, this::read);
        assertEquals(ErrorKind.REFUSED, e.kind());
        assertEquals("directory.contradiction", e.code());
        assertFalse(mirror(ALL).complete());
        assertEquals(directory.liveEdges(), fixture.edges(mirror(ALL)), "nothing was forgotten");
        assertTrue(fixture.mirrorReader.evidence(mirror(ALL).id()).stream()
                .anyMatch(stream -> !stream.notes().isEmpty()));
        read();
        assertTruth();
    }

    @Test
    void whatIsNotThereAgainIsGone() {
        directory.before = call -> {
            if (call.contains("Members")) {
                directory.before = other -> {};
                directory.liveGroup(groups.get(0), false);
            }
        };
        read();
        read();
        assertTruth();
        assertEquals(Duration.ofSeconds(5), fixture.waited);
    }

    @Test
    void chosenGroupsAndPeopleAreNotLostByOneMissingAnswer() {
        var scope = new ReadScope(false, Set.of(groups.get(0), groups.get(2)), true, Set.of(people.get(18)), Set.of(),
                Set.of());
        for (String kind : List.of("GROUP", "MEMBERS_OF", "GROUPS_BELOW", "PEOPLE_BELOW")) {
            directory.denied.put(kind + " " + groups.get(0), 1);
        }
        directory.denied.put("USER " + people.get(18), 1);
        fixture.read(tenant, scope, directory);
        assertEquals(14, fixture.users(mirror(scope)).size());
        assertEquals(3, fixture.groups(mirror(scope)).size());

        UUID late = people.get(15);
        directory.join(groups.get(0), late);
        directory.denied.put("USER " + late, 1);
        fixture.read(tenant, scope, directory);
        assertTrue(fixture.users(mirror(scope)).containsKey(late));
    }

    @Test
    void whoComesBackKeepsMembershipsThatOneAnswerDenies() {
        directory.liveUser(people.get(1), false);
        read();
        directory.liveUser(people.get(1), true);
        directory.denied.put("GROUPS_OF_USER " + people.get(1), 1);
        read();
        assertTruth();
    }

    @Test
    void somebodyChosenWhoIsGoneCostsOnePauseOnly() {
        var scope = new ReadScope(false, Set.of(groups.get(1), groups.get(2)), true, Set.of(people.get(19)), Set.of(),
                Set.of());
        fixture.read(tenant, scope, directory);
        directory.liveUser(people.get(19), false);
        directory.liveGroup(groups.get(2), false);
        fixture.read(tenant, scope, directory);
        fixture.waited = Duration.ZERO;
        for (int i = 15; i < 18; i++) {
            directory.join(groups.get(1), people.get(i));
            fixture.read(tenant, scope, directory);
            assertNotNull(fixture.people(mirror(scope)).get(people.get(i)));
        }
        assertEquals(Duration.ZERO, fixture.waited);

        directory.liveUser(people.get(19), true);
        fixture.read(tenant, scope, directory);
        assertNotNull(fixture.people(mirror(scope)).get(people.get(19)));
    }

    // Short lists -------------------------------------------------------------------------------------------------------

    @Test
    void whoIsMissingFromAFullReadIsAskedForAndStays() {
        read();
        loseLinks();
        directory.unlisted.addAll(people.subList(3, 8));
        directory.unlisted.add(groups.get(1));
        directory.counts = false;
        directory.rename(people.get(4), "renamed meanwhile");
        directory.liveUser(people.get(15), false);
        directory.forgottenBelow = directory.place();
        ReadResult result = read();
        assertTruth();
        assertEquals(2, mirror(ALL).generation());
        assertTrue(words(result).contains(people.get(3) + " was known and not in the lists"), words(result));
        assertTrue(askedAgain(result) > 0);
        assertTrue(words(result).contains("no count"), words(result));
        assertEquals(2, read().requests());
    }

    @Test
    void membershipsThatAFullReadDoesNotMeetAreAskedForAgain() {
        read();
        loseLinks();
        var edge = new Membership(groups.get(0), people.get(2), MemberType.USER);
        directory.untold.add(edge);
        directory.leave(groups.get(0), people.get(5));
        directory.forgottenBelow = directory.place();
        var asked = new ArrayList<String>();
        directory.before = call -> {
            if (call.contains("Members")) {
                asked.add(call);
                if (asked.size() > 1) {
                    directory.untold.clear();
                }
            }
        };
        read();
        assertTruth();
    }

    @Test
    void aFirstListThatIsShorterThanTheCountIsReadAgain() {
        directory.unlisted.addAll(people.subList(16, 20));
        directory.before = call -> {
            if (call.equals("user changes")) {
                directory.unlisted.clear();
            }
        };
        ReadResult result = read();
        assertTruth();
        assertTrue(words(result).contains("shorter than the directory's count"), words(result));
    }

    @Test
    void countingTakesNoRequestOfItsOwnWhereABatchHasRoom() {
        ReadResult first = read();
        assertEquals(0, askedAgain(first));
        assertEquals(1, directory.callsSeen.stream().filter(call -> call.contains("PeopleCount")).count());
        directory.counts = false;
        ReadResult again = fixture.readEverything(tenant, ALL, directory);
        assertEquals(first.requests(), again.requests());
        assertTrue(words(again).contains("no count"), words(again));
        assertTruth();
    }

    @Test
    void listsThatStayShortEndTheRead() {
        directory.unlisted.addAll(people.subList(16, 20));
        var e = assertThrows(RollcallException.class, this::read);
        assertEquals("directory.short-list", e.code());
        directory.unlisted.clear();
        read();
        assertTruth();
    }

    @Test
    void membersWhoseListEndsOnAFullPageAreReadAgain() {
        directory.cut.add(groups.get(0));
        ReadResult result = read();
        assertTruth();
        assertTrue(words(result).contains("ended with a full page"), words(result));
        assertEquals(2, read().requests());
    }

    @Test
    void peopleBelowAChosenGroupWhomNoMembersLeadToAreAskedForAgain() {
        var scope = new ReadScope(false, Set.of(groups.get(0), groups.get(2)), true, Set.of(), Set.of(), Set.of());
        var all = Set.copyOf(people.subList(0, 13));
        directory.untold.add(new Membership(groups.get(0), people.get(2), MemberType.USER));
        directory.untold.add(new Membership(groups.get(2), groups.get(1), MemberType.GROUP));
        var asked = new ArrayList<String>();
        directory.before = call -> {
            if (call.contains("PeopleBelow") && asked.isEmpty()) {
                asked.add(call);
            } else if (call.contains("PeopleBelow")) {
                directory.untold.clear();
            }
        };
        ReadResult result = fixture.read(tenant, scope, directory);
        assertEquals(all, fixture.users(mirror(scope)).keySet());
        assertEquals(3, fixture.groups(mirror(scope)).size());
        assertEquals(14, fixture.edges(mirror(scope)).size());
        assertTrue(words(result).contains("they agree"), words(result));
    }

    @Test
    void membersThatStayShortEndAReadOfChosenGroups() {
        var scope = new ReadScope(false, Set.of(groups.get(0)), false, Set.of(), Set.of(), Set.of());
        directory.untold.add(new Membership(groups.get(0), people.get(2), MemberType.USER));
        var e = assertThrows(RollcallException.class, () -> fixture.read(tenant, scope, directory));
        assertEquals("directory.short-members", e.code());
        directory.untold.clear();
        fixture.read(tenant, scope, directory);
        assertEquals(10, fixture.users(mirror(scope)).size());
    }

    // Contradictions and parts ------------------------------------------------------------------------------------------

    private GroupChange.Upsert edge(UUID group, UUID member, boolean come) {
        var entry = List.of(new MemberEntry(member, MemberType.USER));
        return new GroupChange.Upsert(group, Attributes.builder(GroupField.class).build(), Set.of(),
                come ? entry : List.of(), come ? List.of() : entry);
    }

    @Test
    void anEdgeToldBothWaysIsAskedFor() {
        for (boolean member : List.of(true, false)) {
            for (List<Boolean> order : List.of(List.of(true, false), List.of(false, true), List.of(false, true, true),
                    List.of(true, false, false))) {
                tenant = fixture.tenant();
                read();
                UUID who = member ? people.get(3) : people.get(17);
                directory.groupChanges = changes -> {
                    var told = new ArrayList<>(changes);
                    for (boolean come : order) {
                        told.add(edge(groups.get(0), who, come));
                        // On pages of their own.
                        for (int i = 0; i < 4; i++) {
                            told.add(edge(groups.get(2), people.get(19), false));
                        }
                    }
                    return told;
                };
                ReadResult result = read();
                directory.groupChanges = changes -> changes;
                assertTruth();
                assertTrue(words(result).contains("told both ways: it is " + (member ? "a member" : "not a member")),
                        words(result));
            }
        }
    }

    @Test
    void aPersonOfWhomOnlyAPartIsToldIsLookedUp() {
        read();
        UUID hired = directory.hire("unknown");
        directory.join(groups.get(0), hired);
        directory.userChanges = changes -> changes.stream().map(change -> change.id().equals(hired)
                ? new UserChange.Upsert(hired,
                        Attributes.builder(UserField.class).set(UserField.ACCOUNT_ENABLED, true).build(),
                        EnumSet.of(UserField.ACCOUNT_ENABLED))
                : change).toList();
        ReadResult result = read();
        assertTruth();
        assertTrue(words(result).contains("person " + hired), words(result));
    }

    @Test
    void aGroupOfWhichOnlyMembersAreToldIsLookedUp() {
        read();
        UUID formed = directory.form("unknown");
        people.subList(0, 6).forEach(person -> directory.join(formed, person));
        directory.groupChanges = changes -> changes.stream().filter(change -> change.id().equals(formed)).limit(1)
                .map(change -> (GroupChange) edge(formed, people.get(0), true)).toList();
        ReadResult result = read();
        directory.groupChanges = changes -> changes;
        assertTruth();
        assertTrue(words(result).contains("group " + formed), words(result));
    }

    // Empty pages -------------------------------------------------------------------------------------------------------

    @Test
    void emptyPagesWithNewLinksAreFollowed() {
        read();
        directory.rename(people.get(3), "renamed");
        directory.emptyPages = 400;
        assertTrue(read().requests() > 400);
        assertTruth();
    }

    @Test
    void aRoundWithTooManyEmptyPagesGoesOnAtItsPlace() {
        read();
        directory.rename(people.get(3), "renamed");
        directory.emptyPages = 1_500;
        assertEquals("directory.endless", assertThrows(RollcallException.class, this::read).code());
        int left = directory.emptyPages;
        assertTrue(left < 600, "a thousand pages were followed");
        directory.rename(people.get(4), "renamed since");
        read();
        assertEquals(0, directory.emptyPages);
        assertTruth();
    }

    @Test
    void aRoundThatWasCutOffIsFollowedByAnotherOne() {
        read();
        people.subList(0, 12).forEach(person -> directory.rename(person, "renamed " + person));
        var pages = new ArrayList<String>();
        directory.before = call -> {
            if (call.equals("user changes")) {
                pages.add(call);
                if (pages.size() == 3) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThrows(IllegalStateException.class, this::read);
        directory.rename(people.get(15), "renamed since");
        directory.leave(groups.get(0), people.get(5));
        assertEquals(3, read().requests(), "the groups' changes, the rest of the round, and what came since");
        assertTruth();
        assertEquals(2, read().requests());
    }

    // Everything again --------------------------------------------------------------------------------------------------

    @Test
    void everythingIsReadAgainWhenAskedForAndOnceAMonth() {
        read();
        Instant first = Objects.requireNonNull(mirror(ALL).fullReadAt());
        // Something that no change ever told.
        fixture.database.transaction(() -> new org.rollcall.store.MirrorRows(fixture.database)
                .removeUsers(mirror(ALL).id(), people.subList(0, 3)));
        assertEquals(2, read().requests());
        assertEquals(17, fixture.users(mirror(ALL)).size());
        fixture.readEverything(tenant, ALL, directory);
        assertTruth();
        assertEquals(2, mirror(ALL).generation());

        CLOCK.now = CLOCK.now.plus(Duration.ofDays(29));
        assertEquals(2, read().requests());
        assertEquals(first, mirror(ALL).fullReadAt());
        CLOCK.now = CLOCK.now.plus(Duration.ofDays(1));
        assertTrue(read().requests() > 2);
        assertEquals(CLOCK.now, mirror(ALL).fullReadAt());
        assertEquals(2, read().requests());
    }

    // Both ways compared ------------------------------------------------------------------------------------------------

    private static List<ReadNote> proof(ReadResult result) {
        return result.evidence().stream().filter(each -> each.stream().equals(StreamEvidence.PROOF))
                .flatMap(each -> each.notes().stream()).toList();
    }

    private ReadResult readAfterAMonth() {
        CLOCK.now = CLOCK.now.plus(MirrorReader.FULL_READ_EVERY);
        return read();
    }

    @Test
    void onceAMonthWhatTheChangesMadeIsComparedWithWhatThereIs() {
        read();
        directory.rename(people.get(1), "renamed");
        directory.leave(groups.get(0), people.get(2));
        assertEquals(List.of(), proof(read()));
        directory.rename(people.get(3), "renamed in the month");
        directory.hire("hired in the month");
        var same = proof(readAfterAMonth());
        assertEquals(List.of("it is as the changes had told"), same.stream().map(ReadNote::came).toList());
        assertFalse(same.getFirst().attention());
        assertTruth();
        assertEquals(2, read().requests());
    }

    @Test
    void whatNoChangeToldIsReportedAndPutRight() {
        read();
        var rows = new MirrorRows(fixture.database);
        long id = mirror(ALL).id();
        fixture.database.transaction(() -> {
            rows.removeUsers(id, people.subList(15, 16));
            rows.putUsers(id, 1, Map.of(people.get(16), Attributes.builder(UserField.class).build()));
            rows.removeEdges(id,
                    List.of(new Membership(groups.get(1), people.get(11), MemberType.USER)));
            rows.putEdges(id, 1, List.of(new Membership(groups.get(2), people.get(0), MemberType.USER)));
        });
        var differences = proof(readAfterAMonth());
        assertEquals(Set.of(people.get(15), people.get(16), groups.get(1), groups.get(2)), differences.stream()
                .map(ReadNote::objectId).filter(Objects::nonNull).collect(Collectors.toSet()), differences.toString());
        assertTrue(differences.getLast().attention());
        assertTrue(differences.getLast().came().startsWith("4 differences"), differences.toString());
        assertTruth();
        assertEquals(1, proof(readAfterAMonth()).size(), "the month after");
    }

    @Test
    void whatHappensDuringTheFullReadIsNoDifference() {
        read();
        var once = new AtomicBoolean(true);
        directory.before = call -> {
            if (call.equals("users") && once.getAndSet(false)) {
                directory.rename(people.get(1), "renamed just now");
                directory.liveUser(people.get(2), false);
                directory.leave(groups.get(0), people.get(3));
                directory.join(groups.get(1), directory.hire("hired just now"));
            }
        };
        var same = proof(readAfterAMonth());
        assertFalse(once.get());
        assertEquals(List.of("it is as the changes had told"), same.stream().map(ReadNote::came).toList());
        directory.before = call -> {};
        assertTruth();
    }

    @Test
    void aLostLinkLeavesNothingToCompareAndIsSaid() {
        read();
        loseLinks();
        ReadResult result = readAfterAMonth();
        assertEquals(List.of(), proof(result));
        assertTruth();
        loseLinks();
        assertTrue(read().evidence().stream().anyMatch(each -> each.stream().equals(StreamEvidence.LINK_LOST)));
    }

    // The MFA report ----------------------------------------------------------------------------------------------------

    private MfaState mfaOf(ReadScope scope, int index) {
        return Objects.requireNonNull(fixture.people(mirror(scope)).get(people.get(index))).mfa();
    }

    private void refuseReport() {
        directory.before = call -> {
            if (call.equals("mfa")) {
                throw new RollcallException(ErrorKind.REFUSED, "graph.no-licence", "the tenant has no P1", "buy it");
            }
        };
    }

    @Test
    void aRefusedReportKeepsWhatIsKnownAndSaysSoUntilItIsReadAgain() {
        directory.granted = Set.of("AuditLog.Read.All");
        directory.mfa.put(people.get(0), true);
        directory.mfa.put(people.get(1), false);
        read();
        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        refuseReport();
        for (int i = 0; i < 2; i++) {
            ReadResult result = read();
            assertEquals(MfaState.REGISTERED, mfaOf(ALL, 0));
            assertEquals(MfaState.NOT_REGISTERED, mfaOf(ALL, 1));
            assertTrue(notes(result).stream().anyMatch(ReadNote::attention), words(result));
            assertTrue(words(result).contains("the states of 2026-03-01T08:00:00Z are kept"), words(result));
        }
        directory.before = call -> {};
        assertEquals(List.of(), notes(read()));
    }

    @Test
    void whoComesIntoScopeAfterTheReportWasInItNevertheless() {
        directory.granted = Set.of("AuditLog.Read.All");
        people.forEach(person -> directory.mfa.put(person, true));
        var scope = new ReadScope(false, Set.of(groups.get(1)), true, Set.of(), Set.of(), Set.of());
        fixture.read(tenant, scope, directory);
        refuseReport();
        directory.join(groups.get(1), people.get(18));
        fixture.read(tenant, scope, directory);
        assertEquals(MfaState.REGISTERED, mfaOf(scope, 18));
        read();
        assertEquals(MfaState.REGISTERED, mfaOf(ALL, 5), "another choice of people, and no report");
    }

    @Test
    void anUnusableLineIsUnknownAndHidesNothingKnown() {
        directory.granted = Set.of("AuditLog.Read.All");
        directory.mfa.put(people.get(0), true);
        directory.mfa.put(people.get(1), false);
        read();
        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        directory.mfa.put(people.get(0), null);
        directory.mfa.put(people.get(2), null);
        ReadResult result = read();
        assertEquals(MfaState.REGISTERED, mfaOf(ALL, 0));
        assertEquals(MfaState.UNKNOWN, mfaOf(ALL, 2));
        assertTrue(notes(result).stream().anyMatch(ReadNote::attention), words(result));

        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        directory.mfa = new HashMap<>();
        result = read();
        assertEquals(MfaState.REGISTERED, mfaOf(ALL, 0), "an empty report says nothing about anybody");
        assertTrue(notes(result).stream().anyMatch(ReadNote::attention), words(result));
    }

    @Test
    void toBeAbsentFromTheReportSaysNothing() {
        directory.granted = Set.of("AuditLog.Read.All");
        people.forEach(person -> directory.mfa.put(person, true));
        read();
        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        directory.mfa.remove(people.get(0));
        directory.mfa.remove(people.get(1));
        ReadResult few = read();
        assertEquals(MfaState.REGISTERED, mfaOf(ALL, 0));
        assertTrue(words(few).contains("2 people who are enabled are not in it"), words(few));
        assertFalse(notes(few).stream().anyMatch(ReadNote::attention), words(few));

        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        people.subList(0, 12).forEach(directory.mfa::remove);
        ReadResult broken = read();
        assertEquals(MfaState.REGISTERED, mfaOf(ALL, 11));
        assertTrue(notes(broken).stream().anyMatch(ReadNote::attention), words(broken));

        CLOCK.now = CLOCK.now.plus(Duration.ofHours(25));
        people.forEach(person -> directory.mfa.put(person, false));
        ReadResult whole = read();
        assertEquals(List.of(), notes(whole));
        assertEquals(MfaState.NOT_REGISTERED, mfaOf(ALL, 11));
    }

    @Test
    void withoutAnyReportEverNobodyIsGuessed() {
        directory.granted = Set.of("AuditLog.Read.All");
        refuseReport();
        ReadResult result = read();
        assertEquals(MfaState.UNKNOWN, mfaOf(ALL, 0));
        assertFalse(notes(result).stream().anyMatch(ReadNote::attention), words(result));
        assertEquals(2, read().requests(), "it is asked for once a day");
    }
}
