package org.rollcall.source.entra;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Sends msal4j's requests through our HTTP client, with the proxy, trust and timeouts of the connection. Refuses any origin
/// except the tenant's login service, and keeps what msal4j does not expose: the new refresh token and the difference of the
/// two clocks.
final class TokenHttp implements IHttpClient {
    private static final int NOT_JSON_LIMIT = 3;
    private static final int ERROR_LIMIT = 6;
    private static final int TRANSIENT_NUMBER = 90033;
    private static final Pattern TOKEN = Pattern.compile("/oauth2/v2\\.0/token/?$");
    private static final Pattern DEVICE_CODE = Pattern.compile("/oauth2/v2\\.0/devicecode/?$");
    private final OkHttpClient client;
    private final String origin;
    private final GraphAddresses login;
    private final NetworkErrors network;
    private final Clock clock;
    private volatile @Nullable Call running;
    private volatile boolean answered;
    private volatile @Nullable String refreshToken;
    private volatile Duration clockDifference = Duration.ZERO;

    TokenHttp(OkHttpClient client, String loginOrigin, @Nullable ProxyAddress proxy, Clock clock) {
        this.client = client;
        this.origin = loginOrigin;
        this.login = new GraphAddresses(loginOrigin);
        this.network = new NetworkErrors(login.host(), proxy);
        this.clock = clock;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws Exception {
        if (!login.isOwn(request.url().toURI())) {
            throw GraphAddresses.foreign(request.url().getHost());
        }
        var builder = new Request.Builder().url(request.url());
        // A hint for the mailbox's location contains the user name, whose letters may not fit into a header.
        request.headers().forEach((name, value) -> {
            if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                builder.header(name, value);
            }
        });
        if (request.httpMethod() == HttpMethod.POST) {
            // As bytes: a text body would have its charset appended to the type.
            builder.post(RequestBody.create(String.valueOf(request.body()).getBytes(
                    java.nio.charset.StandardCharsets.UTF_8), MediaType.get("application/x-www-form-urlencoded")));
        }
        return exchange(builder.build());
    }

    /// Reads one of the login service's own documents.
    IHttpResponse get(HttpUrl url) {
        if (!login.isOwn(url.uri())) {
            throw GraphAddresses.foreign(url.host());
        }
        return exchange(new Request.Builder().url(url).header("Accept", "application/json").build());
    }

