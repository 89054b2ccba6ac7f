package org.rollcall.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Mail over TLS, from the first byte and after STARTTLS: under an authority of one's own it arrives, and a server that cannot
/// show who it is hears neither the password nor the message.
class MailTlsTest {
    private static final String PASSWORD = "the password of the mail user";
    private static final Notice NOTICE = new Notice("schedule/1", "failed", "failed",
            Words.verbatim("Contoso daily failed"),
            Words.verbatim("Entra cannot be reached."), Instant.parse("2026-11-30T10:00:00Z"));
    private static final TestAuthority AUTHORITY = new TestAuthority();

    private static NotifyChannel.Settings settings(TlsMailServer server, Security security, @Nullable String caPem) {
        return NotifyAddresses.mail("smtp://localhost:" + server.port(), security, "rollcall@example.org",
                List.of("ada@example.org"), "rollcall", caPem);
    }

    private static void send(NotifyChannel.Settings settings) {
        new MailSender().send(settings, PASSWORD.getBytes(StandardCharsets.UTF_8), NOTICE, Language.ENGLISH);
    }

    private static RollcallException refused(NotifyChannel.Settings settings) {
        RollcallException refused = assertThrows(RollcallException.class, () -> send(settings));
        assertEquals(ErrorKind.REFUSED, refused.kind());
        return refused;
    }

    /// Neither signed in nor sent: not in clear, nor to a server that is not known.
    private static void assertHeardNothing(TlsMailServer server) {
        assertHeardNothing(server.heard());
    }

    private static void assertHeardNothing(List<String> lines) {
        lines.forEach(line -> assertTrue(line.startsWith("EHLO ") || line.equals("STARTTLS") || line.equals("QUIT"),
                line));
    }

    @ParameterizedTest
    @EnumSource(value = Security.class, names = { "TLS", "STARTTLS" })
    void arrivesUnderAnAuthorityOfOnesOwn(Security security) {
        try (var server = new TlsMailServer(AUTHORITY.server("localhost"), security)) {
            send(settings(server, security, AUTHORITY.pem()));
            List<String> clear = server.heardInClear();
            assertEquals(security == Security.TLS ? 0 : 2, clear.size(), clear::toString);
            assertHeardNothing(clear);
            String sealed = String.join("\n", server.heardUnderTls());
            assertTrue(sealed.contains("AUTH ") && sealed.contains("Subject: Rollcall: Contoso daily failed")
                    && sealed.contains("Entra cannot be reached."), sealed);
            String said = Base64.getEncoder().encodeToString(("\0rollcall\0" + PASSWORD)
                    .getBytes(StandardCharsets.UTF_8));
            String apart = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
            assertTrue(sealed.contains(said) || sealed.contains(apart), sealed);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Security.class, names = { "TLS", "STARTTLS" })
    void aServerOfAnUnknownAuthorityHearsNothing(Security security) {
        try (var server = new TlsMailServer(AUTHORITY.server("localhost"), security)) {
            for (String other : new String[]{ null, new TestAuthority().pem() }) {
                RollcallException refused = refused(settings(server, security, other));
                assertEquals("the mail server cannot show a certificate that is trusted", refused.message());
                assertTrue(refused.commandRemedy().contains("--ca-file"), refused::commandRemedy);
            }
            assertHeardNothing(server);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Security.class, names = { "TLS", "STARTTLS" })
    void aServerOfAnotherNameHearsNothing(Security security) {
        try (var server = new TlsMailServer(AUTHORITY.server("mail.example.org"), security)) {
            assertEquals("the certificate of the mail server names another host",
                    refused(settings(server, security, AUTHORITY.pem())).message());
            assertHeardNothing(server);
        }
    }

    @Test
    void aServerWithoutTheEncryptionThatWasChosenHearsNothing() {
        try (var server = new TlsMailServer(AUTHORITY.server("localhost"), Security.NONE)) {
            refused(settings(server, Security.STARTTLS, AUTHORITY.pem()));
            assertHeardNothing(server);
            assertEquals("the mail server does not speak TLS there",
                    refused(settings(server, Security.TLS, AUTHORITY.pem())).message());
        }
    }

    @Test
    void whatIsNoCertificateIsRefusedBeforehand() {
        assertEquals("tenant.ca-unreadable", assertThrows(RollcallException.class, () -> NotifyAddresses.mail(
                "smtp://mail.example.org", Security.TLS, "a@example.org", List.of("b@example.org"), null,
                "no certificate")).code());
    }
}
