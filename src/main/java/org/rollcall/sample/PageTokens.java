package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes the opaque tokens of next links and delta links and reads them back. A token carries all that the next request
/// needs, so nothing is kept for it. No two tokens are alike, even for the same place.
final class PageTokens {
    private static final String SEPARATOR = "\u001f";
    private static final int OWN_FIELDS = 5;

    /// Why a token is no good.
    enum Trouble {
        /// Not made here at all.
        MALFORMED,
        /// Made before the tenant was restarted: what it referred to is gone.
        FOREIGN,
        /// Older than tokens of its kind live.
        EXPIRED
    }

    /// A token that is no good.
    static final class BadToken extends Exception {
        private final Trouble trouble;

        BadToken(Trouble trouble) {
            super(trouble.name());
            this.trouble = trouble;
        }

        Trouble trouble() {
            return trouble;
        }
    }

    private final Clock clock;
    private final String generation = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong nonce = new AtomicLong();

    PageTokens(Clock clock) {
        this.clock = clock;
    }

    /// @param purpose what the token is for; reading it for another purpose fails
    String issue(String purpose, List<String> fields) {
        String own = String.join(SEPARATOR, "DSpt", generation, purpose, Long.toString(nonce.incrementAndGet(), 36),
                Long.toString(clock.instant().getEpochSecond(), 36));
        String text = own + SEPARATOR + String.join(SEPARATOR, fields);
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((text + SEPARATOR + check(text)).getBytes(StandardCharsets.UTF_8));
    }

    /// The fields that were put into the token.
    List<String> read(String purpose, String token, Duration life) throws BadToken {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadToken(Trouble.MALFORMED);
        }
        int end = text.lastIndexOf(SEPARATOR);
        if (end < 0 || !text.substring(end + 1).equals(check(text.substring(0, end)))) {
            throw new BadToken(Trouble.MALFORMED);
        }
        String[] parts = text.substring(0, end).split(SEPARATOR, -1);
        if (parts.length < OWN_FIELDS || !parts[2].equals(purpose)) {
            throw new BadToken(Trouble.MALFORMED);
        }
        if (!parts[1].equals(generation)) {
            throw new BadToken(Trouble.FOREIGN);
        }
        Instant issued = Instant.ofEpochSecond(Long.parseLong(parts[4], 36));
        if (clock.instant().isAfter(issued.plus(life))) {
            throw new BadToken(Trouble.EXPIRED);
        }
        return Arrays.asList(parts).subList(OWN_FIELDS, parts.length);
    }

    /// Finds tokens that were cut or altered; it is no signature.
    private static String check(String text) {
        long hash = 17;
        for (int i = 0; i < text.length(); i++) {
            hash = ObjectIds.mix(hash ^ text.charAt(i));
        }
        return Long.toHexString(hash);
    }
}
