package org.rollcall.sample;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// The sample tenant's identity half: everything that `login.microsoftonline.com` does for the client, and Graph's
/// endpoints for applications, service principals and consent.
///
/// It decides who may sign in and what tokens carry; the server around it does the transport. Paths, parameters, answers
/// and errors follow Microsoft's documentation of the v2.0 endpoints.
public final class SampleIdentity {
    private static final Pattern TENANT_PATH = Pattern.compile(
            "/([^/]+)/(oauth2/v2\\.0/token|oauth2/v2\\.0/devicecode|oauth2/v2\\.0/authorize|(?:v2\\.0/)?adminconsent"
                    + "|(?:v2\\.0/)?\\.well-known/openid-configuration|discovery/(?:v2\\.0/)?keys)");
    private static final String USER_REALM = "/common/userrealm/";

    /// What the tenant is called and how it is reached.
    ///
    /// @param origin scheme, host and port, such as `https://localhost:8443`; asked for late, since the port may be known
    ///        only when the server listens
    /// @param tenantId the tenant's GUID
    /// @param organization display name
    /// @param domains verified domains, lower case
    /// @param clientId client id of the application registered from the start
    /// @param clientSecret its secret
    /// @param password the password of everyone
    /// @param roles Graph application permissions it has
    /// @param scopes Graph delegated permissions consented to for everyone
    /// @param tokenLifetime how long access and ID tokens are good, by the tenant's clock
    /// @param deviceCodeInterval how often a client may ask whether a device code was approved
    /// @param callersClock the clock that the callers' assertions are judged by: theirs, which the tenant's clock control
    ///        does not move
    public record Settings(Supplier<String> origin, String tenantId, String organization, List<String> domains,
            String clientId, String clientSecret, String password, Set<String> roles, Set<String> scopes,
            Duration tokenLifetime, Duration deviceCodeInterval, Clock callersClock) {

        /// Settings with the usual permissions and times: an import's three application permissions, sign-in with
        /// `User.Read`, tokens of 75 minutes, one second between device code polls.
        public static Settings of(Supplier<String> origin, String tenantId, String organization, List<String> domains,
                String clientId, String clientSecret, String password) {
            return new Settings(origin, tenantId, organization, domains, clientId, clientSecret, password,
                    Set.of("User.Read.All", "GroupMember.Read.All", "AuditLog.Read.All"),
                    Set.of("openid", "profile", "offline_access", "email", "User.Read"), Duration.ofMinutes(75),
                    Duration.ofSeconds(1), Clock.systemUTC());
        }

        /// The same with other application permissions.
        public Settings withRoles(Set<String> newRoles) {
            return new Settings(origin, tenantId, organization, domains, clientId, clientSecret, password, newRoles,
                    scopes, tokenLifetime, deviceCodeInterval, callersClock);
        }

        /// The same with another token lifetime.
        public Settings withTokenLifetime(Duration lifetime) {
            return new Settings(origin, tenantId, organization, domains, clientId, clientSecret, password, roles,
                    scopes,
                    lifetime, deviceCodeInterval, callersClock);
        }

        /// All names that stand for this tenant in a path.
        List<String> tenantNames() {
            var names = new java.util.ArrayList<String>(domains);
            names.add(tenantId);
            names.add("organizations");
            names.add("common");
            return names;
        }

        /// @throws AadError 90002
        void checkTenant(String name) {
            if (!tenantNames().contains(name.toLowerCase(Locale.ROOT))) {
                throw AadError.of(90002, name);
            }
        }
    }

    private final Settings settings;
    private final Clock clock;
    private final SamplePeople people;
    private final SigningKeys keys = new SigningKeys();
    private final SpoiledTokens spoiledTokens = new SpoiledTokens(keys);
    private final LoginFaults faults = new LoginFaults();
    private final IdentityPolicies policies = new IdentityPolicies();
    private final ReplicationDelay delay;
    private final AppRegistry apps;
    private final CredentialCertificate certificate;
    private final PersonSignIn signIn;
    private final TokenGrants grants;
    private final TokenEndpoint tokens;
    private final AuthorizationPages pages;
    private final DeviceLoginPage deviceLogin;
    private final DiscoveryDocuments documents;
    private final RegistrationEndpoints registration;
    private final IdentityAdmin admin;

