package org.rollcall.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.files.CsvWriter;
import org.rollcall.text.Words;

@Command(name = "export", description = "Write people, groups or memberships out.", subcommands = {
        ExportCommands.Users.class, ExportCommands.Groups.class, ExportCommands.Memberships.class })
final class ExportCommands {
    private ExportCommands() {}

    /// How an export is written.
    enum Format {
        CSV,
        JSON
    }

    /// Writes documents one by one; memory does not grow with their number.
    abstract static class Export extends SignedInCommand {
        @Option(names = "--format", paramLabel = "csv|json", required = true, description = "csv or json.")
        Format format = Format.JSON;

        @Option(names = "--out", paramLabel = "F", description = "Write into this file, not on standard output.")
        @Nullable
        String file;

        @Mixin
        AsOf asOf = new AsOf();

        abstract List<String> columns();

        /// @return what is missing, in words
        abstract List<String> forEach(Session session, Consumer<Doc> sink);

        @Override
        final int run(Session session) throws IOException {
            long[] count = new long[1];
            var untold = new ArrayList<String>();
            ExportFile.write(invocation().terminal(), file, writer -> {
                try {
                    count[0] = format == Format.CSV ? csv(session, writer, untold) : json(session, writer, untold);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            });
            if (file != null) {
                session.out().note(
                        Words.of("cli.exportCommands.writtenTo", Text.count(count[0], "row"), file).shown());
            }
            return AsOf.told(session, untold);
        }

        private long json(Session session, Writer writer, List<String> untold) throws IOException {
            long[] count = new long[1];
            try (JsonOut out = JsonOut.compact(writer)) {
                out.startArray();
                untold.addAll(forEach(session, doc -> {
                    count[0]++;
                    invocation().token().check();
                    unchecked(() -> out.element(doc));
                }));
                out.endArray();
            }
            return count[0];
        }

        private long csv(Session session, Writer writer, List<String> untold) throws IOException {
            long[] count = new long[1];
            var out = new CsvWriter(writer);
            out.row(columns());
            untold.addAll(forEach(session, doc -> {
                count[0]++;
                invocation().token().check();
                var cells = new ArrayList<@Nullable Object>();
                doc.fields().values().forEach(value -> cells.add(value instanceof List<?> list
                        ? String.join(";", list.stream().map(String::valueOf).toList())
                        : value));
                unchecked(() -> out.row(cells));
            }));
            return count[0];
        }

        private interface Step {
            void run() throws IOException;
        }

        private static void unchecked(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Command(name = "users", description = "People with every attribute as Entra has it.")
    static final class Users extends Export {
        @Option(names = "--removed", description = "Removed people too.")
        boolean removed;

        @Override
        List<String> columns() {
            return Documents.PERSON_COLUMNS;
        }

        @Override
        List<String> forEach(Session session, Consumer<Doc> sink) {
            UserFilter filter = removed
                    ? UserFilter.everyone()
                    : UserFilter.everyone().withStatuses(EnumSet.of(UserStatus.ACTIVE, UserStatus.DISABLED));
            Consumer<UserRow> row = user -> sink.accept(Documents.fullPerson(user));
            if (asOf.isGiven()) {
                return session.workspace().past().exportPeople(session.actor(), asOf.moment(session), filter, row);
            }
            session.workspace().people().export(session.actor(), filter, row);
            return List.of();
        }
    }

    @Command(name = "groups", description = "Groups.")
    static final class Groups extends Export {
        @Option(names = "--removed", description = "Removed groups too.")
        boolean removed;

        @Override
        List<String> columns() {
            return Documents.GROUP_COLUMNS;
        }

        @Override
        List<String> forEach(Session session, Consumer<Doc> sink) {
            Consumer<GroupRow> row = group -> sink.accept(Documents.group(group));
            if (asOf.isGiven()) {
                return session.workspace().past().exportGroups(session.actor(), asOf.moment(session), removed, row);
            }
            session.workspace().groups().export(session.actor(), removed, row);
            return List.of();
        }
    }

    @Command(name = "memberships", description = "Direct memberships between what is stored.")
    static final class Memberships extends Export {
        @Option(names = "--removed", description = "Has no effect: removed people and groups have no memberships.")
        boolean removed;

        @Override
        List<String> columns() {
            return List.of("group", "member", "memberType");
        }

        @Override
        List<String> forEach(Session session, Consumer<Doc> sink) {
            Consumer<Edge> row = edge -> sink.accept(new Doc().put("group", edge.groupId())
                    .put("member", edge.memberId()).put("memberType", edge.memberType()));
            if (asOf.isGiven()) {
                return session.workspace().past().exportMemberships(session.actor(), asOf.moment(session), row);
            }
            session.workspace().groups().exportMemberships(session.actor(), row);
            return List.of();
        }
    }
}
