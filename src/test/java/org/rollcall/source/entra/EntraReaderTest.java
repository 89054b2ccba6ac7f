package org.rollcall.source.entra;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.UserField;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.AnswerSink;
import org.rollcall.source.DirectoryReader.Page;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupChange;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserChange;
import org.rollcall.source.UserEntry;

import static org.junit.jupiter.api.Assertions.*;

/// What the reader reads against what the tenant holds, over real HTTPS.
class EntraReaderTest {
    private static SampleTenant tenant;
    private DirectoryReader reader;
    private final RecordedControl control = new RecordedControl();

    @BeforeAll
    static void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults());
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @BeforeEach
    void open() {
        tenant.log().reset();
        reader = new EntraConnector(Clock.systemUTC()).open(Connections.to(tenant));
    }

    @AfterEach
    void close() {
        reader.close();
    }

    /// Answers of a batch, by question.
    private static final class Answers implements AnswerSink {
        final Map<Question, List<MemberEntry>> members = new HashMap<>();
        final Map<Question, List<UserEntry>> users = new HashMap<>();
        final Map<Question, List<GroupEntry>> groups = new HashMap<>();
        final Map<Question, String> next = new HashMap<>();
        final Set<Question> ended = new HashSet<>();
        final Set<Question> missing = new HashSet<>();
        final Map<Question, Long> counts = new HashMap<>();

        @Override
        public void user(Question question, UserEntry user) {
            users.computeIfAbsent(question, q -> new ArrayList<>()).add(user);
        }

        @Override
        public void group(Question question, GroupEntry group) {
            groups.computeIfAbsent(question, q -> new ArrayList<>()).add(group);
        }

        @Override
        public void member(Question question, MemberEntry member) {
            members.computeIfAbsent(question, q -> new ArrayList<>()).add(member);
        }

        @Override
        public void ended(Question question, @Nullable String link) {
            assertTrue(ended.add(question), "ends once");
            if (link != null) {
                next.put(question, link);
            }
        }

        @Override
        public void missing(Question question) {
            missing.add(question);
        }

        @Override
        public void counted(Question question, long count) {
            counts.put(question, count);
        }
    }

    /// What is under a key that has to be there.
    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing for " + key);
    }

    private Answers ask(Question... questions) {
        var answers = new Answers();
        reader.batch(List.of(questions), answers, control);
        return answers;
    }

    private List<UserEntry> allUsers() {
        var users = new ArrayList<UserEntry>();
        String link = null;
        do {
            Page page = reader.users(link, users::add, control);
            link = page.next();
        } while (link != null);
        return users;
    }

    private List<GroupEntry> allGroups() {
        var groups = new ArrayList<GroupEntry>();
        String link = null;
        do {
            Page page = reader.groups(link, groups::add, control);
            link = page.next();
        } while (link != null);
        return groups;
    }

    private static Set<UUID> userIds(List<UserEntry> users) {
        return users.stream().map(UserEntry::id).collect(Collectors.toSet());
    }

    private static Set<String> ids(List<SampleObject> objects) {
        return objects.stream().map(SampleObject::id).collect(Collectors.toSet());
    }

    private static void same(SampleObject truth, UserEntry read) {
        for (UserField field : UserField.values()) {
            assertEquals(truth.get(field.graphName()), field.type() == UserField.Type.LIST
                    ? read.attributes().list(field)
                    : read.attributes().get(field), field.graphName());
        }
    }

    private UUID groupOf(int atLeast) {
        return tenant.directory().groups().stream()
                .filter(group -> !Objects.equals(group.text("visibility"), "HiddenMembership"))
                .filter(group -> tenant.directory().directMembers(group.id()).size() >= atLeast)
                .map(group -> UUID.fromString(group.id())).findFirst().orElseThrow();
    }

    @Test
    void listsEveryPersonWithEveryAttribute() {
        var users = allUsers();
        assertEquals(tenant.directory().userCount(), users.size());
        for (UserEntry user : users) {
            assertFalse(user.onlyId());
            same(tenant.directory().user(user.id().toString()).orElseThrow(), user);
        }
        assertEquals(3, reader.requests());
        assertEquals(3, tenant.log().count(RequestLog.Part.GRAPH));
    }

    @Test
    void listsEveryGroupWithEveryAttribute() {
        var groups = allGroups();
        assertEquals(120, groups.size());
        for (GroupEntry group : groups) {
            SampleObject truth = tenant.directory().group(group.id().toString()).orElseThrow();
            for (GroupField field : GroupField.values()) {
                assertEquals(truth.get(field.graphName()), field.type() == GroupField.Type.LIST
                        ? group.attributes().list(field)
                        : group.attributes().get(field), field.graphName());
            }
        }
    }

    @Test
    void batchesBringMembersAndTheLinkOfTheNextPage() {
        UUID large = groupOf(1000);
        UUID small = groupOf(1);
        var answers = ask(new Question.Members(large, null), new Question.Members(small, null));
        String link = answers.next.get(new Question.Members(large, null));
        assertNotNull(link);
        var second = ask(new Question.Members(large, link));
        var members = new ArrayList<>(of(answers.members, new Question.Members(large, null)));
        assertEquals(999, members.size());
        members.addAll(of(second.members, new Question.Members(large, link)));
        assertEquals(ids(tenant.directory().directMembers(large.toString())),
                members.stream().map(member -> member.id().toString()).collect(Collectors.toSet()));
        for (MemberEntry member : of(answers.members, new Question.Members(small, null))) {
            ObjectKind kind = tenant.directory().object(member.id().toString()).orElseThrow().kind();
            assertEquals(kind == ObjectKind.USER, member.type() == MemberType.USER);
            assertEquals(kind == ObjectKind.GROUP, member.type() == MemberType.GROUP);
        }
        assertEquals(2, reader.requests());
    }

    @Test
    void batchesAnswerEveryKindOfQuestion() {
        SampleObject parent = tenant.directory().groups().stream()
                .filter(group -> tenant.directory().directMembers(group.id()).stream()
                        .anyMatch(member -> member.kind() == ObjectKind.GROUP))
                .findFirst().orElseThrow();
        UUID group = UUID.fromString(parent.id());
        SampleObject child = tenant.directory().directMembers(parent.id()).stream()
                .filter(member -> member.kind() == ObjectKind.GROUP).findFirst().orElseThrow();
        SampleObject person = tenant.directory().effectiveMembers(parent.id()).stream()
                .filter(member -> member.kind() == ObjectKind.USER).findFirst().orElseThrow();
        UUID nobody = UUID.fromString("00000000-0000-4000-8000-00000000dead");
        var below = new Question.PeopleBelow(group, null);
        var direct = new Question.DirectPeople(group, null);
        var groupsBelow = new Question.GroupsBelow(group, null);
        var one = new Question.User(UUID.fromString(person.id()));
        var itself = new Question.Group(group);
        var groupsOf = new Question.GroupsOfUser(UUID.fromString(person.id()), null);
        var parents = new Question.GroupsOfGroup(UUID.fromString(child.id()), null);
        var inside = new Question.PeopleIn(group, true, null);
        var directly = new Question.PeopleIn(group, false, null);
        var idsBelow = new Question.GroupIdsBelow(group, null);
        var missing = new Question.User(nobody);
        var answers = ask(below, direct, groupsBelow, one, itself, groupsOf, parents, inside, directly, idsBelow,
                missing);

        assertEquals(tenant.directory().effectiveMembers(parent.id()).stream()
                .filter(member -> member.kind() == ObjectKind.USER).map(SampleObject::id).limit(999)
                .collect(Collectors.toSet()).size(), of(answers.users, below).size());
        assertEquals(tenant.directory().directMembers(parent.id()).stream()
                .filter(member -> member.kind() == ObjectKind.USER).map(SampleObject::id).collect(Collectors.toSet()),
                answers.users.getOrDefault(direct, List.of()).stream().map(user -> user.id().toString())
                        .collect(Collectors.toSet()));
        assertTrue(of(answers.groups, groupsBelow).stream().anyMatch(found -> found.id().toString().equals(
                child.id())));
        assertEquals(userIds(of(answers.users, below)), userIds(of(answers.users, inside)));
        assertEquals(userIds(answers.users.getOrDefault(direct, List.of())),
                userIds(answers.users.getOrDefault(directly, List.of())));
        for (UserEntry each : of(answers.users, inside)) {
            SampleObject truth = tenant.directory().user(each.id().toString()).orElseThrow();
            assertEquals(truth.text("userType"), each.attributes().text(UserField.USER_TYPE));
            assertEquals(truth.flag("accountEnabled"), each.attributes().bool(UserField.ACCOUNT_ENABLED));
            assertNull(each.attributes().text(UserField.DISPLAY_NAME));
        }
        assertEquals(of(answers.groups, groupsBelow).stream().map(GroupEntry::id).collect(Collectors.toSet()),
                of(answers.members, idsBelow).stream().map(MemberEntry::id).collect(Collectors.toSet()));
        same(person, of(answers.users, one).getFirst());
        assertEquals(parent.text("displayName"),
                of(answers.groups, itself).getFirst().attributes().text(GroupField.DISPLAY_NAME));
        assertEquals(tenant.directory().groupsOf(person.id()), of(answers.members, groupsOf).stream()
                .map(found -> found.id().toString()).collect(Collectors.toSet()));
        assertTrue(of(answers.members, parents).stream().anyMatch(found -> found.id().equals(group)));
        assertEquals(Set.of(missing), answers.missing);
        assertEquals(1, reader.requests());
    }

    @Test
    void aBatchCountsBesides() {
        var people = new Question.PeopleCount();
        var groups = new Question.GroupCount();
        var one = new Question.Group(groupOf(50));
        var answers = ask(one, people, groups);
        assertEquals(Map.of(people, (long) tenant.directory().users().size(), groups,
                (long) tenant.directory().groups().size()), answers.counts);
        assertEquals(1, reader.requests());
    }

    @Test
    void anUnchangedTenantCostsOneRequestPerLink() {
        Page users = reader.latestUsers(Set.of(), control);
        Page groups = reader.latestGroups(Set.of(), control);
        long before = reader.requests();
        Page later = reader.userChanges(Objects.requireNonNull(users.delta()), user -> fail("nothing changed"),
                control);
        Page laterGroups = reader.groupChanges(Objects.requireNonNull(groups.delta()),
                group -> fail("nothing changed"), control);
        assertEquals(2, reader.requests() - before);
        assertTrue(later.last() && laterGroups.last());
        assertNotNull(later.delta());
        assertNotNull(laterGroups.delta());
    }

    @Test
    void changesComeByTheirKinds() {
        String users = reader.latestUsers(Set.of(), control).delta();
        String groups = reader.latestGroups(Set.of(), control).delta();
        var people = tenant.directory().users();
        SampleObject leaver = people.get(100);
        SampleObject purged = people.get(101);
        SampleObject renamed = people.get(102);
        SampleObject mover = people.get(103);
        UUID group = groupOf(50);
        tenant.directory().leave(leaver.id());
        tenant.directory().purge(purged.id());
        tenant.directory().rename(renamed.id(), "new.name@" + tenant.domain(), "New Name");
        tenant.directory().addMember(group.toString(), mover.id());

        var changes = new HashMap<UUID, UserChange>();
        reader.userChanges(Objects.requireNonNull(users), change -> changes.put(change.id(), change), control);
        assertEquals(new UserChange.Removed(UUID.fromString(leaver.id()), false),
                changes.get(UUID.fromString(leaver.id())));
        assertEquals(new UserChange.Removed(UUID.fromString(purged.id()), true),
                changes.get(UUID.fromString(purged.id())));
        var upsert = assertInstanceOf(UserChange.Upsert.class, changes.get(UUID.fromString(renamed.id())));
        assertEquals("New Name", upsert.attributes().text(UserField.DISPLAY_NAME));
        assertTrue(upsert.present().contains(UserField.USER_PRINCIPAL_NAME));

        var added = new HashSet<MemberEntry>();
        reader.groupChanges(Objects.requireNonNull(groups), change -> {
            if (change instanceof GroupChange.Upsert piece && piece.id().equals(group)) {
                added.addAll(piece.added());
            }
        }, control);
        assertTrue(added.contains(new MemberEntry(UUID.fromString(mover.id()), MemberType.USER)));
    }

    @Test
    void aLinkMayFollowChosenPeopleOnly() {
        var people = tenant.directory().users();
        UUID chosen = UUID.fromString(people.get(200).id());
        String link = reader.latestUsers(Set.of(chosen), control).delta();
        tenant.directory().update(people.get(200).id(), "department", "Chosen");
        tenant.directory().update(people.get(201).id(), "department", "Other");
        var seen = new HashSet<UUID>();
        reader.userChanges(Objects.requireNonNull(link), change -> seen.add(change.id()), control);
        assertEquals(Set.of(chosen), seen);
    }

    @Test
    void namesThatSeveralBearAreAllHandedOver() {
        var people = tenant.directory().users();
        tenant.directory().update(people.get(210).id(), "mail", "shared.box@contoso.example");
        tenant.directory().update(people.get(211).id(), "mail", "shared.box@contoso.example");
        assertEquals(2, reader.findUsers("shared.box@contoso.example", control).size());
        String upn = Objects.requireNonNull(people.get(212).text("userPrincipalName"));
        tenant.directory().update(people.get(210).id(), "mail", upn);
        assertEquals(List.of(people.get(212).id()), reader.findUsers(upn, control).stream()
                .map(each -> each.id().toString()).toList(), "a user name is one person's");
    }

    @Test
    void blanksAroundAGroupsNameDoNotHideIt() {
        SampleObject group = tenant.directory().groups().get(5);
        tenant.directory().update(group.id(), "displayName", " Night shift ");
        for (String text : List.of(" Night shift ", "Night shift", "night shift  ")) {
            assertEquals(List.of(group.id()), reader.findGroups(text, control).stream()
                    .map(each -> each.id().toString()).toList(), text);
        }
    }

    @Test
    void findsSearchesAndCounts() {
        SampleObject person = tenant.directory().users().get(300);
        String upn = Objects.requireNonNull(person.text("userPrincipalName"));
        assertEquals(person.id(), reader.findUsers(upn, control).getFirst().id().toString());
        assertEquals(person.id(), reader.findUsers(person.id(), control).getFirst().id().toString());
        assertTrue(reader.findUsers("o'nobody@" + tenant.domain(), control).isEmpty());
        SampleObject group = tenant.directory().groups().getFirst();
        assertTrue(reader.findGroups(Objects.requireNonNull(group.text("displayName")), control).stream()
                .anyMatch(found -> found.id().toString().equals(group.id())));
        assertEquals(1, reader.findGroups(group.id(), control).size());
        String given = Objects.requireNonNull(person.text("displayName")).split(" ")[0];
        List<UserEntry> found = reader.searchUsers(given, 50, control);
        assertFalse(found.isEmpty());
        assertTrue(found.size() <= 50);
        assertEquals(20, reader.searchUsers("", 20, control).size());
        assertEquals(new DirectoryReader.Counts(tenant.directory().userCount(), 120), reader.counts(control));
        UUID large = groupOf(1000);
        assertEquals(tenant.directory().directMembers(large.toString()).stream()
                .filter(member -> member.kind() == ObjectKind.USER).count(),
                of(reader.memberCounts(List.of(large), control), large).direct());
    }

    @Test
    void readsOrganizationPermissionsAndMfaReport() {
        var organization = reader.organization(control);
        assertEquals(tenant.tenantId(), organization.tenantId());
        assertTrue(organization.domains().contains(tenant.domain()));
        var permissions = reader.permissions(control);
        assertEquals(Set.of("User.Read.All", "GroupMember.Read.All", "AuditLog.Read.All"),
                permissions.granted().orElseThrow());
        assertFalse(permissions.delegated());
        var lines = new ArrayList<Object>();
        String link = null;
        do {
            link = reader.mfaReport(link, lines::add, control).next();
        } while (link != null);
        assertTrue(lines.size() > 2000, "most people are in the report");
        assertEquals(1, tenant.log().entries(RequestLog.Part.LOGIN).size(), "one token for everything");
    }
}
