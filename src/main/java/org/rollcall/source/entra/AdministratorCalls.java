package org.rollcall.source.entra;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ResponseHeaders;
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
import org.rollcall.source.Endpoint;
import org.rollcall.source.entra.GraphErrors.Calling;
import org.rollcall.source.entra.GraphErrors.Refusal;
import org.rollcall.text.Words;

/// Small calls with the SDK's typed models on behalf of an administrator, whose token is passed in and kept in memory until
/// [#close]. Not thread-safe.
///
/// The server that answers may not know objects created a moment ago; such answers are retried (for seconds to minutes).
/// Source: learn.microsoft.com/graph/permissions-grant-via-msgraph and reports of those who automated it.
final class AdministratorCalls implements AutoCloseable {
    private static final Duration SETTLING = Duration.ofMinutes(5);
    private static final int ATTEMPTS_TO_FIND = 6;
    private static final String NOT_SETTLED = "registration.not-settled";

    private final GraphAddresses addresses;
    private final NetworkErrors network;
    private final Clock clock;
    private final OkHttpClient client;
    private final Watchdog watchdog = new Watchdog();
    private final GraphServiceClient graph;
    private volatile @Nullable String token;
    private volatile Watchdog.@Nullable Watch watch;
    private volatile boolean answered;

    AdministratorCalls(Endpoint endpoint, String token, Clock clock) {
        ProxyAddress proxy = endpoint.proxyUrl() == null ? null : ProxyAddress.parse(endpoint.proxyUrl());
        this.token = token;
        this.clock = clock;
        addresses = new GraphAddresses(endpoint.graphUrl());
        network = new NetworkErrors(addresses.host(), proxy);
        client = HttpClients.forGraph(EntraSignIn.unproved(endpoint, ""), proxy, this::underWay,
                chain -> chain.proceed(chain.request()));
        graph = new GraphServiceClient(new BaseGraphRequestAdapter(
                new BaseBearerTokenAuthenticationProvider(new Token()), addresses.base(), client));
    }

    /// A call about existing objects.
    <T extends @Nullable Object> T call(CallControl control, Function<GraphServiceClient, T> request) {
        return run(control, request, 0);
    }

    /// A call about objects that may have been created a moment ago.
    <T extends @Nullable Object> T callFresh(CallControl control, Function<GraphServiceClient, T> request) {
        return run(control, request, TransientFault.UNTIL_PATIENCE_ENDS);
    }

    /// A call that deletes an object; if it stays unknown it is deleted.
    void remove(CallControl control, Function<GraphServiceClient, @Nullable Object> request) {
        try {
            run(control, request, ATTEMPTS_TO_FIND);
        } catch (RollcallException e) {
            if (!e.code().equals(NOT_SETTLED)) {
                throw e;
            }
        }
    }

    URI own(String link) {
        return addresses.own(link);
    }

    private <T extends @Nullable Object> T run(CallControl control, Function<GraphServiceClient, T> request,
            int settlingLimit) {
        var patience = new Patience(control);
        var settling = new Patience(new Longer(control));
        while (true) {
            control.checkCancelled();
            try (Watchdog.Watch begun = watchdog.begin(control, patience.left())) {
                watch = begun;
                T result = request.apply(graph);
                answered = true;
                return result;
            } catch (RuntimeException e) {
                RuntimeException known = translate(e, watch, settlingLimit);
                if (!(known instanceof TransientFault fault)) {
                    throw known;
                }
                (fault.outcome().code().equals(NOT_SETTLED) ? settling : patience).waitAfter(fault);
            } finally {
                watch = null;
            }
        }
    }

    private RuntimeException translate(RuntimeException failure, Watchdog.@Nullable Watch begun, int settlingLimit) {
        if (begun != null && begun.cancelled() || failure instanceof CancellationException) {
            return new CancellationException("cancelled");
        }
        if (failure instanceof RollcallException || failure instanceof TransientFault) {
            return failure;
        }
        ApiException refused = NetworkErrors.find(failure, ApiException.class);
        if (refused != null) {
            answered = true;
            Refusal refusal = refusal(refused);
            return settlingLimit > 0 && notYet(refusal) ? notSettled(refusal, settlingLimit) : meaning(refusal);
        }
        IOException broken = NetworkErrors.find(failure, IOException.class);
        if (broken != null) {
            RuntimeException unusable = AnswerFaults.of(broken, addresses.host());
            return unusable == null ? network.of(broken, answered) : unusable;
        }
        if (failure instanceof com.google.gson.JsonParseException) {
            return new RollcallException(ErrorKind.REFUSED, "directory.not-json",
                    Words.of("directory.not-json", addresses.host()),
                    Words.of("directory.not-json.remedy"));
        }
        return Edge.within(failure, addresses.host());
    }

