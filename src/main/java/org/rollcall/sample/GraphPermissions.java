package org.rollcall.sample;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Which permissions open which read. Source: Microsoft's published `permissions.json` of 2026-08-07, application scheme,
/// without the write permissions.
enum GraphPermissions {
    USERS("User.ReadBasic.All", "User.Read.All", "Directory.Read.All"),
    USERS_DELTA("User.Read.All", "Directory.Read.All"),
    GROUPS("Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"),
    MEMBERS("GroupMember.ReadBasic.All", "Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All",
            "Directory.Read.All"),
    GROUPS_OF_GROUP("GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"),
    DIRECT_GROUPS_OF_USER("Directory.Read.All", "Group.ReadBasic.All", "GroupMember.ReadBasic.All"),
    GROUPS_OF_USER("User.Read.All", "GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"),
    MEMBER_GROUPS("Application.Read.All", "User.Read.All", "GroupMember.Read.All", "Group.Read.All",
            "Directory.Read.All"),
    BY_IDS("Directory.Read.All"),
    DELETED_USERS("User.Read.All", "Directory.Read.All"),
    DELETED_GROUPS("Group.Read.All", "Directory.Read.All"),
    ORGANIZATION("User.Read.All", "Organization.Read.All", "Directory.Read.All"),
    DOMAINS("Domain.Read.All", "Directory.Read.All"),
    REGISTRATION_REPORT("AuditLog.Read.All"),
    AUTHENTICATION_METHODS("UserAuthenticationMethod.Read.All"),
    AUTHENTICATION_REQUIREMENTS("Policy.Read.All", "Policy.ReadWrite.AuthenticationMethod"),
    ME("User.Read", "User.Read.All", "Directory.Read.All");

    private static final Set<String> BASIC = Set.of("id", "displayName", "givenName", "surname", "mail",
            "userPrincipalName", "userType");
    private static final Set<String> READ_HIDDEN = Set.of("Member.Read.Hidden");

    private final Set<String> sufficient;

    GraphPermissions(String... sufficient) {
        this.sufficient = Set.of(sufficient);
    }

    boolean allows(Caller caller) {
        return caller.hasAny(sufficient);
    }

    /// @throws GraphFault 403 Authorization_RequestDenied
    void require(Caller caller) {
        if (!allows(caller)) {
            throw denied();
        }
    }

    static GraphFault denied() {
        return new GraphFault(403, "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.");
    }

    /// What a caller may see of people who may read only the basics: only `User.ReadBasic.All` restricts.
    static @Nullable Set<String> readable(Caller caller, @Nullable Set<String> select) {
        if (USERS_DELTA.allows(caller)) {
            return select;
        }
        if (select == null) {
            return BASIC;
        }
        if (!BASIC.containsAll(select)) {
            throw denied();
        }
        return select;
    }

    /// Whether the caller sees more of an object than its type and id when it turns up among members.
    static boolean sees(Caller caller, ObjectKind kind) {
        return switch (kind) {
            case USER -> USERS.allows(caller);
            case GROUP -> GROUPS.allows(caller) || MEMBERS.allows(caller);
            case DEVICE, CONTACT -> BY_IDS.allows(caller);
            case SERVICE_PRINCIPAL -> caller.hasAny(Set.of("Application.Read.All", "Directory.Read.All"));
        };
    }

    /// Whether the caller may see who is in that group: hidden membership needs a permission of its own.
    static boolean seesMembers(Caller caller, SampleObject group) {
        return !"HiddenMembership".equals(group.get("visibility")) || caller.hasAny(READ_HIDDEN);
    }
}
