package org.rollcall.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Notifications from the command line.
class NotifyCommandsTest {
    @TempDir
    Path folder;
    private CliFixture cli;

    @BeforeEach
    void init() {
        cli = new CliFixture(folder).init();
    }

    @Test
    void aWebhookIsAddedTestedAndRemoved() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = { 200 };
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://localhost:" + server.getAddress().getPort() + "/hook";
            JsonNode made = cli.json("notify", "webhook", url);
            String id = made.path("notification").path("id").asText();
            assertEquals(64, made.path("key").asText().length(), "shown once");
            JsonNode listed = cli.json("notify", "list").path("notifications");
            assertEquals(1, listed.size());
            assertEquals(url, listed.get(0).path("url").asText());
            assertFalse(listed.toString().contains(made.path("key").asText()));
            assertTrue(cli.json("notify", "test", id).path("sent").asBoolean());
            status[0] = 500;
            assertTrue(cli.run("notify", "test", id).expect(5).error().contains("answered 500"));
            assertEquals("the webhook answered 500",
                    cli.json("notify", "list").path("notifications").get(0).path("lastError").asText());
            cli.run("notify", "remove", id).expect(0);
            cli.run("notify", "remove", id).expect(2).error();
            assertEquals(0, cli.json("notify", "list").path("notifications").size());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void mailIsAddedAndItsServerNeedNotBeThereYet() throws IOException {
        int port;
        try (var nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        String password = cli.file("smtp-password", "a password of the server\n").toString();
        JsonNode made = cli.json("notify", "mail", "--server", "smtp://localhost:" + port, "--starttls", "--from",
                "rollcall@example.org", "--to", "ada@example.org", "--to", "ben@example.org", "--smtp-user", "rollcall",
                "--smtp-password-file", password).path("notification");
        assertEquals("mail", made.path("kind").asText());
        assertEquals("starttls", made.path("security").asText());
        assertEquals(2, made.path("to").size());
        assertFalse(made.toString().contains("a password"));
        assertTrue(cli.run("notify", "test", made.path("id").asText()).expect(5).error()
                .contains("the mail server cannot be reached"));
    }

    @Test
    void refusesWhatIsNeither() {
        String[] mail = { "notify", "mail", "--server", "smtp://example.org", "--from", "a@example.org", "--to" };
        cli.run("notify", "webhook", "http://example.org/").expect(2).error();
        cli.run("notify", "webhook").expect(2).error();
        cli.run("notify", "webhook", "https://example.org/", "--key-file", "/nonexistent/key").expect(2).error();
        cli.run(mail[0], mail[1], mail[2], mail[3], mail[4], mail[5], mail[6], "nobody").expect(2).error();
        cli.run(mail[0], mail[1], mail[2], "ldap://example.org", mail[4], mail[5], mail[6], "b@example.org").expect(2)
                .error();
        cli.run(mail[0], mail[1], mail[2], mail[3], mail[4], mail[5], mail[6], "b@example.org", "--tls", "--starttls")
                .expect(2).error();
        cli.run(mail[0], mail[1], mail[2], mail[3], mail[4], mail[5], mail[6], "b@example.org", "--smtp-user", "u")
                .expect(2).error();
        cli.run("notify", "test", "nonsense").expect(2).error();
        cli.run("notify", "test", "7").expect(2).error();
        assertEquals(0, cli.json("notify", "list").path("notifications").size());
    }
}
