package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What people read in the window names neither options nor commands; those stand in `onCommandLine(...)` alone,
/// under keys that end in `.remedy.cli`.
class WindowWordsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/rollcall");
    private static final Path TEXTS = Path.of("src/main/resources/org/rollcall");
    private static final String FOR_COMMANDS = ".onCommandLine(";
    /// Words for the command line that several refusals share.
    private static final Pattern COMMAND_WORDS = Pattern.compile("static final String \\w+_COMMAND =[^;]*;");
    /// A sentence that names an option: a literal that is one by itself belongs to code that reads arguments.
    private static final Pattern OPTION = Pattern.compile("(?:^|[\\s(`])--[a-z][a-z-]*");

    @Test
    void noWordsOfTheCommandLineOutsideIt() throws IOException {
        var command = Pattern.compile("\\brollcall (?:" + Stream.of(Root.class.getAnnotation(CommandLine.Command.class)
                .subcommands()).map(each -> each.getAnnotation(CommandLine.Command.class).name())
                .collect(Collectors.joining("|")) + ")\\b");
        var found = new ArrayList<String>();
        int literals = 0;
        for (Path file : files(SOURCES, ".java")) {
            String place = SOURCES.relativize(file).toString().replace('\\', '/');
            if (place.startsWith("cli/") || place.startsWith("sample/") || place.startsWith("store/gen/")) {
                continue;
            }
            for (String literal : literals(COMMAND_WORDS.matcher(Files.readString(file)).replaceAll(""))) {
                literals++;
                boolean sentence = literal.strip().contains(" ");
                if (sentence && OPTION.matcher(literal).find() || command.matcher(literal).find()) {
                    found.add(place + ": " + literal);
                }
            }
        }
        for (Path file : files(TEXTS, ".properties")) {
            for (String line : Files.readAllLines(file)) {
                boolean there = line.split(" = ")[0].contains(".remedy.cli") || line.startsWith("cli.");
                if (!there && OPTION.matcher(line).find() || !there && command.matcher(line).find()) {
                    found.add(file.getFileName() + ": " + line);
                }
            }
        }
        assertTrue(literals > 1_000, "the sources have been read");
        assertEquals(List.of(), found);
    }

    @Test
    void literalsAreReadAsTheyStand() {
        assertEquals(List.of("give it", "try (again)", "and then"), literals("""
                // "no literal"
                fail('"', "give it").onCommandLine("with --this" + that("too")); fail("try (again)"
                        + "and then").onCommandLine("with (--that");
                """));
    }

    @Test
    void aFailureKeepsBothRemedies() {
        var stopped = new RollcallException(ErrorKind.GUARD, "guard.removals", "25 people would go",
                "look at a preview")
                .onCommandLine(Words.verbatim("run it again with --max-removals 25"));
        var kept = Run.Failure.of(stopped);
        assertEquals("look at a preview", kept.remedy());
        assertEquals("run it again with --max-removals 25", kept.commandRemedy());
        assertEquals(stopped.commandRemedy(), kept.toException().commandRemedy());
        assertEquals(stopped.remedy(), kept.toException().remedy());
        var same = new Run.Failure(ErrorKind.OFFLINE, "network.broken", "no answer", "try again", Map.of());
        assertEquals("try again", same.commandRemedy());
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(each -> each.toString().endsWith(end)).toList();
        }
    }

    /// The string literals of a source, without comments and without what is said to the command line.
    private static List<String> literals(String source) {
        var literals = new ArrayList<String>();
        int depth = 0;
        int commandDepth = -1;
        for (int at = 0; at < source.length(); at++) {
            if (source.startsWith("//", at)) {
                at = end(source, "\n", at);
            } else if (source.startsWith("/*", at)) {
                at = end(source, "*/", at);
            } else if (source.startsWith("\"\"\"", at)) {
                int end = end(source, "\"\"\"", at + 3);
                literals.add(source.substring(at + 3, end));
                at = end + 2;
            } else if (source.charAt(at) == '\'') {
                at += source.charAt(at + 1) == '\\' ? 2 : 1;
                at = end(source, "'", at);
            } else if (source.charAt(at) == '"') {
                int end = at + 1;
                while (source.charAt(end) != '"') {
                    end += source.charAt(end) == '\\' ? 2 : 1;
                }
                if (commandDepth < 0) {
                    literals.add(source.substring(at + 1, end));
                }
                at = end;
            } else if (source.charAt(at) == '(') {
                if (commandDepth < 0 && source.startsWith(FOR_COMMANDS, at + 1 - FOR_COMMANDS.length())) {
                    commandDepth = depth;
                }
                depth++;
            } else if (source.charAt(at) == ')') {
                depth--;
                commandDepth = depth == commandDepth ? -1 : commandDepth;
            }
        }
        return literals;
    }

    private static int end(String source, String mark, int from) {
        int end = source.indexOf(mark, from);
        return end < 0 ? source.length() : end;
    }
}
