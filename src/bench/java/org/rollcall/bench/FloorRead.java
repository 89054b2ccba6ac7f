package org.rollcall.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;
import org.rollcall.source.Trust;

/// Reads a tenant as a first import does: where changes start from; people one page ahead of what is stored; beside them
/// groups, then members, twenty questions a request and three requests at a time; then the MFA report. Each page is
/// committed.
final class FloorRead {
    private static final int PAGE = 999;
    private static final int QUESTIONS = 20;
    private static final int LANES = 3;
    private static final JsonFactory JSON = new JsonFactory();

    private final String database;
    private final String origin;
    private final OkHttpClient client;
    private final String token;
    private final FloorNumbers numbers = new FloorNumbers();
    private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();

    FloorRead(String database, String tenant, String clientId, String secret, String origin, String authority)
            throws IOException {
        this.database = database;
        this.origin = origin;
        Trust trust = Trust.of(authority);
        client = new OkHttpClient.Builder().sslSocketFactory(trust.sockets(), trust).build();
        token = token(tenant, clientId, secret);
    }

    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /// One object: its number, its id, and its values in the order of the columns.
    private record Item(int number, UUID id, @Nullable Object[] values) {}

    private record Page<T>(List<T> items, @Nullable String next, @Nullable String delta) {}

    /// @param members so far
    /// @param next    where the rest is; null: at the start
    private record Asked(String group, int[] members, @Nullable String next) {}

