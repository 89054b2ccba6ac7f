package org.rollcall.schedule;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class IntervalsTest {
    @Test
    void readsMinutesHoursAndDays() {
        assertEquals(Duration.ofMinutes(30), Intervals.parse("30m"));
        assertEquals(Duration.ofHours(6), Intervals.parse(" 6H "));
        assertEquals(Duration.ofDays(2), Intervals.parse("2d"));
        assertEquals(Duration.ofHours(36), Intervals.parse("1d12h"));
    }

    @Test
    void writesWhatItReads() {
        for (String text : new String[]{ "5m", "1h", "1d12h", "2d3h4m" }) {
            assertEquals(text, Intervals.format(Intervals.parse(text)));
        }
        assertEquals("1h30m", Intervals.format(Duration.ofMinutes(90)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "0m", "4m", "soon", "6", "-6h", "1h30", "366d", "9999d", "1.5h" })
    void refusesNonsense(String text) {
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, () -> Intervals.parse(text)).kind());
    }
}
