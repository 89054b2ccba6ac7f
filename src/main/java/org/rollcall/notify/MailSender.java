package org.rollcall.notify;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import javax.net.ssl.SSLException;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// Sends mail by SMTP. Nothing is sent to a server whose certificate is invalid or not trusted; with STARTTLS, nothing is sent
/// in clear text.
final class MailSender implements Sender {
    private static final String PATIENCE_MILLIS = "10000";

    @Override
    public void send(NotifyChannel.Settings settings, byte[] secret, Notice notice, Language language) {
        Session session = Session.getInstance(properties(settings));
        try {
            var message = new MimeMessage(session);
            message.setFrom(new InternetAddress(Objects.requireNonNull(settings.from()), true));
            for (String to : settings.to()) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
            }
            message.setSubject(DisplayText.line("Rollcall: " + notice.title().in(language)), "UTF-8");
            message.setText(notice.text().in(language) + "\r\n", "UTF-8");
            message.setHeader("Content-Language", language.tag());
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setSentDate(Date.from(notice.at()));
            message.saveChanges();
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(settings.user(),
                        settings.user() == null ? null : new String(secret, StandardCharsets.UTF_8));
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (AuthenticationFailedException e) {
            throw trouble(ErrorKind.REFUSED, Words.of("notify.mailSender.send"),
                    Words.of("notify.mailSender.send.remedy"), e);
        } catch (MessagingException e) {
            throw translate(e);
        }
    }

    private static RollcallException translate(MessagingException e) {
        boolean encryption = false;
        boolean certificate = false;
        Throwable each = e;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
                return trouble(ErrorKind.REFUSED, Words.of("notify.mailSender.translate"),
                        Words.of("notify.mailSender.translate.remedy"), e)
                        .onCommandLine(Words.of("notify.mailSender.translate.remedy.cli"));
            }
            encryption = encryption || each instanceof SSLException;
            certificate = certificate || each instanceof CertificateException;
            if (each instanceof java.net.SocketException || each instanceof java.net.SocketTimeoutException
                    || each instanceof java.net.UnknownHostException) {
                return trouble(ErrorKind.OFFLINE, Words.of("notify.mailSender.translate2"),
                        Words.of("notify.mailSender.translate2.remedy"), e);
            }
            each = each instanceof MessagingException known && known.getNextException() != null
                    ? known.getNextException()
                    : each.getCause();
        }
        if (certificate) {
            return trouble(ErrorKind.REFUSED, Words.of("notify.mailSender.otherName"),
                    Words.of("notify.mailSender.otherName.remedy"), e);
        }
        if (encryption) {
            return trouble(ErrorKind.REFUSED, Words.of("notify.mailSender.noTls"),
                    Words.of("notify.mailSender.noTls.remedy"), e);
        }
        return trouble(ErrorKind.REFUSED, Words.of("notify.mailSender.translate3"),
                Words.of("notify.mailSender.translate3.remedy"), e);
    }

    private static RollcallException trouble(ErrorKind kind, Words message, Words remedy, @Nullable Exception e) {
        return new RollcallException(kind, "notify.mail", message, remedy, Map.of(), e);
    }

    private static Properties properties(NotifyChannel.Settings settings) {
        var properties = new Properties();
        properties.put("mail.smtp.host", Objects.requireNonNull(settings.host()));
        properties.put("mail.smtp.port", String.valueOf(settings.port()));
        for (String limit : new String[]{ "connectiontimeout", "timeout", "writetimeout" }) {
            properties.put("mail.smtp." + limit, PATIENCE_MILLIS);
        }
        if (settings.security() != Security.NONE) {
            properties.put("mail.smtp.ssl.socketFactory", Trust.of(settings.caPem()).sockets());
            properties.put("mail.smtp.socketFactory.fallback", "false");
        }
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        boolean startTls = settings.security() == Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.put("mail.smtp.starttls.required", String.valueOf(startTls));
        properties.put("mail.smtp.ssl.enable", String.valueOf(settings.security() == Security.TLS));
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        return properties;
    }
}
