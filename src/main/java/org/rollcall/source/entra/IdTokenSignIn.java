package org.rollcall.source.entra;

import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;
import org.rollcall.text.Words;

/// Signs people in by an ID token of their tenant: msal4j talks to the token endpoint, [IdTokenValidator] validates the token.
/// Each attempt has its own client and cache; msal4j's list of throttled services is never filled, since it is shared by the
/// process and would refuse the next person.
public final class IdTokenSignIn implements EntraIdentity {
    private static final Duration BROWSER = Duration.ofMinutes(5);
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /// Longer than any user name and any password that Entra accepts.
    private static final int LONGEST = 1_024;

    private final Clock clock;
    private final IntSupplier ports;
    private final Duration browserPatience;
    private final TenantDocuments documents;
    private final IdTokenValidator validator;

    public IdTokenSignIn(Clock clock) {
        this(clock, () -> 0, BROWSER);
    }

    /// @param ports           where the browser returns to, tried in turn; 0: any free port
    /// @param browserPatience timeout of the browser sign-in
    IdTokenSignIn(Clock clock, IntSupplier ports, Duration browserPatience) {
        this.clock = clock;
        this.ports = ports;
        this.browserPatience = browserPatience;
        documents = new TenantDocuments(clock);
        validator = new IdTokenValidator(clock);
    }

