package org.rollcall.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.CancelToken;

/// The command line: reads arguments, runs a command, says what went wrong in one line, and gives an exit code.
public final class CommandLineApp {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLineApp.class);

    private final Invocation invocation;

    /// @param token stops what the call is doing
    public CommandLineApp(Terminal terminal, Workspaces workspaces, CancelToken token) {
        this.invocation = new Invocation(terminal, workspaces, token);
    }

    /// @return the exit code
    public int run(String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        var output = new Output(invocation.terminal(), json);
        var line = new CommandLine(new Root(invocation));
        line.setOut(new PrintWriter(invocation.terminal().out(), true));
        line.setErr(new PrintWriter(invocation.terminal().err(), true));
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, rejected) -> usage(output, e));
        line.setExecutionExceptionHandler((e, command, result) -> failure(output, e));
        int code = line.execute(args);
        invocation.terminal().out().flush();
        invocation.terminal().err().flush();
        if (code == ExitCode.DONE && invocation.terminal().out().checkError()) {
            output.error(ErrorKind.STORAGE.name(), "the answer could not be written to the end",
                    "see whether the disk is full or the reader of the output went away", Map.of());
            return ExitCode.STORAGE;
        }
        return code;
    }

    private static int usage(Output output, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        String first = message.substring(0, 1).toLowerCase(java.util.Locale.ROOT);
        output.error(ErrorKind.INPUT.name(), first + message.substring(1), "see " + command + " --help", Map.of());
        return ExitCode.INPUT;
    }

    private static int failure(Output output, Exception thrown) {
        switch (thrown) {
            case RollcallException e -> {
                log(e);
                output.error(e);
                return ExitCode.of(e.kind());
            }
            case CancellationException e -> {
                output.error("CANCELLED", "cancelled", "run the command again to go on", Map.of());
                return ExitCode.CANCELLED;
            }
            case IOException e -> {
                return storage(output, e);
            }
            case UncheckedIOException e -> {
                return storage(output, e);
            }
            default -> {
                LOG.error("A fault of ours", thrown);
                output.error(ErrorKind.BUG.name(),
                        "Rollcall made a mistake (" + thrown.getClass().getSimpleName() + ")",
                        "look into the log in the data folder and report it", Map.of());
                return ExitCode.BUG;
            }
        }
    }

    private static int storage(Output output, Exception e) {
        LOG.error("Storage", e);
        output.error(ErrorKind.STORAGE.name(), "a file could not be read or written: " + e.getMessage(),
                "see whether the disk is full and whether you may write there", Map.of());
        return ExitCode.STORAGE;
    }

    private static void log(RollcallException e) {
        if (e.kind() == ErrorKind.BUG || e.kind() == ErrorKind.STORAGE) {
            LOG.error("{}", e.code(), e);
        } else {
            LOG.info("Ended with {} {}", e.kind(), e.code());
        }
    }
}
