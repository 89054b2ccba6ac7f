package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Signing in from the command line: the words and codes that scripts rely on, against the sample tenant.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthCommandsTest {
    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;

    @BeforeAll
    static void start() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(6));
        cli = new CliFixture(folder).init().connect(sample);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static CliFixture.Result as(String user, Map<String, String> environment, String... words) {
        var all = new ArrayList<>(List.of("--home", cli.home().toString(), "--user", user));
        all.addAll(List.of(words));
        return cli.bare(environment, all.toArray(String[]::new));
    }

    private static JsonNode test(int code, String user, String mode, String password) {
        CliFixture.Result result = as(CliFixture.ADMIN,
                Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_TEST_PASSWORD", password), "auth", "test",
                user, "--mode", mode, "--json").expect(code);
        JsonNode document = result.json();
        for (String field : List.of("user", "mode", "admitted", "outcome", "code", "message", "remedy")) {
            assertTrue(document.has(field), field);
        }
        assertEquals(code == 0, document.path("admitted").asBoolean());
        if (code != 0) {
            assertEquals(document.path("message").asText(), result.jsonError().path("message").asText());
        }
        return document;
    }

    @Test
    @Order(1)
    void nobodyImportedNoEntra() {
        assertTrue(cli.run("auth", "enable", "entra").expect(6).error().contains("no active imported person"));
        JsonNode status = cli.json("auth", "status");
        assertEquals(1, status.at("/local/accounts").asInt());
        assertEquals(1, status.at("/local/administrators").asInt());
        assertFalse(status.at("/entra/enabled").asBoolean());
        assertEquals(0, status.at("/entra/admits").asInt());
        assertFalse(status.at("/ad/enabled").asBoolean());
        cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
    }

    @Test
    @Order(2)
    void entraLetsInWhomItCan() {
        cli.run("auth", "enable", "entra", "--mode", "local").expect(2);
        cli.run("auth", "enable", "entra", "--tenant", "nowhere").expect(2);
        JsonNode status = cli.json("auth", "enable", "entra", "--mode", "password");
        JsonNode people = cli.json("users", "list", "--limit", "1000").path("users");
        long expected = count(people, each -> each.path("status").asText().equals("ACTIVE")
                && each.path("tenant").isTextual() && each.path("userType").asText().equals("MEMBER")
                && !each.path("mfa").asText().equals("REGISTERED"));
        assertTrue(expected > 0);
        assertEquals(expected, status.at("/entra/admits").asLong());
        assertEquals("contoso", status.at("/entra/tenant").asText());
        status = cli.json("auth", "enable", "entra");
        assertEquals("[\"browser\",\"device\"]", status.at("/entra/modes").toString());
        assertEquals(count(people, each -> each.path("status").asText().equals("ACTIVE")
                && each.path("tenant").isTextual()), status.at("/entra/admits").asLong());
        assertTrue(cli.run("auth", "enable", "ad", "--server", "ldaps://localhost", "--base", "DC=x", "--no-check")
                .expect(6).error().contains("Microsoft Entra ID is on"));
        cli.run("auth", "enable", "entra", "--mode", "browser", "--mode", "device", "--mode", "password").expect(0);
    }

    private static long count(JsonNode people, java.util.function.Predicate<JsonNode> which) {
        long count = 0;
        for (JsonNode each : people) {
            count += which.test(each) ? 1 : 0;
        }
        return count;
    }

    @Test
    @Order(3)
    void testsTellWhereASignInEnds() {
        String admin = sample.adminUserName();
        JsonNode admitted = test(0, admin, "password", sample.password());
        assertEquals("ADMITTED", admitted.path("outcome").asText());
        assertEquals("password", admitted.path("mode").asText());
        assertTrue(admitted.path("code").isNull() && admitted.path("remedy").isNull());
        assertEquals("STATE", admitted.path("steps").path(admitted.path("steps").size() - 1).path("step").asText());
        JsonNode wrong = test(3, admin, "password", "wrong");
        assertEquals("WRONG_PASSWORD AADSTS50126",
                wrong.path("outcome").asText() + " " + wrong.path("code").asText());
        assertEquals("NOT_IMPORTED", test(3, "nobody@" + sample.domain(), "password", "x").path("outcome").asText());
        assertEquals("WRONG_PASSWORD", test(3, admin, "password", "").path("outcome").asText());
        assertEquals("MODE_OFF", test(3, admin, "ad", "x").path("outcome").asText());
        assertEquals("NOT_IMPORTED", test(3, CliFixture.ADMIN, "browser", "x").path("outcome").asText());
        assertEquals("ADMITTED", test(0, CliFixture.ADMIN, "local", CliFixture.PASSWORD).path("outcome").asText());
        assertEquals("WRONG_PASSWORD", test(3, CliFixture.ADMIN, "local", "wrong").path("outcome").asText());
        cli.run("users", "deactivate", admin).expect(0);
        assertEquals("DEACTIVATED", test(3, admin, "password", sample.password()).path("outcome").asText());
        cli.run("users", "activate", admin).expect(0);
    }

    @Test
    @Order(4)
    void importedPeopleSignInForACall() throws IOException {
        String admin = sample.adminUserName();
        Map<String, String> right = Map.of("ROLLCALL_PASSWORD", sample.password());
        as(admin, right, "--sign-in", "password", "users", "list").expect(4);
        cli.run("users", "set-role", admin, "--role", "Auditor").expect(0);
        as(admin, right, "--sign-in", "password", "users", "list").expect(0);
        String wrong = as(admin, Map.of("ROLLCALL_PASSWORD", "wrong"), "--sign-in", "password", "users", "list")
                .expect(3).error();
        String unknown = as("nobody@" + sample.domain(), Map.of("ROLLCALL_PASSWORD", "wrong"), "--sign-in", "password",
                "users", "list").expect(3).error();
        assertEquals(wrong, unknown);
        as(admin, Map.of("ROLLCALL_PASSWORD", ""), "--sign-in", "password", "users", "list").expect(3);
        as(admin, right, "--sign-in", "local", "users", "list").expect(3);
        as(CliFixture.ADMIN, Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "--sign-in", "browser", "users", "list")
                .expect(0);
        var browser = Map.of("ROLLCALL_BROWSER", browser(admin).toString());
        as(admin, browser, "--sign-in", "browser", "users", "list").expect(0);
        JsonNode other = cli.json("users", "list", "--status", "ACTIVE", "--limit", "1000").path("users");
        String somebody = other.findValuesAsText("upn").stream()
                .filter(upn -> upn.contains("@") && !upn.equalsIgnoreCase(admin)).findFirst().orElseThrow();
        assertTrue(as(somebody, browser, "--sign-in", "browser", "users", "list").expect(3).error()
                .contains("somebody else"));
        var actions = cli.run("audit", "list", "--json").expect(0).json().findValuesAsText("action");
        assertTrue(actions.contains("signin") && actions.contains("signin.refused"), actions.toString());
    }

    /// A browser that signs in without asking.
    private static Path browser(String user) throws IOException {
        Path script = folder.resolve("browser");
        Files.writeString(script, "#!/bin/sh\nexec curl -s -L --cacert '" + sample.caFile() + "' \"$1&sample_user="
                + user.replace("@", "%40") + "\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @Order(5)
    void whatWouldWorkIsTold() {
        String admin = sample.adminUserName();
        JsonNode ways = cli.json("users", "show", admin).path("signIn");
        assertEquals("[\"local\",\"ad\",\"browser\",\"device\",\"password\"]", ways.findValuesAsText("mode").stream()
                .map(each -> "\"" + each + "\"").toList().toString().replace(" ", ""));
        assertFalse(ways.path(0).path("works").asBoolean(true));
        assertTrue(ways.path(2).path("works").asBoolean());
        assertFalse(ways.path(1).path("because").asText().isBlank());
        assertTrue(cli.json("users", "show", CliFixture.ADMIN).path("signIn").path(0).path("works").asBoolean());
    }

    @Test
    @Order(6)
    void localAccountsComeAndChange() {
        Map<String, String> both = Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_NEW_PASSWORD",
                "the first one for mika");
        as(CliFixture.ADMIN, both, "users", "add", "mika", "--display-name", "Mika", "--role", "Operator", "--json")
                .expect(0);
        as(CliFixture.ADMIN, both, "users", "add", "Mika").expect(2);
        as(CliFixture.ADMIN, Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "users", "add", "other").expect(2);
        as("mika", Map.of("ROLLCALL_PASSWORD", "the first one for mika"), "users", "list").expect(0);
        as("mika", Map.of("ROLLCALL_PASSWORD", "the first one for mika", "ROLLCALL_NEW_PASSWORD", "some other words"),
                "users", "reset-password", CliFixture.ADMIN).expect(4);
        as("mika", Map.of("ROLLCALL_PASSWORD", "the first one for mika"), "auth", "disable", "entra").expect(4);
        String made = cli.json("users", "reset-password", "mika").path("oneTimePassword").asText();
        assertTrue(as("mika", Map.of("ROLLCALL_PASSWORD", made), "users", "list").expect(3).error()
                .contains("users change-password"));
        as("mika", Map.of("ROLLCALL_PASSWORD", made, "ROLLCALL_NEW_PASSWORD", "Sunshine2026!"), "users",
                "change-password").expect(2);
        as("mika", Map.of("ROLLCALL_PASSWORD", "wrong", "ROLLCALL_NEW_PASSWORD", "words of my own"), "users",
                "change-password").expect(3);
        as("mika", Map.of("ROLLCALL_PASSWORD", made, "ROLLCALL_NEW_PASSWORD", "words of my own"), "users",
                "change-password").expect(0);
        as("mika", Map.of("ROLLCALL_PASSWORD", "words of my own"), "users", "list").expect(0);
        cli.bare(Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD), "--home", cli.home().toString(), "--user",
                CliFixture.ADMIN, "--password-file", cli.file("empty", "").toString(), "users", "list").expect(3);
    }

    @Test
    @Order(7)
    void activeDirectoryIsCheckedFirst() {
        cli.run("auth", "disable", "entra").expect(0);
        cli.run("auth", "enable", "ad", "--server", "ldap://localhost:1", "--base", "DC=x,DC=y").expect(2);
        cli.run("auth", "enable", "ad", "--server", "http://localhost:1", "--base", "DC=x,DC=y").expect(2);
        cli.run("auth", "enable", "ad", "--server", "ldaps://localhost:1", "--base", "DC=x,DC=y").expect(5);
        assertFalse(cli.json("auth", "status").at("/ad/enabled").asBoolean());
        JsonNode status = cli.json("auth", "enable", "ad", "--server", "ldaps://localhost:1", "--base", "DC=x,DC=y",
                "--no-check");
        assertTrue(status.at("/ad/enabled").asBoolean());
        assertEquals("[\"ldaps://localhost:1\"]", status.at("/ad/servers").toString());
        JsonNode all = cli.json("users", "list", "--status", "ACTIVE", "--limit", "1000").path("users");
        long named = 0;
        String withName = "";
        for (JsonNode each : all) {
            String name = cli.json("users", "show", each.path("id").asText()).path("onPremisesSamAccountName")
                    .asText("");
            named += name.isEmpty() || name.equals("null") ? 0 : 1;
            withName = name.isEmpty() || name.equals("null") ? withName : name;
            if (named == 1) {
                break;
            }
        }
        assertTrue(status.at("/ad/admits").asLong() >= named && named > 0);
        assertTrue(cli.run("auth", "enable", "entra").expect(6).error().contains("Active Directory is on"));
        as(withName, Map.of("ROLLCALL_PASSWORD", "x"), "users", "list").expect(5);
        assertEquals("UNREACHABLE", test(5, withName, "ad", "x").path("outcome").asText());
        cli.run("auth", "disable", "ad").expect(0);
    }
}
