package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.ServicePrincipal.PermissionGrant;
import org.rollcall.sample.ServicePrincipal.RoleAssignment;

/// The tenant's applications, their credentials and what they may do. Thread-safe; tokens issued after a change carry
/// it, tokens issued before keep what they had, as in Entra.
///
/// The public methods are the switches for tests and demonstrations; roles and scopes are given by name.
public final class AppRegistry {
    /// "Microsoft Graph Command Line Tools": the public client that administrators register applications through.
    public static final String BOOTSTRAP_APP_ID = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    private final ConcurrentSkipListMap<String, Registration> applications = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, ServicePrincipal> principals = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, RoleAssignment> assignments = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, PermissionGrant> grants = new ConcurrentSkipListMap<>();
    private final String tenantId;
    private final Clock clock;
    private final String graphPrincipalId;

    AppRegistry(String tenantId, Clock clock) {
        this.tenantId = tenantId;
        this.clock = clock;
        addFirstParty(PermissionCatalog.GRAPH_APP_ID, "Microsoft Graph", List.of());
        addFirstParty(BOOTSTRAP_APP_ID, "Microsoft Graph Command Line Tools",
                List.of("http://localhost", "https://login.microsoftonline.com/common/oauth2/nativeclient"));
        graphPrincipalId = principalOf(PermissionCatalog.GRAPH_APP_ID).orElseThrow().objectId();
    }

