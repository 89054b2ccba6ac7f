package org.rollcall.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.store.AuditStore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The end of the audit chain by syslog, as a receiver parses it; who cannot show who it is hears nothing.
class SyslogAnchorTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final AuditStore.Head END = new AuditStore.Head(4711, HASH);
    private static final Instant AT = Instant.parse("2026-11-30T10:00:00.123456789Z");
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final AnchorReach REACH = reach(AUTHORITY, Duration.ofSeconds(10));
    private static final byte[] NO_KEY = {};

    /// RFC 5424, 6: header, one structured element, text.
    private static final Pattern MESSAGE = Pattern.compile("<109>1 (\\S+) - rollcall - audit-end "
            + "\\[rollcall@32473 seq=\"([0-9]+)\" hash=\"([0-9a-f]{64})\" at=\"([^\"]+)\"] (.+)");

    /// Servers of these tests end the connection, or say no, long before nothing more is waited for.
    private static AnchorReach reach(TestAuthority trusted, Duration patience) {
        return new AnchorReach(patience, Duration.ofSeconds(8), () -> Trust.of(trusted.pem()).sockets());
    }

    private static AuditAnchor at(String address) {
        return AuditAnchor.at(address, NO_KEY, REACH);
    }

    private static void assertMessage(byte[] message) {
        String text = new String(message, StandardCharsets.US_ASCII);
        Matcher parts = MESSAGE.matcher(text);
        assertTrue(parts.matches(), text);
        assertEquals("2026-11-30T10:00:00.123456Z", parts.group(1), "six digits of a second at most");
        assertEquals("4711", parts.group(2));
        assertEquals(HASH, parts.group(3));
        assertEquals("2026-11-30T10:00:00.123456Z", parts.group(4));
        assertEquals("End of the audit chain: event 4711, hash " + HASH + ", at 2026-11-30T10:00:00.123456Z",
                parts.group(5));
        for (byte each : message) {
            assertTrue(each >= 32 && each < 127, "printable ASCII only");
        }
    }

    /// RFC 6587, 3.4.1: the length, a space, the message, and nothing else.
    private static void assertCounted(byte[] said) {
        int space = 0;
        while (said[space] != ' ') {
            space++;
        }
        byte[] message = Arrays.copyOfRange(said, space + 1, said.length);
        assertEquals(message.length, Integer.parseInt(new String(said, 0, space, StandardCharsets.US_ASCII)));
        assertMessage(message);
    }

    @Test
    void aDatagramIsOneMessage() throws IOException {
        try (var server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            server.setSoTimeout(10_000);
            var reach = new AnchorReach(Duration.ofSeconds(10), Duration.ofMillis(100), REACH.tls());
            AuditAnchor.at("syslog://localhost:" + server.getLocalPort(), NO_KEY, reach).write(END, AT);
            var packet = new DatagramPacket(new byte[4096], 4096);
            server.receive(packet);
            assertMessage(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    @Test
    void theLongestMessageIsTakenByEveryReceiver() {
        byte[] longest = SyslogMessage.of(new AuditStore.Head(Long.MAX_VALUE, HASH), AT);
        assertTrue(longest.length <= SyslogMessage.LONGEST, () -> longest.length + " octets");
    }

    @Test
    void onAStreamTheLengthStandsBefore() throws IOException, InterruptedException {
        try (var server = new LogServer()) {
            AuditAnchor anchor = at("syslog+tcp://localhost:" + server.port());
            anchor.write(END, AT);
            assertCounted(server.next());
            anchor.write(END, AT);
            assertCounted(server.next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "TLSv1.3", "TLSv1.2" })
    void underTlsItIsTheSame(String protocol) throws IOException, InterruptedException {
        try (var server = LogServer.underTls(AUTHORITY.server("localhost"), protocol, false)) {
            at("syslog+tls://localhost:" + server.port()).write(END, AT);
            assertCounted(server.next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "TLSv1.3", "TLSv1.2" })
    void aServerOfAnotherNameHearsNothing(String protocol) throws IOException, InterruptedException {
        try (var server = LogServer.underTls(AUTHORITY.server("logs.example.org"), protocol, false)) {
            RollcallException refused = refused(at("syslog+tls://localhost:" + server.port()));
            assertEquals("audit.anchor-other-name", refused.code());
            assertEquals(ErrorKind.REFUSED, refused.kind());
            assertTrue(server.heardNothing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "TLSv1.3", "TLSv1.2" })
    void aServerOfAnUnknownAuthorityHearsNothing(String protocol) throws IOException, InterruptedException {
        try (var server = LogServer.underTls(AUTHORITY.server("localhost"), protocol, false)) {
            String address = "syslog+tls://localhost:" + server.port();
            for (AnchorReach each : new AnchorReach[]{ AnchorReach.USUAL,
                    reach(new TestAuthority(), Duration.ofSeconds(10)) }) {
                RollcallException refused = refused(AuditAnchor.at(address, NO_KEY, each));
                assertEquals("audit.anchor-certificate", refused.code());
                assertEquals(ErrorKind.REFUSED, refused.kind());
            }
            assertTrue(server.heardNothing());
        }
    }

    @Test
    void aServerWithoutTlsHearsNoMessage() throws IOException, InterruptedException {
        try (var server = new LogServer()) {
            AuditAnchor anchor = AuditAnchor.at("syslog+tls://localhost:" + server.port(), NO_KEY,
                    reach(AUTHORITY, Duration.ofSeconds(1)));
            assertEquals("audit.anchor-slow", refused(anchor).code(), "it waits for the end of the line");
            String heard = new String(server.next(), StandardCharsets.ISO_8859_1);
            assertTrue(!heard.contains("rollcall") && !heard.contains(HASH), heard);
        }
    }

    /// Under TLS 1.3 the client has said everything before it hears of it.
    @ParameterizedTest
    @ValueSource(strings = { "TLSv1.3", "TLSv1.2" })
    void aServerThatAsksForACertificateIsNotTakenToHaveHeard(String protocol) throws IOException, InterruptedException {
        try (var server = LogServer.underTls(AUTHORITY.server("localhost"), protocol, true)) {
            assertEquals("audit.anchor-no-tls", refused(at("syslog+tls://localhost:" + server.port())).code());
            assertTrue(server.heardNothing());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "syslog", "syslog+tcp", "syslog+tls" })
    void nobodyThereIsSaid(String scheme) throws IOException {
        int port;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        RollcallException refused = refused(at(scheme + "://localhost:" + port));
        assertEquals("audit.anchor-unreachable", refused.code());
        assertEquals(ErrorKind.OFFLINE, refused.kind());
        assertEquals("audit.anchor-unreachable", refused(at(scheme + "://nowhere.invalid")).code());
    }

    @Test
    void aConnectionThatIsResetAfterTheMessageIsSaid() throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getInputStream().readAllBytes();
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertEquals("audit.anchor-unreachable",
                    refused(at("syslog+tcp://localhost:" + server.getLocalPort())).code());
            serving.join();
        }
    }

    /// The connection stands, since the system accepts it; nobody answers the greeting of TLS.
    @Test
    void whoHangsIsNotWaitedForLong() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AuditAnchor anchor = AuditAnchor.at("syslog+tls://localhost:" + silent.getLocalPort(), NO_KEY,
                    reach(AUTHORITY, Duration.ofMillis(300)));
            assertEquals("audit.anchor-slow", refused(anchor).code());
        }
    }

    private static RollcallException refused(AuditAnchor anchor) {
        return assertThrows(RollcallException.class, () -> anchor.write(END, AT));
    }

    @ParameterizedTest
    @CsvSource({ "syslog://logs.example.org, syslog://logs.example.org:514",
            "syslog+tcp://logs.example.org/, syslog+tcp://logs.example.org:601",
            "syslog+tls://logs.example.org, syslog+tls://logs.example.org:6514",
            "SYSLOG+TLS://10.1.2.3:65535, syslog+tls://10.1.2.3:65535", "syslog://[::1]:1, syslog://[::1]:1" })
    void anAddressIsAHostAndAPort(String given, String meant) {
        AuditAnchor anchor = assertInstanceOf(SyslogAnchor.class, at(given));
        assertEquals(meant, anchor.place());
        assertEquals(meant, at(meant).place(), "as it is stored");
    }

    @ParameterizedTest
    @ValueSource(strings = { "syslog://", "syslog:///x", "syslog:logs.example.org", "syslog+tls:logs.example.org:6514",
            "syslog://:514", "syslog://logs.example.org:0", "syslog://logs.example.org:70000",
            "syslog://logs.example.org:99999999999", "syslog://logs.example.org:-1", "syslog://logs.example.org:x",
            "syslog+udp://logs.example.org", "syslogs://logs.example.org", "ftp://logs.example.org",
            "file:///var/log/end", "syslog://ada:hush@logs.example.org", "syslog://ada@logs.example.org",
            "syslog://logs.example.org/path", "syslog://logs.example.org?x=1", "syslog://logs.example.org#x",
            "syslog://logs.example.org\n", "syslog://logs.example.org\r\nsyslog://other.example.org", "syslog://a b",
            "https://hooks.example.org/x\n", "https://hooks.example.org:0/", "https://hooks.example.org:70000/",
            "https://", "https:hooks.example.org", "https://ada:hush@hooks.example.org/", "https://h.example.org/#x",
            "http://hooks.example.org/", "http://10.1.2.3/" })
    void anythingElseIsNoAddressAndNoFileEither(String text) {
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, () -> at(text)).kind());
    }

    @Test
    void whatIsNoAddressOfSyslogIsNotRepeated() {
        RollcallException refused = assertThrows(RollcallException.class,
                () -> at("syslog://ada:hush@logs.example.org"));
        assertTrue(!refused.message().contains("hush") && !refused.remedy().contains("hush"), refused::message);
    }

    @ParameterizedTest
    @ValueSource(strings = { "anchor.txt", "/mnt/elsewhere/anchor", "C:anchor.txt", "C://anchors/a", "my https notes",
            "syslog" })
    void aPathIsAFile(String text) {
        assertInstanceOf(FileAnchor.class, at(text));
    }

    @Test
    void aKeyIsForWebhooks() {
        byte[] key = { 1, 2, 3 };
        for (String each : new String[]{ "anchor.txt", "syslog://localhost" }) {
            assertEquals("audit.anchor-key",
                    assertThrows(RollcallException.class, () -> AuditAnchor.at(each, key, REACH)).code());
        }
        assertInstanceOf(WebhookAnchor.class, AuditAnchor.at("https://hooks.example.org/x", key, REACH));
        assertEquals("audit.anchor-key-long", assertThrows(RollcallException.class,
                () -> AuditAnchor.at("https://hooks.example.org/x", new byte[1025], REACH)).code());
        assertEquals("audit.anchor-address", assertThrows(RollcallException.class,
                () -> at("https://hooks.example.org/" + "x".repeat(2000))).code());
    }
}
