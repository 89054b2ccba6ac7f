package org.rollcall.domain;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Where notifications go.
///
/// @param lastSentAt null: nothing was sent yet
/// @param lastError  why the last attempt failed; null: it did not
public record NotifyChannel(long id, Settings settings, @Nullable Instant lastSentAt, @Nullable String lastError,
        String createdBy, Instant createdAt) {

    public enum Kind {
        MAIL,
        WEBHOOK
    }

    /// How a connection to a mail server is encrypted.
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /// What is not secret about it; of one kind the fields of the other are empty or null.
    ///
    /// @param url  of a webhook
    /// @param host of the mail server
    /// @param user signs in at the mail server; null: nobody does
    /// @param caPem certificates of authorities that the mail server may have besides the platform's, PEM; null: none
    public record Settings(Kind kind, @Nullable String url, @Nullable String host, int port, Security security,
            @Nullable String from, List<String> to, @Nullable String user,
            @Nullable String caPem) {
        public Settings {
            to = List.copyOf(to);
        }

        public static Settings webhook(String url) {
            return new Settings(Kind.WEBHOOK, url, null, 0, Security.NONE, null, List.of(), null, null);
        }

        /// Where to, in words.
        public String words() {
            return kind == Kind.WEBHOOK ? String.valueOf(url) : String.join(", ", to) + " by " + host + ":" + port;
        }
    }
}