    public SampleIdentity(Settings settings, SampleClock clock, SamplePeople people) {
        this.settings = settings;
        this.clock = clock;
        this.people = people;
        delay = new ReplicationDelay(clock);
        apps = new AppRegistry(settings.tenantId(), clock);
        certificate = CredentialCertificate.generate("Rollcall sample",
                clock.instant().minus(Duration.ofDays(1)), clock.instant().plus(Duration.ofDays(730)));
        apps.addOwn(settings.clientId(), settings.clientSecret(), certificate.certificate(), settings.roles(),
                settings.scopes());
        signIn = new PersonSignIn(people, clock, settings.password(), settings.organization());
        var issuer = new TokenIssuer(settings, keys, spoiledTokens, apps, delay, clock);
        grants = new TokenGrants(apps, new Consent(apps, policies), new DeviceCodes(clock),
                new AuthorizationCodes(clock), new RefreshTokens(clock), issuer);
        tokens = new TokenEndpoint(settings, apps, delay, policies, new ClientProof(settings, policies, delay, clock),
                signIn, grants);
        var steps = new SignInSteps(signIn, policies, clock);
        pages = new AuthorizationPages(settings, tokens, grants, steps, clock);
        deviceLogin = new DeviceLoginPage(settings, grants, policies, steps, signIn, clock);
        documents = new DiscoveryDocuments(settings, issuer);
        registration = new RegistrationEndpoints(settings, apps, new RegistrationRights(apps, people, policies), delay,
                policies, people, clock);
        admin = new IdentityAdmin(this, settings.clientId());
    }

    /// Answers a request of the login half.
    ///
    /// @return null if the path is none of login's
    public @Nullable SampleResponse handleLogin(SampleRequest request) {
        String path = decode(request.path());
        String sent = request.header("client-request-id");
        String correlation = sent == null || sent.isBlank() ? UUID.randomUUID().toString() : sent;
        SampleResponse answer;
        try {
            answer = route(path, request);
        } catch (AadError e) {
            answer = e.render(clock.instant(), correlation, settings.origin().get());
        }
        if (answer == null) {
            return null;
        }
        if (!answer.headers().containsKey("x-ms-request-id")) {
            answer = answer.with("x-ms-request-id", UUID.randomUUID().toString());
        }
        return sent == null ? answer : answer.with("client-request-id", sent);
    }

    private @Nullable SampleResponse route(String path, SampleRequest request) {
        SampleResponse fault = faults.answer(request);
        if (fault != null) {
            return fault;
        }
        if (path.equals("/common/discovery/instance")) {
            return documents.instances(parameters(request));
        }
        if (path.startsWith(USER_REALM)) {
            return SampleResponse.json(200, documents.userRealm(path.substring(USER_REALM.length()),
                    parameters(request).getOrDefault("api-version", "1.0")));
        }
        return switch (path) {
            case "/devicelogin", "/common/oauth2/deviceauth" -> deviceLogin.page(path, parameters(request));
            case "/error" -> HtmlPage.of(200, "Error",
                    "<p>AADSTS" + HtmlPage.escape(parameters(request).getOrDefault("code", "")) + "</p>");
            case "/admin/devicecode", "/admin/identity" -> admin.handle(path, request);
            default -> {
                Matcher match = TENANT_PATH.matcher(path);
                yield match.matches() ? tenantPath(path, match.group(1), match.group(2), request) : null;
            }
        };
    }

