package org.rollcall.sample;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SamplePeople.Person;
import org.rollcall.sample.TokenIssuer.Delegation;
import org.rollcall.sample.TokenIssuer.Proof;

/// The token endpoint and the device code endpoint: every grant that the client uses, with Entra's refusals.
final class TokenEndpoint {
    private static final Set<String> NO_TENANT = Set.of("common", "organizations", "consumers");

    private final SampleIdentity.Settings settings;
    private final AppRegistry apps;
    private final ReplicationDelay delay;
    private final IdentityPolicies policies;
    private final ClientProof proofs;
    private final PersonSignIn signIn;
    private final TokenGrants grants;

    TokenEndpoint(SampleIdentity.Settings settings, AppRegistry apps, ReplicationDelay delay, IdentityPolicies policies,
            ClientProof proofs, PersonSignIn signIn, TokenGrants grants) {
        this.settings = settings;
        this.apps = apps;
        this.delay = delay;
        this.policies = policies;
        this.proofs = proofs;
        this.signIn = signIn;
        this.grants = grants;
    }

    /// `POST /{tenant}/oauth2/v2.0/devicecode`.
    ObjectNode deviceCode(String tenant, Map<String, String> form) {
        settings.checkTenant(tenant);
        Registration app = knownApplication(required(form, "client_id"));
        if (!app.allowsPublicClient()) {
            throw AadError.of(7000218);
        }
        RequestedScopes scopes = scopes(form);
        DeviceCodes.Entry entry = grants.deviceCodes().issue(app, scopes);
        String page = settings.origin().get() + "/devicelogin";
        ObjectNode answer = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        answer.put("user_code", entry.userCode()).put("device_code", entry.deviceCode()).put("verification_uri", page)
                .put("expires_in", DeviceCodes.LIFE.toSeconds())
                .put("interval", settings.deviceCodeInterval().toSeconds())
                .put("message", "To sign in, use a web browser to open the page " + page + " and enter the code "
                        + entry.userCode() + " to authenticate.");
        return answer;
    }

    /// `POST /{tenant}/oauth2/v2.0/token`.
    ObjectNode token(String tenant, Map<String, String> form) {
        settings.checkTenant(tenant);
        String grant = required(form, "grant_type");
        Registration app = knownApplication(required(form, "client_id"));
        boolean noTenant = NO_TENANT.contains(tenant.toLowerCase(Locale.ROOT));
        return switch (grant) {
            case "client_credentials" -> {
                if (noTenant) {
                    throw AadError.of(50059);
                }
                yield clientCredentials(app, form);
            }
            case "password" -> {
                if (noTenant && !tenant.equalsIgnoreCase("organizations")) {
                    throw AadError.of(9001023);
                }
                yield password(app, form);
            }
            case "device_code", "urn:ietf:params:oauth:grant-type:device_code" -> device(app, form);
            case "authorization_code" -> code(app, form);
            case "refresh_token" -> refresh(app, form);
            default -> throw AadError.of(70003, grant);
        };
    }

    private ObjectNode clientCredentials(Registration app, Map<String, String> form) {
        RequestedScopes scopes = scopes(form);
        Proof proof = proofs.check(app, form);
        if (proof == Proof.NONE) {
            throw AadError.of(7000218);
        }
        if (!scopes.everything()) {
            throw AadError.of(70011, form.getOrDefault("scope", ""));
        }
        ServicePrincipal principal = apps.principalOf(app.appId())
                .orElseThrow(() -> AadError.of(7000229, app.appId(), settings.tenantId()));
        return grants.issuer().applicationAnswer(app, principal, proof);
    }

    private ObjectNode password(Registration app, Map<String, String> form) {
        Proof proof = publicOrProved(app, form);
        RequestedScopes scopes = scopes(form);
        Person person = signIn.check(required(form, "username"), required(form, "password"));
        signIn.checkRefusal(person);
        if (person.guest()) {
            throw AadError.of(50020, "{EUII Hidden}", settings.organization(), app.appId());
        }
        if (policies.passwordGrantBlocked()) {
            throw AadError.of(53003);
        }
        if (policies.demandsMfa(person)) {
            throw AadError.of(person.mfaRegistered() ? 50076 : 50079, PermissionCatalog.GRAPH_APP_ID);
        }
        grants.checkAssigned(app, person);
        grants.checkConsent(app, person, scopes);
        return answer(app, person, scopes, proof, form, null);
    }

