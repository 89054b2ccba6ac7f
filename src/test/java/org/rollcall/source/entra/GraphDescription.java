package org.rollcall.source.entra;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.RequestLog;

/// Microsoft's published description of Graph, against which recorded calls are held, those inside batches as well.
public final class GraphDescription {
    private static final String DESCRIPTION = "graph-v1-identity.strict.v1prefix.openapi.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenApiInteractionValidator validator;
    private final Set<String> faults = new TreeSet<>();
    private int checked;

    private GraphDescription(Path file) {
        validator = OpenApiInteractionValidator.createFor(file.toString())
                .withLevelResolver(LevelResolver.create()
                        // The tenant gives more headers than the description lists, which is Graph's own way.
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE).build())
                .build();
    }

    /// The description, where it lies beside the project.
    public static Optional<GraphDescription> present() {
        return Optional.ofNullable(description()).map(GraphDescription::new);
    }

    /// What does not keep to the description, so far.
    public Set<String> faults() {
        return faults;
    }

    /// How many calls were held against it, so far.
    public int checked() {
        return checked;
    }

    /// Holds all recorded calls of Graph against the description.
    public void check(RequestLog log) throws Exception {
        for (RequestLog.Entry entry : log.entries(RequestLog.Part.GRAPH)) {
            var exchange = Objects.requireNonNull(entry.exchange());
            String body = new String(exchange.requestBody(), StandardCharsets.UTF_8);
            String answer = new String(exchange.responseBody(), StandardCharsets.UTF_8);
            check(entry.method(), entry.path(), entry.query(), exchange.requestHeaders(), body, entry.status(),
                    contentType(exchange.responseHeaders()), answer);
            if (entry.path().endsWith("/$batch")) {
                checkInner(body, answer);
            }
        }
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

    private void checkInner(String body, String answer) throws Exception {
        for (JsonNode response : JSON.readTree(answer).path("responses")) {
            for (JsonNode request : JSON.readTree(body).path("requests")) {
                if (request.path("id").asText().equals(response.path("id").asText())) {
                    String[] url = request.path("url").asText().split("\\?", 2);
                    check("GET", "/v1.0" + url[0], url.length > 1 ? url[1] : "", Map.of(), "",
                            response.path("status").asInt(), "application/json", response.path("body").toString());
                }
            }
        }
    }

    /// Holds one call against the description.
    ///
    /// @param query undecoded, without the question mark
    /// @param type  of the answer
    void check(String method, String path, String query, Map<String, List<String>> headers, String body, int status,
            String type, String answer) {
        checked++;
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
}
