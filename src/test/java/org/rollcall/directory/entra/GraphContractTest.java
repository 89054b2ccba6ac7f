package org.rollcall.directory.entra;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.rollcall.directory.DirectoryReader;
import org.rollcall.directory.DirectoryReader.AnswerSink;
import org.rollcall.directory.DirectoryReader.Page;
import org.rollcall.directory.DirectoryReader.Question;
import org.rollcall.directory.GroupEntry;
import org.rollcall.directory.MemberEntry;
import org.rollcall.directory.UserEntry;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Everything that the reader asks, and everything that the sample tenant answers, against Microsoft's published
/// description of Graph; what stands inside a batch as well.
class GraphContractTest {
    private static final String DESCRIPTION = "graph-v1-identity.strict.v1prefix.openapi.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();
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
        Path description = description();
        assumeTrue(description != null, "Graph's description is not beside the project");
        callEverything();
        var validator = OpenApiInteractionValidator.createFor(String.valueOf(description))
                .withLevelResolver(LevelResolver.create()
                        // The tenant gives more headers than the description lists, which is Graph's own way.
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE).build())
                .build();
        var faults = new TreeSet<String>();
        int checked = 0;
        for (RequestLog.Entry entry : tenant.log().entries(RequestLog.Part.GRAPH)) {
            var exchange = Objects.requireNonNull(entry.exchange());
            String body = new String(exchange.requestBody(), StandardCharsets.UTF_8);
            String answer = new String(exchange.responseBody(), StandardCharsets.UTF_8);
            check(validator, entry.method(), entry.path(), entry.query(), exchange.requestHeaders(), body,
                    entry.status(), contentType(exchange.responseHeaders()), answer, faults);
            checked++;
            if (entry.path().endsWith("/$batch")) {
                checked += checkInner(validator, body, answer, faults);
            }
        }
        assertTrue(checked > 40, "calls were recorded: " + checked);
        assertEquals("", String.join("\n", faults));
        check(validator, "GET", "/v1.0/users", "$top=5000", Map.of(), "", 200, "application/json",
                "{\"value\":[{\"id\":\"x\",\"shoeSize\":44}]}", faults);
        assertEquals(2, faults.size(), "a page too large and a property that Graph does not have: " + faults);
    }

    /// Beside the project or beside one of the folders it is in.
    private static @Nullable Path description() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared").resolve(DESCRIPTION);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    private static int checkInner(OpenApiInteractionValidator validator, String body, String answer,
            Set<String> faults) throws Exception {
        int checked = 0;
        for (JsonNode response : JSON.readTree(answer).path("responses")) {
            for (JsonNode request : JSON.readTree(body).path("requests")) {
                if (request.path("id").asText().equals(response.path("id").asText())) {
                    String[] url = request.path("url").asText().split("\\?", 2);
                    check(validator, "GET", "/v1.0" + url[0], url.length > 1 ? url[1] : "", Map.of(), "",
                            response.path("status").asInt(), "application/json", response.path("body").toString(),
                            faults);
                    checked++;
                }
            }
        }
        return checked;
    }

    private static void check(OpenApiInteractionValidator validator, String method, String path, String query,
            Map<String, List<String>> headers, String body, int status, String type, String answer,
            Set<String> faults) {
        var request = new SimpleRequest.Builder(method.toUpperCase(Locale.ROOT), path);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            request.withQueryParam(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        }
        headers.forEach(request::withHeader);
        if (!body.isEmpty()) {
            request.withContentType("application/json").withBody(body);
        }
        var response = new SimpleResponse.Builder(status).withContentType(type).withBody(answer).build();
        ValidationReport report = validator.validate(request.build(), response);
        for (ValidationReport.Message message : report.getMessages()) {
            if (message.getLevel() == ValidationReport.Level.ERROR) {
                String text = message.getKey() + ": " + message.getMessage();
                faults.add(method + " " + path.replaceAll("[0-9a-f-]{36}", "{id}") + " " + status + ": "
                        + text.substring(0, Math.min(300, text.length())));
            }
        }
    }

    private static String decode(String text) {
        return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String contentType(Map<String, String> headers) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue).findFirst().orElse("application/json").split(";", 2)[0];
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
                    new Question.GroupsOfGroup(groupId, null)));
            tenant.directory().groups().stream().limit(11)
                    .forEach(one -> questions.add(new Question.Members(UUID.fromString(one.id()), null)));
            reader.batch(questions, sink, control);
            if (!sink.next.isEmpty()) {
                reader.batch(sink.next, new Links(), control);
            }
            reader.findUser(Objects.requireNonNull(person.text("userPrincipalName")), control);
            reader.findUser(UUID.randomUUID().toString(), control);
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
