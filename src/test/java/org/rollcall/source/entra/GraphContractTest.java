package org.rollcall.source.entra;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.DirectoryReader.AnswerSink;
import org.rollcall.source.DirectoryReader.Page;
import org.rollcall.source.DirectoryReader.Question;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.MemberEntry;
import org.rollcall.source.UserEntry;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Everything that the reader asks, and everything that the sample tenant answers, against Microsoft's published
/// description of Graph; what stands inside a batch as well.
class GraphContractTest {
    private static SampleTenant tenant;

    @BeforeAll
    static void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(1100).withGroups(40));
        tenant.log().setRecording(true);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void requestsAndAnswersKeepToTheDescription() throws Exception {
        var description = GraphDescription.present();
        assumeTrue(description.isPresent(), "Graph's description is not beside the project");
        callEverything();
        var graph = description.get();
        graph.check(tenant.log());
        assertTrue(graph.checked() > 40, "calls were recorded: " + graph.checked());
        assertEquals("", String.join("\n", graph.faults()));
        graph.check("GET", "/v1.0/users", "$top=5000", Map.of(), "", 200, "application/json",
                "{\"value\":[{\"id\":\"x\",\"shoeSize\":44}]}");
        assertEquals(2, graph.faults().size(),
                "a page too large and a property that Graph does not have: " + graph.faults());
    }

    private static void callEverything() {
        var control = new RecordedControl();
        var sink = new Links();
        try (DirectoryReader reader = new EntraConnector(Clock.systemUTC()).open(Connections.to(tenant))) {
            reader.organization(control);
            String users = Objects.requireNonNull(reader.latestUsers(Set.of(), control).delta());
            String groups = Objects.requireNonNull(reader.latestGroups(Set.of(), control).delta());
            SampleObject person = tenant.directory().users().get(50);
            SampleObject other = tenant.directory().users().get(51);
            UUID id = UUID.fromString(person.id());
            reader.latestUsers(Set.of(id, UUID.fromString(other.id())), control);
            @Nullable
            String link = null;
            do {
                link = reader.users(link, user -> {}, control).next();
            } while (link != null);
            do {
                link = reader.groups(link, group -> {}, control).next();
            } while (link != null);
            reader.mfaReport(null, line -> {}, control);
            SampleObject group = tenant.directory().groups().stream()
                    .filter(one -> tenant.directory().directMembers(one.id()).size() > 3).findFirst().orElseThrow();
            UUID groupId = UUID.fromString(group.id());
            tenant.directory().update(person.id(), "department", "Contract");
            tenant.directory().leave(other.id());
            tenant.directory().addMember(group.id(), tenant.directory().users().get(900).id());
            tenant.directory().deleteGroup(tenant.directory().groups().getLast().id());
            Page page;
            do {
                page = reader.userChanges(users, change -> {}, control);
                users = page.last() ? users : Objects.requireNonNull(page.next());
            } while (!page.last());
            do {
                page = reader.groupChanges(groups, change -> {}, control);
                groups = page.last() ? groups : Objects.requireNonNull(page.next());
            } while (!page.last());
            var questions = new ArrayList<Question>(List.of(new Question.Members(groupId, null),
                    new Question.PeopleBelow(groupId, null), new Question.GroupsBelow(groupId, null),
                    new Question.DirectPeople(groupId, null), new Question.User(id), new Question.Group(groupId),
                    new Question.User(UUID.fromString(other.id())), new Question.GroupsOfUser(id, null),
                    new Question.GroupsOfGroup(groupId, null), new Question.PeopleIn(groupId, true, null),
                    new Question.PeopleIn(groupId, false, null), new Question.GroupIdsBelow(groupId, null)));
            tenant.directory().groups().stream().limit(8)
                    .forEach(one -> questions.add(new Question.Members(UUID.fromString(one.id()), null)));
            reader.batch(questions, sink, control);
            if (!sink.next.isEmpty()) {
                reader.batch(sink.next, new Links(), control);
            }
            reader.findUsers(Objects.requireNonNull(person.text("userPrincipalName")), control);
            reader.findUsers(UUID.randomUUID().toString(), control);
            reader.findGroups(Objects.requireNonNull(group.text("displayName")), control);
            reader.searchUsers("a", 10, control);
            reader.searchGroups("", 10, control);
            reader.counts(control);
            reader.memberCounts(List.of(groupId), control);
        }
    }

    /// Keeps nothing but where answers go on.
    private static final class Links implements AnswerSink {
        private final List<Question> next = new ArrayList<>();

        @Override
        public void user(Question question, UserEntry user) {
            assertNotNull(user.id());
        }

        @Override
        public void group(Question question, GroupEntry group) {
            assertNotNull(group.id());
        }

        @Override
        public void member(Question question, MemberEntry member) {
            assertNotNull(member.id());
        }

        @Override
        public void ended(Question question, @Nullable String link) {
            if (link != null && question instanceof Question.Members members) {
                next.add(new Question.Members(members.group(), link));
            }
        }

        @Override
        public void missing(Question question) {
            assertInstanceOf(Question.User.class, question);
        }
    }
}
