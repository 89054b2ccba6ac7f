package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.rollcall.cli.CommandLineApp;
import org.rollcall.cli.Terminal;
import org.rollcall.cli.Workspace;
import org.rollcall.cli.Workspaces;
import org.rollcall.signin.HashCost;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Language;
import org.rollcall.vault.Passphrase;

/// Starts what the arguments ask for: the command line, or without a command the window.
public final class Launcher {
    private static final Set<String> WITH_VALUE = Set.of("--home", "--user", "--password-file",
            "--passphrase-file", CommandLineApp.LANGUAGE);

    private Launcher() {}

    /// @return the exit code
    public static int start(String[] args) {
        SilentLibraries.begin();
        Terminal terminal = Terminal.ofProcess();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> org.slf4j.LoggerFactory.getLogger(Launcher.class)
                .error("A fault of ours on the thread {}", thread.getName(), e));
        try {
            return run(args, terminal);
        } catch (Throwable e) { // Whatever it is, people read one line.
            Path home = null;
            try {
                home = home(args, terminal);
            } catch (RuntimeException unknown) {
                e.addSuppressed(unknown);
            }
            return new CommandLineApp(terminal, workspaces(Clock.systemUTC()), new CancelToken()).fault(home, e, args);
        }
    }

    private static int run(String[] args, Terminal process) {
        if (!hasCommand(args)) {
            CommandLineApp.requireReadable(args);
            Language.begin(CommandLineApp.languageAsked(args).orElse(null), Optional::empty);
            return WindowStart.run(home(args, process), passphrase(args, process));
        }
        Terminal terminal = process;
        var stop = new StopSignal();
        Terminal.Prompt prompt = terminal.prompt();
        if (prompt != null) {
            terminal = new Terminal(terminal.out(), terminal.err(), terminal.environment(), stop.around(prompt),
                    terminal.interactive());
        }
        try {
            int code = new CommandLineApp(terminal, workspaces(Clock.systemUTC()), stop.token()).run(args);
            stop.ended(code);
            return code;
        } finally {
            stop.finished();
        }
    }

    private static Path home(String[] args, Terminal terminal) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--home=")) {
                return Path.of(args[i].substring("--home=".length()));
            }
            if (args[i].equals("--home") && i + 1 < args.length) {
                return Path.of(args[i + 1]);
            }
        }
        return workspaces(Clock.systemUTC()).usualPlace(terminal.environment());
    }

    private static Passphrase passphrase(String[] args, Terminal terminal) {
        String option = "--passphrase-file";
        for (int i = 0; i < args.length; i++) {
            String named = args[i].equals(option) && i + 1 < args.length ? args[i + 1] : null;
            if (args[i].startsWith(option + "=")) {
                named = args[i].substring(option.length() + 1);
            }
            if (named != null) {
                return WindowPassphrase.ofFile(named);
            }
        }
        return WindowPassphrase.of(terminal.environment());
    }

    /// Data folders as the command line opens them.
    static Workspaces workspaces(Clock clock) {
        return new Workspaces() {
            @Override
            public Path usualPlace(Map<String, String> environment) {
                return DataFolderPlace.of(environment, System.getProperty("os.name", ""),
                        System.getProperty("user.home", ""));
            }

            @Override
            public Workspace open(Path home) {
                return AppContext.open(home, clock);
            }

            @Override
            public Workspace open(Path home, Supplier<char[]> passphrase) {
                return AppContext.open(home, passphrase::get, HashCost.STANDARD, clock);
            }

            @Override
            public void init(Path home, NewVault vault, String administrator, char[] password, String origin) {
                AppContext.create(home, VaultChoice.of(vault), administrator, password, origin, clock).close();
            }

            @Override
            public void init(Path home, String administrator, char[] password, String origin) {
                AppContext.create(home, administrator, password, origin, clock).close();
            }

            @Override
            public void restore(Path file, Path home) {
                AppContext.restore(file, home, clock).close();
            }

            @Override
            public void restore(Path file, Supplier<char[]> passphrase, Supplier<char[]> folders, Path home,
                    NewVault vault) {
                AppContext.restore(file, passphrase, folders::get, home, VaultChoice.of(vault), clock).close();
            }

            @Override
            public Optional<Language> language(Path home) {
                return LanguageSetting.in(home);
            }

            @Override
            public boolean note(Path home, Throwable cause) {
                return AppContext.note(home, cause);
            }

            @Override
            public boolean openWindow(Path home) {
                try {
                    return WindowStart.run(home) == 0;
                } catch (RuntimeException | LinkageError e) {
                    org.slf4j.LoggerFactory.getLogger(Launcher.class).info("No window could be opened", e);
                    return false;
                }
            }
        };
    }

    /// Whether any word is neither an option nor an option's value. Help and version are answers of the command line.
    static boolean hasCommand(String[] args) {
        if (CommandLineApp.speaksUnknown(args)) {
            return true;
        }
        for (int i = 0; i < args.length; i++) {
            if (WITH_VALUE.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-") || Set.of("-h", "--help", "-V", "--version").contains(args[i])) {
                return true;
            } else if (!args[i].startsWith("--home=") && !args[i].startsWith("--user=")
                    && !args[i].startsWith(CommandLineApp.LANGUAGE + "=")
                    && !args[i].startsWith("--password-file=") && !args[i].startsWith("--passphrase-file=")) {
                // An option that makes no sense without a command: let the command line say so.
                return true;
            }
        }
        return false;
    }

    /// Ctrl+C and its like: asks the call to stop and lets it end in order before the process goes.
    private static final class StopSignal {
        private static final int PATIENCE_SECONDS = 30;

        private final CancelToken token = new CancelToken();
        private final java.util.concurrent.CountDownLatch finished = new java.util.concurrent.CountDownLatch(1);

        private volatile boolean asking;
        private volatile boolean ended;

        private StopSignal() {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        }

        private CancelToken token() {
            return token;
        }

        /// A call that waits for a person has nothing to end in order.
        private Terminal.Prompt around(Terminal.Prompt prompt) {
            return question -> {
                asking = true;
                try {
                    return prompt.ask(question);
                } finally {
                    asking = false;
                }
            };
        }

        private void stop() {
            token.cancel();
            try {
                if (!asking && !finished.await(PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS)) {
                    org.slf4j.LoggerFactory.getLogger(Launcher.class).warn("The call did not end in time");
                }
                if (ended) {
                    // Java would say that a signal ended it, although it ended in order, as a service that is told to.
                    Runtime.getRuntime().halt(0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// @param code the exit code
        private void ended(int code) {
            ended = code == 0;
        }

        private void finished() {
            finished.countDown();
        }
    }
}
