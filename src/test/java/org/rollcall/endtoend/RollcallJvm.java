package org.rollcall.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The command line in a process of its own, which a test may kill.
final class RollcallJvm {
    private static final String PASSWORD = "correct horse battery staple";

    private final Path home;
    private final Path work;

    RollcallJvm(Path folder) throws IOException {
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

    Outcome run(String... arguments) throws IOException {
        Path out = Files.createTempFile(work, "run", ".out");
        Path err = Files.createTempFile(work, "run", ".err");
        Process process = start(out, err, arguments);
        try {
            assertTrue(process.waitFor(Duration.ofSeconds(120)), "the command does not end");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /// Starts a command and kills it (SIGKILL) after that time, unless it ended before.
    ///
    /// @return whether it was killed
    boolean runAndKill(Duration after, String... arguments) throws IOException, InterruptedException {
        Process process = start(work.resolve("killed.out"), work.resolve("killed.err"), arguments);
        boolean ended = process.waitFor(after);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    /// What the directory holds now, by its exports.
    TenantTruth exported() throws IOException {
        return TenantTruth.exported(export("users"), export("groups"), export("memberships"));
    }

    private JsonNode export(String what) throws IOException {
        return run("export", what, "--format", "json", "--user", "maren").expect(0).json();
    }

    private Process start(Path out, Path err, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "org.rollcall.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ROLLCALL_HOME", home.toString());
        builder.environment().put("ROLLCALL_PASSWORD", PASSWORD);
        return builder.start();
    }
}
