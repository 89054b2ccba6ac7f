package org.rollcall.domain;

import java.util.Locale;

/// What a member of a group is.
public enum MemberType {
    USER,
    GROUP,
    DEVICE,
    SERVICE_PRINCIPAL,
    CONTACT,
    UNKNOWN;

    /// From the `@odata.type` of a member, for example `#microsoft.graph.user`. Types derived from a known one are of its
    /// kind, as they are in lists of that kind: Graph v1.0 derives `agentUser` from user, `agentIdentity` and
    /// `agentIdentityBlueprintPrincipal` from servicePrincipal (metadata of 2026-08). Of those that come later, whatever is
    /// called a user is taken for one: nothing else that can be a member has a name that ends so.
    public static MemberType ofODataType(@org.jspecify.annotations.Nullable String type) {
        String name = type == null ? "" : type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "group" -> GROUP;
            case "device" -> DEVICE;
            case "serviceprincipal", "agentidentity", "agentidentityblueprintprincipal" -> SERVICE_PRINCIPAL;
            case "orgcontact" -> CONTACT;
            default -> name.endsWith("user") ? USER : UNKNOWN;
        };
    }
}
