package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.store.FileMutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/// Who signs in, where options stand, and data folders that cannot be used.
class DataFolderErrorsTest {
    private static final Map<String, String> PASSWORD = Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD);

    @TempDir
    static Path folder;
    private static CliFixture cli;

    @BeforeAll
    static void init() {
        cli = new CliFixture(folder).init();
    }

    @Test
    void globalOptionsStandBeforeAndAfterTheCommand() {
        String home = cli.home().toString();
        String file = cli.file("password.txt", CliFixture.PASSWORD + "\n").toString();
        String[][] calls = {
                { "--home", home, "--user", "root", "--json", "--password-file", file, "users", "list" },
                { "users", "list", "--home", home, "--user", "root", "--json", "--password-file", file },
                { "--json", "users", "--user=root", "list", "--home=" + home, "--password-file=" + file } };
        for (String[] call : calls) {
            assertEquals(1, cli.bare(Map.of(), call).expect(0).json().path("total").asInt());
        }
        var named = Map.of("ROLLCALL_HOME", home, "ROLLCALL_PASSWORD", CliFixture.PASSWORD);
        cli.bare(named, "users", "list", "--user", "root").expect(0);
        assertTrue(cli.bare(Map.of(), "--version").expect(0).out().startsWith("Rollcall "));
        assertTrue(cli.bare(Map.of(), "--help").expect(0).out().contains("Exit codes"));
        assertTrue(cli.bare(Map.of(), "import", "run", "--help").expect(0).out().contains("--max-removals"));
    }

    @Test
    void nobodyOrTheWrongOneSignsIn() {
        String home = cli.home().toString();
        cli.bare(PASSWORD, "users", "list", "--home", home).expect(3).error();
        cli.bare(Map.of(), "users", "list", "--home", home, "--user", "root").expect(3).error();
        String wrong = cli.bare(Map.of("ROLLCALL_PASSWORD", "wrong"), "users", "list", "--home", home, "--user",
                "root").expect(3).error();
        String unknown = cli.bare(PASSWORD, "users", "list", "--home", home, "--user", "nobody").expect(3).error();
        assertEquals(wrong, unknown, "nothing tells who has an account");
        assertEquals("NOT_SIGNED_IN", cli.bare(PASSWORD, "users", "list", "--home", home, "--json").expect(3)
                .jsonError().path("kind").asText());
        cli.bare(Map.of(), "users", "list", "--home", home, "--user", "root", "--password-file",
                folder.resolve("nothing").toString()).expect(2).error();
    }

    @Test
    void whoMayNotGetsFour() {
        try (var context = ReadyFolder.open(cli.home(), Clock.systemUTC())) {
            var root = context.signIn().signIn(CliFixture.ADMIN, CliFixture.PASSWORD.toCharArray(), "test");
            context.localAccounts().add(root, "reader", "Reader", null, "User", CliFixture.PASSWORD.toCharArray());
        }
        for (String[] call : new String[][]{ { "users", "list" }, { "roles", "add", "Mine" }, { "tenant", "list" },
                { "audit", "verify" }, { "runs", "list" }, { "schedules", "list" },
                { "users", "set-role", "reader", "--role", "Administrator" } }) {
            cli.as("reader", call).expect(4).error();
        }
        assertEquals("NOT_ALLOWED", cli.as("reader", "users", "list", "--json").expect(4).jsonError().path("kind")
                .asText());
    }

    @Test
    void wrongUsageIsTwo() {
        for (String[] call : new String[][]{ { "frobnicate" }, { "users" }, { "users", "frobnicate" },
                { "users", "list", "--frobnicate" }, { "users", "list", "extra" }, { "tenant", "add" },
                { "--json" }, { "export" } }) {
            CliFixture.Result result = cli.bare(PASSWORD, call).expect(2);
            assertEquals("", result.out());
            if (call[0].equals("--json")) {
                result.jsonError();
            } else {
                result.error();
            }
        }
        cli.run("users", "list", "--frobnicate", "--json").expect(2).jsonError();
    }

    @Test
    void initRefusesAFolderThatIsThereAndPasswordsThatAreWeak() throws IOException {
        Map<String, String> before = cli.snapshot();
        cli.bare(PASSWORD, "init", "--admin", "other", "--home", cli.home().toString()).expect(2).error();
        assertEquals(before, cli.snapshot());
        Path fresh = folder.resolve("fresh");
        cli.bare(Map.of("ROLLCALL_PASSWORD", "short"), "init", "--admin", "a", "--home", fresh.toString()).expect(2)
                .error();
        cli.bare(Map.of(), "init", "--admin", "a", "--home", fresh.toString()).expect(2).error();
        cli.bare(PASSWORD, "init", "--home", fresh.toString()).expect(2).error();
        assertFalse(Files.exists(fresh), "nothing stays");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "Dear");
        cli.bare(PASSWORD, "init", "--admin", "a", "--home", foreign.toString()).expect(2).error();
        cli.bare(PASSWORD, "users", "list", "--user", "a", "--home", foreign.toString()).expect(2).error();
        cli.bare(PASSWORD, "users", "list", "--user", "a", "--home", fresh.toString()).expect(2).error();
        cli.bare(PASSWORD, "users", "list", "--user", "a", "--home", foreign.resolve("letter.txt").toString())
                .expect(2).error();
        try (var inside = Files.list(foreign)) {
            assertEquals(1, inside.count());
        }
        assertFalse(Files.exists(fresh));
    }

    @Test
    void folderThatIsOpenIsSharedAndOneThatIsHeldStaysAsItIs() throws IOException {
        try (var window = ReadyFolder.open(cli.home(), Clock.systemUTC())) {
            cli.run("users", "list").expect(0);
            assertEquals(cli.home(), window.home());
        }
        // As versions do that do not share.
        try (var held = FileMutex.tryLock(cli.home().resolve("lock")).orElseThrow()) {
            var error = cli.run("users", "list", "--json").expect(8).jsonError();
            assertEquals("STORAGE", error.path("kind").asText(), held::toString);
            assertTrue(error.path("message").asText().contains("in use"), error.toString());
        }
        cli.run("users", "list").expect(0);
    }

    @Test
    void folderOfANewerVersionStaysAsItIs(@TempDir Path other) throws IOException {
        var newer = new CliFixture(other).init();
        Files.writeString(newer.home().resolve("rollcall.properties"), "format=99\n");
        Map<String, String> before = newer.snapshot();
        String error = newer.run("users", "list").expect(8).error();
        assertTrue(error.contains("newer"), error);
        assertEquals(before, newer.snapshot());
        Files.writeString(newer.home().resolve("rollcall.properties"), "nonsense\n");
        newer.run("users", "list").expect(2).error();
    }

    @Test
    void damagedDatabaseIsAStorageFault(@TempDir Path other) throws IOException {
        var damaged = new CliFixture(other).init();
        Path file = damaged.home().resolve("rollcall.mv.db");
        Files.writeString(file, "nonsense".repeat(2_000));
        Map<String, String> before = damaged.snapshot();
        damaged.run("users", "list").expect(8).error();
        assertEquals(before, damaged.snapshot());
        String log = Files.readString(damaged.home().resolve("log/rollcall.log"));
        assertTrue(log.contains("Caused by: java.io.IOException"), "the log says why");
    }

    @Test
    void missingOrEmptyFilesAreAStorageFaultThatNamesThem(@TempDir Path other) throws IOException {
        var broken = new CliFixture(other).init();
        for (String left : new String[]{ "", "nothing" }) {
            Path file = broken.home().resolve("rollcall.mv.db");
            if (left.isEmpty()) {
                Files.writeString(file, left);
            } else {
                Files.delete(file);
            }
            Map<String, String> before = broken.snapshot();
            String error = broken.run("users", "list").expect(8).error();
            assertTrue(error.contains(file.toString()), error);
            assertEquals(before, broken.snapshot());
        }
        broken.bare(PASSWORD, "init", "--admin", "a", "--home", broken.home().toString()).expect(2).error();
    }

    @Test
    void aMissingKeyIsAStorageFaultThatNamesItOnceThereAreSecrets(@TempDir Path other) throws IOException {
        var broken = new CliFixture(other).init();
        Path key = broken.home().resolve("vault.key");
        String id = "11111111-2222-4333-8444-555555555555";
        broken.run("tenant", "add", "contoso", "--tenant", id, "--client-id", id, "--secret-file",
                broken.file("secret.txt", "s3cret\n").toString(), "--no-check").expect(0);
        Path away = Files.move(key, other.resolve("vault.key"));
        for (String[] call : new String[][]{ { "users", "list" }, { "tenant", "list" }, { "doctor" } }) {
            String error = broken.run(call).expect(8).error();
            assertTrue(error.contains(key.toString()), error);
        }
        assertEquals("STORAGE", broken.run("users", "list", "--json").expect(8).jsonError().path("kind").asText());
        assertFalse(Files.exists(key), "no new key is made, which would open nothing");
        Files.move(away, key);
        broken.run("tenant", "list").expect(0);
    }

    @Test
    void foldersOfAnyNameAreJustFolders(@TempDir Path other) {
        for (String name : new String[]{ "a;INIT=CREATE TABLE X(Y INT)", "a\\;b", "Jörg %20 #1", "x".repeat(200) }) {
            var odd = new CliFixture(other.resolve(name)).init();
            odd.run("users", "list").expect(0);
            assertTrue(Files.isRegularFile(odd.home().resolve("log/rollcall.log")), name);
        }
    }

    @Test
    void readOnlyFolderStaysAsItIs(@TempDir Path other) throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        var closed = new CliFixture(other).init();
        Map<String, String> before = closed.snapshot();
        try (var all = Files.walk(closed.home())) {
            for (Path each : all.toList()) {
                Files.setPosixFilePermissions(each,
                        PosixFilePermissions.fromString(Files.isDirectory(each) ? "r-xr-xr-x" : "r--r--r--"));
            }
        }
        try {
            closed.run("users", "list").expect(8).error();
            assertEquals(before, closed.snapshot());
        } finally {
            Files.setPosixFilePermissions(closed.home(), PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(closed.home().resolve("log"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void fullDiskIsAStorageFault() {
        Path full = Path.of("/dev/full");
        if (Files.exists(full)) {
            CliFixture.Result result = cli.run("export", "users", "--format", "csv", "--out", full.toString());
            result.expect(8).error();
            assertFalse(Files.isRegularFile(full), "a device is not replaced by a file");
        }
    }
}
