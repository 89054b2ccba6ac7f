package org.rollcall.source.entra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.microsoft.graph.models.AppRoleAssignment;
import com.microsoft.graph.models.AppRoleAssignmentCollectionResponse;
import com.microsoft.graph.models.ApplicationCollectionResponse;
import com.microsoft.graph.models.KeyCredential;
import com.microsoft.graph.models.OAuth2PermissionGrant;
import com.microsoft.graph.models.PublicClientApplication;
import com.microsoft.graph.models.RequiredResourceAccess;
import com.microsoft.graph.models.ResourceAccess;
import com.microsoft.graph.models.ServicePrincipal;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.RegistrationPort.Application;
import org.rollcall.source.RegistrationPort.Grants;
import org.rollcall.source.RegistrationPort.Graph;
import org.rollcall.source.RegistrationPort.NewApplication;
import org.rollcall.source.RegistrationPort.Session;

/// One administrator's registration work with the SDK's typed models.
///
/// Every attempt sends newly created models: the SDK serializes only changes since a model was last sent or received, so a
/// second attempt with the same model would be empty, and a received one incomplete.
final class RegistrationSession implements Session {
    private static final String GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";
    private static final String EVERYBODY = "AllPrincipals";

    private final AdministratorCalls calls;

    RegistrationSession(AdministratorCalls calls) {
        this.calls = calls;
    }

    @Override
    public Graph graph(CallControl control) {
        ServicePrincipal found = calls.call(control, graph -> graph.servicePrincipalsWithAppId(GRAPH_APP_ID)
                .get(c -> c.queryParameters.select = new String[]{ "id", "appRoles", "oauth2PermissionScopes" }));
        var roles = new HashMap<String, String>();
        list(found.getAppRoles()).stream().filter(role -> Boolean.TRUE.equals(role.getIsEnabled()))
                .filter(role -> role.getValue() != null)
                .forEach(role -> roles.put(role.getValue(), String.valueOf(role.getId())));
        var scopes = new HashMap<String, String>();
        list(found.getOauth2PermissionScopes()).stream().filter(scope -> scope.getValue() != null)
                .forEach(scope -> scopes.put(scope.getValue(), String.valueOf(scope.getId())));
        return new Graph(found.getId(), roles, scopes);
    }

    @Override
    public List<Application> named(String displayName, CallControl control) {
        String filter = "displayName eq '" + displayName.replace("'", "''") + "'";
        ApplicationCollectionResponse found = calls.call(control, graph -> graph.applications().get(c -> {
            c.queryParameters.filter = filter;
            c.queryParameters.select = new String[]{ "id", "appId", "displayName", "tags" };
        }));
        return list(found.getValue()).stream().map(RegistrationSession::application).toList();
    }

