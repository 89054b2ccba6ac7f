package org.rollcall.webhook;

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
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Posts JSON to a webhook. The header `X-Rollcall-Signature` is `sha256=` and the hexadecimal HMAC-SHA256, under the webhook's
/// key, of the time in `X-Rollcall-Time`, a full stop and the body, so that the receiver can verify origin and age. Redirects
/// are not followed: a signed message is sent to the configured address only.
public final class WebhookClient {
    /// For connecting, and for the whole request.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;

    /// @param patience for connecting, and for the whole request
    public WebhookClient(Duration patience) {
        this.patience = patience;
    }

    /// @param url as [WebhookAddress#of(String)] allows it
    /// @param key empty: the message is not signed
    /// @param at  of the message
    /// @throws RollcallException OFFLINE: nobody could be reached; REFUSED: another answer than 2xx
    public void post(URI url, byte[] key, Instant at, byte[] body) {
        String time = at.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience)
                .header("Content-Type", "application/json; charset=utf-8").header("User-Agent", "Rollcall")
                .header("X-Rollcall-Time", time);
        if (key.length > 0) {
            request.header("X-Rollcall-Signature", "sha256=" + signature(key, time, body));
        }
        int status = status(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
        if (status < 200 || status > 299) {
            throw trouble(ErrorKind.REFUSED, status >= 300 && status <= 399
                    ? Words.of("notify.webhookSender.send4", status)
                    : Words.of("notify.webhookSender.send.else", status), null);
        }
    }

    private int status(HttpRequest request) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER).build()) {
            try {
                // The body of the response is not read.
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                int status = response.statusCode();
                response.body().close();
                return status;
            } finally {
                client.shutdownNow();
            }
        } catch (HttpTimeoutException e) {
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send", patience.toSeconds()), e);
        } catch (IOException e) {
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send2"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble(ErrorKind.OFFLINE, Words.of("notify.webhookSender.send3"), e);
        }
    }

    private static RollcallException trouble(ErrorKind kind, Words message, @Nullable Exception cause) {
        return new RollcallException(kind, "notify.webhook", message, Words.of("notify.webhook.remedy"), Map.of(),
                cause);
    }

    /// As a receiver computes it.
    ///
    /// @param key  not empty
    /// @param time what the header `X-Rollcall-Time` says
    public static String signature(byte[] key, String time, byte[] body) {
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
