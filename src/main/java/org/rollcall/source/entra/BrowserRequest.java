package org.rollcall.source.entra;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

import okhttp3.HttpUrl;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.EntraIdentity.Request;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// One authorization request: the address for the browser, and the values to check the answer against.
///
/// msal4j builds such requests too, but without a nonce, and its listener hides why no code was returned. Source:
/// learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow.
///
/// @param state    returned with the answer
/// @param nonce    returned within the ID token
/// @param verifier of PKCE: proves to the token endpoint that the same program sent the request
record BrowserRequest(URI address, URI redirect, String state, String nonce, String verifier) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static BrowserRequest of(Request request, URI redirect, Set<String> scopes) {
        String state = random();
        String nonce = random();
        String verifier = random();
        HttpUrl.Builder url = HttpUrl.get(request.endpoint().authorityUrl()).newBuilder()
                .addPathSegment(request.endpoint().tenant()).addPathSegments("oauth2/v2.0/authorize")
                .addQueryParameter("client_id", request.clientId()).addQueryParameter("response_type", "code")
                .addQueryParameter("redirect_uri", redirect.toString()).addQueryParameter("response_mode", "query")
                .addQueryParameter("scope", String.join(" ", scopes)).addQueryParameter("state", state)
                .addQueryParameter("nonce", nonce).addQueryParameter("code_challenge", challenge(verifier))
                .addQueryParameter("code_challenge_method", "S256");
        String hint = request.loginHint();
        if (hint == null || hint.isBlank()) {
            url.addQueryParameter("prompt", "select_account");
        } else {
            url.addQueryParameter("login_hint", hint);
        }
        return new BrowserRequest(url.build().uri(), redirect, state, nonce, verifier);
    }

    /// The authorization code of an answer.
    ///
    /// @throws SignInRefusedException INVALID_TOKEN: not the answer to this request; else the error of the login service
    String code(Map<String, String> answer) {
        if (!MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8),
                answer.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8))) {
            throw new SignInRefusedException(SignInOutcome.INVALID_TOKEN, null,
                    Words.of("directory.browserRequest.invalidToken"),
                    Words.of("directory.browserRequest.invalidToken.remedy"), null);
        }
        String error = answer.get("error");
        if (error != null) {
            throw SignInRefusals.ofBrowser(error, answer.getOrDefault("error_description", ""),
                    address.getScheme() + "://" + address.getRawAuthority());
        }
        String code = answer.getOrDefault("code", "");
        if (code.isEmpty()) {
            throw new SignInRefusedException(SignInOutcome.INVALID_TOKEN, null,
                    Words.of("directory.browserRequest.invalidToken2"),
                    Words.of("directory.browserRequest.invalidToken2.remedy"), null);
        }
        return code;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /// Without the secret values.
    @Override
    public String toString() {
        return "authorization request at " + address.getHost();
    }
}
