package org.rollcall.directory.entra;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;

import org.rollcall.directory.CallControl;

/// Keeps a sign-in alive that a person is busy with elsewhere: a hiccup of the network, or Entra asking for slower polls,
/// would make msal4j give up and the person start again.
record PatientHttp(TokenHttp http, CallControl control) implements IHttpClient {
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    @Override
    public IHttpResponse send(HttpRequest request) throws Exception {
        var patience = new Patience(control);
        while (true) {
            control.checkCancelled();
            try {
                IHttpResponse answer = http.send(request);
                if (answer.statusCode() == 400 && answer.body().contains("\"slow_down\"")) {
                    control.pause(SLOWER, "Entra asks for a pause");
                    return new Answer(400, answer.headers(),
                            answer.body().replace("\"slow_down\"", "\"authorization_pending\""));
                }
                return answer;
            } catch (TransientFault fault) {
                patience.waitAfter(fault);
            }
        }
    }
}
