package org.rollcall.cli;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.source.ldap.TestDomain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Active Directory from the command line: real binds over TLS by people of the sample tenant who have a name there.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdCommandsTest {
    private static final String SECRET = "Winter-in-Tromsø 9";

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;
    private static TestAuthority authority;
    private static TestDomain domain;
    private static SampleObject person;
    private static String name;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(4));
        authority = new TestAuthority();
        domain = new TestDomain(authority, "localhost");
        person = sample.directory().users().stream()
                .filter(each -> each.text("onPremisesSamAccountName") != null && each.flag("accountEnabled")
                        && "Member".equals(each.text("userType")))
                .findFirst().orElseThrow();
        name = String.valueOf(person.text("onPremisesSamAccountName"));
        domain.person(name, person.userPrincipalName(), SECRET);
        cli = new CliFixture(folder).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
        cli.run("users", "set-role", person.userPrincipalName(), "--role", "Auditor").expect(0);
        cli.file("ca.pem", authority.pem());
        cli.file("bind.txt", "look-it-up\n");
        cli.file("wrong.txt", "look-it-down\n");
    }

    @AfterAll
    static void stop() {
        domain.close();
        sample.close();
    }

    /// Enables with the searching account.
    private static CliFixture.Result enable(List<String> servers, String... more) {
        return enable("bind.txt", servers, more);
    }

    private static CliFixture.Result enable(String bindPassword, List<String> servers, String... more) {
        var words = new ArrayList<>(List.of("auth", "enable", "ad", "--base", TestDomain.BASE, "--domain", "CORP",
                "--bind-user", TestDomain.SEARCHER, "--bind-password-file",
                folder.resolve(bindPassword).toString()));
        servers.forEach(each -> words.addAll(List.of("--server", each)));
        words.addAll(List.of(more));
        return cli.run(words.toArray(String[]::new));
    }

    private static String ca() {
        return "--ca-file=" + folder.resolve("ca.pem");
    }

    private static void assertNothingStored() {
        JsonNode status = cli.json("auth", "status").path("ad");
        assertFalse(status.path("enabled").asBoolean());
        assertEquals(0, status.path("servers").size());
    }

    private static CliFixture.Result as(String user, String password, String... words) {
        var all = new ArrayList<>(List.of("--home", cli.home().toString(), "--user", user));
        all.addAll(List.of(words));
        return cli.bare(Map.of("ROLLCALL_PASSWORD", password), all.toArray(String[]::new));
    }

    private static JsonNode test(int code, String user, String password) {
        CliFixture.Result result = cli.run(Map.of("ROLLCALL_TEST_PASSWORD", password), "auth", "test", user, "--mode",
                "ad", "--json").expect(code);
        assertEquals(code == 0, result.json().path("admitted").asBoolean());
        return result.json();
    }

    @Test
    @Order(1)
    void nothingIsStoredUnlessAServerWasReachedSafely() throws Exception {
        cli.run("auth", "enable", "entra").expect(0);
        assertTrue(enable(List.of(domain.tls()), ca()).expect(6).error().contains("auth disable entra"));
        cli.run("auth", "disable", "entra").expect(0);
        assertTrue(enable(List.of(domain.tls())).expect(5).error().contains("certificate"));
        assertNothingStored();
        assertTrue(enable(List.of(domain.plain()), ca()).expect(2).error().contains("--starttls"));
        enable(List.of(domain.tls(), domain.plain()), ca()).expect(2);
        assertEquals(List.of(), List.copyOf(domain.binds), "nothing was said in clear");
        enable("wrong.txt", List.of(domain.tls()), ca()).expect(5);
        assertNothingStored();
        try (var stranger = new TestDomain(new TestAuthority(), "localhost");
                var misnamed = new TestDomain(authority, "dc7.elsewhere.example")) {
            enable(List.of(stranger.tls(), misnamed.tls(), stranger.plain()), ca(), "--starttls").expect(5);
            assertEquals(List.of(), List.copyOf(stranger.binds));
            assertEquals(List.of(), List.copyOf(misnamed.binds));
        }
        assertNothingStored();
    }

    @Test
    @Order(2)
    void oneServerOfSeveralIsEnough() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (var stranger = new TestDomain(new TestAuthority(), "localhost")) {
            enable(List.of("ldaps://localhost:" + closed, stranger.tls(), domain.plain()), ca(), "--starttls")
                    .expect(0);
            domain.binds.clear();
            as(name, SECRET, "--sign-in", "ad", "users", "list").expect(0);
            assertEquals(List.of(TestDomain.SEARCHER, "cn=" + name + "," + TestDomain.BASE),
                    List.copyOf(domain.binds));
            assertEquals(List.of(), List.copyOf(stranger.binds));
        }
        JsonNode status = cli.json("auth", "status").path("ad");
        assertTrue(status.path("enabled").asBoolean());
        assertEquals(3, status.path("servers").size());
        assertTrue(cli.run("auth", "enable", "entra").expect(6).error().contains("auth disable ad"));
        enable(List.of(domain.tls()), ca()).expect(0);
    }

    @Test
    @Order(3)
    void peopleSignInByAnyOfTheirNames() {
        for (String typed : List.of(name, "corp\\" + name, "CORP\\" + name.toLowerCase(Locale.ROOT),
                person.userPrincipalName())) {
            as(typed, SECRET, "--sign-in", "ad", "users", "list").expect(0);
        }
        // Active Directory is the first way that is on.
        as(name, SECRET, "users", "list").expect(0);
        as("OTHER\\" + name, SECRET, "--sign-in", "ad", "users", "list").expect(3);
        as(name, SECRET, "--sign-in", "browser", "users", "list").expect(3);
        int asked = domain.binds.size();
        as(name, "", "--sign-in", "ad", "users", "list").expect(3);
        as(CliFixture.ADMIN, CliFixture.PASSWORD, "--sign-in", "ad", "users", "list").expect(0);
        as(CliFixture.ADMIN, SECRET, "--sign-in", "ad", "users", "list").expect(3);
        assertEquals(asked, domain.binds.size(), "local accounts and empty passwords are never sent");
    }

    @Test
    @Order(4)
    void nobodyLearnsWhoThereIs() {
        domain.answers.put(name.toLowerCase(Locale.ROOT), TestDomain.data("52e"));
        domain.binds.clear();
        String wrong = as(name, "wrong", "--sign-in", "ad", "users", "list").expect(3).error();
        int asked = domain.binds.size();
        domain.answers.clear();
        domain.binds.clear();
        String unknown = as("nobody", "wrong", "--sign-in", "ad", "users", "list").expect(3).error();
        assertEquals(wrong, unknown);
        assertEquals(asked, domain.binds.size());
        for (String typed : List.of("*", name + ")(cn=*", "nobody@" + sample.domain(), "CORP\\nobody",
                "OTHER\\" + name, "x".repeat(10_000))) {
            assertEquals(wrong, as(typed, "wrong", "--sign-in", "ad", "users", "list").expect(3).error(), typed);
        }
    }

    @Test
    @Order(5)
    void everyBindCodeIsToldByATest() {
        record Row(String data, String outcome) {}
        for (Row row : List.of(new Row("52e", "WRONG_PASSWORD"), new Row("525", "UNKNOWN_USER"),
                new Row("530", "REFUSED"), new Row("531", "REFUSED"), new Row("532", "PASSWORD_EXPIRED"),
                new Row("533", "DISABLED_IN_DIRECTORY"), new Row("701", "DISABLED_IN_DIRECTORY"),
                new Row("773", "PASSWORD_EXPIRED"), new Row("775", "LOCKED"), new Row("568", "REFUSED"))) {
            domain.answers.put(name.toLowerCase(Locale.ROOT), TestDomain.data(row.data));
            JsonNode document = test(3, name, SECRET);
            assertEquals(row, new Row(document.path("code").asText().replace("49/", ""),
                    document.path("outcome").asText()));
            assertTrue(document.path("code").asText().startsWith("49/"));
            assertEquals("ad", document.path("mode").asText());
            assertFalse(document.path("remedy").asText().isBlank());
        }
        domain.answers.clear();
        JsonNode admitted = test(0, "CORP\\" + name, SECRET);
        assertEquals("ADMITTED", admitted.path("outcome").asText());
        assertTrue(admitted.path("code").isNull());
    }

    @Test
    @Order(6)
    void whoIsNotLetInHereIsToldByATest() {
        assertEquals("NOT_IMPORTED", test(3, "bo", "Bo-1").path("outcome").asText());
        as("bo", "Bo-1", "--sign-in", "ad", "users", "list").expect(3);
        assertEquals("WRONG_PASSWORD", test(3, name, "").path("outcome").asText());
        cli.run("users", "deactivate", person.userPrincipalName()).expect(0);
        assertEquals("DEACTIVATED", test(3, name, SECRET).path("outcome").asText());
        assertTrue(as(name, SECRET, "--sign-in", "ad", "users", "list").expect(3).error().contains("deactivated"));
        cli.run("users", "activate", person.userPrincipalName()).expect(0);
        cli.run("auth", "disable", "ad").expect(0);
        assertEquals("MODE_OFF", test(3, name, SECRET).path("outcome").asText());
        as(name, SECRET, "--sign-in", "ad", "users", "list").expect(3);
    }

    @Test
    @Order(7)
    void withoutAServerNobodyIsRefusedForGood() throws Exception {
        try (var another = new TestDomain(authority, "localhost")) {
            enable(List.of(another.tls()), ca()).expect(0);
        }
        JsonNode document = test(5, name, SECRET);
        assertEquals("UNREACHABLE", document.path("outcome").asText());
        assertTrue(document.path("code").isNull());
        as(name, SECRET, "--sign-in", "ad", "users", "list").expect(5);
        as(CliFixture.ADMIN, CliFixture.PASSWORD, "users", "list").expect(0);
    }
}
