package org.rollcall.domain;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A channel of notifications.
///
/// @param lastSentAt null: nothing was sent yet
/// @param lastError  of the last attempt; null: it succeeded
public record NotifyChannel(long id, Settings settings, @Nullable Instant lastSentAt, @Nullable String lastError,
        String createdBy, Instant createdAt) {

    public enum Kind {
        MAIL,
        WEBHOOK
    }

    /// The encryption of the connection to a mail server.
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /// The public part of its settings; fields of the other kind are empty or null.
    ///
    /// @param url  of a webhook
    /// @param host of the mail server
    /// @param user for authentication at the mail server; null: none
    /// @param caPem additional trusted authorities for the mail server, PEM; null: none
    public record Settings(Kind kind, @Nullable String url, @Nullable String host, int port, Security security,
            @Nullable String from, List<String> to, @Nullable String user,
            @Nullable String caPem) {
        public Settings {
            to = List.copyOf(to);
        }

        public static Settings webhook(String url) {
            return new Settings(Kind.WEBHOOK, url, null, 0, Security.NONE, null, List.of(), null, null);
        }

        /// The destination as display text.
        public String words() {
            return kind == Kind.WEBHOOK ? String.valueOf(url) : String.join(", ", to) + " by " + host + ":" + port;
        }
    }
}
