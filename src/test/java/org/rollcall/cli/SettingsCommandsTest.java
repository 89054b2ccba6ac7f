package org.rollcall.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The configuration as a file, and tenants that go, at the command line.
class SettingsCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;

    @BeforeAll
    static void importEveryone() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(20).withGroups(3));
        cli = new CliFixture(folder).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all", "--every", "6h").expect(0);
    }

    @AfterAll
    static void close() {
        sample.close();
    }

    @Test
    void protectionIsShownAndChanged() throws IOException {
        var shown = cli.json("settings", "protection");
        assertTrue(shown.path("dailyBackups").asBoolean());
        assertTrue(shown.path("auditAnchor").isNull());
        Path anchor = folder.resolve("anchor");
        var changed = cli.json("settings", "protection", "--daily-backups", "off", "--audit-anchor", anchor.toString());
        assertFalse(changed.path("dailyBackups").asBoolean());
        assertEquals(anchor.toString(), changed.path("auditAnchor").asText());
        assertEquals(2, Files.readAllLines(anchor).size());
        assertEquals(1, cli.json("audit", "verify").path("anchor").path("ends").asInt());
        cli.run("audit", "verify", "--anchor", folder.resolve("none").toString()).expect(2).error();
        cli.run("settings", "protection", "--audit-anchor", cli.home().resolve("inside").toString()).expect(2).error();
        cli.run("settings", "protection", "--audit-anchor", "x", "--no-audit-anchor").expect(2).error();
        cli.run("settings", "protection", "--daily-backups", "perhaps").expect(2).error();
        // Events that somebody wrote anew would end otherwise.
        Path other = folder.resolve("other-anchor");
        Files.writeString(other, Files.readString(anchor).replaceFirst("[0-9a-f]{64}", "0".repeat(64)));
        var found = cli.run("audit", "verify", "--anchor", other.toString(), "--json").expect(7).json();
        assertFalse(found.path("intact").asBoolean());
        assertEquals(found.path("anchor").path("differsAt").asLong(), found.path("brokenAt").asLong());
        Files.delete(anchor);
        cli.run("audit", "verify").expect(7).error();
        cli.run("settings", "protection", "--no-audit-anchor", "--daily-backups", "on").expect(0);
        assertTrue(cli.json("audit", "verify").path("anchor").isNull());
    }

    @Test
    void theEndOfTheLogGoesToAnAddressAsWell() throws IOException {
        try (var logs = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            logs.setSoTimeout(10_000);
            String address = "syslog://localhost:" + logs.getLocalPort();
            assertEquals(address, cli.json("settings", "protection", "--audit-anchor", address).path("auditAnchor")
                    .asText());
            var packet = new DatagramPacket(new byte[4096], 4096);
            logs.receive(packet);
            String said = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            JsonNode anchor = cli.json("audit", "verify").path("anchor");
            assertTrue(anchor.path("file").isNull() && anchor.has("ends") && anchor.path("differsAt").isNull());
            assertFalse(anchor.path("compared").asBoolean());
            JsonNode sent = anchor.path("sent");
            assertEquals("SYSLOG", sent.path("kind").asText());
            assertEquals(address, sent.path("to").asText());
            assertTrue(said.contains("seq=\"" + sent.path("upTo").asLong() + "\" hash=\"" + sent.path("hash").asText()
                    + "\""), said);
            assertTrue(sent.path("failure").isNull());
            String words = cli.run("audit", "verify", "--anchor", address).expect(0).out();
            assertTrue(words.contains(address) && words.contains(sent.path("check").asText()), words);
        }
        cli.run("audit", "verify", "--anchor", "syslog://elsewhere.example.org").expect(2).error();
        for (String each : List.of("syslog://", "syslog://localhost:0", "syslog://localhost:70000", "ftp://localhost",
                "syslog://ada:hush@localhost", "http://hooks.example.org/")) {
            cli.run("settings", "protection", "--audit-anchor", each).expect(2).error();
        }
        Path key = cli.file("anchor-key.txt", "a key");
        cli.run("settings", "protection", "--audit-anchor-key-file", key.toString()).expect(2).error();
        cli.run("settings", "protection", "--audit-anchor", "syslog://localhost", "--audit-anchor-key-file",
                key.toString()).expect(2).error();
        cli.run("settings", "protection", "--no-audit-anchor").expect(0);
        assertTrue(cli.json("audit", "verify").path("anchor").isNull());
    }

    @Test
    void whatWasExportedIsComparedAndBroughtIn() throws IOException {
        Path file = folder.resolve("settings.json");
        cli.run("roles", "add", "Helpdesk", "--permission", "VIEW_DIRECTORY,MANAGE_USERS").expect(0);
        cli.run("settings", "export", file.toString()).expect(0);
        String text = Files.readString(file);
        assertFalse(text.contains(sample.clientSecret()) || text.contains(CliFixture.PASSWORD), "a secret");
        assertEquals("The settings are equal.", cli.run("settings", "diff", file.toString()).expect(0).out().strip());
        assertTrue(cli.json("settings", "diff", file.toString()).path("equal").asBoolean());

        cli.run("roles", "edit", "Helpdesk", "--permission", "VIEW_DIRECTORY").expect(0);
        cli.run("roles", "add", "Spare", "--permission", "EXPORT").expect(0);
        cli.run("schedules", "pause", "contoso").expect(0);
        String told = cli.run("settings", "diff", file.toString()).expect(7).out();
        assertTrue(told.contains("role Helpdesk, permissions: See people and groups here, See people and groups, Manage"
                + " people in the file"), told);
        assertTrue(told.contains("role Spare is only here"), told);
        assertTrue(told.contains("import default of contoso, repeats: every 6h, paused here, every 6h in the file"),
                told);
        JsonNode differences = cli.run("settings", "diff", file.toString(), "--json").expect(7).json();
        assertEquals(3, differences.path("differences").size(), differences::toString);

        JsonNode preview = cli.json("settings", "import", file.toString(), "--preview");
        assertEquals(differences.path("differences"), preview.path("differences"));
        cli.run("settings", "diff", file.toString()).expect(7);
        cli.run("settings", "import", file.toString()).expect(0);
        cli.run("settings", "diff", file.toString()).expect(0);
        assertEquals("ACTIVE", cli.json("schedules", "list").path("schedules").get(0).path("state").asText());
        assertTrue(cli.json("audit", "verify").path("intact").asBoolean());
    }

    @Test
    void anotherFolderBecomesTheSameButForSecrets() {
        Path file = folder.resolve("moved.json");
        cli.run("settings", "export", file.toString()).expect(0);
        var other = new CliFixture(folder.resolve("other")).init();
        String told = other.run("settings", "import", file.toString()).expect(0).out();
        assertTrue(told.contains("the tenant contoso needs its credential"), told);
        other.run("settings", "diff", file.toString()).expect(0);
        assertEquals(1, other.json("tenant", "list").path("tenants").size());
        other.run("import", "run", "--tenant", "contoso").expect(2);
        other.run("tenant", "credential", "contoso", "--secret-file",
                other.file("secret.txt", sample.clientSecret()).toString()).expect(0);
        other.run("import", "run", "--tenant", "contoso").expect(0);
        other.run("settings", "diff", file.toString()).expect(0);
    }

    @Test
    void filesThatAreNotRightChangeNothing() throws IOException {
        Path good = folder.resolve("good.json");
        cli.run("settings", "export", good.toString()).expect(0);
        String text = Files.readString(good);
        ObjectNode tree = (ObjectNode) JSON.readTree(text);
        var bad = List.of("", "nonsense", "[]", "{}", "null", text + "x",
                text.replace("\"version\" : 1", "\"version\" : 2"),
                text.replace("rollcall-settings", "other"), text.substring(0, text.length() / 2),
                text.replaceFirst("\"roles\"", "\"roles\" : [ ], \"roles\""),
                with(tree, "roles", "[{\"name\":\"X\",\"description\":\"\",\"permissions\":[\"RULE_THE_WORLD\"]}]"),
                with(tree, "roles", "[{\"name\":\"X\",\"description\":\"\"}]"),
                with(tree, "roles", "[{\"name\":\"Administrator\",\"description\":\"\",\"permissions\":[]}]"),
                with(tree, "roles", "[{\"name\":\"X\",\"description\":\"\",\"permissions\":[]},"
                        + "{\"name\":\"x\",\"description\":\"\",\"permissions\":[]}]"),
                with(tree, "surprise", "1"),
                text.replace("\"defaultRole\" : \"User\"", "\"defaultRole\" : \"Emperor\""),
                text.replace("\"every\" : \"6h\"", "\"every\" : \"1m\""),
                text.replace("\"guests\" : true", "\"guests\" : \"yes\""),
                text.replace("\"everyone\" : true", "\"everyone\" : false"),
                text.replace("\"cloud\" : \"custom\"", "\"cloud\" : \"global\""),
                "[".repeat(100_000), "{\"format\":\"" + "x".repeat(2_000_000) + "\"}");
        for (String each : bad) {
            Path file = cli.file("bad.json", each);
            cli.run("settings", "import", file.toString()).expect(2).error();
            cli.run("settings", "diff", file.toString()).expect(2).error();
        }
        cli.run("settings", "import", folder.resolve("missing.json").toString()).expect(2).error();
        cli.run("settings", "import", folder.toString()).expect(2).error();
        cli.run("settings", "diff", good.toString()).expect(0);
    }

    private static String with(ObjectNode tree, String name, String value) throws IOException {
        ObjectNode copy = tree.deepCopy();
        copy.set(name, JSON.readTree(value));
        return copy.toString();
    }

    @Test
    void whoMayNotIsToldSo() {
        cli.run(Map.of("ROLLCALL_NEW_PASSWORD", CliFixture.PASSWORD), "users", "add", "olga", "--role", "Operator")
                .expect(0);
        Path file = folder.resolve("mine.json");
        cli.as("olga", "settings", "export", file.toString()).expect(4).error();
        assertFalse(Files.exists(file));
        cli.run("settings", "export", file.toString()).expect(0);
        cli.as("olga", "settings", "import", file.toString()).expect(4).error();
        cli.as("olga", "settings", "diff", file.toString()).expect(4).error();
    }

    @Test
    void aTenantIsRemovedWithOrWithoutItsPeople() {
        var cli = new CliFixture(folder.resolve("removal")).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
        long people = cli.json("users", "list", "--limit", "1").path("total").asLong() - 1;
        cli.run("tenant", "remove", "contoso", "--people", "sell").expect(2).error();
        var kept = cli.json("tenant", "remove", "contoso", "--people", "keep");
        assertEquals("keep", kept.path("people").asText());
        assertEquals(people, kept.path("active").asLong() + kept.path("disabled").asLong());
        assertEquals(0, cli.json("tenant", "list").path("tenants").size());
        assertEquals(people, cli.json("users", "list", "--limit", "1").path("total").asLong() - 1);
        cli.run("import", "run", "--tenant", "contoso").expect(2).error();
        assertTrue(cli.run("tenant", "remove", "contoso").expect(0).out().contains(people + " people were deleted"));
        assertEquals(1, cli.json("users", "list", "--limit", "1").path("total").asLong());
        cli.run("tenant", "remove", "contoso").expect(2).error();
    }

}
