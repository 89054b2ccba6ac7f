package org.rollcall.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.Change;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Page;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.AccountService.AccountEdit;
import org.rollcall.roles.RoleEdit;
import org.rollcall.text.Words;

@Command(name = "users", description = "Look at people and change what they may do.", subcommands = {
        UserCommands.ListUsers.class, UserCommands.Show.class, UserWhyCommand.class,
        UserCommands.History.class, UserCommands.SetRole.class, UserCommands.ClearRole.class,
        UserCommands.Activate.class, UserCommands.Deactivate.class, LocalAccountCommands.Add.class,
        LocalAccountCommands.ResetPassword.class, LocalAccountCommands.ChangePassword.class, LifeCommands.Links.class,
        LifeCommands.Link.class, LifeCommands.PurgeUsers.class })
final class UserCommands {
    private static final String USER = "User name, UPN or id.";

    private UserCommands() {}

    @Command(name = "list", description = "List people, by name.")
    static final class ListUsers extends SignedInCommand {
        @Option(names = "--role", paramLabel = "R", description = "Only people with this role; may be repeated.")
        List<String> roles = List.of();

        @Option(names = "--status", paramLabel = "S", split = ",", description = "Only ACTIVE, DISABLED or REMOVED people; may be repeated.")
        List<UserStatus> statuses = List.of();

        @Option(names = "--source", paramLabel = "S", split = ",", description = "Only people whose role comes from MANUAL, RULE or DEFAULT.")
        List<RoleSource> sources = List.of();

        @Option(names = "--group", paramLabel = "G", description = "Only people in this group, through all nesting.")
        @Nullable
        String group;

        @Option(names = "--search", paramLabel = "TEXT", description = "Only people with these words in name, user name, mail or department.")
        String search = "";

        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Option(names = "--after", paramLabel = "CURSOR", description = "Go on after a page: its \"next\".")
        @Nullable
        String after;

        @Mixin
        AsOf asOf = new AsOf();