    @Override
    public Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control) {
        return attempt(request, SignInRefusals.Way.BROWSER, trail, control, attempt -> {
            // Checked before a page is opened that could not be displayed; otherwise the person would wait for nothing.
            attempt.documents.reach();
            trail.passed(Step.ADDRESS,
                    Words.of("directory.idTokenSignIn.answers", request.endpoint().authorityUrl()).english());
            try (var back = BrowserReturn.listen(ports)) {
                BrowserRequest page = BrowserRequest.of(request, back.address(), allScopes(request));
                var opening = CompletableFuture.runAsync(() -> open.accept(page.address()),
                        task -> Thread.ofVirtual().name("entra-browser").start(task));
                String code = page.code(back.await(browserPatience, opening, control));
                trail.passed(Step.AUTHENTICATION, Words.of("directory.idTokenSignIn.theBrowserCameBackWith").english());
                IAuthenticationResult result = attempt.result(attempt.http,
                        client -> client.acquireToken(AuthorizationCodeParameters.builder(code, page.redirect())
                                .scopes(scopes(request)).codeVerifier(page.verifier()).build()));
                Proven proven = attempt.prove(result, page.nonce());
                back.succeeded();
                return proven;
            }
        });
    }

    @Override
    public Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control) {
        return attempt(request, SignInRefusals.Way.DEVICE_CODE, trail, control, attempt -> {
            IAuthenticationResult result = attempt.result(attempt.http,
                    client -> client.acquireToken(DeviceCodeFlowParameters.builder(scopes(request), code -> {
                        trail.passed(Step.ADDRESS, Words
                                .of("directory.idTokenSignIn.answers", request.endpoint().authorityUrl()).english());
                        show.accept(new DeviceCode(code.userCode(), code.verificationUri(),
                                clock.instant().plusSeconds(code.expiresIn())));
                    }).build()));
            trail.passed(Step.AUTHENTICATION, Words.of("directory.idTokenSignIn.theCodeWasConfirmed").english());
            return attempt.prove(result, null);
        });
    }

    @Override
    public Proven byPassword(Request request, String userName, char[] password, SignInTrail trail,
            CallControl control) {
        String name = userName.strip();
        boolean possible = !name.isEmpty() && name.length() <= LONGEST && password.length > 0
                && password.length <= LONGEST && name.chars().noneMatch(Character::isISOControl)
                && !contains(password, '\0');
        if (!possible) {
            throw SignInRefusals.wrongPassword(null);
        }
        return attempt(request, SignInRefusals.Way.PASSWORD, trail, control, attempt -> {
            IAuthenticationResult result = attempt.result(new PasswordHttp(attempt.http, name, trail),
                    client -> passwordGrant(client, request, name, password));
            trail.passed(Step.AUTHENTICATION, Words.of("directory.idTokenSignIn.entraAcceptedThePassword").english());
            return attempt.prove(result, null);
        });
    }

    private static boolean contains(char[] text, char wanted) {
        for (char c : text) {
            if (c == wanted) {
                return true;
            }
        }
        return false;
    }

    /// Microsoft advises against passwords that pass through programs, and so do the settings that enable this; people without
    /// a second factor and a browser have no other way.
    @SuppressWarnings("deprecation")
    private static CompletableFuture<IAuthenticationResult> passwordGrant(PublicClientApplication client,
            Request request, String userName, char[] password) {
        return client.acquireToken(
                UserNamePasswordParameters.builder(scopes(request), userName, password.clone()).build());
    }

    /// The permissions to read the person's own details and groups.
    private static Set<String> scopes(Request request) {
        return Set.of(request.endpoint().graphUrl() + "/User.Read");
    }

    /// With the OpenID scopes that msal4j adds to its own requests.
    private static Set<String> allScopes(Request request) {
        var all = new LinkedHashSet<String>(List.of("openid", "profile", "offline_access"));
        all.addAll(scopes(request));
        return all;
    }

    private Proven attempt(Request request, SignInRefusals.Way way, SignInTrail trail, CallControl control,
            Function<Attempt, Proven> flow) {
        Endpoint endpoint = request.endpoint();
        if (!GUID.matcher(endpoint.tenant()).matches()) {
            throw RollcallException.input("tenant.id", Words.of("directory.tenant.id"),
                    Words.of("directory.tenant.id.remedy"));
        }
        ProxyAddress proxy = endpoint.proxyUrl() == null ? null : ProxyAddress.parse(endpoint.proxyUrl());
        var http = new TokenHttp(HttpClients.forLogin(EntraSignIn.unproved(endpoint, request.clientId()), proxy),
                endpoint.authorityUrl(), proxy, clock);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("entra-sign-in-", 0).factory());
        try {
            return flow.apply(new Attempt(request, new PatientHttp(http, control), threads, trail));
        } catch (TransientFault fault) {
            throw SignInRefusals.of(fault.outcome(), way);
        } catch (RollcallException e) {
            throw SignInRefusals.of(e, way);
        } finally {
            threads.shutdownNow();
            http.close();
        }
    }

    /// One attempt of one person.
    private final class Attempt {
        private final Request request;
        private final PatientHttp http;
        private final ExecutorService threads;
        private final SignInTrail trail;
        private final TenantDocuments.Attempt documents;

        Attempt(Request request, PatientHttp http, ExecutorService threads, SignInTrail trail) {
            this.request = request;
            this.http = http;
            this.threads = threads;
            this.trail = trail;
            documents = IdTokenSignIn.this.documents.attempt(request.endpoint(), http);
        }

        IAuthenticationResult result(IHttpClient through,
                Function<PublicClientApplication, CompletableFuture<IAuthenticationResult>> grant) {
            try {
                return new TokenWait(http.http(), request.endpoint().authorityUrl()).result(
                        grant.apply(EntraSignIn.client(request.endpoint(), request.clientId(), through, threads)),
                        http.control());
            } catch (MalformedURLException | IllegalArgumentException e) {
                throw new RollcallException(ErrorKind.INPUT, "tenant.authority",
                        Words.of("directory.tenant.authority"),
                        Words.of("directory.tenant.authority.remedy"), Map.of(), e);
            }
        }

        Proven prove(IAuthenticationResult result, @Nullable String nonce) {
            String token = result.idToken();
            String access = result.accessToken();
            if (token == null || access == null) {
                throw new SignInRefusedException(SignInOutcome.INVALID_TOKEN, null,
                        Words.of("directory.idTokenSignIn.invalidToken"),
                        Words.of("directory.idTokenSignIn.invalidToken.remedy"), null);
            }
            Endpoint endpoint = request.endpoint();
            var identity = validator.validate(token, new IdTokenValidator.Expected(endpoint.authorityUrl(),
                    UUID.fromString(endpoint.tenant()), request.clientId(), nonce), documents, trail);
            return new Proven(identity.tenantId(), identity.objectId(), identity.userName(), access);
        }
    }
}
