package org.rollcall.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.people.LinkService.Offer;
import org.rollcall.people.PurgeService.Purge;
import org.rollcall.text.Words;

/// People who come and go: re-created accounts, and people who have long been removed.
final class LifeCommands {
    private LifeCommands() {}

    @Command(name = "links", description = "List re-created accounts, and whom they may belong to.")
    static final class Links extends SignedInCommand {
        @Override
        int run(Session session) {
            List<Offer> offers = session.workspace().peopleEdits().links().offers(session.actor());
            var table = new TextTable("NEW", "OLD", "NAME", "USER NAME", "ROLE NOW", "ROLE BEFORE", "TENANT");
            offers.forEach(offer -> table.row(Long.toString(offer.present().id()), Long.toString(offer.former().id()),
                    offer.present().displayName(), offer.present().username(), role(offer.present()),
                    role(offer.former()), offer.present().tenant()));
            List<String> lines = new ArrayList<>(table.lines());
            lines.add("");
            lines.add(Text.count(offers.size(), "re-created-account")
                    + (offers.isEmpty() ? "." : Words.of("cli.lifeCommands.takeOneWithRollcallUsers").shown()));
            session.out().answer(new Doc().put("links", offers.stream().map(offer -> new Doc()
                    .put("new", Documents.person(offer.present())).put("old", Documents.person(offer.former())))
                    .toList()), lines);
            return ExitCode.DONE;
        }

        private static String role(UserRow row) {
            return row.role() + " (" + row.roleSource() + ")";
        }
    }

    @Command(name = "link", description = "Take a new account for the person of a removed one: id, role by hand and history go on.")
    static final class Link extends SignedInCommand {
        @Parameters(index = "0", paramLabel = "NEW", description = "The new account: user name, UPN or id.")
        String present = "";

        @Parameters(index = "1", paramLabel = "OLD", description = "The removed person: id or object id.")
        String former = "";

        @Override
        int run(Session session) {
            UserRow row = session.workspace().peopleEdits().links().link(session.actor(), present, former);
            session.out().answer(new Doc().put("user", Documents.person(row)),
                    Words.of("cli.lifeCommands.goesOnUnderTheId", Text.clean(row.shownName()), row.id(),
                            Text.clean(row.role()), row.roleSource(), row.status()).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "purge", description = "Delete people for good who have been removed that long, with their history.")
    static final class PurgeUsers extends SignedInCommand {
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})([mhd])");

        @Option(names = "--removed-for", paramLabel = "TIME", required = true, description = "How long they have been removed: 90d, 12h, 30m.")
        String removedFor = "";

        @Option(names = "--preview", description = "Only say how many that are.")
        boolean preview;

        @Override
        void check() {
            time();
        }

        @Override
        int run(Session session) {
            var purges = session.workspace().peopleEdits().purges();
            Purge purge = preview
                    ? purges.preview(session.actor(), time())
                    : purges.purge(session.actor(), time());
            session.out().answer(new Doc().put("preview", preview).put("people", purge.people())
                    .put("removedBefore", purge.before()),
                    Text.people(purge.people()) + (preview
                            ? Words.of("cli.lifeCommands.wouldBeDeletedForGood").shown()
                            : Words.of("cli.lifeCommands.deletedForGood").shown()));
            return ExitCode.DONE;
        }

        private Duration time() {
            Matcher matcher = FORM.matcher(removedFor.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw RollcallException.input("purge.time", Words.of("cli.purge.time", removedFor),
                        Words.of("cli.purge.time.remedy"));
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "d" -> Duration.ofDays(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofMinutes(number);
            };
        }
    }
}
