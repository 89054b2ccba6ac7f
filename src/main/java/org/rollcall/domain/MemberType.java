package org.rollcall.domain;

/// What a member of a group is.
public enum MemberType {
    USER,
    GROUP,
    DEVICE,
    SERVICE_PRINCIPAL,
    CONTACT,
    UNKNOWN;

    /// From the `@odata.type` of a member, for example `#microsoft.graph.user`.
    public static MemberType ofODataType(@org.jspecify.annotations.Nullable String type) {
        return switch (type == null ? "" : type) {
            case "#microsoft.graph.user" -> USER;
            case "#microsoft.graph.group" -> GROUP;
            case "#microsoft.graph.device" -> DEVICE;
            case "#microsoft.graph.servicePrincipal" -> SERVICE_PRINCIPAL;
            case "#microsoft.graph.orgContact" -> CONTACT;
            default -> UNKNOWN;
        };
    }
}
