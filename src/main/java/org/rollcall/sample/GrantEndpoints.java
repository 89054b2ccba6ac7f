package org.rollcall.sample;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.RegistrationEndpoints.Target;
import org.rollcall.sample.ServicePrincipal.PermissionGrant;

/// `/v1.0/oauth2PermissionGrants`: consent to delegated permissions.
final class GrantEndpoints {
    private static final String CONTEXT = "oauth2PermissionGrants";

    private final SampleIdentity.Settings settings;
    private final AppRegistry apps;
    private final RegistrationRights rights;
    private final SamplePeople people;

    GrantEndpoints(SampleIdentity.Settings settings, AppRegistry apps, RegistrationRights rights,
            SamplePeople people) {
        this.settings = settings;
        this.apps = apps;
        this.rights = rights;
        this.people = people;
    }

    /// `/servicePrincipals/{id}/oauth2PermissionGrants`, which can only be read.
    SampleResponse ofClient(Target target, Caller caller, ServicePrincipal client) {
        if (!target.is("GET") || target.subId() != null) {
            throw target.wrongMethod();
        }
        rights.toReadGrants(caller);
        return RegistrationQuery.list(target.request(), settings.origin().get(), target.path(), CONTEXT,
                apps.grants().stream().filter(g -> g.clientId().equals(client.objectId()))
                        .map(RegistrationJson::grant).toList());
    }

    SampleResponse handle(Target target, Caller caller) {
        String origin = settings.origin().get();
        String id = target.id();
        if (id == null) {
            if (target.is("GET")) {
                rights.toReadGrants(caller);
                return RegistrationQuery.list(target.request(), origin, target.path(), CONTEXT,
                        apps.grants().stream().map(RegistrationJson::grant).toList());
            }
            if (!target.is("POST")) {
                throw target.wrongMethod();
            }
            rights.toGrantScopes(caller);
            return RegistrationQuery.single(target.request(), 201, origin, CONTEXT,
                    RegistrationJson.grant(create(target.body())));
        }
        if (target.action() != null) {
            throw target.unknown();
        }
        PermissionGrant grant = RegistrationEndpoints.found(apps.grant(id), target);
        if (target.is("GET")) {
            rights.toReadGrants(caller);
            return RegistrationQuery.single(target.request(), 200, origin, CONTEXT, RegistrationJson.grant(grant));
        }
        rights.toGrantScopes(caller);
        if (target.is("DELETE")) {
            apps.removeGrant(id);
            return SampleResponse.empty(204);
        }
        if (!target.is("PATCH")) {
            throw target.wrongMethod();
        }
        apps.put(grant.withScopes(scopes(target.body())));
        return SampleResponse.empty(204);
    }

    private PermissionGrant create(JsonNode body) {
        String clientId = body.path("clientId").asText("");
        String resourceId = body.path("resourceId").asText("");
        if (apps.principal(clientId).isEmpty() || !resourceId.equals(apps.graphPrincipalId())) {
            throw RegistrationJson.bad("Not a valid reference update.");
        }
        String personId = principal(body);
        if (apps.grants().stream().anyMatch(g -> g.clientId().equals(clientId) && g.resourceId().equals(resourceId)
                && Objects.equals(g.principalId(), personId))) {
            throw new GraphFault(409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");
        }
        var grant = new PermissionGrant(Handles.linkId(), clientId, personId, resourceId, scopes(body));
        apps.put(grant);
        return grant;
    }

    private @Nullable String principal(JsonNode body) {
        JsonNode principal = body.path("principalId");
        String type = body.path("consentType").asText("").toLowerCase(Locale.ROOT);
        if (type.equals("allprincipals") && (principal.isMissingNode() || principal.isNull())) {
            return null;
        }
        if (type.equals("principal") && people.byObjectId(principal.asText("")).isPresent()) {
            return principal.asText();
        }
        throw RegistrationJson.bad("Invalid value specified for property 'consentType' or 'principalId' of resource "
                + "'DelegatedPermissionGrant'.");
    }

    private static Set<String> scopes(JsonNode body) {
        var scopes = new LinkedHashSet<String>();
        for (String word : RegistrationEndpoints.words(body.path("scope").asText(""))) {
            scopes.add(PermissionCatalog.scope(word).orElseThrow(() -> RegistrationJson.bad("Invalid value specified "
                    + "for property 'scope' of resource 'DelegatedPermissionGrant': " + word)));
        }
        return scopes;
    }
}
