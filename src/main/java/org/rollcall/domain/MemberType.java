package org.rollcall.domain;

import java.util.Locale;

/// The type of a group's member.
public enum MemberType {
    USER,
    GROUP,
    DEVICE,
    SERVICE_PRINCIPAL,
    CONTACT,
    UNKNOWN;

    /// By the `@odata.type` of a member, for example `#microsoft.graph.user`. Derived types count as their base type, as they
    /// do in lists: Graph v1.0 derives `agentUser` from user, `agentIdentity` and `agentIdentityBlueprintPrincipal` from
    /// servicePrincipal (metadata of 2026-08). A future type whose name ends in "user" counts as a user: no other possible
    /// member has such a name.
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
