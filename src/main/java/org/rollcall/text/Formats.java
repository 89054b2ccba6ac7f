package org.rollcall.text;

import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/// Numbers and dates for display, in the language in use. Machine-readable output is never formatted here.
public final class Formats {
    private Formats() {}

    /// "2,500"
    public static String number(long value) {
        return number(Language.inUse(), value);
    }

    static String number(Language language, long value) {
        return value > -1_000 && value < 1_000
                ? Long.toString(value)
                : NumberFormat.getIntegerInstance(language.formats()).format(value);
    }

    /// "14:30"
    public static String time(TemporalAccessor moment) {
        return format("HH:mm", moment);
    }

    /// "20 Nov"
    public static String day(TemporalAccessor moment) {
        return format(dayPattern(), moment);
    }

    /// "20 Nov 2026"
    public static String date(TemporalAccessor moment) {
        return format(datePattern(), moment);
    }

    /// As [#date(TemporalAccessor)], in another language.
    public static String date(Language language, TemporalAccessor moment) {
        return form(language, dayPattern(language) + " uuuu").format(moment);
    }

    /// "20 Nov, 02:00"
    public static String dayAndTime(TemporalAccessor moment) {
        return format(dayPattern() + ", HH:mm", moment);
    }

    /// "21 Nov 2026, 08:30:02"
    public static String exact(TemporalAccessor moment) {
        return format(datePattern() + ", HH:mm:ss", moment);
    }

    /// The pattern of [#date], for parsing.
    public static DateTimeFormatter dateForm() {
        return form(datePattern());
    }

    private static String dayPattern() {
        return dayPattern(Language.inUse());
    }

    private static String dayPattern(Language language) {
        return language == Language.GERMAN ? "d. MMM" : "d MMM";
    }

    private static String datePattern() {
        return dayPattern() + " uuuu";
    }

    private static String format(String pattern, TemporalAccessor moment) {
        return form(pattern).format(moment);
    }

    private static DateTimeFormatter form(String pattern) {
        return form(Language.inUse(), pattern);
    }

    private static DateTimeFormatter form(Language language, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language.formats());
    }
}
