package org.rollcall.sample;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.rollcall.sample.RegistrationEndpoints.Target;
import org.rollcall.sample.ServicePrincipal.RoleAssignment;

/// `/v1.0/servicePrincipals` with their app role assignments.
final class PrincipalEndpoints {
    private static final String ASSIGNMENTS = "appRoleAssignments";
    private static final Set<String> WRITABLE = Set.of("tags", "notes", "description", "alternativeNames", "loginUrl",
            "notificationEmailAddresses", "homepage");

    private final SampleIdentity.Settings settings;
    private final AppRegistry apps;
    private final RegistrationRights rights;
    private final ReplicationDelay delay;
    private final SamplePeople people;
    private final Clock clock;
    private final GrantEndpoints grants;

    PrincipalEndpoints(SampleIdentity.Settings settings, AppRegistry apps, RegistrationRights rights,
            ReplicationDelay delay, SamplePeople people, Clock clock, GrantEndpoints grants) {
        this.settings = settings;
        this.apps = apps;
        this.rights = rights;
        this.delay = delay;
        this.people = people;
        this.clock = clock;
        this.grants = grants;
    }

    SampleResponse handle(Target target, Caller caller) {
        if (target.isCollection()) {
            return collection(target, caller);
        }
        String appId = target.appId();
        ServicePrincipal principal = RegistrationEndpoints.found(
                appId != null ? apps.principalOf(appId) : apps.principal(String.valueOf(target.id())), target);
        String action = target.action();
        if (action == null) {
            return object(target, caller, principal);
        }
        return switch (action) {
            case ASSIGNMENTS, "appRoleAssignedTo" -> assignments(target, caller, principal, action);
            case "oauth2PermissionGrants" -> grants.ofClient(target, caller, principal);
            default -> throw target.unknown();
        };
    }

    private ObjectNode show(ServicePrincipal principal) {
        return RegistrationJson.principal(principal, apps.application(principal.appId()).orElse(null),
                settings.tenantId());
    }

    private SampleResponse collection(Target target, Caller caller) {
        if (target.is("GET")) {
            rights.toRead(caller);
            return RegistrationQuery.list(target.request(), settings.origin().get(), target.path(),
                    "servicePrincipals", apps.principals().stream().map(this::show).toList());
        }
        if (!target.is("POST")) {
            throw target.wrongMethod();
        }
        JsonNode body = target.body();
        String appId = body.path("appId").asText("");
        rights.toChangePrincipal(caller, appId);
        if (apps.application(appId).isEmpty() || !delay.hasArrived("reference " + appId)) {
            throw RegistrationJson.bad("The appId '" + appId
                    + "' of the service principal does not reference a valid application object.");
        }
        if (apps.principalOf(appId).isPresent()) {
            throw new GraphFault(409, "Request_MultipleObjectsWithSameKeyValue",
                    "The service principal cannot be created, updated, or restored because the service principal name "
                            + appId + " is already in use.");
        }
        var principal = changed(new ServicePrincipal(UUID.randomUUID().toString(), appId, true, false,
                JsonNodeFactory.instance.objectNode()), body);
        apps.put(principal);
        delay.created("assign " + principal.objectId());
        return RegistrationQuery.single(target.request(), 201, settings.origin().get(), "servicePrincipals",
                show(principal));
    }

    private SampleResponse object(Target target, Caller caller, ServicePrincipal principal) {
        if (target.is("GET")) {
            rights.toRead(caller);
            return RegistrationQuery.single(target.request(), 200, settings.origin().get(), "servicePrincipals",
                    show(principal));
        }
        rights.toChangePrincipal(caller, principal.appId());
        if (target.is("DELETE")) {
            apps.removePrincipal(principal.objectId());
            return SampleResponse.empty(204);
        }
        if (!target.is("PATCH")) {
            throw target.wrongMethod();
        }
        apps.put(changed(principal, target.body()));
        return SampleResponse.empty(204);
    }

