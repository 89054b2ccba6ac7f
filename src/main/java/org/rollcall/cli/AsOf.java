package org.rollcall.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The moment at which a command looks at the directory.
final class AsOf {
    private static final String FIRST_DAY = "0001-01-01";

    @Option(names = "--as-of", paramLabel = "TIME", description = "As it was then: a moment in ISO 8601, or a date, which means its end in UTC.")
    @Nullable
    String text;

    boolean isGiven() {
        return text != null;
    }

    /// @param now a date that has not ended means this
    /// @throws RollcallException INPUT: not a time
    Instant moment(Instant now) {
        String given = text == null ? "" : text.strip();
        try {
            if (given.length() == FIRST_DAY.length()) {
                // What happened in the very last of its microseconds still belongs to it.
                LocalDate day = LocalDate.parse(given);
                Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000);
                boolean today = day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC));
                return today ? now : end;
            }
            return given.matches(".*(Z|z|[+-]\\d\\d(:?\\d\\d)?)$")
                    ? OffsetDateTime.parse(given).toInstant()
                    : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw invalid(given);
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(given);
        }
    }

    private static RollcallException invalid(String given) {
        return RollcallException.input("as-of.invalid", Words.of("cli.as-of.invalid", given),
                Words.of("cli.as-of.invalid.remedy"));
    }

    Instant moment(Session session) {
        return moment(session.workspace().clock().instant());
    }

    /// Adds to an answer of the past which moment it is about and what is missing in it.
    Doc into(Doc doc, List<String> untold) {
        return isGiven() ? doc.put("asOf", text).put("untold", untold) : doc;
    }

    /// Says what is missing in an answer.
    static int told(Session session, List<String> untold) {
        untold.forEach(each -> session.out().note(Words.of("cli.asOf.notTold", Words.recalled(each)).shown()));
        return untold.isEmpty() ? ExitCode.DONE : ExitCode.ATTENTION;
    }
}