    private SampleResponse tenantPath(String path, String tenant, String what, SampleRequest request) {
        boolean post = request.method().equalsIgnoreCase("POST");
        return switch (what) {
            case "oauth2/v2.0/token" -> post
                    ? noStore(SampleResponse.json(200, tokens.token(tenant, request.form())))
                    : SampleResponse.empty(405);
            case "oauth2/v2.0/devicecode" -> post
                    ? noStore(SampleResponse.json(200, tokens.deviceCode(tenant, request.form())))
                    : SampleResponse.empty(405);
            case "oauth2/v2.0/authorize" -> pages.authorize(tenant, path, parameters(request));
            case "adminconsent", "v2.0/adminconsent" -> pages.adminConsent(tenant, path, parameters(request));
            case "discovery/keys", "discovery/v2.0/keys" -> {
                settings.checkTenant(tenant);
                yield SampleResponse.json(200, keys.document(grants.issuer().issuer()));
            }
            default -> {
                settings.checkTenant(tenant);
                yield SampleResponse.json(200, documents.openId(tenant));
            }
        };
    }

    private static SampleResponse noStore(SampleResponse answer) {
        return answer.with("Cache-Control", "no-store, no-cache").with("Pragma", "no-cache");
    }

    /// Answers a Graph request for applications, service principals or permission grants.
    ///
    /// @return null if the path is none of these
    /// @throws GraphFault what Graph refuses
    public @Nullable SampleResponse handleRegistration(SampleRequest request, Caller caller) {
        return registration.handle(decode(request.path()), request, caller);
    }

    /// Who makes this Graph request.
    ///
    /// @throws GraphFault 401 InvalidAuthenticationToken with `WWW-Authenticate`
    public Caller authenticate(SampleRequest request) {
        return grants.issuer().read(request.header("Authorization"));
    }

    /// The tenant's applications and their permissions, to look at and to change.
    public AppRegistry apps() {
        return apps;
    }

    /// Sign-in and registration policies.
    public IdentityPolicies policies() {
        return policies;
    }

    /// People's passwords.
    public PersonSignIn passwords() {
        return signIn;
    }

    /// How long new registrations stay unknown.
    public ReplicationDelay replicationDelay() {
        return delay;
    }

    /// The keys that sign tokens.
    public SigningKeys signingKeys() {
        return keys;
    }

    /// People whose ID tokens prove nothing.
    public SpoiledTokens spoiledTokens() {
        return spoiledTokens;
    }

    /// How the login endpoints misbehave.
    public LoginFaults loginFaults() {
        return faults;
    }

    /// Lets a server of the organization prove the passwords of a domain's people, or no longer.
    public void federate(String domainName, boolean on) {
        documents.federate(domainName, on);
    }

    /// A certificate that is registered for the application, as PEM with its private key.
    public String registeredCertificatePem() {
        return certificate.pem();
    }

    /// The registered certificate alone.
    public X509Certificate registeredCertificate() {
        return certificate.certificate();
    }

    /// What `aadInstanceDiscoveryResponse` of msal4j needs to work on this tenant's port.
    public String instanceDiscoveryResponse() {
        return documents.instances().toString();
    }

    /// Lets a person approve a waiting device code. Refusals (conditional access, missing consent) reach the device.
    public void approveDeviceCode(String userCode, String userName) {
        deviceLogin.decide(userCode, userName, true);
    }

    /// Lets a person decline a waiting device code.
    public void declineDeviceCode(String userCode) {
        deviceLogin.decide(userCode, "", false);
    }

    /// Revokes a person's refresh tokens (50173), as "revoke sessions" does.
    public void revokeSessions(String userName) {
        people.byUserName(userName).ifPresent(p -> grants.refreshTokens().revoke(p.objectId()));
    }

    /// The tenant's time in so many days.
    Instant inDays(int days) {
        return clock.instant().plus(Duration.ofDays(days));
    }

    /// Query and form in one, names case-insensitive.
    private static Map<String, String> parameters(SampleRequest request) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(request.query());
        if (request.method().equalsIgnoreCase("POST")) {
            all.putAll(request.form());
        }
        return all;
    }

    /// Paths come with or without their percent-encoding, depending on the client.
    private static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
