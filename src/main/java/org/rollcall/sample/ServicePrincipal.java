package org.rollcall.sample;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// An application's presence in the tenant ("enterprise application"). Immutable.
///
/// @param enabled whether anyone may sign in through it, the application itself included
/// @param assignmentRequired whether only people assigned to it may sign in
/// @param properties tags, notes and the like, as Graph shows them; never changed in place
record ServicePrincipal(String objectId, String appId, boolean enabled, boolean assignmentRequired,
        ObjectNode properties) {

    ServicePrincipal withEnabled(boolean on) {
        return new ServicePrincipal(objectId, appId, on, assignmentRequired, properties);
    }

    ServicePrincipal withAssignmentRequired(boolean on) {
        return new ServicePrincipal(objectId, appId, enabled, on, properties);
    }

    ServicePrincipal withProperties(ObjectNode changed) {
        return new ServicePrincipal(objectId, appId, enabled, assignmentRequired, changed);
    }

    /// An app role given to a service principal, or a person assigned to an application.
    record RoleAssignment(String id, String principalId, String principalType, String resourceId, String roleId,
            Instant created) {
        /// The id that stands for "assigned, without any role".
        static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";
    }

    /// Delegated permissions consented to, for everyone (`AllPrincipals`) or for one person (`Principal`).
    record PermissionGrant(String id, String clientId, @Nullable String principalId, String resourceId,
            Set<String> scopes) {
        PermissionGrant {
            scopes = java.util.Collections.unmodifiableSet(new TreeSet<>(scopes));
        }

        PermissionGrant withScopes(Set<String> changed) {
            return new PermissionGrant(id, clientId, principalId, resourceId, changed);
        }

        String consentType() {
            return principalId == null ? "AllPrincipals" : "Principal";
        }
    }
}
