package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VaultCommandsTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @TempDir
    Path folder;

    private static Map<String, String> phrase(String passphrase) {
        return Map.of("ROLLCALL_PASSPHRASE", passphrase);
    }

    @Test
    void plainInitKeepsTheKeyInAFileAndAChangeLosesNothing() throws IOException {
        var cli = new CliFixture(folder).init();
        assertEquals("keyfile", cli.json("vault", "status").path("kept").asText());
        cli.run("tenant", "add", "contoso", "--tenant", ID, "--client-id", ID, "--secret-file",
                cli.file("secret.txt", "s3cret\n").toString(), "--no-check").expect(0);
        cli.run("vault", "change", "--to", "elsewhere").expect(2).error();
        cli.run("vault", "change", "--to", "passphrase").expect(2).error();
        cli.run(phrase("short"), "vault", "change", "--to", "passphrase").expect(2).error();
        assertEquals("keyfile", cli.json("vault", "status").path("kept").asText());

        Path file = cli.file("phrase.txt", "four words nobody joins\n");
        var changed = cli.run("vault", "change", "--to", "passphrase", "--passphrase-file", file.toString(), "--json")
                .expect(0).json();
        assertEquals("passphrase", changed.path("kept").asText());
        assertFalse(changed.path("settling").asBoolean(), "nobody else is at work: everything is sealed anew");
        cli.run("tenant", "list").expect(3).error();
        assertEquals("NOT_SIGNED_IN", cli.run("tenant", "list", "--json").expect(3).jsonError().path("kind").asText());
        cli.run(phrase("not the right one"), "tenant", "list").expect(3).error();
        cli.run(phrase("four words nobody joins"), "tenant", "list").expect(0);
        cli.run("tenant", "list", "--passphrase-file", file.toString()).expect(0);

        var both = Map.of("ROLLCALL_PASSPHRASE", "four words nobody joins", "ROLLCALL_NEW_PASSPHRASE",
                "other words nobody joins");
        cli.run(both, "vault", "change", "--to", "passphrase").expect(0);
        cli.run(phrase("four words nobody joins"), "tenant", "list").expect(3);
        cli.run(phrase("other words nobody joins"), "vault", "change", "--to", "keyfile").expect(0);
        assertTrue(cli.json("audit", "verify").path("intact").asBoolean());
        assertTrue(cli.run("audit", "list").expect(0).out().contains("vault.change"));
        // The secret opens: the directory is asked with it, and cannot be reached.
        assertFalse(cli.run("tenant", "verify", "contoso").err().contains("does not open"));
    }

    @Test
    void initMayAskForAPassphrase() {
        var cli = new CliFixture(folder);
        String home = cli.home().toString();
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "init", "--admin", "maren", "--vault", "passphrase",
                "--home", home).expect(2).error();
        assertFalse(Files.exists(cli.home()), "nothing stays");
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "init", "--admin", "maren", "--vault", "cloud",
                "--home", home).expect(2).error();
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_PASSPHRASE", "four words nobody joins"),
                "init", "--admin", "maren", "--vault", "passphrase", "--home", home).expect(0);
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "users", "list", "--user", "maren", "--home", home)
                .expect(3).error();
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_PASSPHRASE", "four words nobody joins"),
                "users", "list", "--user", "maren", "--home", home).expect(0);
    }

    @Test
    void keyFileOrFolderOpenToOthersIsRefusedWithHowToMendIt() throws IOException {
        var cli = new CliFixture(folder).init();
        Path key = cli.home().resolve("vault.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(cli.run("users", "list").expect(8).error().contains("chmod 600"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(cli.home(), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertTrue(cli.run("users", "list").expect(8).error().contains("chmod 700"));
        Files.setPosixFilePermissions(cli.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
        cli.run("users", "list").expect(0);
    }

    /// A folder of an earlier version, whose files have what the umask gave.
    @Test
    void everyFileIsItsOwnersAlone() throws IOException {
        var cli = new CliFixture(folder).init();
        Files.setPosixFilePermissions(cli.home().resolve("rollcall.properties"),
                PosixFilePermissions.fromString("rw-rw-r--"));
        cli.run("users", "list").expect(0);
        try (var all = Files.walk(cli.home())) {
            for (Path each : all.toList()) {
                assertEquals(Files.isDirectory(each) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)), each::toString);
            }
        }
    }
}
