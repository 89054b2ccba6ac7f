package org.rollcall.notify;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.rollcall.domain.NotifyChannel;
import org.rollcall.text.Language;
import org.rollcall.webhook.WebhookClient;

/// Posts messages to a webhook, signed with its key.
final class WebhookSender implements Sender {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WebhookClient client;

    WebhookSender(Duration patience) {
        this.client = new WebhookClient(patience);
    }

    @Override
    public void send(NotifyChannel.Settings settings, byte[] secret, Notice notice, Language language) {
        client.post(URI.create(Objects.requireNonNull(settings.url())), secret, notice.at(), body(notice, language));
    }

    static byte[] body(Notice notice, Language language) {
        return JSON.createObjectNode().put("at", notice.at().toString()).put("event", notice.event())
                .put("matter", notice.matter()).put("title", notice.title().in(language))
                .put("text", notice.text().in(language)).toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
