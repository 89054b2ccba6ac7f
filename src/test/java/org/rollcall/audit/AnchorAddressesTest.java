package org.rollcall.audit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.SealedValues;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;
import org.rollcall.vault.Vault;
import org.rollcall.webhook.WebhookClient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The end of the audit chain that is sent to an address: kept over a restart, never in the way of the chain, and told where it
/// did not arrive.
@SuppressWarnings("NullAway") // fields are set before each test
class AnchorAddressesTest {
    private static final Actor ADA = new Actor(1L, "ada", "test", EnumSet.allOf(Permission.class));
    private static final String KEY = "a key of the webhook";

    @TempDir
    Path folder;
    private Path home;
    private TestDirectory directory;
    private Vault vault;
    private AuditService audit;
    private HttpServer server;
    private int status = 204;
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final AtomicInteger followed = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private Runnable meanwhile = () -> {};

    private record Post(JsonNode body, byte[] bytes, String time, @Nullable String signature) {}

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        vault = Vault.open(home);
        directory = new TestDirectory(home);
        audit = service(Duration.ofSeconds(10));
        audit.begin();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", exchange -> {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            posts.add(new Post(new ObjectMapper().readTree(bytes), bytes, headers.getFirst("X-Rollcall-Time"),
                    headers.getFirst("X-Rollcall-Signature")));
            meanwhile.run();
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
        server.start();
    }

    @AfterEach
    void close() {
        release.countDown();
        server.stop(0);
        directory.close();
        vault.close();
    }

    private AuditService service(Duration patience) {
        return new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), ChainSeal.NONE, vault,
                new AnchorReach(patience, Duration.ofMillis(300), () -> Trust.of(null).sockets()), directory.clock);
    }

    private AnchorStore stored() {
        return new AnchorStore(directory.database);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void recordSome(int count) {
        for (int i = 0; i < count; i++) {
            directory.clock.advance(Duration.ofSeconds(1));
            audit.record(new Actor(1L, "ada", "test", Set.of()), "role.set", "USER", "" + i, "Zoë Maier", Map.of(),
                    null);
        }
    }

    private AuditEvent newest() {
        return audit.list(ADA, AuditFilter.everything(), null, 1).rows().getFirst();
    }

    @Test
    void aWebhookGetsNumberHashAndTimeAndNothingElse() {
        recordSome(3);
        audit.setAnchor(ADA, url("/hook"), home);
        Post first = posts.remove();
        assertEquals(Set.of("seq", "hash", "at"), Set.copyOf(names(first.body())));
        assertEquals(newest().seq(), first.body().path("seq").asLong());
        assertEquals(newest().hash(), first.body().path("hash").asText());
        assertEquals(directory.clock.instant(), Instant.parse(first.body().path("at").asText()));
        assertNull(first.signature(), "there is no key");
        assertFalse(audit.writeAnchor(), "nothing is new");
        recordSome(2);
        assertTrue(audit.writeAnchor());
        assertEquals(newest().hash(), posts.remove().body().path("hash").asText());
        assertTrue(posts.isEmpty());
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void settingAndSealedKeyAreKeptOverARestart() {
        audit.setAnchor(ADA, url("/hook"), KEY, home);
        assertSigned(posts.remove());
        recordSome(1);
        AuditService later = service(Duration.ofSeconds(10));
        assertEquals(url("/hook"), later.anchor(ADA).orElseThrow());
        assertTrue(later.writeAnchor());
        assertSigned(posts.remove());
        byte[] sealed = stored().sealedKey().orElseThrow();
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains(KEY));
        assertEquals(KEY, new String(vault.open(sealed, SealedValues.ANCHOR_KEY), StandardCharsets.UTF_8));
        assertTrue(audit.list(ADA, AuditFilter.everything(), null, 100).rows().stream()
                .noneMatch(event -> event.detail().toString().contains(KEY)), "no secret is recorded");
        audit.setAnchor(ADA, null, home);
        assertTrue(stored().sealedKey().isEmpty());
        assertTrue(later.anchor(ADA).isEmpty());
    }

    private static void assertSigned(Post post) {
        assertEquals("sha256=" + WebhookClient.signature(KEY.getBytes(StandardCharsets.UTF_8), post.time(),
                post.bytes()), post.signature());
    }

    /// After the vault's key has changed everything that it sealed is sealed anew.
    @Test
    void theKeyIsAmongWhatIsSealedAnew() throws IOException {
        audit.setAnchor(ADA, url("/hook"), KEY, home);
        var bindings = new java.util.ArrayList<String>();
        SealedValues.rewrite(directory.database.dataSource(), (sealed, boundTo) -> {
            bindings.add(boundTo);
            return vault.seal(vault.open(sealed, boundTo), boundTo);
        });
        assertEquals(List.of(SealedValues.ANCHOR_KEY), bindings);
        recordSome(1);
        posts.clear();
        assertTrue(audit.writeAnchor());
        assertSigned(posts.remove());
    }

    @Test
    void anErrorARedirectAndAHangAreToldAndLeaveTheChainUnharmed() {
        audit.setAnchor(ADA, url("/hook"), home);
        long sent = newest().seq();
        recordSome(1);
        for (int each : new int[]{ 500, 302, 307 }) {
            status = each;
            assertFalse(audit.writeAnchor());
            assertTrue(stored().failure().orElseThrow().contains(Integer.toString(each)));
        }
        assertEquals(0, followed.get());
        assertEquals(sent, stored().written());
        assertUnharmed();
        AuditService.Sent told = audit.verify(ADA).anchor().sent();
        assertEquals(sent, told.upTo());
        assertTrue(told.failure().contains("307"));
        status = 204;
        assertTrue(audit.writeAnchor());
        assertTrue(stored().failure().isEmpty());
        assertEquals(ErrorKind.OFFLINE, assertThrows(RollcallException.class,
                () -> service(Duration.ofMillis(300)).setAnchor(ADA, url("/hangs"), home)).kind());
        assertEquals(url("/hook"), audit.anchor(ADA).orElseThrow(), "the earlier one stays");
        assertEquals("audit.anchor.failed", newest().action());
        assertUnharmed();
    }

    private void assertUnharmed() {
        recordSome(1);
        AuditService.Verification found = audit.verify(ADA);
        assertTrue(found.intact());
        assertNull(found.anchor().trouble());
    }

    @Test
    void anUnreachableLogServerIsToldAndLeavesTheChainUnharmed() throws IOException, InterruptedException {
        int port;
        try (var logs = new LogServer()) {
            port = logs.port();
            audit.setAnchor(ADA, "syslog+tcp://localhost:" + port, home);
            assertTrue(new String(logs.next(), StandardCharsets.US_ASCII).contains(newest().hash()));
        }
        recordSome(1);
        assertFalse(audit.writeAnchor());
        String why = stored().failure().orElseThrow();
        assertTrue(why.contains("syslog+tcp://localhost:" + port), why);
        assertUnharmed();
        assertThrows(RollcallException.class,
                () -> audit.setAnchor(ADA, "syslog+tls://localhost:" + port, home));
        assertEquals("syslog+tcp://localhost:" + port, audit.anchor(ADA).orElseThrow());
        assertUnharmed();
    }

    @Test
    void nobodysNameIsSentToALogServer() throws IOException {
        recordSome(3);
        try (var logs = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            logs.setSoTimeout(10_000);
            audit.setAnchor(ADA, "syslog://localhost:" + logs.getLocalPort(), home);
            var packet = new DatagramPacket(new byte[4096], 4096);
            logs.receive(packet);
            String said = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertTrue(said.contains("seq=\"" + newest().seq() + "\" hash=\"" + newest().hash() + "\""), said);
            for (String each : List.of("ada", "Maier", home.toString(),
                    InetAddress.getLoopbackAddress().getHostAddress(), System.getProperty("user.home"))) {
                assertFalse(said.contains(each), said);
            }
        }
    }

    @Test
    void whatWasSentIsSaidWithTheHashToLookFor() {
        audit.setAnchor(ADA, url("/hook"), home);
        AuditEvent end = newest();
        recordSome(4);
        AuditService.Anchored found = audit.verify(ADA).anchor();
        assertEquals(new AuditService.Sent(AuditService.Sent.Kind.WEBHOOK, url("/hook"), end.seq(), end.hash(), null),
                found.sent());
        assertEquals(found.sent(), audit.verify(ADA, url("/hook"), JobContext.silent()).anchor().sent());
        assertEquals("audit.anchor-not-sent", assertThrows(RollcallException.class,
                () -> audit.verify(ADA, url("/other"), JobContext.silent())).code());
    }

    /// The program itself computes a shorter chain: what was sent last is not in it.
    @Test
    void aChainThatEndsBeforeWhatWasSentIsBroken() {
        recordSome(10);
        audit.setAnchor(ADA, url("/hook"), home);
        long sent = newest().seq();
        directory.sql("delete from audit_event");
        directory.sql("delete from setting where name = 'audit.head'");
        audit.begin();
        recordSome(2);
        AuditService.Verification found = audit.verify(ADA);
        assertEquals(sent, found.brokenAt());
        assertNull(found.anchor().sent().hash());
    }

    /// Sending takes its time: what comes of it is not noted for another place that was set meanwhile.
    @Test
    void aPlaceThatIsNoLongerSetLeavesNoTrace() {
        audit.setAnchor(ADA, url("/hook"), home);
        for (int each : new int[]{ 204, 500 }) {
            recordSome(1);
            status = each;
            meanwhile = () -> audit.setAnchor(ADA, null, home);
            audit.writeAnchor();
            assertTrue(stored().place().isEmpty());
            assertEquals(0, stored().written());
            assertTrue(stored().failure().isEmpty());
            meanwhile = () -> {};
            status = 204;
            audit.setAnchor(ADA, url("/hook"), home);
        }
        assertNotNull(audit.verify(ADA).anchor());
    }
}
