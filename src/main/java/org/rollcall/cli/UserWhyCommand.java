package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.UserRow;
import org.rollcall.runs.RunService.AskedAgain;
import org.rollcall.sync.Decision;
import org.rollcall.text.Words;

@Command(name = "why", description = "Say why a person is here, has their role and their status.")
final class UserWhyCommand extends SignedInCommand {
    @Parameters(paramLabel = "USER", description = "User name, UPN or id.")
    String user = "";

    @Override
    int run(Session session) {
        UserRow row = session.workspace().people().find(session.actor(), user);
        List<Decision> decisions = session.workspace().why().why(session.actor(), row.id());
        var lines = new ArrayList<String>();
        lines.add(Text.clean(row.shownName()) + " (" + Text.clean(row.username()) + ")");
        for (Decision decision : decisions) {
            lines.add("  " + decision.about() + ": " + Text.clean(decision.value()) + ". "
                    + Text.clean(Text.recalled(decision.because()))
                    + (decision.rule() == null
                            ? ""
                            : Words.of("cli.userWhyCommand.byTheRule", Text.clean(decision.rule())).shown())
                    + (decision.path().isEmpty()
                            ? ""
                            : Words.of("cli.userWhyCommand.through", Text.clean(String.join(" > ", decision.path())))
                                    .shown())
                    + (decision.run() == null ? "" : " (run " + decision.run() + ")"));
        }
        List<AskedAgain> again = session.workspace().runs().askedAgain(session.actor(), row);
        for (AskedAgain each : again) {
            lines.add(Words.of("cli.userWhyCommand.askedAgainAtRun", Text.time(each.at()), each.run(),
                    Text.clean(Text.recalled(each.note().asked())), Text.clean(Text.recalled(each.note().came())))
                    .shown());
        }
        session.out().answer(new Doc().put("user", row.username()).put("decisions", decisions.stream()
                .map(each -> new Doc().put("about", each.about()).put("value", each.value())
                        .put("because", each.because()).put("rule", each.rule()).put("path", each.path())
                        .id("run", each.run()))
                .toList()).put("askedAgain", again.stream()
                        .map(each -> new Doc().id("run", each.run()).put("at", each.at())
                                .put("asked", each.note().asked()).put("came", each.note().came()))
                        .toList()),
                lines);
        return ExitCode.DONE;
    }
}
