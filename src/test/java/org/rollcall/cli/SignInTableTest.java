package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sample.SpoiledTokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What `auth test` says of every refusal of Entra, and of every token that proves nothing, by each way. Every case has a
/// person of its own, so that many can be tried at the same time: a device code takes a second at least.
class SignInTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 24;

    /// One number for all ways, or a second outcome for device codes.
    private static final String NUMBERS = """
            50014 REFUSED
            50020 REFUSED
            50034 UNKNOWN_USER
            50053 LOCKED
            50055 PASSWORD_EXPIRED
            50056 REFUSED
            50057 DISABLED_IN_DIRECTORY
            50072 MFA_REQUIRED
            50074 MFA_REQUIRED
            50076 MFA_REQUIRED
            50079 MFA_REQUIRED
            50097 CONDITIONAL_ACCESS
            50105 REFUSED
            50126 WRONG_PASSWORD
            50144 PASSWORD_EXPIRED
            50158 MFA_REQUIRED
            50173 REFUSED
            53000 CONDITIONAL_ACCESS
            53001 CONDITIONAL_ACCESS
            53003 CONDITIONAL_ACCESS CODE_BLOCKED
            530032 CONDITIONAL_ACCESS
            530035 CONDITIONAL_ACCESS
            54005 REFUSED
            65001 CONSENT_REQUIRED
            65004 CANCELLED
            70008 REFUSED
            70019 CODE_EXPIRED
            70020 CODE_EXPIRED
            80001 REFUSED
            90002 REFUSED
            90055 UNREACHABLE
            90072 REFUSED
            90094 CONSENT_REQUIRED
            700016 REFUSED
            7000112 REFUSED
            7000218 PUBLIC_CLIENT_OFF
            123456 REFUSED
            """;

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;
    private static AppContext context;
    private static List<String> people;

    @BeforeAll
    static void start() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(160).withGroups(4));
        // Or their passwords would be refused for want of a second factor.
        sample.identity().policies().setMfaForRegistered(false);
        people = sample.directory().users().stream()
                .filter(each -> each.flag("accountEnabled") && "Member".equals(each.text("userType")))
                .map(each -> each.userPrincipalName())
                .filter(each -> Pattern.matches("[A-Za-z0-9.@-]+", each) && !each.equals(sample.adminUserName()))
                .toList();
        cli = new CliFixture(folder).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
        cli.run("users", "set-role", sample.adminUserName(), "--role", "Administrator").expect(0);
        cli.run("auth", "enable", "entra", "--mode", "browser,device,password").expect(0);
        context = ReadyFolder.open(cli.home(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        context.close();
        sample.close();
    }

    /// How one test ended.
    private record Told(String outcome, @Nullable String code, int exit) {}

    /// Signed in by Entra, too: a hash for each call would take longer than all the rest.
    private static CliFixture.Result call(Map<String, String> environment, Consumer<String> heard, String... words) {
        var variables = new HashMap<>(environment);
        variables.put("ROLLCALL_PASSWORD", sample.password());
        var all = new ArrayList<>(List.of("--home", cli.home().toString(), "--user", sample.adminUserName(),
                "--sign-in", "password"));
        all.addAll(List.of(words));
        return cli.within(context, variables, heard, all.toArray(String[]::new));
    }

    private static Told told(String user, String mode, Map<String, String> environment, Consumer<String> heard) {
        CliFixture.Result result = call(environment, heard, "auth", "test", user, "--mode", mode, "--json");
        JsonNode document = result.json();
        assertEquals(user, document.path("user").asText());
        assertEquals(mode, document.path("mode").asText());
        assertEquals(result.code() == 0, document.path("admitted").asBoolean());
        if (result.code() != 0) {
            assertFalse(document.path("remedy").asText().isBlank());
            assertEquals(document.path("message").asText(), result.jsonError().path("message").asText());
        }
        return new Told(document.path("outcome").asText(), document.path("code").textValue(), result.code());
    }

    private static Told byPassword(String user) {
        return told(user, "password", Map.of("ROLLCALL_TEST_PASSWORD", sample.password()), _ -> {});
    }

    private static Told byBrowser(String user, String more) throws IOException {
        Path script = folder.resolve("browser-" + user.hashCode() + more.hashCode());
        Files.writeString(script, "#!/bin/sh\nexec curl -s -L --cacert '" + sample.caFile() + "' \"$1&sample_user="
                + user.replace("@", "%40") + more + "\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return told(user, "browser", Map.of("ROLLCALL_BROWSER", script.toString()), _ -> {});
    }

    private static Told byCode(String user, Consumer<JsonNode> confirm) {
        var seen = new ArrayList<JsonNode>();
        Told told = told(user, "device", Map.of(), text -> text.lines().filter(line -> line.contains("\"signIn\""))
                .findFirst().ifPresent(line -> {
                    if (seen.isEmpty()) {
                        seen.add(tree(line).path("signIn"));
                        confirm.accept(seen.getFirst());
                    }
                }));
        assertEquals(1, seen.size());
        return told;
    }

    private static Told byCode(String user) {
        return byCode(user, code -> sample.identity().approveDeviceCode(code.path("code").asText(), user));
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static void assertAll(Map<String, Told> expected, Map<String, Callable<Told>> cases) throws Exception {
        var found = new LinkedHashMap<String, Told>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new LinkedHashMap<String, Future<Told>>();
            cases.forEach((name, each) -> running.put(name, threads.submit(each)));
            for (var each : running.entrySet()) {
                found.put(each.getKey(), each.getValue().get());
            }
        }
        assertEquals(lines(expected), lines(found));
    }

    private static String lines(Map<String, Told> cases) {
        return String.join("\n", cases.entrySet().stream().map(Object::toString).toList());
    }

    @Test
    void everyRefusalOfEntraHasItsOutcomeByEveryWay() throws Exception {
        var expected = new LinkedHashMap<String, Told>();
        var cases = new LinkedHashMap<String, Callable<Told>>();
        int next = 0;
        for (String line : NUMBERS.lines().toList()) {
            String[] words = line.split(" ");
            String user = people.get(next++);
            sample.identity().passwords().refuse(user, Integer.parseInt(words[0]));
            String code = "AADSTS" + words[0];
            int exit = words[1].equals("UNREACHABLE") ? 5 : 3;
            expected.put(words[0] + " password", new Told(words[1], code, exit));
            expected.put(words[0] + " browser", new Told(words[1], code, exit));
            expected.put(words[0] + " device", new Told(words[words.length - 1], code, exit));
            cases.put(words[0] + " password", () -> byPassword(user));
            cases.put(words[0] + " browser", () -> byBrowser(user, ""));
            cases.put(words[0] + " device", () -> byCode(user));
        }
        assertAll(expected, cases);
    }

    @Test
    void noTokenThatProvesNothingLetsAnybodyInByAnyWay() throws Exception {
        var expected = new LinkedHashMap<String, Told>();
        var cases = new LinkedHashMap<String, Callable<Told>>();
        var refused = new Told("INVALID_TOKEN", null, 3);
        int next = 60;
        for (SpoiledTokens.Kind kind : SpoiledTokens.Kind.values()) {
            String user = people.get(next++);
            sample.identity().spoiledTokens().spoil(user, kind);
            expected.put(kind + " browser", refused);
            cases.put(kind + " browser", () -> byBrowser(user, ""));
            // Only the browser way sends a nonce.
            if (kind != SpoiledTokens.Kind.WRONG_NONCE && kind != SpoiledTokens.Kind.NO_NONCE) {
                expected.put(kind + " password", refused);
                expected.put(kind + " device", refused);
                cases.put(kind + " password", () -> byPassword(user));
                cases.put(kind + " device", () -> byCode(user));
            }
        }
        assertAll(expected, cases);
    }

    @Test
    void whoIsRightIsAdmittedAndWhoDeclinesIsNot() throws Exception {
        String user = people.get(90);
        String other = people.get(91);
        var admitted = new Told("ADMITTED", null, 0);
        assertEquals(admitted, byPassword(user));
        assertEquals(admitted, byBrowser(user, ""));
        assertEquals(admitted, byCode(user));
        assertEquals("CANCELLED", byBrowser(user, "&sample_decision=decline").outcome());
        Told declined = byCode(user, code -> sample.identity().declineDeviceCode(code.path("code").asText()));
        assertEquals("CANCELLED 3", declined.outcome() + " " + declined.exit());
        assertEquals(new Told("OTHER_PERSON", null, 3), byCode(user,
                code -> sample.identity().approveDeviceCode(code.path("code").asText(), other)));
        Told wrong = told(user, "password", Map.of("ROLLCALL_TEST_PASSWORD", "wrong"), _ -> {});
        assertEquals(new Told("WRONG_PASSWORD", "AADSTS50126", 3), wrong);
        assertEquals(new Told("WRONG_PASSWORD", null, 3),
                told(user, "password", Map.of("ROLLCALL_TEST_PASSWORD", ""), _ -> {}));
        assertEquals(new Told("NOT_IMPORTED", null, 3), byPassword("nobody@" + sample.domain()));
    }

    @Test
    void aCodeIsShownInOneLine() {
        String user = people.get(92);
        var heard = new ArrayList<String>();
        CliFixture.Result plain = call(Map.of(), text -> {
            var shown = Pattern.compile("(?m)^To sign in, open (https://\\S+) and enter the code (\\S+)$")
                    .matcher(text);
            if (heard.isEmpty() && shown.find()) {
                heard.add(String.valueOf(shown.group(2)));
                sample.identity().approveDeviceCode(heard.getFirst(), user);
            }
        }, "auth", "test", user, "--mode", "device").expect(0);
        assertEquals(1, heard.size(), plain.err());
        assertFalse(plain.out().contains(heard.getFirst()));
        var documents = new ArrayList<JsonNode>();
        assertEquals("ADMITTED", byCode(user, code -> {
            documents.add(code);
            sample.identity().approveDeviceCode(code.path("code").asText(), user);
        }).outcome());
        JsonNode code = documents.getFirst();
        assertEquals(List.of("url", "code", "expires"), code.properties().stream().map(Map.Entry::getKey).toList());
        assertTrue(code.path("url").asText().startsWith("https://"));
        assertTrue(Instant.parse(code.path("expires").asText()).isAfter(Instant.now()));
        assertNotNull(code.path("code").textValue());
    }

    @Test
    void whatAnswersInPlaceOfEntraIsNotReached() {
        for (String fault : List.of("html", "unavailable")) {
            sample.identity().loginFaults().set("oauth2/v2.0/token", fault);
            try {
                CliFixture.Result result = cli.within(context,
                        Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_TEST_PASSWORD", sample.password()),
                        _ -> {}, "--home", cli.home().toString(), "--user", CliFixture.ADMIN, "auth", "test",
                        people.get(93), "--mode", "password", "--json").expect(5);
                assertEquals("UNREACHABLE", result.json().path("outcome").asText());
                call(Map.of(), _ -> {}, "users", "list").expect(5);
            } finally {
                sample.identity().loginFaults().clear();
            }
        }
    }
}
