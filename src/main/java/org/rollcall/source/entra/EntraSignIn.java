package org.rollcall.source.entra;

import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SystemBrowserOptions;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.Endpoint;
import org.rollcall.source.PersonSignIn;
import org.rollcall.source.SignedIn;
import org.rollcall.text.Words;

/// Signs people in through msal4j: device code, or authorization code with PKCE in the browser. Each sign-in has a client of
/// its own whose cache is discarded with it.
public final class EntraSignIn implements PersonSignIn {
    private static final int BROWSER_SECONDS = 900;

    private final Clock clock;

    public EntraSignIn(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SignedIn byDeviceCode(Request request, Consumer<DeviceCode> show, CallControl control) {
        return signIn(request, control, client -> client.acquireToken(DeviceCodeFlowParameters.builder(
                scopes(request), code -> show.accept(new DeviceCode(code.userCode(), code.verificationUri(),
                        clock.instant().plusSeconds(code.expiresIn()))))
                .build()));
    }

    @Override
    public SignedIn byBrowser(Request request, Consumer<URI> open, CallControl control) {
        return signIn(request, control, client -> client.acquireToken(InteractiveRequestParameters
                .builder(URI.create("http://localhost")).scopes(scopes(request)).prompt(Prompt.SELECT_ACCOUNT)
                .httpPollingTimeoutInSeconds(BROWSER_SECONDS)
                .systemBrowserOptions(SystemBrowserOptions.builder().htmlMessageSuccess(ReturnPage.done())
                        .htmlMessageError(ReturnPage.failed())
                        .openBrowserAction(url -> open.accept(URI.create(url.toString())))
                        .build())
                .build()));
    }

    private static Set<String> scopes(Request request) {
        return request.scopes().stream().map(scope -> request.endpoint().graphUrl() + "/" + scope)
                .collect(Collectors.toSet());
    }

    private SignedIn signIn(Request request, CallControl control,
            Function<PublicClientApplication, CompletableFuture<IAuthenticationResult>> flow) {
        Endpoint endpoint = request.endpoint();
        ProxyAddress proxy = endpoint.proxyUrl() == null ? null : ProxyAddress.parse(endpoint.proxyUrl());
        var http = new TokenHttp(HttpClients.forLogin(unproved(endpoint, request.clientId()), proxy),
                endpoint.authorityUrl(), proxy, clock);
        // msal4j waits for the person on a thread of the process-wide common pool, which may have only one.
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("entra-sign-in-", 0).factory());
        try {
            PublicClientApplication client = client(endpoint, request.clientId(), new PatientHttp(http, control),
                    threads);
            IAuthenticationResult result = new TokenWait(http, endpoint.authorityUrl()).result(flow.apply(client),
                    control);
            return signedIn(result, http);
        } catch (TransientFault fault) {
            throw fault.outcome();
        } catch (MalformedURLException | IllegalArgumentException | MsalClientException e) {
            throw new RollcallException(ErrorKind.INPUT, "tenant.authority",
                    Words.of("directory.tenant.authority"),
                    Words.of("directory.tenant.authority.remedy"), Map.of(), e);
        } catch (RuntimeException e) {
            throw Edge.ours(e, http.host());
        } finally {
            threads.shutdownNow();
            http.close();
        }
    }

    private static SignedIn signedIn(IAuthenticationResult result, TokenHttp http) {
        String token = result.accessToken();
        JsonNode claims = TokenClaims.claims(token);
        JsonNode identity = TokenClaims.claims(result.idToken() == null ? "" : result.idToken());
        String tenant = identity.path("tid").asText(claims.path("tid").asText(""));
        var roles = new LinkedHashSet<String>();
        claims.path("wids").forEach(role -> roles.add(role.asText()));
        return new SignedIn(identity.path("preferred_username").asText(claims.path("upn").asText("")),
                tenant.isEmpty() ? null : tenant, token, http.refreshToken(), result.expiresOnDate().toInstant(),
                TokenClaims.permissions(token).granted().orElse(Set.of()), roles);
    }

    /// A client with its own cache, since msal4j never finds anything in it on a port other than 443.
    ///
    /// @param threads msal4j waits for the person on one of them
    static PublicClientApplication client(Endpoint endpoint, String clientId, IHttpClient http,
            ExecutorService threads) throws MalformedURLException {
        return PublicClientApplication.builder(clientId)
                .authority(endpoint.authorityUrl() + "/" + endpoint.tenant() + "/").validateAuthority(false)
                .instanceDiscovery(false).disableInternalRetries().httpClient(http).executorService(threads).build();
    }

    /// A connection used for its trust and proxy only, without a credential.
    static Connection unproved(Endpoint endpoint, String clientId) {
        return new Connection(endpoint.tenant(), clientId, endpoint.authorityUrl(), endpoint.graphUrl(),
                endpoint.caPem(), endpoint.proxyUrl(), new Credential.UserToken(""));
    }
}
