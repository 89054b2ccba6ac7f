package org.rollcall.notify;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// Mail against a real mail server of the test.
class MailSenderTest {
    private static final Notice NOTICE = new Notice("schedule/1", "failed", "failed",
            Words.verbatim("Zoë's import failed\r\nBcc: everybody@example.org"),
            Words.verbatim("Entra cannot be reached. ✓"),
            Instant.parse("2026-11-30T10:00:00Z"));

    private GreenMail mail;

    @BeforeEach
    void serve() {
        mail = new GreenMail(new ServerSetup[]{ free(ServerSetupTest.SMTP), free(ServerSetupTest.SMTPS) });
        mail.start();
    }

    private static ServerSetup free(ServerSetup setup) {
        return new ServerSetup(0, "127.0.0.1", setup.getProtocol());
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private NotifyChannel.Settings settings(int port, Security security, @Nullable String user) {
        return NotifyAddresses.mail("smtp://127.0.0.1:" + port, security, "rollcall@example.org",
                List.of("ada@example.org", "ben@example.org"), user);
    }

    private static RollcallException refused(NotifyChannel.Settings settings, String password) {
        return assertThrows(RollcallException.class, () -> new MailSender().send(settings,
                password.getBytes(StandardCharsets.UTF_8), NOTICE, Language.ENGLISH));
    }

    @Test
    void arrivesWithItsWordsAndNoHeadersOfOthers() throws Exception {
        new MailSender().send(settings(mail.getSmtp().getPort(), Security.NONE, null), new byte[0], NOTICE,
                Language.ENGLISH);
        MimeMessage[] got = mail.getReceivedMessages();
        assertEquals(2, got.length);
        assertEquals("rollcall@example.org", got[0].getFrom()[0].toString());
        assertEquals(2, got[0].getAllRecipients().length, "nobody else");
        assertEquals("Entra cannot be reached. ✓", got[0].getContent().toString().strip());
        assertEquals(0, got[0].getSubject().chars().filter(Character::isISOControl).count());
        assertEquals("auto-generated", got[0].getHeader("Auto-Submitted")[0]);
    }

    @Test
    void signsInAndIsToldIfThePasswordIsWrong() {
        mail.setUser("rollcall", "the right one");
        mail.getUserManager().setAuthRequired(true);
        var settings = settings(mail.getSmtp().getPort(), Security.NONE, "rollcall");
        new MailSender().send(settings, "the right one".getBytes(StandardCharsets.UTF_8), NOTICE, Language.ENGLISH);
        assertEquals(2, mail.getReceivedMessages().length);
        RollcallException refused = refused(settings, "a wrong one");
        assertEquals(ErrorKind.REFUSED, refused.kind());
        assertEquals("the mail server refuses the user or the password", refused.message());
    }

    @Test
    void aServerWithACertificateOfNobodyGetsNothing() {
        RollcallException refused = refused(settings(mail.getSmtps().getPort(), Security.TLS, null), "");
        assertEquals("the mail server cannot show a certificate that is trusted", refused.message());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void withoutStartTlsNothingIsSaidWhereItIsAskedFor() {
        assertEquals(ErrorKind.REFUSED,
                refused(settings(mail.getSmtp().getPort(), Security.STARTTLS, null), "").kind());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void nobodyThereIsOffline() throws IOException {
        int port;
        try (var nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        assertEquals(ErrorKind.OFFLINE, refused(settings(port, Security.NONE, null), "").kind());
    }
}
