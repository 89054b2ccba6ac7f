package org.rollcall.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;
import org.rollcall.text.Words;
import org.rollcall.webhook.WebhookClient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WebhookSenderTest {
    private static final byte[] KEY = "a key of the webhook".getBytes(StandardCharsets.UTF_8);
    private static final Notice NOTICE = new Notice("schedule/1", "failed", "failed",
            Words.verbatim("Contoso daily failed"), Words.verbatim("Entra cannot be reached. Zoë ✓"),
            Instant.parse("2026-11-30T10:00:00Z"));

    private HttpServer server;
    private final AtomicInteger followed = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private String time = "";
    private String signature = "";
    private byte[] body = {};
    private int status = 204;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", exchange -> {
            body = exchange.getRequestBody().readAllBytes();
            time = exchange.getRequestHeaders().getFirst("X-Rollcall-Time");
            signature = exchange.getRequestHeaders().getFirst("X-Rollcall-Signature");
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/hangs", exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
    }

    private void send(String path, Duration patience) {
        new WebhookSender(patience).send(
                NotifyChannel.Settings.webhook("http://localhost:" + server.getAddress().getPort() + path), KEY,
                NOTICE, Language.ENGLISH);
    }

    private RollcallException refused(String path) {
        return assertThrows(RollcallException.class, () -> send(path, Duration.ofSeconds(10)));
    }

    @Test
    void whatArrivesIsSigned() throws IOException {
        send("/hook", Duration.ofSeconds(10));
        JsonNode json = new ObjectMapper().readTree(body);
        assertEquals("failed", json.path("event").asText());
        assertEquals("Contoso daily failed", json.path("title").asText());
        assertEquals("Entra cannot be reached. Zoë ✓", json.path("text").asText());
        assertEquals("2026-11-30T10:00:00Z", json.path("at").asText());
        assertEquals("sha256=" + WebhookClient.signature(KEY, time, body), signature);
    }

    /// As another implementation signs it.
    @Test
    void theSignatureIsHmacSha256OfTimeAndBody() {
        assertEquals("36bb3cf04498a381b2004152aec5af4ab27a7f870edb80606632fecf0cee4f7d", WebhookClient.signature(
                "key".getBytes(StandardCharsets.UTF_8), "t", "body".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anErrorIsSaidAndARedirectIsNotFollowed() {
        status = 500;
        assertEquals("the webhook answered 500", refused("/hook").message());
        for (int redirect : new int[]{ 301, 302, 307, 308 }) {
            status = redirect;
            assertTrue(refused("/hook").message().contains("redirect (" + redirect + ")"));
        }
        assertEquals(0, followed.get());
    }

    @Test
    void whoHangsIsNotWaitedForLong() throws IOException {
        assertEquals(ErrorKind.OFFLINE, assertThrows(RollcallException.class,
                () -> send("/hangs", Duration.ofSeconds(1))).kind());
        send("/endless", Duration.ofSeconds(10));
        int port;
        try (var nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        assertEquals(ErrorKind.OFFLINE, assertThrows(RollcallException.class, () -> new WebhookSender(
                Duration.ofSeconds(5)).send(NotifyChannel.Settings.webhook("http://localhost:" + port + "/"), KEY,
                        NOTICE, Language.ENGLISH))
                .kind());
    }
}
