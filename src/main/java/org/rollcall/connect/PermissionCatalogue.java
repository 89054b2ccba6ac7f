package org.rollcall.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.rollcall.connect.PermissionLine.Kind;
import org.rollcall.connect.PermissionLine.State;
import org.rollcall.source.Permissions;
import org.rollcall.text.Words;

/// The Microsoft Graph permissions that Rollcall uses, their purpose, and the broader permissions that include them. Source:
/// Graph's permissions reference.
public final class PermissionCatalogue {
    /// @param contained broader permissions that allow the same calls
    public record Use(String name, String purpose, boolean needed, List<String> contained) {}

    static final String ORGANIZATION = "Organization.Read.All";
    private static final List<Use> USES = List.of(
            new Use("User.Read.All", Words.of("connect.purpose.User").english(), true,
                    List.of("Directory.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All")),
            new Use("GroupMember.Read.All", Words.of("connect.purpose.GroupMember").english(), true,
                    List.of("Group.Read.All", "Directory.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All",
                            "Directory.ReadWrite.All")),
            new Use("AuditLog.Read.All", Words.of("connect.purpose.AuditLog").english(), false,
                    List.of()),
            new Use("Member.Read.Hidden", Words.of("connect.purpose.Member").english(), false, List.of()),
            new Use(ORGANIZATION, Words.of("connect.purpose.Organization").english(), false,
                    List.of("User.Read.All", "Directory.Read.All", "Organization.ReadWrite.All",
                            "Directory.ReadWrite.All")));
    /// The scopes of every delegated sign-in.
    private static final Set<String> SIGN_IN = Set.of("openid", "profile", "email", "offline_access", "User.Read");

    private PermissionCatalogue() {}

    public static List<Use> uses() {
        return USES;
    }

    /// As [#compare(Permissions)], after reading the organization was tried.
    ///
    /// @param read whether the organization could be read: if not, permissions that should allow it are not effective
    static List<PermissionLine> compare(Permissions permissions, boolean read) {
        return compare(permissions).stream().map(line -> read || !line.name().equals(ORGANIZATION)
                || line.state() != State.GRANTED
                        ? line
                        : new PermissionLine(line.name(), line.kind(), line.purpose(), State.MISSING, true, ""))
                .toList();
    }

    /// Compares granted permissions with those that are used; empty if the token does not state its permissions.
    public static List<PermissionLine> compare(Permissions permissions) {
        Optional<Set<String>> known = permissions.granted();
        if (known.isEmpty()) {
            return List.of();
        }
        Set<String> granted = known.get();
        Kind kind = permissions.delegated() ? Kind.DELEGATED : Kind.APPLICATION;
        var lines = new ArrayList<PermissionLine>();
        var used = new TreeSet<String>();
        for (Use use : USES) {
            String through = granted.contains(use.name)
                    ? ""
                    : use.contained.stream().filter(granted::contains).findFirst().orElse("");
            boolean has = granted.contains(use.name) || !through.isEmpty();
            used.add(through.isEmpty() ? use.name : through);
            lines.add(new PermissionLine(use.name, kind, use.purpose, has ? State.GRANTED : State.MISSING, use.needed,
                    through));
        }
        for (String name : new TreeSet<>(granted)) {
            if (!used.contains(name) && !SIGN_IN.contains(name)) {
                lines.add(new PermissionLine(name, kind,
                        Words.of("connect.permissionCatalogue.notUsedItCanBe").english(), State.EXCESS,
                        false, ""));
            }
        }
        return List.copyOf(lines);
    }
}
