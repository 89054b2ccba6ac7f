package org.rollcall.audit;

import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLSocketFactory;

import org.rollcall.source.Trust;
import org.rollcall.webhook.WebhookClient;

/// How anchors on the network are reached.
///
/// @param patience for connecting, and again for all that is said on the connection
/// @param hearing  how long a log server may say no after it was told; one that says nothing has taken it
/// @param tls      by whose certificates log servers are believed; asked for only where there is one
record AnchorReach(Duration patience, Duration hearing, Supplier<SSLSocketFactory> tls) {
    /// As webhooks are waited for, and with the authorities that this computer trusts.
    static final AnchorReach USUAL = new AnchorReach(WebhookClient.PATIENCE, Duration.ofSeconds(1),
            () -> Trust.of(null).sockets());
}
