package org.rollcall.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The program as people start it: the script of `packaging/bin`, in a folder laid out as the packaged one is, in processes of
/// their own. Needs a POSIX shell and nothing that was packaged before.
class LauncherScriptTest {
    private static final Path SH = Path.of("/bin/sh");
    private static final Path SCRIPT = Path.of("packaging/bin/rollcall");

    @TempDir
    static Path folder;
    private static Path program;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void layOut() throws IOException {
        assumeTrue(Files.isExecutable(SH) && Files.isReadable(SCRIPT), "no POSIX shell here");
        program = folder.resolve("program");
        Path lib = Files.createDirectories(program.resolve("lib"));
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(part).toAbsolutePath();
            if (Files.isRegularFile(path)) {
                Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
            } else if (path.endsWith("classes")) {
                pack(path, lib.resolve("rollcall.jar"));
            }
        }
        Path bin = Files.createDirectories(program.resolve("bin"));
        Files.copy(SCRIPT, bin.resolve("rollcall"));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar)); var all = Files.walk(classes)) {
            out.setLevel(0);
            for (Path each : all.filter(each -> !each.equals(classes)).toList()) {
                // Migrations are found by their folder.
                boolean inside = Files.isDirectory(each);
                out.putNextEntry(new JarEntry(classes.relativize(each) + (inside ? "/" : "")));
                if (!inside) {
                    Files.copy(each, out);
                }
            }
        }
    }

    /// The words are read from a file, so that they are UTF-8 whatever this process would make of them.
    private static Outcome call(String words) throws IOException, InterruptedException {
        Path calls = Files.writeString(folder.resolve("call.sh"), "exec '" + SH + "' '" + program
                + "/bin/rollcall' " + words + "\n");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(SH.toString(), calls.toString()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        var environment = builder.environment();
        List.of("DISPLAY", "WAYLAND_DISPLAY", "LANG", "LC_CTYPE", "ROLLCALL_HOME", "JAVA_TOOL_OPTIONS")
                .forEach(environment::remove);
        environment.put("LC_ALL", "C");
        environment.put("ROLLCALL_JAVA_HOME", System.getProperty("java.home"));
        environment.put("ROLLCALL_PASSWORD", "correct horse battery staple");
        // No archive of classes: to make one takes longer than all else here.
        environment.put("XDG_CACHE_HOME", "/dev/null");
        Process process = builder.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the program does not end");
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /// What the data folders under the test's have noted, for a failure's message.
    private static String logs() throws IOException {
        var logs = new StringBuilder();
        try (var all = Files.walk(folder)) {
            for (Path each : all.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.append('\n').append(each.getFileName()).append('\n').append(Files.readString(each));
            }
        }
        return logs.toString();
    }

    private static boolean hasUtf8() throws IOException {
        var process = new ProcessBuilder(SH.toString(), "-c", "LC_ALL=C.UTF-8 locale charmap 2>/dev/null").start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip()
                .equals("UTF-8");
    }

    @Test
    void namesArePassedAsTheyAreWithoutALocale() throws IOException, InterruptedException {
        assumeTrue(hasUtf8(), "no locale of this system is UTF-8");
        Path home = folder.resolve("home");
        Outcome made = call("init --admin 'jörg' --home '" + home + "'");
        assertEquals(0, made.code(), made.err() + logs());
        Outcome listed = call("users list --home '" + home + "' --user 'jörg' --json");
        assertEquals(0, listed.code(), listed.err() + logs());
        assertTrue(listed.out().contains("\"username\" : \"jörg\""), listed.out());
    }

    /// As a package lays it out: a runtime and archives of classes of its own.
    @Test
    void anArchiveOfClassesThatIsMissingOrBrokenChangesNothing() throws IOException, InterruptedException {
        Path plain = program;
        program = folder.resolve("package");
        try {
            Path app = Files.createDirectories(program.resolve("lib/app"));
            Files.createSymbolicLink(program.resolve("lib/runtime"), Path.of(System.getProperty("java.home")));
            Files.copy(SCRIPT, Files.createDirectories(program.resolve("bin")).resolve("rollcall"));
            var manifest = new java.util.jar.Manifest();
            manifest.getMainAttributes().put(java.util.jar.Attributes.Name.MANIFEST_VERSION, "1.0");
            try (var jars = Files.list(plain.resolve("lib"))) {
                manifest.getMainAttributes().put(java.util.jar.Attributes.Name.CLASS_PATH, jars.sorted()
                        .map(each -> each.toUri().toString()).collect(java.util.stream.Collectors.joining(" ")));
            }
            new JarOutputStream(Files.newOutputStream(app.resolve("rollcall.jar")), manifest).close();
            Path archive = app.resolve("command.aot");
            var expected = new Outcome(0, "Rollcall (not packaged)\n", "");
            assertEquals(expected, call("--version"));
            Files.createFile(archive);
            assertEquals(expected, call("--version"));
            Files.writeString(archive, "no archive of classes ".repeat(100_000));
            assertEquals(expected, call("--version"));
            Files.delete(archive);
            Files.createDirectory(archive);
            assertEquals(expected, call("--version"));
        } finally {
            program = plain;
        }
    }

    @Test
    void withoutADisplayTheWindowIsRefusedInOneLineAndLeavesNothing() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").contains("Linux"), "elsewhere there is always a display");
        Path home = folder.resolve("nowhere");
        Outcome outcome = call("--home '" + home + "'");
        assertEquals(2, outcome.code(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals("rollcall: the window cannot be opened here; start Rollcall where there is a display, or use its"
                + " commands: see rollcall --help", outcome.err().strip());
        assertFalse(Files.exists(home));
    }
}