        @Override
        int run(Session session) {
            requireLimit(limit);
            Actor actor = session.actor();
            Set<Long> roleIds = new HashSet<>();
            roles.forEach(role -> roleIds.add(session.workspace().roles().roles().find(actor, role).id()));
            UserFilter filter = UserFilter.everyone().withSearch(search).withRoles(roleIds)
                    .withStatuses(Set.copyOf(statuses)).withSources(Set.copyOf(sources));
            if (group != null) {
                GroupRow in = session.workspace().groups().find(actor, null, group);
                filter = filter.withGroup(new UserFilter.InGroup(in.tenantId(), in.objectId(), true));
            }
            Page<UserRow> page;
            long total;
            List<String> untold = List.of();
            if (asOf.isGiven()) {
                var then = session.workspace().past().list(actor, asOf.moment(session), filter, UserSort.BY_NAME,
                        after, limit);
                page = then.value().page();
                total = then.value().total();
                untold = then.untold();
            } else {
                page = session.workspace().people().list(actor, filter, UserSort.BY_NAME, after, limit);
                total = session.workspace().people().count(actor, filter);
            }
            var table = new TextTable("ID", "NAME", "USER NAME", "STATUS", "MFA", "ROLE", "SOURCE", "TENANT");
            page.rows().forEach(user -> table.row(Long.toString(user.id()), user.displayName(), user.username(),
                    user.status(), user.mfa(), user.role(), user.roleSource(),
                    user.isLocal() ? "(local)" : user.tenant()));
            List<String> lines = new ArrayList<>(table.lines());
            lines.add("");
            lines.add(Words.of("cli.userCommands.of", Text.number(page.rows().size()), Text.people(total),
                    page.next() == null ? Words.verbatim("") : Words.of("cli.userCommands.of.part3.else", page.next()))
                    .shown());
            Doc doc = new Doc().put("users", page.rows().stream().map(Documents::person).toList())
                    .put("total", total).put("next", page.next());
            session.out().answer(asOf.into(doc, untold), lines);
            return AsOf.told(session, untold);
        }
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > 1000) {
            throw RollcallException.input("limit.invalid", Words.of("cli.limit.invalid", limit),
                    Words.of("cli.limit.invalid.remedy"));
        }
    }

    @Command(name = "show", description = "Show one person.")
    static final class Show extends SignedInCommand {
        @Parameters(paramLabel = "USER", description = USER)
        String user = "";

        @Mixin
        AsOf asOf = new AsOf();

        @Override
        int run(Session session) {
            if (asOf.isGiven()) {
                var then = session.workspace().past().find(session.actor(), asOf.moment(session), user);
                show(session, then.value().row(), then.value().groups(), notKept(), then.value().changed(),
                        then.untold());
                return AsOf.told(session, then.untold());
            }
            UserRow row = session.workspace().people().find(session.actor(), user);
            show(session, row, session.workspace().people().groupsOf(session.actor(), row),
                    session.workspace().auth().authentication().forecast(row), row.changedAt(), List.of());
            return ExitCode.DONE;
        }

        private static List<SignInForecast> notKept() {
            return Arrays.stream(SignInMode.values())
                    .map(mode -> new SignInForecast(mode, null,
                            Words.of("cli.userCommands.howPeopleCouldSignIn").shown()))
                    .toList();
        }

        private void show(Session session, UserRow row, List<GroupPath> groups, List<SignInForecast> ways,
                @Nullable Instant changed, List<String> untold) {
            Doc doc = Documents.fullPerson(row)
                    .put("signIn", ways.stream().map(way -> new Doc().put("mode", way.mode().word())
                            .put("works", way.works()).put("because", way.because())).toList())
                    .put("disabledByHand", row.disabledByHand())
                    .put("excluded", row.excluded())
                    .put("changed", changed)
                    .put("groups", groups.stream().map(path -> new Doc().put("objectId", path.group().objectId())
                            .put("displayName", path.group().displayName()).put("direct", path.isDirect())
                            .put("path", path.path().stream().map(Ref::name).toList())).toList());
            var lines = new ArrayList<String>();
            lines.add(Text.clean(row.shownName()));
            var table = new TextTable("", "");
            table.row("id", Long.toString(row.id())).row(Words.of("cli.userCommands.userName").shown(), row.username())
                    .row("status",
                            row.status() + (row.disabledByHand() ? Words.of("cli.userCommands.byHand").shown() : ""))
                    .row("role", row.role() + " (" + row.roleSource() + ")").row("mfa", row.mfa())
                    .row("tenant", row.isLocal() ? Words.of("cli.userCommands.localAccount").shown() : row.tenant());
            for (UserField field : UserField.values()) {
                if (row.attributes().get(field) != null) {
                    table.row(field.graphName(), row.attributes().get(field));
                }
            }
            table.lines().stream().skip(1).forEach(line -> lines.add("  " + line));
            lines.add(Words.of("cli.userCommands.signsIn").shown());
            ways.forEach(way -> lines.add("  " + way.mode().word() + ": "
                    + (way.works() == null ? "perhaps" : way.works() ? "yes" : "no") + ", "
                    + Text.recalled(way.because())));
            lines.add(Words.of("cli.userCommands.in", Text.count(groups.size(), "group")).shown());
            groups.forEach(path -> lines.add("  " + Text.clean(path.group().shownName())
                    + (path.isDirect() ? "" : Words.of("cli.userCommands.through", route(path)).shown())));
            session.out().answer(asOf.into(doc, untold), lines);
        }

        private static String route(GroupPath path) {
            return String.join(" > ", path.path().stream().map(ref -> Text.clean(ref.name())).toList());
        }
    }

    @Command(name = "history", description = "What was done to one person by hand and by runs, newest first.")
    static final class History extends SignedInCommand {
        @Parameters(paramLabel = "USER", description = USER)
        String user = "";

        @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1,000; otherwise 100.")
        int limit = 100;

        @Override
        int run(Session session) {
            requireLimit(limit);
            UserRow row = session.workspace().people().find(session.actor(), user);
            List<AuditEvent> events = session.workspace().audit().history(session.actor(), "USER",
                    Long.toString(row.id()), limit);
            List<RunChange> changes = session.workspace().runs().history(session.actor(), row, limit);
            var byHand = new TextTable("WHEN", "WHO", "WHAT", "DETAILS");
            events.forEach(event -> byHand.row(Text.time(event.at()), event.actor(), event.action(), event.detail()));
            var byRuns = new TextTable("RUN", "WHAT", "WHY", "BEFORE", "AFTER");
            changes.forEach(each -> {
                if (each.change() instanceof Change.PersonChange change) {
                    byRuns.row(Long.toString(each.runId()), change.kind().jsonName(), change.reason().code().words(),
                            change.before(), change.after());
                }
            });
            List<String> lines = new ArrayList<>(byHand.lines());
            lines.add("");
            lines.addAll(byRuns.lines());
            session.out().answer(new Doc().put("user", row.username())
                    .put("events", events.stream().map(AuditCommands::document).toList())
                    .put("changes", changes.stream()
                            .map(each -> Documents.change(each.change()).id("run", each.runId())).toList()),
                    lines);
            return ExitCode.DONE;
        }
    }

    /// People named on the command line, each once.
    abstract static class OnPeople extends SignedInCommand {
        @Parameters(paramLabel = "USER", arity = "1..*", description = USER)
        List<String> users = List.of();

        final List<Long> ids(Session session) {
            var ids = new LinkedHashSet<Long>();
            users.forEach(each -> ids.add(session.workspace().people().find(session.actor(), each).id()));
            return List.copyOf(ids);
        }

        final void answer(Session session, List<Long> ids, int changed, String what) {
            List<UserRow> rows = session.workspace().people().byIds(session.actor(), ids);
            var lines = new ArrayList<String>();
            rows.forEach(row -> lines.add(Text.clean(row.shownName()) + ": " + Text.clean(row.role()) + " ("
                    + row.roleSource() + "), " + row.status()));
            lines.add(Text.people(changed) + " " + what + ".");
            session.out().answer(new Doc().put("changed", changed).put("users",
                    rows.stream().map(Documents::person).toList()), lines);
        }
    }

    @Command(name = "set-role", description = "Give people a role by hand; it stays through synchronizations.")
    static final class SetRole extends OnPeople {
        @Option(names = "--role", paramLabel = "R", required = true, description = "The role's name.")
        String role = "";

        @Override
        int run(Session session) {
            List<Long> ids = ids(session);
            RoleEdit edit = session.workspace().roles().assignments().setRole(session.actor(), ids, role);
            answer(session, ids, edit.changed(), "changed");
            return ExitCode.DONE;
        }
    }

    @Command(name = "clear-role", description = "Let people follow the rules again.")
    static final class ClearRole extends OnPeople {
        @Override
        int run(Session session) {
            List<Long> ids = ids(session);
            RoleEdit edit = session.workspace().roles().assignments().clear(session.actor(), ids);
            answer(session, ids, edit.changed(), "changed");
            return ExitCode.DONE;
        }
    }

    @Command(name = "activate", description = "Let people sign in again who were deactivated by hand.")
    static final class Activate extends OnPeople {
        @Override
        int run(Session session) {
            List<Long> ids = ids(session);
            return edited(session, ids, session.workspace().peopleEdits().accounts().activate(session.actor(), ids),
                    "activated");
        }
    }

    @Command(name = "deactivate", description = "Keep people from signing in; it stays through synchronizations.")
    static final class Deactivate extends OnPeople {
        @Override
        int run(Session session) {
            List<Long> ids = ids(session);
            return edited(session, ids, session.workspace().peopleEdits().accounts().deactivate(session.actor(), ids),
                    "deactivated");
        }
    }

    private static int edited(Session session, List<Long> ids, AccountEdit edit, String what) {
        List<UserRow> rows = session.workspace().people().byIds(session.actor(), ids);
        var lines = new ArrayList<String>();
        var skipped = new ArrayList<Doc>();
        edit.skipped().forEach((id, why) -> {
            lines.add(Words.of("cli.userCommands.id", id, Text.clean(why)).shown());
            skipped.add(new Doc().id("id", id).put("because", why));
        });
        lines.add(Text.people(edit.changed().size()) + " " + what + ".");
        session.out().answer(new Doc().put("changed", edit.changed().size()).put("skipped", skipped).put("users",
                rows.stream().map(Documents::person).toList()), lines);
        return edit.skipped().isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION;
    }
}