    private void addFirstParty(String appId, String name, List<String> publicRedirects) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put("displayName", name).put("isFallbackPublicClient", !publicRedirects.isEmpty())
                .put("signInAudience", "AzureADMultipleOrgs");
        var uris = properties.putObject("publicClient").putArray("redirectUris");
        publicRedirects.forEach(uris::add);
        put(new Registration(stableId("application " + appId), appId, clock.instant(), Set.of(), true, properties,
                List.of(), List.of()));
        put(new ServicePrincipal(stableId("principal " + appId), appId, true, false,
                JsonNodeFactory.instance.objectNode()));
    }

    // Switches

    /// Grants an application permission of Microsoft Graph, such as `User.Read.All`.
    public void grantRole(String appId, String role) {
        String roleId = PermissionCatalog.roleId(role)
                .orElseThrow(() -> new IllegalArgumentException("no such role: " + role));
        String principal = principalOf(appId).orElseThrow().objectId();
        if (assignmentsOf(principal).stream().noneMatch(a -> a.roleId().equals(roleId))) {
            put(new RoleAssignment(Handles.linkId(), principal, "ServicePrincipal", graphPrincipalId, roleId,
                    clock.instant()));
        }
    }

    /// Takes an application permission away.
    public void revokeRole(String appId, String role) {
        String principal = principalOf(appId).orElseThrow().objectId();
        assignmentsOf(principal).stream()
                .filter(a -> PermissionCatalog.roleName(a.roleId()).filter(role::equals).isPresent())
                .forEach(a -> assignments.remove(a.id()));
    }

    /// Makes exactly these the application's roles.
    public void setRoles(String appId, Set<String> roles) {
        roles(appId).stream().filter(r -> !roles.contains(r)).forEach(r -> revokeRole(appId, r));
        roles.forEach(r -> grantRole(appId, r));
    }

    /// Names of the Graph roles that a token issued now would carry.
    public Set<String> roles(String appId) {
        var names = new TreeSet<String>();
        principalOf(appId).ifPresent(p -> assignmentsOf(p.objectId()).stream()
                .filter(a -> a.resourceId().equals(graphPrincipalId))
                .forEach(a -> PermissionCatalog.roleName(a.roleId()).ifPresent(names::add)));
        return names;
    }

    /// Consents to delegated permissions on behalf of everyone.
    public void grantScopes(String appId, Set<String> scopes) {
        consent(appId, null, scopes);
    }

    /// Forgets every consent to delegated permissions of this application.
    public void revokeScopes(String appId) {
        String principal = principalOf(appId).orElseThrow().objectId();
        grants.values().removeIf(g -> g.clientId().equals(principal));
    }

    /// Ends the validity of every client secret now.
    public void expireSecrets(String appId) {
        Instant now = clock.instant();
        update(appId, a -> a.withSecrets(a.secrets().stream().map(s -> s.endingAt(now)).toList()));
    }

    /// Ends the validity of every registered certificate now.
    public void expireCertificates(String appId) {
        Instant now = clock.instant();
        update(appId, a -> a.withKeys(a.keys().stream().map(k -> k.endingAt(now)).toList()));
    }

    /// Adds a client secret with a value of the caller's choice; answers its key id (the "secret id").
    public String addSecret(String appId, String value, Instant end) {
        var secret = new Registration.Secret(UUID.randomUUID().toString(), "Sample", value, clock.instant(), end);
        update(appId, a -> a.withSecrets(plus(a.secrets(), secret)));
        return secret.keyId();
    }

    /// Registers a certificate.
    public void addCertificate(String appId, X509Certificate certificate) {
        var key = new Registration.Key(UUID.randomUUID().toString(), certificate.getSubjectX500Principal().getName(),
                certificate, certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
        update(appId, a -> a.withKeys(plus(a.keys(), key)));
    }

    /// How many certificates an application has.
    public int certificates(String appId) {
        return application(appId).orElseThrow().keys().size();
    }

    /// Forgets every certificate.
    public void removeCertificates(String appId) {
        update(appId, a -> a.withKeys(List.of()));
    }

    /// Disables or enables the enterprise application.
    public void setEnabled(String appId, boolean enabled) {
        put(principalOf(appId).orElseThrow().withEnabled(enabled));
    }

    /// Lets only assigned people in, or everyone.
    public void setAssignmentRequired(String appId, boolean required) {
        put(principalOf(appId).orElseThrow().withAssignmentRequired(required));
    }

    /// "Allow public client flows".
    public void setPublicClient(String appId, boolean allowed) {
        update(appId, a -> a.withProperties(a.properties().deepCopy().put("isFallbackPublicClient", allowed)));
    }

    /// Client ids of the tenant's own applications with that display name.
    public List<String> byDisplayName(String displayName) {
        return applications().stream().filter(a -> a.displayName().equals(displayName)).map(Registration::appId)
                .toList();
    }

    // What the endpoints work with

    String graphPrincipalId() {
        return graphPrincipalId;
    }

    Optional<Registration> application(String appId) {
        return Optional.ofNullable(applications.get(appId));
    }

    Optional<Registration> applicationByObjectId(String objectId) {
        return applications().stream().filter(a -> a.objectId().equals(objectId)).findFirst();
    }

    /// The tenant's own registrations, without Microsoft's.
    List<Registration> applications() {
        return applications.values().stream().filter(a -> !a.firstParty()).toList();
    }

    Optional<ServicePrincipal> principal(String objectId) {
        return Optional.ofNullable(principals.get(objectId));
    }

    Optional<ServicePrincipal> principalOf(String appId) {
        return principals.values().stream().filter(p -> p.appId().equals(appId)).findFirst();
    }

    List<ServicePrincipal> principals() {
        return List.copyOf(principals.values());
    }

    String nameOf(ServicePrincipal principal) {
        return application(principal.appId()).map(Registration::displayName).orElse("");
    }

    List<RoleAssignment> assignmentsOf(String principalId) {
        return assignments.values().stream().filter(a -> a.principalId().equals(principalId)).toList();
    }

    List<RoleAssignment> assignmentsTo(String resourceId) {
        return assignments.values().stream().filter(a -> a.resourceId().equals(resourceId)).toList();
    }

    boolean removeAssignment(String id) {
        return assignments.remove(id) != null;
    }

    List<PermissionGrant> grants() {
        return List.copyOf(grants.values());
    }

    Optional<PermissionGrant> grant(String id) {
        return Optional.ofNullable(grants.get(id));
    }

    boolean removeGrant(String id) {
        return grants.remove(id) != null;
    }

    /// Delegated permissions that this application has for this person.
    Set<String> scopes(String appId, String personId) {
        var names = new TreeSet<String>();
        principalOf(appId).ifPresent(p -> grants.values().stream()
                .filter(g -> g.clientId().equals(p.objectId())
                        && (g.principalId() == null || g.principalId().equals(personId)))
                .forEach(g -> names.addAll(g.scopes())));
        return names;
    }

    /// Records a consent, for one person or (null) for everyone, on top of what there is.
    synchronized void consent(String appId, @Nullable String personId, Set<String> scopes) {
        String client = principalOf(appId).orElseThrow().objectId();
        Optional<PermissionGrant> present = grants.values().stream()
                .filter(g -> g.clientId().equals(client) && java.util.Objects.equals(g.principalId(), personId))
                .findFirst();
        var all = new TreeSet<>(scopes);
        present.ifPresent(g -> all.addAll(g.scopes()));
        put(present.map(g -> g.withScopes(all))
                .orElseGet(() -> new PermissionGrant(Handles.linkId(), client, personId, graphPrincipalId, all)));
    }

    void put(Registration application) {
        applications.put(application.appId(), application);
    }

    void put(ServicePrincipal principal) {
        principals.put(principal.objectId(), principal);
    }

    void put(RoleAssignment assignment) {
        assignments.put(assignment.id(), assignment);
    }

    void put(PermissionGrant grant) {
        grants.put(grant.id(), grant);
    }

    Registration update(String appId, UnaryOperator<Registration> change) {
        Registration changed = applications.computeIfPresent(appId, (_, a) -> change.apply(a));
        if (changed == null) {
            throw new IllegalArgumentException("no such application: " + appId);
        }
        return changed;
    }

    /// Removes the registration with its service principal and all that hangs on it.
    void removeApplication(String appId) {
        applications.remove(appId);
        principalOf(appId).ifPresent(p -> removePrincipal(p.objectId()));
    }

    void removePrincipal(String objectId) {
        principals.remove(objectId);
        assignments.values().removeIf(a -> a.principalId().equals(objectId) || a.resourceId().equals(objectId));
        grants.values().removeIf(g -> g.clientId().equals(objectId) || g.resourceId().equals(objectId));
    }

    /// Registers the application that comes with the tenant.
    void addOwn(String appId, String secret, X509Certificate certificate, Set<String> roles, Set<String> scopes) {
        ObjectNode properties = RegistrationJson.newApplicationProperties("Rollcall");
        properties.put("isFallbackPublicClient", true);
        properties.putObject("publicClient").putArray("redirectUris").add("http://localhost");
        var access = properties.putArray("requiredResourceAccess").addObject()
                .put("resourceAppId", PermissionCatalog.GRAPH_APP_ID).putArray("resourceAccess");
        roles.forEach(r -> PermissionCatalog.roleId(r)
                .ifPresent(id -> access.addObject().put("id", id).put("type", "Role")));
        scopes.forEach(s -> PermissionCatalog.scopeId(s)
                .ifPresent(id -> access.addObject().put("id", id).put("type", "Scope")));
        String principal = stableId("principal " + appId);
        put(new Registration(stableId("application " + appId), appId, clock.instant(), Set.of(principal), false,
                properties, List.of(), List.of()));
        put(new ServicePrincipal(principal, appId, true, false, JsonNodeFactory.instance.objectNode()));
        addSecret(appId, secret, clock.instant().plus(Duration.ofDays(730)));
        addCertificate(appId, certificate);
        setRoles(appId, roles);
        grantScopes(appId, scopes);
    }

    static <T> List<T> plus(List<T> list, T more) {
        var longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    private String stableId(String what) {
        return UUID.nameUUIDFromBytes((tenantId + " " + what).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
