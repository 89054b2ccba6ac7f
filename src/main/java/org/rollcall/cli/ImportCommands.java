package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;
import org.rollcall.runs.RunReport;
import org.rollcall.schedule.Intervals;
import org.rollcall.sync.ImportRequest;
import org.rollcall.text.Words;

@Command(name = "import", description = "Bring people and groups in.", subcommands = { ImportCommands.Preview.class,
        ImportCommands.RunImport.class })
final class ImportCommands {
    private ImportCommands() {}

    @Command(name = "preview", description = "Say what an import would do; changes nobody.")
    static final class Preview extends SignedInCommand {
        @Mixin
        ImportOptions options = new ImportOptions();

        @Override
        void check() {
            options.check();
        }

        @Override
        int run(Session session) {
            Run run;
            try (Progress progress = session.invocation().progress()) {
                ImportRequest request = new ImportDrafts(session, options).request(progress);
                run = session.workspace().imports().preview(session.actor(), request, progress).run();
            }
            session.out().answer(Documents.preview(run), RunAnswer.lines(run));
            return ExitCode.DONE;
        }
    }

    @Command(name = "run", description = "Bring people and groups in; without a scope, repeat the import as it is.")
    static final class RunImport extends SignedInCommand {
        @Mixin
        ImportOptions options = new ImportOptions();

        @Override
        void check() {
            options.check();
        }

        @Override
        int run(Session session) {
            RunReport report;
            try (Progress progress = session.invocation().progress()) {
                ImportRequest request = new ImportDrafts(session, options).request(progress);
                report = session.workspace().imports().run(session.actor(), request, progress);
            }
            Run run = report.run();
            List<String> more = new ArrayList<>();
            if (report.succeeded() && options.every != null && run.profileId() != null) {
                Schedule schedule = session.workspace().schedules().set(session.actor(), run.profileId(),
                        Intervals.parse(options.every));
                more.add(Words.of("cli.importCommands.repeatedEveryNextAt", Intervals.format(schedule.every()),
                        Text.time(schedule.nextRunAt())).shown());
            }
            return RunAnswer.of(session.out(), run, more);
        }
    }
}
