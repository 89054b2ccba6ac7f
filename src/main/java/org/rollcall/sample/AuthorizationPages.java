package org.rollcall.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SamplePeople.Person;
import org.rollcall.sample.SignInSteps.Outcome;

/// The pages of the authorization code flow (`/{tenant}/oauth2/v2.0/authorize`) and of administrator consent
/// (`/{tenant}/adminconsent`).
///
/// For tests, `&sample_user=UPN` in the address signs that person in at once; `&sample_decision=decline` lets the person
/// press Cancel.
final class AuthorizationPages {
    private final SampleIdentity.Settings settings;
    private final TokenEndpoint tokens;
    private final TokenGrants grants;
    private final SignInSteps steps;
    private final Clock clock;

    AuthorizationPages(SampleIdentity.Settings settings, TokenEndpoint tokens, TokenGrants grants, SignInSteps steps,
            Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.grants = grants;
        this.steps = steps;
        this.clock = clock;
    }

    SampleResponse authorize(String tenant, String path, Map<String, String> parameters) {
        AuthorizationRequest request;
        try {
            settings.checkTenant(tenant);
            Registration app = tokens.knownApplication(required(parameters, "client_id"));
            boolean open = AuthorizationRequest.checkRedirect(app, parameters.get("redirect_uri"));
            RequestedScopes scopes = RequestedScopes.parse(parameters.getOrDefault("scope", ""),
                    settings.origin().get(), settings.organization());
            request = AuthorizationRequest.of(app, open, scopes, parameters);
        } catch (AadError e) {
            // Without a redirect URI that can be trusted there is nobody to tell but the person.
            return HtmlPage.error(e, clock.instant());
        }
        try {
            if (!"code".equals(parameters.getOrDefault("response_type", "code"))) {
                throw AadError.of(70003, parameters.getOrDefault("response_type", ""));
            }
            return switch (steps.next(path, parameters)) {
                case Outcome.Ask(var page) -> page;
                case Outcome.Done(var person, var session) -> decide(path, parameters, request, person, session);
            };
        } catch (AadError e) {
            return toApplication(request, error(e));
        }
    }

    private SampleResponse decide(String path, Map<String, String> parameters, AuthorizationRequest request,
            Person person, Map<String, String> session) {
        steps.checkRefusal(person);
        grants.checkAssigned(request.app(), person);
        String decision = parameters.get(SignInSteps.DECISION);
        if ("decline".equals(decision)) {
            throw AadError.of(65004);
        }
        switch (grants.consent().decide(request.app(), person, request.scopes())) {
            case GIVEN -> {
                // Nothing left to ask.
            }
            case ADMINISTRATOR_NEEDED -> throw AadError.of(90094, settings.organization(), request.app().displayName(),
                    settings.organization());
            case ASK -> {
                if (!"accept".equals(decision) && !parameters.containsKey(SignInSteps.USER)) {
                    String list = grants.consent().missing(request.app(), person, request.scopes()).stream()
                            .map(s -> "<li>" + HtmlPage.escape(s) + "</li>").collect(Collectors.joining());
                    return SignInSteps.decisionPage(path, "Permissions requested", "<p>"
                            + HtmlPage.escape(request.app().displayName()) + " asks for:</p><ul>" + list + "</ul>",
                            parameters, session);
                }
                grants.consent().give(request.app(), person, request.scopes());
            }
        }
        var answer = new LinkedHashMap<String, String>();
        answer.put("code", grants.codes().issue(request, person));
        return toApplication(request, answer);
    }

