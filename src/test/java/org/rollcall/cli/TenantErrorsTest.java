package org.rollcall.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Tenants that cannot be connected: one line, the right exit code, and nothing stored.
class TenantErrorsTest {
    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;

    @BeforeAll
    static void start() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(2));
        cli = new CliFixture(folder).init();
    }

    @AfterAll
    static void close() {
        sample.close();
    }

    @AfterEach
    void nothingWasStored() {
        sample.faults().clear();
        assertTrue(cli.json("tenant", "list").path("tenants").isEmpty());
    }

    private static String refused(int code, String... changes) {
        CliFixture.Result result = cli.run(cli.add(sample, "new", changes)).expect(code);
        assertEquals("", result.out());
        return result.error();
    }

    @Test
    void tenantOrApplicationThatIsNotThere() {
        refused(5, "--tenant", "11111111-2222-3333-4444-555555555555");
        refused(5, "--tenant", "nowhere.example");
        refused(5, "--client-id", "11111111-2222-3333-4444-555555555555");
        CliFixture.Result json = cli.run(cli.add(sample, "new", "--client-id",
                "11111111-2222-3333-4444-555555555555", "--user", CliFixture.ADMIN)).expect(5);
        assertTrue(json.error().contains("; "));
        refused(2, "--client-id", "not an id");
        refused(2, "--tenant", "not a tenant!");
    }

    @Test
    void secretThatIsWrongUnreadableOrExpired() {
        refused(5, "--secret-file", cli.file("wrong.txt", "wrong-secret").toString());
        refused(2, "--secret-file", folder.resolve("nothing.txt").toString());
        refused(2, "--secret-file", cli.file("empty.txt", "\n").toString());
        refused(2, "--secret-file", folder.toString());
    }

    @Test
    void expiredSecretIsCalledExpired() {
        try (var other = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(1).withSeed(2))) {
            other.identity().apps().expireSecrets(other.clientId());
            String error = cli.run(cli.add(other, "new")).expect(5).error();
            assertTrue(error.contains("expired"), error);
        }
    }

    @Test
    void missingConsentIsNamed() {
        try (var other = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(1).withSeed(3)
                .withRoles(Set.of("User.Read.All")))) {
            String error = cli.run(cli.add(other, "new")).expect(5).error();
            assertTrue(error.contains("GroupMember.Read.All"), error);
        }
    }

    @Test
    void certificateThatCannotBeUsed() {
        String pem = sample.registeredCertificatePem();
        int key = pem.indexOf("-----BEGIN PRIVATE KEY-----");
        assertTrue(key >= 0);
        int certificate = pem.indexOf("-----BEGIN CERTIFICATE-----");
        String alone = key > certificate ? pem.substring(certificate, key) : pem.substring(certificate);
        certificateRefused(2, cli.file("alone.pem", alone));
        certificateRefused(2, cli.file("nonsense.pem", "nonsense"));
        certificateRefused(2, folder.resolve("nothing.pem"));
        certificateRefused(2, cli.file("broken.pfx", "\u0030\u0001nonsense"));
    }

    private static void certificateRefused(int code, Path file) {
        CliFixture.Result result = cli.run("tenant", "add", "new", "--tenant", sample.tenantId(), "--client-id",
                sample.clientId(), "--certificate", file.toString(), "--authority", sample.origin(), "--graph",
                sample.origin(), "--ca-file", sample.caFile().toString()).expect(code);
        result.error();
    }

    @Test
    void networkThatDoesNotLeadThere() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String nobody = "https://localhost:" + closed;
        refused(5, "--authority", nobody, "--graph", nobody);
        String unknown = refused(5, "--authority", "https://nowhere.invalid", "--graph", "https://nowhere.invalid");
        assertTrue(unknown.contains("nowhere.invalid"), unknown);
        refused(5, "--proxy", "http://localhost:" + closed);
        String ca = cli.run("tenant", "add", "new", "--tenant", sample.tenantId(), "--client-id", sample.clientId(),
                "--secret-file", cli.file("secret.txt", sample.clientSecret()).toString(), "--authority",
                sample.origin(), "--graph", sample.origin()).expect(5).error();
        assertTrue(ca.contains("--ca-file"), ca);
    }

    @Test
    void proxyThatRefuses() throws Exception {
        for (String status : List.of("407 Proxy Authentication Required", "403 Forbidden")) {
            try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> refuseEveryone(proxy, status));
                String error = refused(5, "--proxy", "http://localhost:" + proxy.getLocalPort());
                assertTrue(error.contains("proxy"), error);
            }
        }
    }

    @Test
    void proxyPasswordsAreNoArguments() {
        String error = refused(2, "--proxy", "http://ann:sesame@localhost:3128");
        assertTrue(error.contains("--proxy-password-file"), error);
        assertFalse(error.contains("sesame"), error);
        refused(2, "--proxy-user", "ann");
        refused(2, "--proxy", "http://localhost:3128", "--proxy-user", "ann");
        refused(2, "--proxy", "http://localhost:3128", "--proxy-user", "ann:sesame");
        refused(2, "--proxy", "http://localhost:3128", "--proxy-password-file",
                cli.file("proxy.txt", "sesame").toString());
        refused(2, "--proxy", "http://localhost:3128", "--proxy-user", "ann", "--proxy-password-file",
                folder.resolve("nothing.txt").toString());
    }

    @Test
    void proxyPasswordsComeFromAFileOrAVariable() throws Exception {
        String password = "p@s:e/ü +%";
        for (boolean fromFile : List.of(true, false)) {
            var seen = new CopyOnWriteArrayList<String>();
            try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> refuseEveryone(proxy, "407 Proxy Authentication Required", seen));
                String address = "http://localhost:" + proxy.getLocalPort();
                String[] words = fromFile
                        ? cli.add(sample, "new", "--proxy", address, "--proxy-user", "DOMAIN\\ann",
                                "--proxy-password-file", cli.file("proxy.txt", "\uFEFF" + password + "\n").toString())
                        : cli.add(sample, "new", "--proxy", address, "--proxy-user", "DOMAIN\\ann");
                String error = cli.run(Map.of("ROLLCALL_PROXY_PASSWORD", fromFile ? "another" : password), words)
                        .expect(5).error();
                assertTrue(error.contains("--proxy-user"), error);
            }
            String login = Base64.getEncoder()
                    .encodeToString(("DOMAIN\\ann:" + password).getBytes(StandardCharsets.UTF_8));
            assertTrue(seen.stream().anyMatch(head -> head.contains("Proxy-Authorization: Basic " + login)),
                    seen::toString);
        }
    }

    private static void refuseEveryone(ServerSocket proxy, String status) {
        refuseEveryone(proxy, status, new ArrayList<>());
    }

    private static void refuseEveryone(ServerSocket proxy, String status, List<String> seen) {
        try {
            while (true) {
                try (var caller = proxy.accept()) {
                    var input = caller.getInputStream();
                    var head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        int next = input.read();
                        if (next < 0) {
                            break;
                        }
                        head.append((char) next);
                    }
                    seen.add(head.toString());
                    caller.getOutputStream().write(("HTTP/1.1 " + status
                            + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            assertTrue(proxy.isClosed());
        }
    }

    @Test
    void answerThatIsNoJsonAndFilesThatAreNoAuthority() {
        sample.faults().set("not-json");
        refused(5);
        sample.faults().clear();
        refused(2, "--ca-file", cli.file("ca.pem", "nonsense").toString());
        refused(2, "--ca-file", folder.resolve("nothing.pem").toString());
    }

    @Test
    void addressesAndOptionsThatMakeNoSense() {
        refused(2, "--authority", "nonsense");
        refused(2, "--graph", "http://localhost:1");
        refused(2, "--proxy", "nonsense proxy");
        refused(2, "--cloud", "atlantis");
        refused(2, "--key-file", folder.resolve("nothing.pem").toString());
        cli.run("tenant", "verify", "nobody").expect(2).error();
        cli.run("tenant", "rename", "nobody", "somebody").expect(2).error();
        cli.run("tenant", "remove", "nobody").expect(2).error();
        cli.run("tenant", "credential", "nobody", "--secret-file",
                cli.file("secret.txt", sample.clientSecret()).toString()).expect(2).error();
        cli.run("import", "preview", "--tenant", "nobody", "--all").expect(2).error();
        assertEquals("INPUT", cli.run("tenant", "verify", "nobody", "--json").expect(2).jsonError().path("kind")
                .asText());
    }

    @Test
    void connectedTenantKeepsItsCredentialWhenANewOneDoesNotWork() {
        cli.connect(sample);
        try {
            cli.run(cli.add(sample, "CONTOSO")).expect(2).error();
            cli.run("tenant", "credential", "contoso", "--secret-file", cli.file("wrong.txt", "wrong").toString())
                    .expect(5).error();
            assertTrue(cli.json("tenant", "verify", "contoso").path("ok").asBoolean());
            assertEquals("fabrikam", cli.json("tenant", "rename", "contoso", "fabrikam").path("name").asText());
            cli.run("tenant", "verify", "contoso").expect(2).error();
            cli.run("tenant", "credential", "fabrikam", "--certificate",
                    cli.file("good.pem", sample.registeredCertificatePem()).toString()).expect(0);
            sample.identity().apps().expireSecrets(sample.clientId());
            assertTrue(cli.json("tenant", "verify", "fabrikam").path("ok").asBoolean(), "by certificate now");
            cli.run("tenant", "rename", "fabrikam", "contoso").expect(0);
        } finally {
            cli.run("tenant", "remove", "contoso");
        }
        assertEquals(Map.of(), Map.copyOf(sample.faults().fired()));
    }
}
