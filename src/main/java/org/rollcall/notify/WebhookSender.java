package org.rollcall.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// Posts JSON to a webhook. The header `X-Rollcall-Signature` is `sha256=` and the hexadecimal HMAC-SHA256, under the webhook's
/// key, of the time in `X-Rollcall-Time`, a full stop and the body, so that the receiver can verify origin and age. Redirects
/// are not followed: a signed message is sent to the configured address only.
final class WebhookSender implements Sender {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Duration patience;

    WebhookSender(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void send(NotifyChannel.Settings settings, byte[] secret, Notice notice, Language language) {
        String url = Objects.requireNonNull(settings.url());
        byte[] body = body(notice, language);
        String time = notice.at().toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(patience)
                .header("Content-Type", "application/json; charset=utf-8").header("User-Agent", "Rollcall")
                .header("X-Rollcall-Time", time)
                .header("X-Rollcall-Signature", "sha256=" + signature(secret, time, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        int status;
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER).build()) {
            try {
                // The body of the response is not read.
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                status = response.statusCode();
                response.body().close();
            } finally {
                client.shutdownNow();
            }
        } catch (HttpTimeoutException e) {
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send", patience.toSeconds()),
                    e);
        } catch (IOException e) {
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send2"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send3"), e);
        }
        if (status < 200 || status > 299) {
            throw trouble(ErrorKind.REFUSED, status >= 300 && status <= 399
                    ? Words.of("notify.webhookSender.send4", status)
                    : Words.of("notify.webhookSender.send.else", status), null);
        }
    }

    private static RollcallException trouble(ErrorKind kind, Words message,
            @Nullable Exception cause) {
        return new RollcallException(kind, "notify.webhook", message, Words.of("notify.webhook.remedy"),
                Map.of(), cause);
    }

    static byte[] body(Notice notice, Language language) {
        return JSON.createObjectNode().put("at", notice.at().toString()).put("event", notice.event())
                .put("matter", notice.matter()).put("title", notice.title().in(language))
                .put("text", notice.text().in(language)).toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static String signature(byte[] key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }
}
