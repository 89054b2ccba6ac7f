package org.rollcall.source.entra;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.UserField;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ObjectReaderTest {
    private static final String ID = "11111111-2222-4333-8444-555566667777";

    private static Attributes<UserField> read(String members) throws IOException {
        try (JsonParser parser = AnswerLimits.json().createParser("{" + members + ",\"id\":\"" + ID + "\"}")) {
            parser.nextToken();
            return new ObjectReader<>(UserField.class).read(parser).attributes();
        }
    }

    @Test
    void whatNoColumnTakesIsNamedWithItsObject() {
        MalformedAnswer nul = assertThrows(MalformedAnswer.class, () -> read("\"displayName\":\"a\\u0000b\""));
        assertEquals("a NUL character in displayName of " + ID, nul.words());
        assertEquals("a NUL character in businessPhones of " + ID, assertThrows(MalformedAnswer.class,
                () -> read("\"businessPhones\":[\"1\",\"\\u0000\"]")).words());
        assertEquals("more than 800 characters in department of " + ID, assertThrows(MalformedAnswer.class,
                () -> read("\"department\":\"" + "x".repeat(801) + "\"")).words());
    }

    @Test
    void whatIsOddButKeptStaysAsItIs() throws IOException {
        assertEquals("\uD83D \u0001\uFFFF",
                read("\"displayName\":\"\\ud83d \\u0001\\uffff\"").text(UserField.DISPLAY_NAME));
        assertEquals("x".repeat(800), read("\"department\":\"" + "x".repeat(800) + "\"").text(UserField.DEPARTMENT));
    }

    @ParameterizedTest
    @CsvSource({ "2025-12-31T23:59:59.9999999Z,2025-12-31T23:59:59.999999Z",
            "2025-12-31T23:59:59.999999999Z,2025-12-31T23:59:59.999999Z",
            "2026-01-01T01:59:59.9999996+02:00,2025-12-31T23:59:59.999999Z" })
    void timesAreCutAndNotRounded(String told, Instant kept) throws IOException {
        assertEquals(kept, read("\"createdDateTime\":\"" + told + "\"").instant(UserField.CREATED_DATE_TIME));
    }
}