    void run() throws IOException, SQLException {
        try (Connection connection = connect()) {
            for (String kind : List.of("users", "groups")) {
                String more = kind.equals("groups") ? ",members" : "";
                Page<Item> latest = get("/" + kind + "/delta()?" + select(fields(kind)) + more + "&$deltatoken=latest",
                        parser -> page(parser, fields(kind)));
                insert(connection, "insert into link values (?, ?)", List.of(String.valueOf(latest.delta())),
                        (statement, link) -> {
                            statement.setString(1, kind);
                            statement.setString(2, link);
                        });
            }
            Future<?> people = fetching.submit(() -> {
                try (Connection own = connect()) {
                    list(own, "users", "person");
                }
                return null;
            });
            members(connection, list(connection, "groups", "grp"));
            await(people);
            mfa(connection);
        } finally {
            fetching.shutdown();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private static DirectoryField[] fields(String kind) {
        return kind.equals("users") ? UserField.values() : GroupField.values();
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(database);
        connection.setAutoCommit(false);
        return connection;
    }

    /// @return the ids
    private List<String> list(Connection connection, String kind, String table) throws SQLException, IOException {
        DirectoryField[] fields = fields(kind);
        String sql = "insert into " + table + " (number, id, "
                + Stream.of(fields).map(DirectoryField::column).collect(Collectors.joining(", ")) + ") values (?, ?"
                + ", ?".repeat(fields.length) + ")";
        var ids = new ArrayList<String>();
        String first = "/" + kind + "?" + select(fields) + "&$top=" + PAGE;
        Future<Page<Item>> ahead = fetching.submit(() -> get(first, parser -> page(parser, fields)));
        while (ahead != null) {
            Page<Item> page = await(ahead);
            String next = page.next();
            ahead = next == null ? null : fetching.submit(() -> get(next, parser -> page(parser, fields)));
            page.items().forEach(item -> ids.add(item.id().toString()));
            insert(connection, sql, page.items(), (statement, item) -> {
                statement.setInt(1, item.number());
                statement.setObject(2, item.id());
                for (int i = 0; i < fields.length; i++) {
                    statement.setObject(3 + i, item.values()[i]);
                }
            });
        }
        return ids;
    }

    private void members(Connection connection, List<String> groups) throws SQLException {
        Deque<Asked> queue = new ArrayDeque<>();
        groups.forEach(group -> queue.add(new Asked(group, new int[0], null)));
        var answers = new ExecutorCompletionService<List<Asked>>(fetching);
        int underWay = 0;
        while (!queue.isEmpty() || underWay > 0) {
            while (underWay < LANES && !queue.isEmpty()) {
                var batch = new ArrayList<Asked>();
                while (batch.size() < QUESTIONS && !queue.isEmpty()) {
                    batch.add(queue.removeFirst());
                }
                answers.submit(() -> batch(batch));
                underWay++;
            }
            try {
                List<Asked> answered = await(answers.take());
                underWay--;
                answered.stream().filter(each -> each.next() != null).forEach(queue::addFirst);
                insert(connection, "insert into members (grp, size, packed) values (?, ?, ?)",
                        answered.stream().filter(each -> each.next() == null).toList(), (statement, each) -> {
                            statement.setInt(1, numbers.of(UUID.fromString(each.group())));
                            statement.setInt(2, each.members().length);
                            statement.setBytes(3, FloorNumbers.pack(each.members()));
                        });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private List<Asked> batch(List<Asked> asked) throws IOException {
        var body = new StringWriter();
        try (var json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("requests");
            for (int i = 0; i < asked.size(); i++) {
                String next = asked.get(i).next();
                json.writeStartObject();
                json.writeStringField("id", String.valueOf(i));
                json.writeStringField("method", "GET");
                json.writeStringField("url", next == null
                        ? "/groups/" + asked.get(i).group() + "/members?$select=id&$top=" + PAGE
                        : next.substring(next.indexOf("/v1.0") + 5));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        Map<Integer, Page<Integer>> found = call(new Request.Builder().url(origin + "/v1.0/$batch")
                .post(RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8),
                        MediaType.get("application/json"))),
                parser -> responses(parser, this::memberNumbers));
        var result = new ArrayList<Asked>();
        for (int i = 0; i < asked.size(); i++) {
            Page<Integer> page = found.get(i);
            if (page == null) {
                throw new IOException("a question was not answered");
            }
            int[] before = asked.get(i).members();
            int[] all = Arrays.copyOf(before, before.length + page.items().size());
            for (int j = before.length; j < all.length; j++) {
                all[j] = page.items().get(j - before.length);
            }
            result.add(new Asked(asked.get(i).group(), all, page.next()));
        }
        return result;
    }

    private static Map<Integer, Page<Integer>> responses(JsonParser parser, Reading<Page<Integer>> inner)
            throws IOException {
        var pages = new HashMap<Integer, Page<Integer>>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean responses = parser.currentName().equals("responses");
            parser.nextToken();
            if (!responses) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int id = -1;
                int status = 0;
                Page<Integer> page = null;
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "id" -> id = Integer.parseInt(parser.getText());
                        case "status" -> status = parser.getIntValue();
                        case "body" -> page = inner.read(parser);
                        default -> parser.skipChildren();
                    }
                }
                if (status != 200 || page == null) {
                    throw new IOException("status " + status);
                }
                pages.put(id, page);
            }
        }
        return pages;
    }

    private Page<Integer> memberNumbers(JsonParser parser) throws IOException {
        return collection(parser, object -> {
            UUID id = null;
            while (object.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = object.currentName().equals("id");
                object.nextToken();
                if (wanted) {
                    id = UUID.fromString(object.getText());
                } else {
                    object.skipChildren();
                }
            }
            return numbers.of(Objects.requireNonNull(id));
        });
    }

    private void mfa(Connection connection) throws IOException, SQLException {
        var states = Map.of(true, new ArrayList<Integer>(), false, new ArrayList<Integer>());
        String link = "/reports/authenticationMethods/userRegistrationDetails";
        while (link != null) {
            Page<Item> page = get(link, parser -> collection(parser, object -> {
                UUID id = null;
                boolean registered = false;
                while (object.nextToken() == JsonToken.FIELD_NAME) {
                    String name = object.currentName();
                    object.nextToken();
                    switch (name) {
                        case "id" -> id = UUID.fromString(object.getText());
                        case "isMfaRegistered" -> registered = object.currentToken() == JsonToken.VALUE_TRUE;
                        default -> object.skipChildren();
                    }
                }
                int number = numbers.of(Objects.requireNonNull(id));
                states.get(registered).add(number);
                return new Item(number, id, new Object[0]);
            }));
            link = page.next();
        }
        insert(connection, "insert into mfa (registered, size, packed) values (?, ?, ?)", states.entrySet(),
                (statement, each) -> {
                    statement.setBoolean(1, each.getKey());
                    statement.setInt(2, each.getValue().size());
                    statement.setBytes(3, FloorNumbers.pack(each.getValue().stream().mapToInt(one -> one).toArray()));
                });
    }

    private Page<Item> page(JsonParser parser, DirectoryField[] fields) throws IOException {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < fields.length; i++) {
            places.put(fields[i].graphName(), i);
        }
        parser.nextToken();
        return collection(parser, object -> {
            UUID id = null;
            @Nullable
            Object[] values = new Object[fields.length];
            while (object.nextToken() == JsonToken.FIELD_NAME) {
                String name = object.currentName();
                object.nextToken();
                Integer place = places.get(name);
                if (place != null) {
                    values[place] = value(object, fields[place]);
                } else if (name.equals("id")) {
                    id = UUID.fromString(object.getText());
                } else {
                    object.skipChildren();
                }
            }
            return new Item(numbers.of(Objects.requireNonNull(id)), id, values);
        });
    }

