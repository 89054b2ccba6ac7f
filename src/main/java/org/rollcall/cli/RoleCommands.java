package org.rollcall.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RoleService;
import org.rollcall.roles.RoleService.RoleUse;
import org.rollcall.text.Words;

@Command(name = "roles", description = "Look at roles and change what they permit.", subcommands = {
        RoleCommands.ListRoles.class, RoleCommands.Add.class, RoleCommands.Edit.class,
        RoleCommands.Remove.class })
final class RoleCommands {
    private RoleCommands() {}

    @Command(name = "list", description = "List roles with what they permit and how many hold them.")
    static final class ListRoles extends SignedInCommand {
        @Override
        int run(Session session) {
            List<RoleUse> uses = session.workspace().roles().roles().list(session.actor());
            var table = new TextTable("ROLE", "PEOPLE", "RULES", "PERMISSIONS");
            uses.forEach(use -> table.row(use.role().name(), use.people(), use.rules(),
                    use.role().permissions().size() == Permission.values().length
                            ? "all"
                            : String.join(", ", use.role().permissions().stream().map(Permission::name).toList())));
            session.out().answer(new Doc().put("roles", uses.stream().map(use -> document(use.role())
                    .put("people", use.people()).put("rules", use.rules())).toList()), table.lines());
            return ExitCode.DONE;
        }
    }

    private static Doc document(Role role) {
        return new Doc().id("id", role.id()).put("name", role.name()).put("description", role.description())
                .put("builtIn", role.builtIn())
                .put("permissions", role.permissions().stream().map(Permission::name).toList());
    }

    private static Set<Permission> permissions(List<String> names) {
        var result = EnumSet.noneOf(Permission.class);
        for (String name : names) {
            try {
                result.add(Permission.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException e) {
                throw RollcallException.input("permission.unknown", Words.of("cli.permission.unknown", name), Words.of(
                        "cli.permission.unknown.remedy",
                        String.join(", ", EnumSet.allOf(Permission.class).stream().map(Permission::name).toList())));
            }
        }
        return result;
    }

    private static int answer(Session session, Role role, String what) {
        session.out().answer(new Doc().put("role", document(role)),
                Words.of("cli.roleCommands.theRole", Text.clean(role.name()), what).shown());
        return ExitCode.DONE;
    }

    @Command(name = "add", description = "Make a role.")
    static final class Add extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The new role's name.")
        String name = "";

        @Option(names = "--description", paramLabel = "TEXT", description = "What the role is for.")
        String description = "";

        @Option(names = "--permission", paramLabel = "P", split = ",", description = "What it permits; may be repeated.")
        List<String> permissions = List.of();

        @Option(names = "--copy", paramLabel = "ROLE", description = "Permit what this role does.")
        @Nullable
        String copy;

        @Override
        int run(Session session) {
            RoleService roles = session.workspace().roles().roles();
            Set<Permission> chosen = permissions(permissions);
            if (copy != null) {
                chosen.addAll(roles.find(session.actor(), copy).permissions());
            }
            return answer(session, roles.add(session.actor(), name, description, chosen),
                    Words.of("cli.roleCommands.hasBeenMade").shown());
        }
    }

    @Command(name = "edit", description = "Change a role's name, description or permissions.")
    static final class Edit extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The role's name.")
        String name = "";

        @Option(names = "--name", paramLabel = "NEW", description = "Its new name.")
        @Nullable
        String newName;

        @Option(names = "--description", paramLabel = "TEXT", description = "What the role is for.")
        @Nullable
        String description;

        @Option(names = "--permission", paramLabel = "P", split = ",", description = "What it permits, instead of what it permitted; may be repeated.")
        @Nullable
        List<String> permissions;

        @Override
        int run(Session session) {
            RoleService roles = session.workspace().roles().roles();
            Role role = roles.find(session.actor(), name);
            Role edited = new Role(role.id(), Objects.requireNonNullElse(newName, role.name()),
                    Objects.requireNonNullElse(description, role.description()), role.builtIn(), role.version(),
                    permissions == null ? role.permissions() : permissions(permissions));
            return answer(session, roles.edit(session.actor(), edited),
                    Words.of("cli.roleCommands.hasBeenChanged").shown());
        }
    }

    @Command(name = "remove", description = "Remove a role; who holds it gets another one.")
    static final class Remove extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The role's name.")
        String name = "";

        @Option(names = "--move-to", paramLabel = "ROLE", description = "What people and rules get instead.")
        @Nullable
        String moveTo;

        @Override
        int run(Session session) {
            int moved = session.workspace().roles().roles().remove(session.actor(), name, moveTo);
            session.out().answer(new Doc().put("removed", name).put("moved", moved),
                    Words.of("cli.roleCommands.removedTheRoleMoved", Text.clean(name), Text.people(moved)).shown());
            return ExitCode.DONE;
        }
    }
}
