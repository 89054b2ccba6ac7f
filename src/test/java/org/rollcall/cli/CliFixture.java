package org.rollcall.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.SampleTenant;
import org.rollcall.task.CancelToken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The program without its process: one data folder, calls with what they printed and how they ended.
final class CliFixture {
    static final String ADMIN = "root";
    static final String PASSWORD = "correct horse battery staple";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path folder;
    private final Path home;

    /// @param folder a temporary folder; the data folder is made below it
    CliFixture(Path folder) {
        this.folder = folder;
        this.home = folder.resolve("home");
    }

    Path home() {
        return home;
    }

    /// How a call ended.
    record Result(int code, String out, String err) {
        Result expect(int wanted) {
            assertEquals(wanted, code, () -> "exit code; out: " + head(out) + "\nerr: " + head(err));
            return this;
        }

        /// The one document on standard output.
        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON document: " + head(out), e);
            }
        }

        List<String> errors() {
            return err.lines().toList();
        }

        /// The one line that says what happened, checked for its form.
        String error() {
            String last = errors().isEmpty() ? "" : errors().getLast();
            assertTrue(last.matches("rollcall: \\S.*; \\S.*"), () -> "last line of standard error: " + last);
            assertEquals(1, errors().stream().filter(line -> line.startsWith("rollcall: ")).count(), err);
            assertFalse(err.contains("\tat ") || err.contains("Exception"), () -> "a stack trace: " + head(err));
            return last;
        }

        /// The error document, checked for its form.
        JsonNode jsonError() {
            try {
                JsonNode error = JSON.readTree(errors().getLast()).path("error");
                for (String field : List.of("kind", "message", "remedy")) {
                    assertTrue(error.path(field).isTextual(), () -> field + " in " + error);
                    assertFalse(error.path(field).asText().isBlank(), () -> field + " in " + error);
                }
                assertTrue(error.path("details").isObject(), error::toString);
                return error;
            } catch (JsonProcessingException e) {
                throw new AssertionError("no error document: " + head(err), e);
            }
        }

        private static String head(String text) {
            return text.length() > 3_000 ? text.substring(0, 3_000) : text;
        }
    }

    /// A call that signs nobody in and names no folder.
    Result bare(Map<String, String> environment, String... words) {
        return call(new CancelToken(), environment, words);
    }

    /// A call of the administrator.
    Result run(String... words) {
        return as(ADMIN, words);
    }

    /// A call of the administrator with more variables.
    Result run(Map<String, String> environment, String... words) {
        var all = new HashMap<>(environment);
        all.put("ROLLCALL_PASSWORD", PASSWORD);
        return call(new CancelToken(), all, with(ADMIN, words));
    }

    /// A call of somebody else with the usual password.
    Result as(String user, String... words) {
        return call(new CancelToken(), Map.of("ROLLCALL_PASSWORD", PASSWORD), with(user, words));
    }

    Result cancelled(CancelToken token, String... words) {
        return call(token, Map.of("ROLLCALL_PASSWORD", PASSWORD), with(ADMIN, words));
    }

    /// A call of the administrator that has to succeed, and its document.
    JsonNode json(String... words) {
        var all = new ArrayList<>(Arrays.asList(words));
        all.add("--json");
        return run(all.toArray(String[]::new)).expect(0).json();
    }

    private String[] with(String user, String... words) {
        var all = new ArrayList<>(List.of("--home", home.toString(), "--user", user));
        all.addAll(Arrays.asList(words));
        return all.toArray(String[]::new);
    }

    private static Result call(CancelToken token, Map<String, String> environment, String... words) {
        return call(token, environment,
                workspaces((home, passphrase) -> ReadyFolder.open(home, passphrase, Clock.systemUTC())), _ -> {},
                words);
    }

    /// A call over a data folder that is open already and stays so, which spares opening it for each of many calls.
    ///
    /// @param heard gets what stands on standard error each time that the call has written there
    Result within(Workspace open, Map<String, String> environment, Consumer<String> heard, String... words) {
        return call(new CancelToken(), environment, workspaces((_, _) -> lent(open)), heard, words);
    }

    private static Result call(CancelToken token, Map<String, String> environment, Workspaces workspaces,
            Consumer<String> heard, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                heard.accept(toString(StandardCharsets.UTF_8));
            }
        };
        int code;
        try (var outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
                var errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            var terminal = new Terminal(outStream, errStream, environment, null, false);
            code = new CommandLineApp(terminal, workspaces, token).run(words);
        }
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Workspace lent(Workspace open) {
        return (Workspace) Proxy.newProxyInstance(Workspace.class.getClassLoader(), new Class<?>[]{ Workspace.class },
                (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(open, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static Workspaces workspaces(BiFunction<Path, Supplier<char[]>, Workspace> opening) {
        return new Workspaces() {
            @Override
            public Path usualPlace(Map<String, String> environment) {
                return Path.of("/nonexistent/usual/place");
            }

            @Override
            public Workspace open(Path home) {
                return opening.apply(home, () -> new char[0]);
            }

            @Override
            public void init(Path home, String administrator, char[] password, String origin) {
                ReadyFolder.create(home, administrator, password, origin, Clock.systemUTC()).close();
            }

            @Override
            public Workspace open(Path home, Supplier<char[]> passphrase) {
                return opening.apply(home, passphrase);
            }

            @Override
            public void init(Path home, NewVault vault, String administrator, char[] password, String origin) {
                ReadyFolder.create(home, vault, administrator, password, origin, Clock.systemUTC()).close();
            }

            @Override
            public boolean note(Path home, Throwable cause) {
                return AppContext.note(home, cause);
            }

            @Override
            public void restore(Path file, Path home) {
                AppContext.restore(file, home, Clock.systemUTC()).close();
            }

            @Override
            public void restore(Path file, Supplier<char[]> passphrase, Supplier<char[]> folders, Path home,
                    NewVault vault) {
                ReadyFolder.restore(file, passphrase, folders, home, vault, Clock.systemUTC()).close();
            }
        };
    }

    /// Makes the data folder.
    CliFixture init() {
        bare(Map.of("ROLLCALL_PASSWORD", PASSWORD), "init", "--admin", ADMIN, "--home", home.toString()).expect(0);
        return this;
    }

    /// Connects a sample tenant as "contoso".
    CliFixture connect(SampleTenant sample) {
        run(add(sample, "contoso")).expect(0);
        return this;
    }

    /// The words that connect a sample tenant.
    String[] add(SampleTenant sample, String name, String... more) {
        var words = new ArrayList<>(List.of("tenant", "add", name, "--tenant", sample.tenantId(), "--client-id",
                sample.clientId(), "--secret-file", file("secret.txt", sample.clientSecret() + "\n").toString(),
                "--authority", sample.origin(), "--graph", sample.origin(), "--ca-file", sample.caFile().toString()));
        for (int i = 0; i < more.length; i += 2) {
            int at = words.indexOf(more[i]);
            if (at < 0) {
                words.add(more[i]);
                words.add(more[i + 1]);
            } else {
                words.set(at + 1, more[i + 1]);
            }
        }
        return words.toArray(String[]::new);
    }

    /// A file beside the data folder.
    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every file of the data folder but its log, with what is in it.
    Map<String, String> snapshot() {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(home)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(each).toString();
                if (!name.startsWith("log")) {
                    files.put(name, Files.size(each) + " " + Arrays.hashCode(Files.readAllBytes(each)));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the data folder says about tenants, people and groups.
    String contents() {
        return run("tenant", "list", "--json").expect(0).out().replaceAll("\"verified\".*", "")
                + run("export", "users", "--format", "json", "--removed").expect(0).out()
                + run("export", "groups", "--format", "json", "--removed").expect(0).out()
                + run("export", "memberships", "--format", "json").expect(0).out();
    }
}
