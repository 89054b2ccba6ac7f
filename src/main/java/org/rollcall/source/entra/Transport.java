package org.rollcall.source.entra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.NativeResponseHandler;
import com.microsoft.kiota.RequestAdapter;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.entra.GraphErrors.Calling;
import org.rollcall.source.entra.GraphErrors.Refusal;
import org.rollcall.text.Words;

/// Sends requests to Graph through the SDK's adapter, streams the answers, and counts every request. Thread-safe.
final class Transport implements AutoCloseable {
    private static final long ERROR_BODY_LIMIT = 64 * 1024;

    private final GraphAddresses addresses;
    private final EntraTokens tokens;
    private final Clock clock;
    private final NetworkErrors network;
    private final AtomicLong requests = new AtomicLong();
    private final OkHttpClient client;
    private final RequestAdapter adapter;
    private final Watchdog watchdog = new Watchdog();
    private final JsonFactory json = AnswerLimits.json();
    private volatile boolean answered;

    /// Reads the body of a successful answer to its end.
    interface BodyReader<T> {
        /// @param at the directory's own clock when it answered
        /// @throws IOException the connection failed, or the body is invalid
        T read(JsonParser body, Instant at) throws IOException;
    }

    /// @param advanced the query needs `ConsistencyLevel: eventual`
    /// @param body     null for GET, JSON for POST
    record Ask(URI uri, Calling calling, boolean advanced, byte @Nullable [] body) {
        static Ask get(URI uri, Calling calling) {
            return new Ask(uri, calling, false, null);
        }
    }

    Transport(Connection connection, GraphAddresses addresses, EntraTokens tokens, @Nullable ProxyAddress proxy,
            Clock clock) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.clock = clock;
        this.network = new NetworkErrors(addresses.host(), proxy);
        client = HttpClients.forGraph(connection, proxy, Transport::underWay, this::onTheWire);
        adapter = new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Tokens()),
                addresses.base(), client);
    }

    long requests() {
        return requests.get();
    }

    GraphAddresses addresses() {
        return addresses;
    }

    /// Repeats the request until it is answered or retries are exhausted.
    <T> T call(Ask ask, BodyReader<T> reader, CallControl control) {
        var patience = new Patience(control);
        while (true) {
            try {
                return attempt(ask, reader, control, patience);
            } catch (TransientFault fault) {
                patience.waitAfter(fault);
            }
        }
    }

    /// A single attempt.
    ///
    /// @throws TransientFault if a retry may help
    <T> T attempt(Ask ask, BodyReader<T> reader, CallControl control, Patience patience) {
        control.checkCancelled();
        String token = tokens.token(control);
        var handler = new NativeResponseHandler();
        try (Watchdog.Watch watch = watchdog.begin(control, patience.left())) {
            try (Response response = send(request(ask, handler, watch, control), handler)) {
                answered = true;
                if (response.code() == 401) {
                    tokens.forget(token);
                }
                if (!response.isSuccessful()) {
                    throw GraphErrors.of(refusal(response), ask.calling, addresses, ask.uri.toString());
                }
                return read(response, reader);
            } catch (IOException e) {
                throw translate(e, watch);
            } catch (RuntimeException e) {
                throw watch.cancelled() ? new CancellationException("cancelled") : Edge.within(e, addresses.host());
            }
        }
    }

    private RequestInformation request(Ask ask, NativeResponseHandler handler, Watchdog.Watch watch,
            CallControl control) {
        var request = new RequestInformation();
        request.httpMethod = ask.body == null ? HttpMethod.GET : HttpMethod.POST;
        request.setUri(ask.uri);
        request.headers.add("Accept", "application/json");
        // The SDK would use one id for the lifetime of the client.
        request.headers.add("client-request-id", UUID.randomUUID().toString());
        request.headers.add("x-ms-throttle-priority", control.interactive() ? "High" : "Low");
        if (ask.advanced) {
            request.headers.add("ConsistencyLevel", "eventual");
        }
        byte[] body = ask.body;
        if (body != null) {
            request.setStreamContent(new ByteArrayInputStream(body), "application/json");
        }
        request.setResponseHandler(handler);
        request.addRequestOptions(List.of(watch));
        return request;
    }

    private Response send(RequestInformation request, NativeResponseHandler handler) throws IOException {
        try {
            adapter.sendPrimitive(request, null, InputStream.class);
        } catch (RollcallException | TransientFault | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            // The adapter wraps the exception of the connection.
            IOException broken = NetworkErrors.find(e, IOException.class);
            if (broken != null) {
                throw broken;
            }
            throw e;
        }
        if (handler.getValue() instanceof Response response) {
            return response;
        }
        throw new IllegalStateException("the adapter kept the answer to itself");
    }

    private <T> T read(Response response, BodyReader<T> reader) throws IOException {
        ResponseBody body = response.body();
        if (body == null) {
            throw new MalformedAnswer("no body");
        }
        try (JsonParser parser = json.createParser(AnswerLimits.limited(body.byteStream()))) {
            T result = reader.read(parser, at(response));
            if (parser.nextToken() != null) {
                throw new MalformedAnswer("something after the end");
            }
            return result;
        }
    }

    private Refusal refusal(Response response) {
        String body = null;
        try {
            body = response.peekBody(ERROR_BODY_LIMIT).string();
        } catch (IOException e) {
            // The status is sufficient.
            body = null;
        }
        return Refusal.of(response.code(), body, response.header("request-id"), response.header("Retry-After"),
                response.header("Location"), clock.instant());
    }

    private RuntimeException translate(IOException failure, Watchdog.Watch watch) {
        if (watch.cancelled()) {
            return new CancellationException("cancelled");
        }
        if (watch.late()) {
            return new RollcallException(ErrorKind.OFFLINE, "network.slow",
                    Words.of("directory.network.slow", addresses.host()),
                    Words.of("directory.network.slow.remedy"), Map.of("host", addresses.host()), failure);
        }
        RuntimeException unusable = AnswerFaults.of(failure, addresses.host());
        if (unusable != null) {
            return unusable;
        }
        return network.of(failure, answered);
    }

    private static Response underWay(Interceptor.Chain chain) throws IOException {
        Watchdog.Watch watch = chain.request().tag(Watchdog.Watch.class);
        if (watch != null) {
            watch.started(chain.call());
        }
        return chain.proceed(chain.request());
    }

    /// Runs for each request on the connection, so that retries of lower layers are counted too.
    private Response onTheWire(Interceptor.Chain chain) throws IOException {
        requests.incrementAndGet();
        return chain.proceed(chain.request());
    }

    private Instant at(Response response) {
        String date = response.header("Date");
        try {
            return date == null
                    ? clock.instant()
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }

    @Override
    public void close() {
        watchdog.close();
        HttpClients.close(client);
    }

    /// Passes the SDK the token requested before the call, for this tenant's Graph only.
    private final class Tokens implements AccessTokenProvider {
        private final AllowedHostsValidator hosts = new AllowedHostsValidator(addresses.host());

        @Override
        public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
            if (!addresses.isOwn(uri)) {
                throw GraphAddresses.foreign(uri.getHost());
            }
            if (context != null && context.containsKey("claims")) {
                // Graph requires a new token (continuous access evaluation): the next attempt uses one.
                tokens.forget(tokens.current());
                throw GraphErrors.of(Refusal.of(401, null, null, null, null, clock.instant()), Calling.FRESH,
                        addresses);
            }
            return tokens.current();
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return hosts;
        }
    }
}