    @Override
    public Optional<Application> byClientId(String clientId, CallControl control) {
        try {
            return Optional.of(application(calls.call(control, graph -> graph.applicationsWithAppId(clientId)
                    .get(c -> c.queryParameters.select = new String[]{ "id", "appId", "displayName", "tags" }))));
        } catch (RollcallException e) {
            if (e.code().equals("graph.not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Application application(com.microsoft.graph.models.Application model) {
        return new Application(model.getId(), model.getAppId(), model.getDisplayName(),
                Set.copyOf(list(model.getTags())));
    }

    @Override
    public Application create(NewApplication wanted, Graph graph, CallControl control) {
        var asked = new boolean[1];
        return calls.call(control, client -> {
            if (asked[0]) {
                // The answer to an earlier attempt was lost; it may have succeeded all the same.
                Optional<Application> made = named(wanted.displayName(), control).stream()
                        .filter(one -> one.tags().containsAll(wanted.tags())).findFirst();
                if (made.isPresent()) {
                    return made.get();
                }
            }
            asked[0] = true;
            return application(client.applications().post(model(wanted, graph)));
        });
    }

    private static com.microsoft.graph.models.Application model(NewApplication wanted, Graph graph) {
        var model = new com.microsoft.graph.models.Application();
        model.setDisplayName(wanted.displayName());
        model.setSignInAudience("AzureADMyOrg");
        model.setIsFallbackPublicClient(true);
        model.setTags(wanted.tags());
        var publicClient = new PublicClientApplication();
        publicClient.setRedirectUris(wanted.redirectUris());
        model.setPublicClient(publicClient);
        var access = new LinkedHashMap<UUID, String>();
        ask(access, wanted.roles(), wanted.scopes(), graph);
        model.setRequiredResourceAccess(List.of(required(GRAPH_APP_ID, access)));
        model.setKeyCredentials(List.of(key(wanted.certificate(), wanted.certificateName(),
                UUID.fromString(wanted.keyId()))));
        return model;
    }

    private static void ask(Map<UUID, String> access, Set<String> roles, Set<String> scopes, Graph graph) {
        roles.forEach(role -> add(access, graph.roles().get(role), "Role"));
        scopes.forEach(scope -> add(access, graph.scopes().get(scope), "Scope"));
    }

    private static void add(Map<UUID, String> access, @Nullable String id, String type) {
        if (id != null) {
            access.put(UUID.fromString(id), type);
        }
    }

    private static RequiredResourceAccess required(String resource, Map<UUID, String> access) {
        var required = new RequiredResourceAccess();
        required.setResourceAppId(resource);
        required.setResourceAccess(access.entrySet().stream().map(entry -> {
            var one = new ResourceAccess();
            one.setId(entry.getKey());
            one.setType(entry.getValue());
            return one;
        }).toList());
        return required;
    }

    private static KeyCredential key(byte[] der, String name, UUID keyId) {
        var key = new KeyCredential();
        key.setType("AsymmetricX509Cert");
        key.setUsage("Verify");
        key.setKey(der);
        key.setDisplayName("CN=" + name);
        key.setKeyId(keyId);
        return key;
    }

    @Override
    public void complete(Application application, Set<String> roles, Set<String> scopes, List<String> redirectUris,
            Graph graph, CallControl control) {
        com.microsoft.graph.models.Application present = calls.callFresh(control,
                client -> client.applications().byApplicationId(application.objectId())
                        .get(c -> c.queryParameters.select = new String[]{ "id", "publicClient",
                                "requiredResourceAccess" }));
        var resources = new LinkedHashMap<String, Map<UUID, String>>();
        for (RequiredResourceAccess resource : list(present.getRequiredResourceAccess())) {
            Map<UUID, String> asked = resources.computeIfAbsent(resource.getResourceAppId(),
                    _ -> new LinkedHashMap<>());
            list(resource.getResourceAccess()).forEach(one -> asked.put(one.getId(), one.getType()));
        }
        ask(resources.computeIfAbsent(GRAPH_APP_ID, _ -> new LinkedHashMap<>()), roles, scopes, graph);
        var uris = new LinkedHashSet<String>();
        if (present.getPublicClient() != null) {
            uris.addAll(list(present.getPublicClient().getRedirectUris()));
        }
        uris.addAll(redirectUris);
        patch(application, () -> {
            var publicClient = new PublicClientApplication();
            publicClient.setRedirectUris(List.copyOf(uris));
            var change = new com.microsoft.graph.models.Application();
            change.setRequiredResourceAccess(resources.entrySet().stream()
                    .map(resource -> required(resource.getKey(), resource.getValue())).toList());
            change.setPublicClient(publicClient);
            change.setIsFallbackPublicClient(true);
            return change;
        }, control);
    }

    private void patch(Application application, Supplier<com.microsoft.graph.models.Application> change,
            CallControl control) {
        calls.<@Nullable Object>callFresh(control,
                client -> client.applications().byApplicationId(application.objectId()).patch(change.get()));
    }

    @Override
    public Grants principal(Application application, Graph graph, CallControl control) {
        String clientId = application.clientId();
        Optional<ServicePrincipal> present = principal(clientId, control);
        if (present.isPresent()) {
            return new Grants(present.get().getId(), roles(present.get().getId(), graph, control));
        }
        try {
            ServicePrincipal made = calls.callFresh(control, client -> {
                var wanted = new ServicePrincipal();
                wanted.setAppId(clientId);
                return client.servicePrincipals().post(wanted);
            });
            return new Grants(made.getId(), Map.of());
        } catch (RollcallException e) {
            // It may have existed, unknown to the first server, or was created by an attempt whose answer was lost.
            ServicePrincipal found = principal(clientId, control).orElseThrow(() -> e);
            return new Grants(found.getId(), roles(found.getId(), graph, control));
        }
    }

    private Optional<ServicePrincipal> principal(String clientId, CallControl control) {
        try {
            return Optional.of(calls.call(control, client -> client.servicePrincipalsWithAppId(clientId)
                    .get(c -> c.queryParameters.select = new String[]{ "id", "appId" })));
        } catch (RollcallException e) {
            if (e.code().equals("graph.not-found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<String, String> roles(String principalId, Graph graph, CallControl control) {
        var roles = new HashMap<String, String>();
        AppRoleAssignmentCollectionResponse page = calls.callFresh(control, client -> client.servicePrincipals()
                .byServicePrincipalId(principalId).appRoleAssignments().get());
        while (true) {
            list(page.getValue()).stream()
                    .filter(one -> graph.principalId().equals(String.valueOf(one.getResourceId())))
                    .forEach(one -> roles.put(String.valueOf(one.getAppRoleId()), one.getId()));
            String next = page.getOdataNextLink();
            if (next == null) {
                return roles;
            }
            String link = calls.own(next).toString();
            page = calls.call(control, client -> client.servicePrincipals().byServicePrincipalId(principalId)
                    .appRoleAssignments().withUrl(link).get());
        }
    }

    @Override
    public String assign(Grants principal, Graph graph, String roleId, CallControl control) {
        try {
            return calls.callFresh(control, client -> {
                var wanted = new AppRoleAssignment();
                wanted.setPrincipalId(UUID.fromString(principal.principalId()));
                wanted.setResourceId(UUID.fromString(graph.principalId()));
                wanted.setAppRoleId(UUID.fromString(roleId));
                return client.servicePrincipals().byServicePrincipalId(principal.principalId())
                        .appRoleAssignments().post(wanted);
            }).getId();
        } catch (RollcallException e) {
            // Already assigned, perhaps by an attempt whose answer was lost.
            String present = e.code().equals("graph.refused")
                    ? roles(principal.principalId(), graph, control).get(roleId)
                    : null;
            if (present == null) {
                throw e;
            }
            return present;
        }
    }

    @Override
    public void unassign(Grants principal, String assignmentId, CallControl control) {
        calls.remove(control, client -> {
            client.servicePrincipals().byServicePrincipalId(principal.principalId()).appRoleAssignments()
                    .byAppRoleAssignmentId(assignmentId).delete();
            return null;
        });
    }

    @Override
    public void consent(Grants principal, Graph graph, Set<String> scopes, CallControl control) {
        OAuth2PermissionGrant present = list(calls.call(control, client -> client.oauth2PermissionGrants()
                .get(c -> c.queryParameters.filter = "clientId eq '" + principal.principalId() + "'")).getValue())
                .stream().filter(one -> EVERYBODY.equals(one.getConsentType())
                        && graph.principalId().equals(one.getResourceId()))
                .findFirst().orElse(null);
        var all = new LinkedHashSet<String>();
        if (present != null && present.getScope() != null) {
            all.addAll(List.of(present.getScope().strip().split("\\s+")));
        }
        if (!all.addAll(scopes)) {
            return;
        }
        String scope = String.join(" ", all);
        if (present != null) {
            calls.<@Nullable Object>call(control, client -> {
                var wanted = new OAuth2PermissionGrant();
                wanted.setScope(scope);
                return client.oauth2PermissionGrants().byOAuth2PermissionGrantId(present.getId()).patch(wanted);
            });
            return;
        }
        calls.callFresh(control, client -> {
            var wanted = new OAuth2PermissionGrant();
            wanted.setClientId(principal.principalId());
            wanted.setConsentType(EVERYBODY);
            wanted.setResourceId(graph.principalId());
            wanted.setScope(scope);
            return client.oauth2PermissionGrants().post(wanted);
        });
    }

    @Override
    public String addCertificate(Application application, byte[] certificate, String name, CallControl control) {
        List<KeyCredential> keys = keys(application, control);
        UUID keyId = UUID.randomUUID();
        keys.add(key(certificate, name, keyId));
        replaceKeys(application, keys, control);
        return keyId.toString();
    }

    @Override
    public void removeCertificate(Application application, String keyId, CallControl control) {
        List<KeyCredential> keys = keys(application, control);
        if (keys.removeIf(one -> keyId.equals(String.valueOf(one.getKeyId())))) {
            replaceKeys(application, keys, control);
        }
    }

    /// With their certificates, which have to be selected by name.
    private List<KeyCredential> keys(Application application, CallControl control) {
        var keys = new ArrayList<KeyCredential>();
        for (KeyCredential one : list(calls.callFresh(control, client -> client.applications()
                .byApplicationId(application.objectId())
                .get(c -> c.queryParameters.select = new String[]{ "keyCredentials" })).getKeyCredentials())) {
            keys.add(copy(one));
        }
        return keys;
    }

    private static KeyCredential copy(KeyCredential one) {
        var copy = new KeyCredential();
        copy.setKeyId(one.getKeyId());
        copy.setType(one.getType());
        copy.setUsage(one.getUsage());
        copy.setKey(one.getKey());
        copy.setDisplayName(one.getDisplayName());
        copy.setCustomKeyIdentifier(one.getCustomKeyIdentifier());
        copy.setStartDateTime(one.getStartDateTime());
        copy.setEndDateTime(one.getEndDateTime());
        return copy;
    }

    private void replaceKeys(Application application, List<KeyCredential> keys, CallControl control) {
        patch(application, () -> {
            var change = new com.microsoft.graph.models.Application();
            change.setKeyCredentials(keys.stream().map(RegistrationSession::copy).toList());
            return change;
        }, control);
    }

    @Override
    public void delete(Application application, CallControl control) {
        calls.remove(control, client -> {
            client.applications().byApplicationId(application.objectId()).delete();
            return null;
        });
    }

    private static <T> List<T> list(@Nullable List<T> found) {
        return found == null ? List.of() : found;
    }

    @Override
    public void close() {
        calls.close();
    }
}