    private static @Nullable Object value(JsonParser parser, DirectoryField field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (field.type()) {
            case TEXT -> parser.getText();
            case BOOLEAN -> parser.getBooleanValue();
            case INSTANT -> OffsetDateTime.parse(parser.getText());
            case LIST -> {
                var texts = new ArrayList<String>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    texts.add(parser.getText());
                }
                yield String.join(";", texts);
            }
        };
    }

    /// @param parser on the start of the page's object
    private static <T> Page<T> collection(JsonParser parser, Reading<T> item) throws IOException {
        var items = new ArrayList<T>();
        String next = null;
        String delta = null;
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "value" -> {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.add(item.read(parser));
                    }
                }
                case "@odata.nextLink" -> next = parser.getText();
                case "@odata.deltaLink" -> delta = parser.getText();
                default -> parser.skipChildren();
            }
        }
        return new Page<>(items, next, delta);
    }

    private <T> T get(String pathOrLink, Reading<T> reading) throws IOException {
        String url = pathOrLink.startsWith("/") ? origin + "/v1.0" + pathOrLink : pathOrLink;
        return call(new Request.Builder().url(url), reading);
    }

    private <T> T call(Request.Builder request, Reading<T> reading) throws IOException {
        try (Response response = client.newCall(request.header("Authorization", "Bearer " + token).build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("status " + response.code());
            }
            try (InputStream body = response.body().byteStream(); JsonParser parser = JSON.createParser(body)) {
                return reading.read(parser);
            }
        }
    }

    private String token(String tenant, String clientId, String secret) throws IOException {
        var form = new FormBody.Builder().add("client_id", clientId).add("client_secret", secret)
                .add("grant_type", "client_credentials").add("scope", origin + "/.default").build();
        try (Response response = client.newCall(new Request.Builder()
                .url(origin + "/" + tenant + "/oauth2/v2.0/token").post(form).build()).execute()) {
            return new ObjectMapper().readTree(response.body().byteStream())
                    .required("access_token").asText();
        }
    }

    private interface Binding<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    private static <T> void insert(Connection connection, String sql, Collection<T> rows, Binding<T> binding)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (T row : rows) {
                binding.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
    }

    private static <T> T await(Future<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String select(DirectoryField[] fields) {
        return "$select=id," + Stream.of(fields).map(DirectoryField::graphName).collect(Collectors.joining(","));
    }
}
