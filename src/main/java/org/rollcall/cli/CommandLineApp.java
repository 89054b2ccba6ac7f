package org.rollcall.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// The command line: reads arguments, runs a command, says what went wrong in one line, and gives an exit code.
public final class CommandLineApp {
    /// The option that says which language is spoken.
    public static final String LANGUAGE = "--lang";

    private final Invocation invocation;

    /// @param token stops what the call is doing
    public CommandLineApp(Terminal terminal, Workspaces workspaces, CancelToken token) {
        this.invocation = new Invocation(terminal, workspaces, token);
    }

    /// @return the exit code
    public int run(String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        var output = new Output(invocation.terminal(), json);
        // Before anything else is read, since what is wrong with it is said in that language.
        Language.begin(languageAsked(args).orElse(null), Optional::empty);
        try {
            requireReadable(args);
        } catch (RollcallException e) {
            return failure(output, null, e);
        }
        var root = new Root(invocation);
        Language.setting(() -> language(root));
        var line = new CommandLine(root);
        line.setOut(new PrintWriter(invocation.terminal().out(), true));
        line.setErr(new PrintWriter(invocation.terminal().err(), true));
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, rejected) -> usage(output, e));
        line.setExecutionExceptionHandler((e, command, result) -> failure(output, home(root), e));
        int code;
        try {
            code = line.execute(args);
        } catch (Error e) {
            // Out of memory, or the stack is: what was open is closed by now, so there is room for one line.
            code = failure(output, home(root), e);
        }
        invocation.terminal().out().flush();
        invocation.terminal().err().flush();
        if (code == ExitCode.DONE && invocation.terminal().out().checkError()) {
            output.error(ErrorKind.STORAGE.name(), Words.of("cli.answer.cut"),
                    Words.of("cli.answer.cut.remedy"), Map.of());
            return ExitCode.STORAGE;
        }
        return code;
    }

    /// What the arguments ask to speak; empty: nothing, or nothing that Rollcall speaks.
    public static Optional<Language> languageAsked(String... args) {
        return languageTag(args).flatMap(Language::of);
    }

    /// Whether the arguments ask for a language that Rollcall does not speak.
    public static boolean speaksUnknown(String... args) {
        return languageTag(args).map(tag -> Language.of(tag).isEmpty()).orElse(false);
    }

    private static Optional<String> languageTag(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(LANGUAGE + "=")) {
                return Optional.of(args[i].substring(LANGUAGE.length() + 1));
            }
            if (args[i].equals(LANGUAGE)) {
                return Optional.of(i + 1 < args.length ? args[i + 1] : "");
            }
        }
        return Optional.empty();
    }

    private Optional<Language> language(Root root) {
        var home = home(root);
        return home == null ? Optional.empty() : invocation.workspaces().language(home);
    }

    private static int usage(Output output, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        String message = String.valueOf(e.getMessage()).lines().findFirst()
                .orElse(Words.of("cli.commandLineApp.wrongUsage").shown());
        String first = message.substring(0, 1).toLowerCase(java.util.Locale.ROOT);
        output.error(ErrorKind.INPUT.name(), Words.verbatim(first + message.substring(1)),
                Words.of("cli.usage.remedy", command), Map.of());
        return ExitCode.INPUT;
    }

    /// Says in one line what ended the program outside of any command.
    ///
    /// @param home the data folder that was meant; null: not known
    /// @return the exit code
    public int fault(@Nullable Path home, Throwable thrown, String... args) {
        return failure(new Output(invocation.terminal(), Arrays.asList(args).contains("--json")), home, thrown);
    }

    /// Java puts U+FFFD where an argument is not in the encoding of the locale, and what was meant is lost.
    ///
    /// @throws RollcallException INPUT: an argument is not UTF-8
    public static void requireReadable(String... args) {
        for (String each : args) {
            if (each.codePoints().anyMatch(point -> point == '\uFFFD' || point >= 0xD800 && point <= 0xDFFF)) {
                throw RollcallException.input("argument.garbled", Words.of("cli.argument.garbled", each),
                        Words.of("cli.argument.garbled.remedy"));
            }
        }
    }

    private static @Nullable Path home(Root root) {
        try {
            return root.home();
        } catch (RuntimeException e) {
            return null; // No folder can be called so: there is no log in it.
        }
    }

    private int failure(Output output, @Nullable Path home, Throwable thrown) {
        switch (thrown) {
            case RollcallException e -> {
                if (e.kind() == ErrorKind.BUG || e.kind() == ErrorKind.STORAGE) {
                    noted(home, e);
                }
                output.error(e);
                return ExitCode.of(e.kind());
            }
            case CancellationException e -> {
                output.error("CANCELLED", Words.of("cli.cancelled"), Words.of("cli.cancelled.remedy"), Map.of());
                return ExitCode.CANCELLED;
            }
            case IOException e -> {
                return storage(output, home, e);
            }
            case UncheckedIOException e -> {
                return storage(output, home, Objects.requireNonNullElse(e.getCause(), new IOException(e)));
            }
            default -> {
                boolean noted = noted(home, thrown);
                if (isOutOfMemory(thrown)) {
                    output.error(ErrorKind.BUG.name(), Words.of("cli.memory"), Words.of("cli.memory.remedy"), Map.of());
                } else {
                    String name = thrown.getClass().getSimpleName();
                    output.error(ErrorKind.BUG.name(),
                            noted
                                    ? Words.of("cli.unexpected")
                                    : Words.of("cli.unexpected.named", name.replace("Exception", "")),
                            Words.of(noted ? "cli.unexpected.remedy" : "cli.unexpected.named.remedy"),
                            Map.of("cause", name));
                }
                return ExitCode.BUG;
            }
        }
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (each instanceof OutOfMemoryError) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private int storage(Output output, @Nullable Path home, IOException e) {
        noted(home, e);
        output.error(ErrorKind.STORAGE.name(), reason(e), Words.of("cli.storage.remedy"), Map.of());
        return ExitCode.STORAGE;
    }

    private static Words reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> Words.of("cli.storage.missing", missing.getFile());
            case AccessDeniedException denied -> Words.of("cli.storage.denied", denied.getFile());
            default -> e.getMessage() == null
                    ? Words.of("cli.storage")
                    : Words.of("cli.storage.because", e.getMessage());
        };
    }

    private boolean noted(@Nullable Path home, Throwable cause) {
        try {
            return home != null && invocation.workspaces().note(home, cause);
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}
