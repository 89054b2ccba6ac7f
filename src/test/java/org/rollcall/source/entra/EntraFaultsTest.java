package org.rollcall.source.entra;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserField;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.AnswerSink;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserEntry;

import static org.junit.jupiter.api.Assertions.*;

/// Every fault of the sample tenant has a defined outcome. Nobody waits here: waits are noted.
class EntraFaultsTest {
    private static SampleTenant tenant;
    private DirectoryReader reader;
    private final RecordedControl control = new RecordedControl();

    @BeforeAll
    static void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(1200).withGroups(60));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @BeforeEach
    void open() {
        tenant.faults().clear();
        reader = new EntraConnector(Clock.systemUTC()).open(Connections.to(tenant));
    }

    @AfterEach
    void close() {
        tenant.faults().clear();
        reader.close();
    }

    private List<UserEntry> users() {
        var users = new ArrayList<UserEntry>();
        String link = null;
        do {
            link = reader.users(link, users::add, control).next();
        } while (link != null);
        return users;
    }

    private RollcallException refused(Runnable call) {
        return assertThrows(RollcallException.class, call::run);
    }

    @ParameterizedTest
    @ValueSource(strings = { "throttle@1", "throttle-bare@1", "throttle-fraction@2", "throttle-list@1", "unavailable@2",
            "gateway-timeout@1", "reset@2", "truncate@1", "malformed@2", "not-json@1", "token-expired@2",
            "duplicate-names@1", "error-in-answer@2", "long-value@1", "wrong-id@2", "deep@1" })
    void passingFaultsAreSatThroughAndShowNothingTwice(String fault) {
        tenant.faults().set(fault);
        List<UserEntry> users = users();
        assertEquals(1200, users.size(), "a page that broke off shows nothing");
        assertEquals(1200, users.stream().map(UserEntry::id).distinct().count());
        assertEquals(3, reader.requests(), "the retry counts");
        // A fresh token is asked for at once; a kept connection that turns out dead is replaced by the HTTP client.
        boolean atOnce = fault.startsWith("token-expired") || fault.startsWith("reset");
        assertEquals(atOnce ? 0 : 1, control.waits.size());
    }

    @Test
    void retryAfterIsObeyedInEveryForm() {
        tenant.faults().set("throttle@1;after=7,throttle-fraction@1,throttle-list@1");
        users();
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofMillis(300), Duration.ofSeconds(1)), control.waits);
    }

    @Test
    void endlessThrottlingEndsWithPatience() {
        tenant.faults().set("throttle;after=50");
        RollcallException e = refused(this::users);
        assertEquals(ErrorKind.THROTTLED, e.kind());
        assertEquals(List.of(Duration.ofSeconds(50), Duration.ofSeconds(50)), control.waits);
    }

    @Test
    void endlessFaultsOfTheServerEndOffline() {
        tenant.faults().set("unavailable");
        RollcallException e = refused(this::users);
        assertEquals(ErrorKind.OFFLINE, e.kind());
        assertEquals("graph.unavailable", e.code());
        assertTrue(control.waits.stream().reduce(Duration.ZERO, Duration::plus).toSeconds() <= 120);
    }

    @Test
    void whatIsNotJsonIsAskedForAFewTimesOnly() {
        tenant.faults().set("not-json");
        RollcallException e = refused(this::users);
        assertEquals(ErrorKind.REFUSED, e.kind());
        assertEquals("directory.not-json", e.code());
        assertEquals(3, control.waits.size());
    }

    /// Code of the error and what its words have to name.
    @ParameterizedTest
    @CsvSource({ "duplicate-names,directory.not-json,JSON", "error-in-answer,graph.error-in-answer,UnknownError",
            "long-value,directory.unusable,more than 4000 characters in displayName of",
            "wrong-id,directory.unusable,1-1-1-1-1", "deep,directory.not-json,JSON",
            "endless-objects,directory.too-large,without end" })
    void answersThatAreWrongThroughoutAreRefusedWithWords(String fault, String code, String words) {
        tenant.faults().set(fault);
        RollcallException e = refused(this::users);
        assertEquals(code, e.code());
        assertTrue(e.message().contains(words), e.message());
        assertFalse(e.message().contains("xxxx"), "nothing is quoted that may be somebody's");
        assertTrue(control.waits.stream().reduce(Duration.ZERO, Duration::plus).toSeconds() <= 60,
                control.waits::toString);
    }

    /// The organisation, changes of people and of groups, the report, and single objects are read by readers of their own.
    @ParameterizedTest
    @ValueSource(strings = { "duplicate-names", "error-in-answer", "wrong-id", "deep" })
    void everyKindOfAnswerIsLookedAt(String fault) {
        String users = Objects.requireNonNull(reader.latestUsers(Set.of(), control).delta());
        String groups = Objects.requireNonNull(reader.latestGroups(Set.of(), control).delta());
        SampleObject person = tenant.directory().users().getFirst();
        tenant.directory().update(person.id(), "jobTitle", "Other " + fault);
        SampleObject group = tenant.directory().groups().getFirst();
        tenant.directory().update(group.id(), "description", "Other " + fault);
        tenant.faults().set(fault);
        refused(() -> reader.organization(control));
        refused(() -> reader.userChanges(users, change -> {}, control));
        refused(() -> reader.groupChanges(groups, change -> {}, control));
        refused(() -> reader.mfaReport(null, line -> {}, control));
        refused(() -> reader.findUsers(person.id(), control));
        refused(() -> reader.findGroups(group.id(), control));
        refused(() -> reader.batch(List.of(new Question.Members(largest(), null)), new Members(), control));
    }

    private UUID largest() {
        return UUID.fromString(tenant.directory().groups().stream()
                .filter(group -> !Objects.equals(group.text("visibility"), "HiddenMembership"))
                .max(java.util.Comparator.comparing(group -> tenant.directory().directMembers(group.id()).size()))
                .orElseThrow().id());
    }

    @Test
    void anAnswerThatComesByteByByteEnds() {
        tenant.faults().set("drip;ms=200");
        long begun = System.nanoTime();
        var impatient = new CallControl() {
            @Override
            public void checkCancelled() {
                control.checkCancelled();
            }

            @Override
            public void pause(Duration time, String reason) {
                control.pause(time, reason);
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(1);
            }
        };
        RollcallException e = refused(() -> reader.organization(impatient));
        assertEquals("network.slow", e.code());
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
    }

    @Test
    void timesAreCutNotRounded() {
        tenant.faults().set("fine-times");
        assertEquals(Set.of(Instant.parse("2025-12-31T23:59:59.999999Z")), users().stream()
                .map(user -> user.attributes().instant(UserField.CREATED_DATE_TIME)).collect(Collectors.toSet()));
    }

    @Test
    void peopleOfATypeDerivedFromUserArePeople() {
        tenant.faults().set("derived-types");
        UUID group = largest();
        var types = new HashSet<MemberType>();
        reader.batch(List.of(new Question.Members(group, null)), new AnswerSink() {
            @Override
            public void user(Question question, UserEntry user) {
                fail("nobody asked for people");
            }

            @Override
            public void group(Question question, GroupEntry found) {
                fail("nobody asked for groups");
            }

            @Override
            public void member(Question question, MemberEntry member) {
                types.add(member.type());
            }

            @Override
            public void ended(Question question, @Nullable String next) {}

            @Override
            public void missing(Question question) {
                fail("it is there");
            }
        }, control);
        assertTrue(types.contains(MemberType.USER), types::toString);
        assertFalse(types.contains(MemberType.UNKNOWN), types::toString);
    }

    @Test
    void aRefusedOrganizationIsNamed() {
        tenant.faults().set("no-permission;path=organization");
        RollcallException e = refused(() -> reader.organization(control));
        assertEquals("graph.permission", e.code());
        assertTrue(e.message().contains("organization"), e.message());
        assertTrue(e.remedy().contains("Organization.Read.All"), e.remedy());
    }

    @Test
    void aTokenThatIsRefusedTwiceIsRefused() {
        tenant.faults().set("token-expired");
        RollcallException e = refused(this::users);
        assertEquals("graph.token-refused", e.code());
        assertEquals(List.of(), control.waits);
    }

    @Test
    void missingPermissionNamesWhatToGrant() {
        tenant.faults().set("no-permission");
        RollcallException e = refused(this::users);
        assertEquals("graph.permission", e.code());
        assertEquals(ErrorKind.REFUSED, e.kind());
        assertTrue(e.remedy().contains("User.Read.All"), e.remedy());
    }

    @ParameterizedTest
    @ValueSource(strings = { "delta-expired-410", "delta-expired-400", "delta-bad-token" })
    void expiredDeltaLinksAreKnownInAllForms(String fault) {
        String link = Objects.requireNonNull(reader.latestUsers(Set.of(), control).delta());
        tenant.faults().set(fault);
        var e = assertThrows(LinkExpiredException.class, () -> reader.userChanges(link, change -> {}, control));
        assertEquals(LinkExpiredException.Link.DELTA, e.link());
    }

    @ParameterizedTest
    @ValueSource(strings = { "page-token", "page-token-lost" })
    void lostPagesAreKnown(String fault) {
        String link = Objects.requireNonNull(reader.users(null, user -> {}, control).next());
        tenant.faults().set(fault);
        var e = assertThrows(LinkExpiredException.class, () -> reader.users(link, user -> {}, control));
        assertEquals(LinkExpiredException.Link.PAGE, e.link());
    }

    private static final class Members implements AnswerSink {
        final Set<String> edges = new HashSet<>();
        int answers;

        @Override
        public void user(Question question, UserEntry user) {
            fail("nobody asked for people");
        }

        @Override
        public void group(Question question, GroupEntry group) {
            fail("nobody asked for groups");
        }

        @Override
        public void member(Question question, MemberEntry member) {
            assertTrue(edges.add(((Question.Members) question).group() + " " + member.id()), "comes once");
        }

        @Override
        public void ended(Question question, @Nullable String next) {
            answers++;
        }

        @Override
        public void missing(Question question) {
            fail("all are there");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "batch-throttle:0.4;max=12", "batch-throttle;max=20;after=3", "batch-missing:0.3;max=9",
            "reset@1", "truncate@1", "malformed@1", "throttle@1", "token-expired@1", "error-in-answer:0.4;max=5",
            "duplicate-names:0.3;max=3", "wrong-id:0.3;max=3" })
    void batchesAskAgainForWhatDidNotComeAndForNothingElse(String fault) {
        tenant.faults().set(fault);
        List<SampleObject> groups = tenant.directory().groups().stream()
                .filter(group -> !Objects.equals(group.text("visibility"), "HiddenMembership"))
                .filter(group -> tenant.directory().directMembers(group.id()).size() < 999).limit(20).toList();
        List<Question> questions = groups.stream()
                .<Question>map(group -> new Question.Members(UUID.fromString(group.id()), null)).toList();
        var members = new Members();
        reader.batch(questions, members, control);
        assertEquals(20, members.answers);
        assertEquals(groups.stream().flatMap(group -> tenant.directory().directMembers(group.id()).stream()
                .map(member -> group.id() + " " + member.id())).collect(Collectors.toSet()), members.edges);
    }

    @Test
    void linksToOtherServersAreNotFollowed() {
        long before = reader.requests();
        RollcallException e = refused(() -> reader.users("https://evil.example/v1.0/users?$skiptoken=1", user -> {},
                control));
        assertEquals("directory.foreign-link", e.code());
        assertEquals(before, reader.requests());
        assertEquals("directory.foreign-link", refused(() -> reader.batch(List.of(new Question.Members(
                UUID.randomUUID(), "https://localhost:1/v1.0/groups/x/members")), new Members(), control)).code());
    }

    @Test
    void objectsOfWhichOnlyTheIdShowsAreMarked() {
        tenant.faults().set("id-only");
        var only = new ArrayList<UserEntry>();
        reader.users(null, only::add, control);
        for (UserEntry user : only) {
            assertEquals(user.attributes().text(UserField.USER_PRINCIPAL_NAME) == null,
                    user.onlyId());
        }
        assertEquals(999, only.size());
    }

    @Test
    void cancellingBreaksOffARequestUnderWay() throws Exception {
        reader.permissions(control);
        tenant.faults().set("slow;ms=20000");
        var read = CompletableFuture.runAsync(this::users);
        control.cancelled = true;
        var thrown = assertThrows(ExecutionException.class, read::get);
        assertInstanceOf(CancellationException.class, thrown.getCause());
    }

    @Test
    void whereNobodyListensTheFirstCallFailsAtOnce() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Connection good = Connections.to(tenant);
        var elsewhere = new Connection(good.tenant(), good.clientId(), good.authorityUrl(),
                "https://localhost:" + port, good.caPem(), null, good.credential());
        try (var lost = new EntraConnector(Clock.systemUTC()).open(elsewhere)) {
            RollcallException e = refused(() -> lost.users(null, user -> {}, control));
            assertEquals(ErrorKind.OFFLINE, e.kind());
            assertEquals("network.refused", e.code());
            assertEquals(List.of(), control.waits);
        }
    }
}
