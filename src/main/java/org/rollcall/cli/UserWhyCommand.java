package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.UserRow;
import org.rollcall.sync.Decision;

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
                    + Text.clean(decision.because())
                    + (decision.rule() == null ? "" : ", by the rule " + Text.clean(decision.rule()))
                    + (decision.path().isEmpty()
                            ? ""
                            : ", through " + Text.clean(String.join(" > ", decision.path())))
                    + (decision.run() == null ? "" : " (run " + decision.run() + ")"));
        }
        session.out().answer(new Doc().put("user", row.username()).put("decisions", decisions.stream()
                .map(each -> new Doc().put("about", each.about()).put("value", each.value())
                        .put("because", each.because()).put("rule", each.rule()).put("path", each.path())
                        .id("run", each.run()))
                .toList()), lines);
        return ExitCode.DONE;
    }
}
