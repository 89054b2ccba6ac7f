package org.rollcall.audit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.rollcall.store.AuditStore;
import org.rollcall.webhook.WebhookClient;

/// A webhook to which the end of the audit chain is posted, as JSON of `seq`, `hash` and `at`.
final class WebhookAnchor implements AuditAnchor {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI url;
    private final byte[] key;
    private final WebhookClient client;

    /// @param key for signing what is sent; empty: it is not signed
    WebhookAnchor(URI url, byte[] key, Duration patience) {
        this.url = url;
        this.key = key.clone();
        this.client = new WebhookClient(patience);
    }

    @Override
    public String place() {
        return url.toString();
    }

    @Override
    public void write(AuditStore.Head end, Instant at) {
        client.post(url, key, at, JSON.createObjectNode().put("seq", end.seq()).put("hash", end.hash())
                .put("at", at.toString()).toString().getBytes(StandardCharsets.UTF_8));
    }
}