    private IHttpResponse exchange(Request request) {
        Call call = client.newCall(request);
        running = call;
        try (Response response = call.execute()) {
            String body = AnswerLimits.text(response.body(), AnswerLimits.SMALL_BYTES);
            answered = true;
            measure(response.header("Date"));
            check(response, body);
            return new Answer(response.code(), response.headers().toMultimap(), body);
        } catch (IOException e) {
            RuntimeException unusable = AnswerFaults.of(e, login.host());
            throw unusable == null ? network.of(e, answered) : unusable;
        } catch (RuntimeException e) {
            throw Edge.within(e, login.host());
        } finally {
            running = null;
        }
    }
    private void check(Response response, String body) {
        int status = response.code();
        if (status == 429 || status >= 500) {
            throw new TransientFault(
                    status == 429
                            ? Words.of("directory.tokenHttp.entraAsksForAPause").english()
                            : Words.of("directory.tokenHttp.entrasLoginServiceHasA").english(),
                    RetryAfter.parse(response.header("Retry-After"), clock.instant()),
                    TransientFault.UNTIL_PATIENCE_ENDS, status == 429
                            ? new RollcallException(ErrorKind.THROTTLED, "entra.throttled",
                                    Words.of("directory.entra.throttled"), Words.of("directory.entra.throttled.remedy"))
                            : new RollcallException(ErrorKind.OFFLINE, "entra.unavailable",
                                    Words.of("directory.entra.unavailable", status),
                                    Words.of("directory.entra.unavailable.remedy")));
        }
        if (status >= 300 && status < 400) {
            throw GraphAddresses.foreign(null);
        }
        JsonNode json = json(body);
        if (json == null) {
            throw new TransientFault(Words.of("directory.tokenHttp.theLoginServiceDidNot").english(), null,
                    NOT_JSON_LIMIT,
                    new RollcallException(ErrorKind.REFUSED, "entra.not-json",
                            Words.of("directory.entra.not-json", login.host(), status),
                            Words.of("directory.entra.not-json.remedy"),
                            Map.of("status", Integer.toString(status)), null));
        }
        String error = json.path("error").asText("");
        boolean good = status == 200 && !json.hasNonNull("error");
        if (status == 200 && !good || isTransient(error, json)) {
            throw new TransientFault(Words.of("directory.tokenHttp.entrasLoginServiceHasA").english(),
                    RetryAfter.parse(response.header("Retry-After"), clock.instant()), ERROR_LIMIT, unavailable(json));
        }
        if (good && !holdsWhatWasAskedFor(response.request().url().encodedPath(), json)) {
            throw new TransientFault(Words.of("directory.tokenHttp.theLoginServicesAnswerIs").english(), null,
                    NOT_JSON_LIMIT,
                    new RollcallException(ErrorKind.REFUSED, "entra.answer",
                            Words.of("directory.entra.answer.tokenHttp", login.host()),
                            Words.of("directory.entra.answer.remedy"),
                            Map.of("host", login.host()), null));
        }
        String renewed = json.path("refresh_token").asText("");
        if (!renewed.isEmpty()) {
            refreshToken = renewed;
        }
    }

    /// Source: Entra's reference of error codes, "Handling error codes in your application": `temporarily_unavailable` should
    /// be retried.
    private static boolean isTransient(String error, JsonNode json) {
        return error.equals("temporarily_unavailable")
                || AadErrors.number(json.path("error_description").asText("")) == TRANSIENT_NUMBER;
    }

    private RollcallException unavailable(JsonNode json) {
        String description = json.path("error_description").asText("");
        if (AadErrors.number(description) > 0) {
            return AadErrors.of(description, json.path("error").asText(""), login.origin(), clockDifference, true);
        }
        return new RollcallException(ErrorKind.OFFLINE, "entra.unavailable",
                Words.of("directory.entra.unavailable.tokenHttp"),
                Words.of("directory.entra.unavailable.remedy"), Map.of("host", login.host()), null);
    }

    private static boolean holdsWhatWasAskedFor(String path, JsonNode json) {
        if (TOKEN.matcher(path).find()) {
            // Some servers send the number as a text.
            return !json.path("access_token").asText("").isEmpty()
                    && json.path("expires_in").asText("").matches("\\d{1,9}");
        }
        return !DEVICE_CODE.matcher(path).find() || !json.path("device_code").asText("").isEmpty();
    }

    private static @Nullable JsonNode json(String body) {
        try {
            JsonNode node = AnswerLimits.mapper().readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void measure(@Nullable String date) {
        try {
            if (date != null) {
                Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                clockDifference = Duration.between(theirs, clock.instant());
            }
        } catch (DateTimeParseException e) {
            clockDifference = Duration.ZERO;
        }
    }

    /// Ends the current request.
    void cancel() {
        Call call = running;
        if (call != null) {
            call.cancel();
        }
    }

    /// The newest refresh token; null: none was issued.
    @Nullable
    String refreshToken() {
        return refreshToken;
    }

    /// The login service it talks to, `https://host[:port]`.
    String origin() {
        return origin;
    }

    /// This machine's clock minus the service's, as of the last answer.
    Duration clockDifference() {
        return clockDifference;
    }

    String host() {
        return login.host();
    }

    void close() {
        HttpClients.close(client);
    }

    private record Answer(int statusCode, Map<String, java.util.List<String>> headers,
            String body) implements IHttpResponse {}
}
