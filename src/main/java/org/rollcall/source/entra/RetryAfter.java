package org.rollcall.source.entra;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// The `Retry-After` header in all observed forms: seconds, fractions, lists ("31,120"), dates.
final class RetryAfter {
    /// "0" and past dates: retry soon, but not in a tight loop.
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,9}(\\.\\d{0,9})?|\\.\\d{1,9})");
    private static final Duration SOON = Duration.ofMillis(250);

    private RetryAfter() {}

    /// @return null if the header is missing or invalid
    static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return atLeastSoon(Duration.between(now, at));
        } catch (DateTimeParseException e) {
            return seconds(text);
        }
    }

    private static @Nullable Duration seconds(String text) {
        Duration longest = null;
        for (String part : text.split(",", -1)) {
            // One invalid part does not affect the others. An exponent would make a number that takes minutes to parse.
            if (NUMBER.matcher(part.strip()).matches()) {
                Duration one = Duration.ofMillis(new BigDecimal(part.strip()).movePointRight(3).longValue());
                if (longest == null || one.compareTo(longest) > 0) {
                    longest = one;
                }
            }
        }
        return longest == null ? null : atLeastSoon(longest);
    }

    private static Duration atLeastSoon(Duration time) {
        return time.compareTo(SOON) < 0 ? SOON : time;
    }
}
