package org.rollcall.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.cli.CommandLineApp;
import org.rollcall.cli.Terminal;
import org.rollcall.cli.Workspace;
import org.rollcall.cli.Workspaces;
import org.rollcall.sample.SampleTenant;
import org.rollcall.task.CancelToken;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The command line over one data folder, which every call opens and closes: within this process, or in one of its own
/// that a test may kill.
final class Program {
    private static final String PASSWORD = "correct horse battery staple";

    private final Path home;
    private final Path work;

    Program(Path folder) throws IOException {
        this.home = folder.resolve("home");
        this.work = Files.createDirectories(folder.resolve("work"));
    }

    record Outcome(int exit, String output, String errors) {
        Outcome expect(int code) {
            assertEquals(code, exit, () -> errors + output);
            return this;
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(output);
            } catch (IOException e) {
                throw new UncheckedIOException(output + errors, e);
            }
        }
    }

    /// Makes the data folder with an administrator and adds the sample tenant under the name `Contoso`.
    void connect(SampleTenant tenant) throws IOException {
        run("init", "--admin", "maren").expect(0);
        Path secret = Files.writeString(work.resolve("secret"), tenant.clientSecret() + "\n");
        run("tenant", "add", "Contoso", "--tenant", tenant.tenantId(), "--client-id", tenant.clientId(),
                "--secret-file", secret.toString(), "--authority", tenant.origin(), "--graph", tenant.origin(),
                "--ca-file", tenant.caFile().toString(), "--user", "maren").expect(0);
    }

    /// Makes the data folder out of a backup that is not sealed.
    void restore(Path file) {
        AppContext.restore(file, home, Clock.systemUTC()).close();
    }

    /// A call within this process.
    Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8), environment(), null, false);
        int exit = new CommandLineApp(terminal, new Folders(), new CancelToken()).run(arguments);
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// What the directory holds now, by its exports.
    TenantTruth exported() {
        return TenantTruth.exported(export("users"), export("groups"), export("memberships"));
    }

    private JsonNode export(String what) {
        return run("export", what, "--format", "json", "--user", "maren").expect(0).json();
    }

    private Map<String, String> environment() {
        return Map.of("ROLLCALL_HOME", home.toString(), "ROLLCALL_PASSWORD", PASSWORD);
    }

    /// A call in a process of its own.
    Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /// @param variables besides the usual ones
    Process start(Map<String, String> variables, String... arguments) throws IOException {
        return start("killed", variables, arguments);
    }

    /// Another one beside the one that was started last, whose lines stay to be read.
    Process startBeside(String... arguments) throws IOException {
        return start("beside", Map.of(), arguments);
    }

    private Process start(String name, Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "org.rollcall.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(work.resolve(name + ".out").toFile())
                .redirectError(work.resolve(name + ".err").toFile());
        builder.environment().putAll(environment());
        builder.environment().putAll(variables);
        return builder.start();
    }

    /// The whole lines that the last process has printed so far.
    List<String> printed() {
        String text = text("killed.out");
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /// What it has printed to standard error.
    String complaints() {
        return text("killed.err");
    }

    /// Where the threads of a call in a process of its own are, and what it has printed; for the message of a test.
    static String threads(Process process) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    String.valueOf(process.pid()), "Thread.print").redirectErrorStream(true).start();
            try (var lines = jcmd.inputReader(StandardCharsets.UTF_8)) {
                return lines.readAllAsString();
            }
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String text(String name) {
        try {
            return Files.readString(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Folders implements Workspaces {
        @Override
        public void restore(Path file, Path home) {
            AppContext.restore(file, home, Clock.systemUTC()).close();
        }

        @Override
        public Path usualPlace(Map<String, String> environment) {
            return Path.of(environment.getOrDefault("ROLLCALL_HOME", ""));
        }

        @Override
        public Workspace open(Path folder) {
            return ReadyFolder.open(folder, Clock.systemUTC());
        }

        @Override
        public void init(Path folder, String administrator, char[] password, String origin) {
            ReadyFolder.create(folder, administrator, password, origin, Clock.systemUTC()).close();
        }
    }
}
