package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;

import org.rollcall.health.Finding;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

@Command(name = "doctor", description = "Say what is wrong, and what to do.")
final class DoctorCommand extends SignedInCommand {
    @Override
    int run(Session session) {
        List<Finding> findings = session.workspace().health().findings(session.actor(),
                session.out().json() ? Language.ENGLISH : Language.inUse());
        var lines = new ArrayList<String>();
        findings.forEach(each -> {
            lines.add((each.grave() ? "! " : "- ") + Text.clean(each.what()));
            lines.add("    " + Text.clean(each.remedy()));
        });
        if (findings.isEmpty()) {
            lines.add(Words.of("cli.doctorCommand.nothingIsWrong").shown());
        }
        session.out().answer(new Doc().put("healthy", findings.isEmpty()).put("findings", findings.stream()
                .map(each -> new Doc().put("severity", each.grave() ? "ERROR" : "WARNING").put("what", each.what())
                        .put("remedy", each.remedy()))
                .toList()), lines);
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION;
    }
}
