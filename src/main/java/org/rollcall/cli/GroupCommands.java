package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.Page;
import org.rollcall.domain.UserRow;
import org.rollcall.groups.GroupService;
import org.rollcall.text.Words;

@Command(name = "groups", description = "Look at groups and who is in them.", subcommands = {
        GroupCommands.ListGroups.class, GroupCommands.Show.class, GroupCommands.Members.class })
final class GroupCommands {
    private static final String GROUP = "Object id, display name or mail address.";

    private GroupCommands() {}

    @Command(name = "list", description = "List groups, by name.")
    static final class ListGroups extends SignedInCommand {
        @Option(names = "--search", paramLabel = "TEXT", description = "Only groups with this in their names.")
        String search = "";

        @Option(names = "--removed", description = "Those that are no longer in Entra or in scope too.")
        boolean removed;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Option(names = "--after", paramLabel = "CURSOR", description = "Go on after a page: its \"next\".")
        @Nullable
        String after;

        @Override
        int run(Session session) {
            UserCommands.requireLimit(limit);
            GroupService groups = session.workspace().groups();
            Page<GroupRow> page = groups.list(session.actor(), null, search, removed, after, limit);
            long total = groups.count(session.actor(), null, search, removed);
            var table = new TextTable("ID", "NAME", "KIND", "DYNAMIC", "STATUS", "TENANT", "OBJECT ID");
            page.rows().forEach(group -> table.row(Long.toString(group.id()), group.shownName(), group.kind(),
                    group.isDynamic() ? "yes" : "", group.status(), group.tenant(), group.objectId()));
            List<String> lines = new ArrayList<>(table.lines());
            lines.add("");
            lines.add(Words.of("cli.groupCommands.of", Text.number(page.rows().size()),
                    Text.count(total, "group"),
                    page.next() == null ? Words.verbatim("") : Words.of("cli.groupCommands.of.part3.else", page.next()))
                    .shown());
            session.out().answer(new Doc().put("groups", page.rows().stream().map(Documents::group).toList())
                    .put("total", total).put("next", page.next()), lines);
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Show one group.")
    static final class Show extends SignedInCommand {
        @Parameters(paramLabel = "GROUP", description = GROUP)
        String group = "";

        @Override
        int run(Session session) {
            GroupService groups = session.workspace().groups();
            GroupRow row = groups.find(session.actor(), null, group);
            List<GroupRow> parents = groups.parents(session.actor(), row);
            long direct = groups.directMembers(session.actor(), row).size();
            long effective = groups.countEffectiveMembers(session.actor(), row);
            var lines = new ArrayList<String>();
            lines.add(Text.clean(row.shownName()));
            var table = new TextTable("", "");
            Documents.group(row).fields().forEach((name, value) -> {
                if (value != null) {
                    table.row(name, String.valueOf(value));
                }
            });
            table.row(Words.of("cli.groupCommands.directMembers").shown(), Text.number(direct))
                    .row(Words.of("cli.groupCommands.peopleInEffect").shown(), Text.number(effective));
            table.row(Words.of("cli.groupCommands.inGroups").shown(),
                    String.join(", ", parents.stream().map(GroupRow::shownName).toList()));
            table.lines().stream().skip(1).forEach(line -> lines.add("  " + line));
            session.out().answer(Documents.group(row).put("directMembers", direct).put("effectiveMembers", effective)
                    .put("parents", parents.stream().map(parent -> new Doc().put("objectId", parent.objectId())
                            .put("displayName", parent.displayName())).toList()),
                    lines);
            return ExitCode.DONE;
        }
    }

    @Command(name = "members", description = "List who and what is in a group.")
    static final class Members extends SignedInCommand {
        @Parameters(paramLabel = "GROUP", description = GROUP)
        String group = "";

        @Option(names = "--effective", description = "People through all nesting too, each once.")
        boolean effective;

        @Mixin
        AsOf asOf = new AsOf();

        @Override
        int run(Session session) {
            GroupService groups = session.workspace().groups();
            GroupRow row = groups.find(session.actor(), null, group);
            if (asOf.isGiven()) {
                var then = session.workspace().past().members(session.actor(), asOf.moment(session), row, effective);
                answer(session, then.value().group(), then.value().direct(),
                        sink -> then.value().effective().forEach(sink), then.untold());
                return AsOf.told(session, then.untold());
            }
            answer(session, row, groups.directMembers(session.actor(), row),
                    sink -> groups.forEachEffectiveMember(session.actor(), row, sink), List.of());
            return ExitCode.DONE;
        }

        private void answer(Session session, GroupRow row, List<MemberRow> direct,
                Consumer<Consumer<UserRow>> everybody, List<String> untold) {
            var people = new ArrayList<Doc>();
            var table = new TextTable("ID", "TYPE", "NAME", "OBJECT ID");
            if (effective) {
                everybody.accept(user -> {
                    people.add(Documents.member(user));
                    table.row(Long.toString(user.id()), "USER", user.shownName(), user.objectId());
                });
            } else {
                direct.forEach(member -> table.row(member.id() == null ? "" : Long.toString(member.id()), member.type(),
                        member.displayName(), member.objectId()));
            }
            Doc doc = new Doc().put("group", row.shownName()).put("objectId", row.objectId())
                    .put("direct", direct.stream().map(Documents::member).toList()).put("effective", people);
            session.out().answer(asOf.into(doc, untold), table.lines());
        }
    }
}
