package org.rollcall.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// A plain client of the sample tenant, without any library of Microsoft's.
final class SampleClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PAGES = 5_000;

    private final SampleTenant tenant;
    private final HttpClient http;
    private String token;

    SampleClient(SampleTenant tenant) throws IOException, InterruptedException {
        this.tenant = tenant;
        http = HttpClient.newBuilder().sslContext(tenant.trust()).version(HttpClient.Version.HTTP_1_1).build();
        token = newToken();
    }

    /// Gets a token that carries the permissions of this moment.
    void refresh() throws IOException, InterruptedException {
        token = newToken();
    }

    private String newToken() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + tenant.clientId() + "&client_secret="
                + encode(tenant.clientSecret()) + "&scope=" + encode("https://graph.microsoft.com/.default");
        var request = HttpRequest.newBuilder(URI.create(tenant.origin() + "/" + tenant.tenantId()
                + "/oauth2/v2.0/token")).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        JsonNode answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return answer.path("access_token").asText();
    }

    HttpResponse<String> send(String method, String url, String body, String... headers)
            throws IOException, InterruptedException {
        var builder = HttpRequest.newBuilder(URI.create(url.startsWith("https:") ? url : tenant.origin() + url))
                .header("Authorization", "Bearer " + token).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            builder.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        return send("GET", url, "", headers);
    }

    JsonNode ok(String url, String... headers) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(url, headers);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /// Status and code of a refusal, such as `404 Request_ResourceNotFound`.
    String refusal(String url, String... headers) throws IOException, InterruptedException {
        return refusal(get(url, headers));
    }

    static String refusal(HttpResponse<String> answer) throws IOException {
        return answer.statusCode() + " " + JSON.readTree(answer.body()).path("error").path("code").asText();
    }

    /// The pages of an enumeration up to its end.
    List<JsonNode> pages(String url, String... headers) throws IOException, InterruptedException {
        var pages = new ArrayList<JsonNode>();
        String next = url;
        while (!next.isEmpty()) {
            JsonNode page = ok(next, headers);
            pages.add(page);
            next = page.path("@odata.nextLink").asText("");
            if (pages.size() > MAX_PAGES) {
                throw new AssertionError("no end in sight: " + next);
            }
        }
        return pages;
    }

    List<JsonNode> all(String url, String... headers) throws IOException, InterruptedException {
        var objects = new ArrayList<JsonNode>();
        pages(url, headers).forEach(page -> page.path("value").forEach(objects::add));
        return objects;
    }

    TreeSet<String> ids(String url, String... headers) throws IOException, InterruptedException {
        var ids = new TreeSet<String>();
        all(url, headers).forEach(o -> ids.add(o.path("id").asText()));
        return ids;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A mirror of users, groups and direct memberships that is kept by delta queries alone.
    static final class Mirror {
        final Map<String, String> names = new TreeMap<>();
        final Map<String, TreeSet<String>> members = new TreeMap<>();
        final Map<String, String> removed = new HashMap<>();
        String usersLink = "/v1.0/users/delta?$select=displayName,userPrincipalName,accountEnabled";
        String groupsLink = "/v1.0/groups/delta?$select=displayName,members";

        void read(SampleClient client) throws IOException, InterruptedException {
            removed.clear();
            usersLink = follow(client, usersLink);
            groupsLink = follow(client, groupsLink);
        }

        private String follow(SampleClient client, String link) throws IOException, InterruptedException {
            List<JsonNode> pages = client.pages(link);
            for (JsonNode page : pages) {
                page.path("value").forEach(this::apply);
            }
            return pages.getLast().path("@odata.deltaLink").asText();
        }

        private void apply(JsonNode object) {
            String id = object.path("id").asText();
            if (object.has("@removed")) {
                removed.put(id, object.path("@removed").path("reason").asText());
                names.remove(id);
                members.remove(id);
                return;
            }
            names.put(id, object.path("displayName").asText());
            for (JsonNode link : object.path("members@delta")) {
                var set = members.computeIfAbsent(id, _ -> new TreeSet<>());
                String member = link.path("id").asText();
                if (link.has("@removed")) {
                    set.remove(member);
                } else {
                    set.add(member);
                }
            }
        }
    }
}
