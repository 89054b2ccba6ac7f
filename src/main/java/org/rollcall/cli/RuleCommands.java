package org.rollcall.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.text.Words;

@Command(name = "rules", description = "Look at the ordered rules that give members of groups a role.", subcommands = {
        RuleCommands.ListRules.class, RuleCommands.Add.class, RuleCommands.Move.class,
        RuleCommands.Remove.class })
final class RuleCommands {
    private RuleCommands() {}

    /// Whose rules.
    static final class Which {
        @Option(names = "--tenant", paramLabel = "NAME", required = true, description = "The tenant's name here.")
        String tenant = "";

        @Option(names = "--name", paramLabel = "PROFILE", description = "The import's name, otherwise \"default\".")
        String profile = Profile.DEFAULT_NAME;

        Profile of(Session session) {
            return session.workspace().profile(session.actor(), tenant, profile);
        }
    }

    private static int answer(Session session, Profile profile, @Nullable RoleEdit edit) {
        List<RuleUse> uses = session.workspace().roles().rules().list(session.actor(), profile.id());
        var table = new TextTable("ID", "NO", "GROUP", "ROLE", "NESTED", "DECIDES", "");
        uses.forEach(use -> table.row(Long.toString(use.rule().id()), Integer.toString(use.rule().position() + 1),
                use.rule().group().name(), use.role(), use.rule().nested() ? "yes" : "no", use.decides(),
                use.groupPresent() ? "" : Words.of("cli.ruleCommands.theGroupIsGone").shown()));
        List<String> lines = new java.util.ArrayList<>(table.lines());
        Doc doc = new Doc().put("profile", profile.name()).put("rules", uses.stream().map(use -> new Doc()
                .id("id", use.rule().id()).put("position", use.rule().position() + 1)
                .put("group", use.rule().group().name()).put("groupId", use.rule().group().id())
                .put("role", use.role()).put("nested", use.rule().nested()).put("groupPresent", use.groupPresent())
                .put("decides", use.decides())).toList());
        if (edit != null) {
            doc.put("changed", edit.changed());
            lines.add(Text.people(edit.changed()) + " changed.");
        }
        session.out().answer(doc, lines);
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List the rules of an import, the first one first.")
    static final class ListRules extends SignedInCommand {
        @Mixin
        Which which = new Which();

        @Override
        int run(Session session) {
            return answer(session, which.of(session), null);
        }
    }

    @Command(name = "add", description = "Add a rule; people get the roles that follow at once.")
    static final class Add extends SignedInCommand {
        @Mixin
        Which which = new Which();

        @Parameters(paramLabel = "GROUP=ROLE", description = "Who is in the group gets the role.")
        String rule = "";

        @Option(names = "--position", paramLabel = "N", description = "Place in the order from 1, otherwise last.")
        @Nullable
        Integer position;

        @Option(names = "--direct", description = "Direct members only, not those of groups below.")
        boolean direct;

        @Override
        int run(Session session) {
            Profile profile = which.of(session);
            int at = rule.lastIndexOf('=');
            if (at <= 0 || at == rule.length() - 1) {
                throw RollcallException.input("rule.invalid", Words.of("cli.rule.invalid", rule),
                        Words.of("cli.rule.invalid.remedy"));
            }
            GroupRow group = session.workspace().groups().find(session.actor(), profile.tenantId(),
                    rule.substring(0, at));
            RoleEdit edit = session.workspace().roles().rules().add(session.actor(), profile.id(),
                    new Ref(group.objectId(), group.shownName()), !direct, rule.substring(at + 1),
                    position == null ? null : Math.max(0, position - 1));
            return answer(session, profile, edit);
        }
    }

    @Command(name = "move", description = "Move a rule to another place in the order.")
    static final class Move extends SignedInCommand {
        @Mixin
        Which which = new Which();

        @Parameters(index = "0", paramLabel = "RULE", description = "The rule's id.")
        long rule;

        @Parameters(index = "1", paramLabel = "N", description = "The place, from 1.")
        int position;

        @Override
        int run(Session session) {
            Profile profile = which.of(session);
            return answer(session, profile,
                    session.workspace().roles().rules().move(session.actor(), rule, Math.max(0, position - 1)));
        }
    }

    @Command(name = "remove", description = "Remove a rule; people get the roles that follow at once.")
    static final class Remove extends SignedInCommand {
        @Mixin
        Which which = new Which();

        @Parameters(paramLabel = "RULE", description = "The rule's id.")
        long rule;

        @Override
        int run(Session session) {
            Profile profile = which.of(session);
            return answer(session, profile, session.workspace().roles().rules().remove(session.actor(), rule));
        }
    }
}
