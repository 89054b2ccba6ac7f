package org.rollcall.source.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import okhttp3.HttpUrl;

import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;

/// msal4j's requests for a sign-in by password. It first looks up who verifies the person's password, with the unencoded user
/// name in the address: blanks and non-ASCII letters would break the request, so that address is rebuilt. If a server of the
/// organization verifies passwords, the sign-in ends there, where msal4j would continue with that server.
record PasswordHttp(PatientHttp http, String userName, SignInTrail trail) implements IHttpClient {
    private static final String REALM = "/common/userrealm/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public IHttpResponse send(HttpRequest request) throws Exception {
        if (!request.url().getPath().startsWith(REALM)) {
            return http.send(request);
        }
        HttpUrl url = HttpUrl.get(http.http().origin()).newBuilder().addPathSegments("common/userrealm")
                .addPathSegment(userName).addQueryParameter("api-version", "1.0").build();
        IHttpResponse answer = http.get(url);
        trail.passed(Step.ADDRESS, http.http().origin() + " answers");
        if (isFederated(answer.body())) {
            throw SignInRefusals.federated();
        }
        return answer;
    }

    /// @throws SignInRefusedException never: unreadable answers are left to msal4j
    private static boolean isFederated(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json != null && json.path("account_type").asText("").equalsIgnoreCase("Federated");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