    private Refusal refusal(ApiException refused) {
        // Not getMessage(): the SDK's own throws for an empty body.
        MainError error = refused instanceof ODataError known ? known.getError() : null;
        ResponseHeaders headers = refused.getResponseHeaders();
        return new Refusal(refused.getResponseStatusCode(), text(error == null ? null : error.getCode()),
                text(error == null ? null : error.getMessage()), first(headers, "request-id"),
                RetryAfter.parse(first(headers, "Retry-After"), clock.instant()), first(headers, "Location"));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String first(@Nullable ResponseHeaders headers, String name) {
        return headers == null || !headers.containsKey(name)
                ? null
                : headers.get(name).stream().findFirst().orElse(null);
    }

    private static boolean notYet(Refusal refusal) {
        String message = refusal.message();
        return refusal.status() == 404
                || refusal.status() == 400 && (message.contains("does not reference a valid application object")
                        || message.contains("Not a valid reference update")
                        || message.contains("does not exist or one of its queried reference-property objects"));
    }

    private static TransientFault notSettled(Refusal refusal, int limit) {
        return new TransientFault(Words.of("directory.administratorCalls.entraIsStillSpreadingThe").english(), null,
                limit,
                new RollcallException(ErrorKind.REFUSED, NOT_SETTLED,
                        Words.of("directory.administratorCalls.notSettled", refusal.status()),
                        Words.of("directory.administratorCalls.notSettled.remedy")));
    }

    private RuntimeException meaning(Refusal refusal) {
        if (refusal.status() == 403 && refusal.code().contains("AppPolicy")) {
            return new RollcallException(ErrorKind.REFUSED, "registration.policy",
                    Words.of("directory.registration.policy", refusal.code()),
                    Words.of("directory.registration.policy.remedy"));
        }
        if (refusal.status() == 403) {
            return new RollcallException(ErrorKind.REFUSED, "registration.rights",
                    Words.of("directory.registration.rights", refusal.status(), refusal.code()),
                    Words.of("directory.registration.rights.remedy"));
        }
        return GraphErrors.of(refusal, Calling.FRESH, addresses);
    }

    private Response underWay(Interceptor.Chain chain) throws IOException {
        Watchdog.Watch begun = watch;
        if (begun != null) {
            begun.started(chain.call());
        }
        // The SDK would use one id for the lifetime of the client.
        return checked(chain.proceed(chain.request().newBuilder()
                .header("client-request-id", UUID.randomUUID().toString()).build()));
    }

    /// Checks that the SDK's parser lacks: an endless answer, a duplicate name, an error within the answer.
    private static Response checked(Response response) throws IOException {
        ResponseBody body = response.body();
        if (body == null || !response.isSuccessful()) {
            return response;
        }
        String text = AnswerLimits.text(body, AnswerLimits.SMALL_BYTES);
        if (!text.isBlank()) {
            try (JsonParser parser = AnswerLimits.json().createParser(text)) {
                int depth = 0;
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    if (depth == 1 && token == JsonToken.FIELD_NAME && ErrorInAnswer.isName(parser.currentName())) {
                        parser.nextToken();
                        String code = ErrorInAnswer.code(parser);
                        if (code != null) {
                            throw new ErrorInAnswer(code);
                        }
                    }
                }
            }
        }
        return response.newBuilder().body(ResponseBody.create(text, body.contentType())).build();
    }

    @Override
    public void close() {
        token = null;
        watchdog.close();
        HttpClients.close(client);
    }

    /// The same with a longer timeout.
    private record Longer(CallControl control) implements CallControl {
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
            return SETTLING;
        }
    }

    private final class Token implements AccessTokenProvider {
        private final AllowedHostsValidator hosts = new AllowedHostsValidator(addresses.host());

        @Override
        public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
            // The SDK shows some addresses with a placeholder before sending; host and port are right.
            if (!addresses.isOwn(uri)) {
                throw GraphAddresses.foreign(uri.getHost());
            }
            String present = token;
            if (present == null || context != null && context.containsKey("claims")) {
                throw new RollcallException(ErrorKind.REFUSED, "entra.session.ended",
                        Words.of("directory.entra.session.ended.administratorCalls"),
                        Words.of("directory.entra.session.ended.remedy"));
            }
            return present;
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return hosts;
        }
    }
}