    private ObjectNode device(Registration app, Map<String, String> form) {
        Proof proof = publicOrProved(app, form);
        String code = form.getOrDefault("device_code", form.get("code"));
        if (code == null) {
            throw AadError.of(900144, "device_code");
        }
        DeviceCodes.Entry entry = grants.deviceCodes().redeem(code, app);
        if (!(entry.state() instanceof DeviceCodes.State.Approved(var approver))) {
            throw AadError.of(70016);
        }
        Person person = signIn.stillThere(approver.objectId(), Instant.EPOCH);
        return answer(app, person, entry.scopes(), proof, form, null);
    }

    private ObjectNode code(Registration app, Map<String, String> form) {
        AuthorizationCodes.Entry entry = grants.codes().redeem(required(form, "code"), app,
                form.getOrDefault("redirect_uri", ""), form.get("code_verifier"));
        Proof proof = Proof.NONE;
        if (entry.request().publicRedirect()) {
            if (form.containsKey("client_secret") || form.containsKey("client_assertion")) {
                throw AadError.of(700025);
            }
        } else {
            proof = proofs.check(app, form);
            if (proof == Proof.NONE) {
                throw AadError.of(7000218);
            }
        }
        Person person = signIn.stillThere(entry.person().objectId(), Instant.EPOCH);
        return answer(app, person, entry.request().scopes(), proof, form, entry.request().nonce());
    }

    private ObjectNode refresh(Registration app, Map<String, String> form) {
        Proof proof = publicOrProved(app, form);
        RefreshTokens.Entry entry = grants.refreshTokens().redeem(required(form, "refresh_token"), app);
        Person person = signIn.stillThere(entry.personId(), entry.issued());
        RequestedScopes scopes = form.getOrDefault("scope", "").isBlank() ? entry.scopes() : scopes(form);
        grants.checkConsent(app, person, scopes);
        return answer(app, person, scopes, proof, form, null);
    }

    private ObjectNode answer(Registration app, Person person, RequestedScopes scopes, Proof proof,
            Map<String, String> form, @Nullable String nonce) {
        Set<String> effective = grants.consent().effective(app, person, scopes);
        ObjectNode answer = grants.issuer().delegatedAnswer(new Delegation(app, person, effective, nonce), scopes,
                proof, "1".equals(form.get("client_info")));
        if (scopes.openId().contains("offline_access")) {
            answer.put("refresh_token", grants.refreshTokens().issue(app.appId(), person.objectId(), scopes));
        }
        return answer;
    }

    private Proof publicOrProved(Registration app, Map<String, String> form) {
        boolean tries = form.containsKey("client_secret") || form.containsKey("client_assertion");
        if (tries && app.allowsPublicClient() && app.secrets().isEmpty() && app.keys().isEmpty()) {
            throw AadError.of(700025);
        }
        Proof proof = proofs.check(app, form);
        if (proof == Proof.NONE && !app.allowsPublicClient()) {
            throw AadError.of(7000218);
        }
        return proof;
    }

    private RequestedScopes scopes(Map<String, String> form) {
        return RequestedScopes.parse(form.getOrDefault("scope", ""), settings.origin().get(), settings.organization());
    }

    /// @throws AadError 700016, 7000112
    Registration knownApplication(String clientId) {
        Registration app = apps.application(clientId.strip().toLowerCase(Locale.ROOT))
                .filter(a -> delay.hasArrived("application " + a.appId()))
                .orElseThrow(() -> AadError.of(700016, clientId, settings.organization()));
        if (apps.principalOf(app.appId()).filter(p -> !p.enabled()).isPresent()) {
            throw AadError.of(7000112, app.appId(), app.displayName());
        }
        return app;
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw AadError.of(900144, name);
        }
        return value;
    }
}