    private Map<String, String> error(AadError e) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("error", e.error());
        fields.put("error_description", e.description(clock.instant(), UUID.randomUUID().toString(),
                UUID.randomUUID().toString()));
        fields.put("error_uri", settings.origin().get() + "/error?code=" + e.number());
        return fields;
    }

    private static SampleResponse toApplication(AuthorizationRequest request, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        if (request.state() != null) {
            all.put("state", request.state());
        }
        all.put("session_state", UUID.randomUUID().toString());
        return switch (request.responseMode()) {
            case "form_post" -> HtmlPage.autoPost(request.redirectUri(), all);
            case "fragment" -> redirect(request.redirectUri(), '#', all);
            default -> redirect(request.redirectUri(), request.redirectUri().indexOf('?') < 0 ? '?' : '&', all);
        };
    }

    private static SampleResponse redirect(String target, char separator, Map<String, String> fields) {
        String query = fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return SampleResponse.empty(302).with("Location", target + separator + query);
    }

    /// Consent of an administrator for the whole organisation: everything that the registration asks for.
    SampleResponse adminConsent(String tenant, String path, Map<String, String> parameters) {
        try {
            settings.checkTenant(tenant);
            Registration app = tokens.knownApplication(required(parameters, "client_id"));
            String redirect = parameters.get("redirect_uri");
            if (redirect != null) {
                AuthorizationRequest.checkRedirect(app, redirect);
            }
            return switch (steps.next(path, parameters)) {
                case Outcome.Ask(var page) -> page;
                case Outcome.Done(var person, var session) ->
                    decideForEveryone(path, parameters, app, redirect, person, session);
            };
        } catch (AadError e) {
            return HtmlPage.error(e, clock.instant());
        }
    }

    private SampleResponse decideForEveryone(String path, Map<String, String> parameters, Registration app,
            @Nullable String redirect, Person person, Map<String, String> session) {
        if (!person.globalAdministrator()) {
            return refused(parameters, redirect, "Only an administrator can grant these permissions.");
        }
        String decision = parameters.get(SignInSteps.DECISION);
        if ("decline".equals(decision)) {
            return refused(parameters, redirect, "The administrator declined to consent.");
        }
        if (!"accept".equals(decision) && !parameters.containsKey(SignInSteps.USER)) {
            String list = java.util.stream.Stream
                    .concat(app.requiredGraphAccess("Role").stream().map(PermissionCatalog::roleName),
                            app.requiredGraphAccess("Scope").stream().map(PermissionCatalog::scopeName))
                    .flatMap(java.util.Optional::stream).map(s -> "<li>" + HtmlPage.escape(s) + "</li>")
                    .collect(Collectors.joining());
            return SignInSteps.decisionPage(path, "Permissions requested: accept for your organization",
                    "<p>" + HtmlPage.escape(app.displayName()) + " asks for:</p><ul>" + list + "</ul>", parameters,
                    session);
        }
        if (grants.apps().principalOf(app.appId()).isEmpty()) {
            grants.apps().put(new ServicePrincipal(UUID.randomUUID().toString(), app.appId(), true, false,
                    com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()));
        }
        grants.consent().giveForEveryone(app);
        var answer = new LinkedHashMap<String, String>();
        answer.put("admin_consent", "True");
        answer.put("tenant", settings.tenantId());
        if (parameters.containsKey("state")) {
            answer.put("state", parameters.getOrDefault("state", ""));
        }
        return redirect == null
                ? HtmlPage.of(200, "Permissions granted", "<p>You can close this window.</p>")
                : redirect(redirect, '?', answer);
    }

    private SampleResponse refused(Map<String, String> parameters, @Nullable String redirect, String why) {
        if (redirect == null) {
            return HtmlPage.of(403, "Permissions not granted", "<p class=\"error\">" + HtmlPage.escape(why) + "</p>");
        }
        var answer = new LinkedHashMap<String, String>();
        answer.put("error", "permission_denied");
        answer.put("error_description", why);
        answer.put("admin_consent", "True");
        answer.put("tenant", settings.tenantId());
        if (parameters.containsKey("state")) {
            answer.put("state", parameters.getOrDefault("state", ""));
        }
        return redirect(redirect, '?', answer);
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw AadError.of(900144, name);
        }
        return value;
    }
}
