package org.rollcall.source.entra;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import okhttp3.HttpUrl;

import org.rollcall.source.CallControl;
import org.rollcall.text.Words;

/// Keeps a sign-in alive while the person is busy elsewhere: a transient network fault, or a request by Entra to poll more
/// slowly, would make msal4j fail and the person start over. If the person waits in front of Rollcall, they are soon told that
/// Entra cannot be reached.
record PatientHttp(TokenHttp http, CallControl control) implements IHttpClient {
    private static final Duration SLOWER = Duration.ofSeconds(5);
    /// How long a person waits for a login service that does not respond.
    static final Duration IN_FRONT = Duration.ofSeconds(20);

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    private interface Exchange {
        IHttpResponse run() throws Exception;
    }

    /// Reads one of the login service's own documents.
    IHttpResponse get(HttpUrl url) throws Exception {
        return patiently(() -> http.get(url), IN_FRONT);
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws Exception {
        // A poll for a device code: the person is at another device and has time.
        boolean poll = String.valueOf(request.body()).contains("device_code=");
        return patiently(() -> http.send(request), poll ? control.patience() : IN_FRONT);
    }

    private IHttpResponse patiently(Exchange exchange, Duration longest) throws Exception {
        var patience = new Patience(control, longest);
        while (true) {
            control.checkCancelled();
            try {
                IHttpResponse answer = exchange.run();
                boolean slower = answer.statusCode() == 400 && answer.body().contains("\"slow_down\"");
                if (slower) {
                    control.pause(SLOWER, Words.of("directory.patientHttp.entraAsksForAPause").english());
                }
                // msal4j would hold every next sign-in for the time in this header.
                var headers = new LinkedHashMap<>(answer.headers());
                headers.keySet().removeIf("Retry-After"::equalsIgnoreCase);
                return new Answer(answer.statusCode(), headers, slower
                        ? answer.body().replace("\"slow_down\"", "\"authorization_pending\"")
                        : answer.body());
            } catch (TransientFault fault) {
                patience.waitAfter(fault);
            }
        }
    }
}
