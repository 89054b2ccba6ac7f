package org.rollcall.cli;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

import org.rollcall.domain.Run;
import org.rollcall.schedule.ScheduleEvent;
import org.rollcall.text.Words;

@Command(name = "service", description = "Run schedules without a window, until told to stop. Asks nobody to sign in: who can start it owns the data folder.")
final class ServiceCommand extends BaseCommand {
    @Override
    int execute() {
        Root root = root();
        Map<String, String> environment = invocation().terminal().environment();
        try (Workspace workspace = invocation().workspaces().open(root.home(), root.passphrase())) {
            workspace.serve(new Lines(output(), root.home().toString()), environment, invocation().token());
        }
        return ExitCode.DONE;
    }

    /// A line for each event on standard output.
    private static final class Lines implements ServiceEvents {
        private final Output out;
        private final String home;

        Lines(Output out, String home) {
            this.out = out;
            this.home = home;
        }

        @Override
        public void ready() {
            line(Instant.now(), "ready", null, null, Words.of("cli.serviceCommand.runsTheSchedulesOf", home).shown());
        }

        @Override
        public void stopping() {
            line(Instant.now(), "stopping", null, null, "Stopping");
        }

        @Override
        public void turn(ScheduleEvent event) {
            String name = event.schedule().name();
            switch (event.kind()) {
                case RUN -> line(event.at(), "run", event, event.run(), name + ": " + changes(event.run()));
                case CANCELLED -> line(event.at(), "run", event, event.run(), name + ": " + event.message());
                case FAILED -> line(event.at(), "failed", event, event.run(), name + " failed: " + event.message());
                case QUARANTINED -> line(event.at(), "quarantined", event, event.run(),
                        Words.of("cli.serviceCommand.wasStoppedByAGuard", name, event.message()).shown());
                case READ, SKIPPED -> {
                    // Nothing happened that anybody waits for.
                }
            }
        }

        private static String changes(@Nullable Run run) {
            long changes = run == null
                    ? 0
                    : run.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                            .mapToLong(Map.Entry::getValue).sum();
            return changes == 0
                    ? Words.of("cli.serviceCommand.nothingHasChanged").shown()
                    : Text.count(changes, "change");
        }

        private void line(Instant at, String event, @Nullable ScheduleEvent turn, @Nullable Run run,
                String message) {
            out.event(new Doc().put("at", at).put("event", event)
                    .id("schedule", turn == null ? null : turn.schedule().id())
                    .put("name", turn == null ? null : turn.schedule().name())
                    .id("run", run == null ? null : run.id()).put("state", run == null ? null : run.state())
                    .put("message", message), Text.time(at) + " " + message);
        }
    }
}
