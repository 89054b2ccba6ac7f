package org.rollcall.sample;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/// The permissions that the sample's Microsoft Graph offers, with Microsoft's ids (`provisioningInfo.json` and
/// `permissions.json` of microsoft-graph-devx-content).
public final class PermissionCatalog {
    /// Microsoft Graph's application id, the same in every tenant.
    public static final String GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

    /// Scopes a person may consent to without an administrator.
    static final Set<String> USER_CONSENTABLE = Set.of("openid", "profile", "offline_access", "email", "User.Read",
            "User.ReadBasic.All");

    /// One permission.
    ///
    /// @param roleId app role id, null if there is no application permission of that name
    /// @param scopeId delegated scope id, null if there is no delegated permission of that name
    record Permission(String name, @Nullable String roleId, @Nullable String scopeId) {}

    private static final List<Permission> ALL = List.of(
            new Permission("User.Read", null, "e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
            new Permission("openid", null, "37f7f235-527c-4136-accd-4a02d197296e"),
            new Permission("profile", null, "14dad69e-099b-42c9-810b-d002981feec1"),
            new Permission("offline_access", null, "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"),
            new Permission("email", null, "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0"),
            both("User.ReadBasic.All", "97235f07-e226-4f63-ace3-39588e11d3a1", "b340eb25-3456-403f-be2f-af7a0d370277"),
            both("User.Read.All", "df021288-bdef-4463-88db-98f22de89214", "a154be20-db9c-4678-8ab7-66f6cc099a59"),
            both("Group.ReadBasic.All", "07d67222-3a10-4d3b-9ddc-b8aa43198a00", "ba1917bc-a64b-4c71-b66d-229d4a520e66"),
            both("GroupMember.ReadBasic.All", "8222c640-cae5-4860-8d11-b32cfad95e03",
                    "28539367-358c-4ed9-b7f0-793eccb8fd34"),
            both("GroupMember.Read.All", "98830695-27a2-44f7-8c18-0c3ebc9698f6",
                    "bc024368-1153-4739-b217-4326f2e966d0"),
            both("Group.Read.All", "5b567255-7703-4780-807c-7be8301ae99b", "5f8c59db-677d-491f-a6b8-5f174b11ec1d"),
            both("Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61", "06da0dbc-49e2-44d2-8312-53f166ab848a"),
            both("AuditLog.Read.All", "b0afded3-3588-46d8-8b3d-9842eff778da", "e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20"),
            both("UserAuthenticationMethod.Read.All", "38d9df27-64da-44fd-b7c5-a6fbac20248f",
                    "aec28ec7-4d02-4e8c-b864-50163aea77eb"),
            both("Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68", "572fea84-0151-49b2-9301-11cb16974376"),
            both("Organization.Read.All", "498476ce-e0fe-48b0-b801-37ba7e2685c6",
                    "4908d5b9-3fb2-4b1e-9336-1888b7937185"),
            both("Domain.Read.All", "dbb9058a-0e50-45d7-ae91-66909b5d4664", "2f9ee017-59c1-4f1d-9472-bd5529a7b311"),
            both("Member.Read.Hidden", "658aa5d8-239f-45c4-aa12-864f4fc7e490", "f6a3db3e-f7e8-4ed2-a414-557c8c9830be"),
            both("Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
                    "c79f8feb-a9db-4090-85f9-90d820caa0eb"),
            both("Application.ReadWrite.All", "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
                    "bdfbf15f-ee85-4955-8675-146e8e5296b5"),
            new Permission("Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884", null),
            both("AppRoleAssignment.ReadWrite.All", "06b708a9-e830-4db3-a914-8e69da51d44f",
                    "84bccea3-f856-4a8a-967b-dbe0a3d53a64"),
            both("DelegatedPermissionGrant.ReadWrite.All", "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
                    "41ce6ca6-6826-4807-84f1-1c82854f7ee5"),
            new Permission("Policy.ReadWrite.AuthenticationMethod", "29c18626-4985-4dcd-85c0-193eef327366", null));

    private PermissionCatalog() {}

    private static Permission both(String name, String roleId, String scopeId) {
        return new Permission(name, roleId, scopeId);
    }

    /// Id of the application permission of that name.
    static Optional<String> roleId(String name) {
        return ALL.stream().filter(p -> p.name.equals(name)).findFirst().map(Permission::roleId);
    }

    /// Id of the delegated permission of that name.
    static Optional<String> scopeId(String name) {
        return ALL.stream().filter(p -> p.name.equals(name)).findFirst().map(Permission::scopeId);
    }

    /// Name of the application permission with that id.
    static Optional<String> roleName(String roleId) {
        return ALL.stream().filter(p -> roleId.equals(p.roleId)).map(Permission::name).findFirst();
    }

    /// Name of the delegated permission with that id.
    static Optional<String> scopeName(String scopeId) {
        return ALL.stream().filter(p -> scopeId.equals(p.scopeId)).map(Permission::name).findFirst();
    }

    /// The delegated permission as it is spelled in the catalogue; Entra does not care about case.
    static Optional<String> scope(String name) {
        return ALL.stream().filter(p -> p.scopeId != null && p.name.equalsIgnoreCase(name)).map(Permission::name)
                .findFirst();
    }

    /// `appRoles` of Graph's service principal.
    static ArrayNode appRoles() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ALL.stream().filter(p -> p.roleId != null).forEach(p -> {
            var role = list.addObject();
            role.putArray("allowedMemberTypes").add("Application");
            role.put("description", "Allows the app to use " + p.name + " without a signed-in user.")
                    .put("displayName", p.name).put("id", p.roleId).put("isEnabled", true).put("origin", "Application")
                    .put("value", p.name);
        });
        return list;
    }

    /// `oauth2PermissionScopes` of Graph's service principal.
    static ArrayNode scopes() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ALL.stream().filter(p -> p.scopeId != null).forEach(p -> {
            String text = "Allows the app to use " + p.name + " on behalf of the signed-in user.";
            list.addObject().put("adminConsentDescription", text).put("adminConsentDisplayName", p.name)
                    .put("id", p.scopeId).put("isEnabled", true)
                    .put("type", USER_CONSENTABLE.contains(p.name) ? "User" : "Admin")
                    .put("userConsentDescription", text).put("userConsentDisplayName", p.name).put("value", p.name);
        });
        return list;
    }
}