    private static ServicePrincipal changed(ServicePrincipal principal, JsonNode body) {
        ObjectNode properties = principal.properties().deepCopy();
        ServicePrincipal result = principal;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            switch (field.getKey()) {
                case "appId" -> {
                    // Names the application; it cannot be changed and is not stored twice.
                }
                case "accountEnabled" -> result = result.withEnabled(field.getValue().asBoolean(true));
                case "appRoleAssignmentRequired" ->
                    result = result.withAssignmentRequired(field.getValue().asBoolean(false));
                case String name when WRITABLE.contains(name) -> properties.set(name, field.getValue().deepCopy());
                case String name when name.startsWith("@odata.") -> {
                    // Annotations carry nothing to store.
                }
                default -> throw RegistrationJson.bad("Property '" + field.getKey()
                        + "' does not exist as a declared property or extension property or is read-only.");
            }
        }
        return result.withProperties(properties);
    }

    private SampleResponse assignments(Target target, Caller caller, ServicePrincipal owner, String action) {
        boolean held = action.equals(ASSIGNMENTS);
        List<RoleAssignment> present = held
                ? apps.assignmentsOf(owner.objectId())
                : apps.assignmentsTo(owner.objectId());
        String context = RegistrationEndpoints.childContext("servicePrincipals", target, action);
        String subId = target.subId();
        if (subId == null && target.is("GET")) {
            rights.toReadAssignments(caller);
            return RegistrationQuery.list(target.request(), settings.origin().get(), target.path(), context,
                    present.stream().map(this::show).toList());
        }
        if (subId == null && target.is("POST")) {
            rights.toAssign(caller);
            RoleAssignment assignment = assign(target.body(), owner, held);
            return RegistrationQuery.single(target.request(), 201, settings.origin().get(), context,
                    show(assignment));
        }
        if (subId == null) {
            throw target.wrongMethod();
        }
        RoleAssignment assignment = present.stream().filter(a -> a.id().equals(subId)).findFirst()
                .orElseThrow(() -> RegistrationJson.notFound(subId));
        if (target.is("GET")) {
            rights.toReadAssignments(caller);
            return RegistrationQuery.single(target.request(), 200, settings.origin().get(), context,
                    show(assignment));
        }
        if (!target.is("DELETE")) {
            throw target.wrongMethod();
        }
        rights.toUnassign(caller);
        apps.removeAssignment(assignment.id());
        return SampleResponse.empty(204);
    }

    private RoleAssignment assign(JsonNode body, ServicePrincipal owner, boolean held) {
        String principalId = body.path("principalId").asText(held ? owner.objectId() : "");
        String resourceId = body.path("resourceId").asText(held ? "" : owner.objectId());
        String roleId = body.path("appRoleId").asText("");
        if (!owner.objectId().equals(held ? principalId : resourceId)) {
            throw RegistrationJson.bad("Not a valid reference update.");
        }
        Optional<ServicePrincipal> client = apps.principal(principalId);
        Optional<ServicePrincipal> resource = apps.principal(resourceId);
        boolean person = client.isEmpty() && people.byObjectId(principalId).isPresent();
        if (resource.isEmpty() || (client.isEmpty() && !person) || !delay.hasArrived("assign " + principalId)) {
            throw RegistrationJson.bad("Not a valid reference update.");
        }
        boolean graph = resourceId.equals(apps.graphPrincipalId());
        Optional<String> name = PermissionCatalog.roleName(roleId);
        if (graph ? name.isEmpty() || person : !roleId.equals(RoleAssignment.NO_ROLE)) {
            throw RegistrationJson.bad("Permission being assigned was not found on application '" + apps.nameOf(
                    resource.get()) + "'.");
        }
        if (apps.assignmentsOf(principalId).stream()
                .anyMatch(a -> a.resourceId().equals(resourceId) && a.roleId().equals(roleId))) {
            throw RegistrationJson.bad("Permission being assigned already exists on the object.");
        }
        var assignment = new RoleAssignment(Handles.linkId(), principalId, person ? "User" : "ServicePrincipal",
                resourceId, roleId, clock.instant());
        apps.put(assignment);
        name.ifPresent(role -> delay.created("role " + principalId + " " + role));
        return assignment;
    }

    private ObjectNode show(RoleAssignment assignment) {
        String principalName = apps.principal(assignment.principalId()).map(apps::nameOf)
                .or(() -> people.byObjectId(assignment.principalId()).map(SamplePeople.Person::displayName)).orElse("");
        return RegistrationJson.assignment(assignment, principalName,
                apps.principal(assignment.resourceId()).map(apps::nameOf).orElse(""));
    }
}
