package org.rollcall.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a person reads stands in bundles: a literal of three words or more is none, or it is listed here with the reason.
class SentencesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/rollcall");
    /// Three words with blanks between them.
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z’']{2,}[,:;]? [A-Za-z’']+[,:;]? [A-Za-z’']{2,}");
    private static final Pattern SQL = Pattern.compile(
            "(?i)^\\W*(select|insert|update|delete|merge|create|alter|drop|values|from|where|with|order by|and|or|union"
                    + "|join|on conflict|when|set|begin|lock|pragma|shutdown|backup|script|checkpoint|exists)\\b.*");
    /// Statements that say nothing to a person who uses the program: logs, faults of ours, picocli's help.
    private static final Pattern NOT_FOR_PEOPLE = Pattern.compile(
            "(?s)(?:\\b(?:LOG|log\\(\\)|logger)\\.(?:trace|debug|info|warn|error)\\(|\\.(?:trace|debug|info|warn|error)\\(\""
                    + "|new (?:IllegalStateException|IllegalArgumentException|UnsupportedOperationException|AssertionError"
                    + "|NullPointerException|IndexOutOfBoundsException|NoSuchElementException|IOException|EOFException)\\("
                    + "|requireNonNull\\(|@SuppressWarnings\\(|@(?:Command|Option|Parameters|ArgGroup|Spec)\\b).*");
