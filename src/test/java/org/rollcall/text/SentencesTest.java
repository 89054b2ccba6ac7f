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

/// What a person reads stands in bundles. A literal of three words or more in the sources is no sentence for a person, or it
/// stands in a file that is listed here with how many it may have: a list that only gets shorter.
class SentencesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/rollcall");
    /// Three words with blanks between them.
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z’']{2,}[,:;]? [A-Za-z’']+[,:;]? [A-Za-z’']{2,}");
    private static final Pattern SQL = Pattern
            .compile("(?is)^\\W*(select|insert|update|delete|merge|create|alter|drop|values"
                    + "|from|where|with|order by|and|or|union|join|on conflict|when|set|begin)\\b.*");
    /// Statements that say nothing to a person: logs, faults of ours, help of picocli (English, as commands and options are),
    /// keys of bundles.
    private static final Pattern NOT_FOR_PEOPLE = Pattern
            .compile("\\b(?:LOG|log\\(\\)|logger|log)\\.(?:trace|debug|info|warn"
                    + "|error)\\(|\\.(?:debug|info|warn|error)\\(\"|new (?:IllegalStateException|IllegalArgumentException"
                    + "|UnsupportedOperationException|AssertionError|NullPointerException|IOException|EOFException"
                    + "|NoSuchElementException|UncheckedIOException|CancellationException|MalformedAnswer|OversizedAnswer|SQLException)\\("
                    + "|requireNonNull\\(|@(?:Command|Option|Parameters)\\b");

    /// What may stay in the sources, by file: how many and why.
    private static final Map<String, Integer> KNOWN = Map.ofEntries(
            // Parts of SQL that do not begin with a word of it.
            Map.entry("store/AuditStore.java", 1),
            Map.entry("store/ChangeStore.java", 1),
            Map.entry("store/DirectoryChanges.java", 4),
            Map.entry("store/PastFromAudit.java", 2),
            Map.entry("store/RowFormat.java", 1),
            Map.entry("store/RowStream.java", 1),
            // What others say, looked for in their answers.
            Map.entry("source/entra/AdministratorCalls.java", 3),
            Map.entry("source/entra/NetworkErrors.java", 4),
            Map.entry("store/StorageErrors.java", 7),
            Map.entry("store/SharedDatabase.java", 2),
            // Names, headers and contents of files; types of fonts.
            Map.entry("app/LogFile.java", 2),
            Map.entry("app/SupportFile.java", 16),
            Map.entry("audit/FileAnchor.java", 1),
            Map.entry("audit/SyslogMessage.java", 1),
            Map.entry("vault/BackupKeys.java", 1),
            // For the log.
            Map.entry("app/Upkeep.java", 2),
            Map.entry("source/entra/BrowserReturn.java", 1),
            Map.entry("store/DataFolder.java", 1),
            Map.entry("ui/common/Fonts.java", 1),
            Map.entry("ui/importing/connect/AutomaticView.java", 1),
            Map.entry("vault/KeyFile.java", 1),
            Map.entry("vault/SecretService.java", 1),
            // Of an answer that cannot be used: for the log and for whoever reports it.
            Map.entry("source/entra/ErrorInAnswer.java", 1),
            Map.entry("source/entra/GraphItems.java", 1),
            Map.entry("source/entra/MalformedAnswer.java", 1),
            Map.entry("source/entra/ObjectReader.java", 2),
            Map.entry("source/entra/OversizedAnswer.java", 1),
            Map.entry("source/entra/PageReader.java", 1),
            Map.entry("source/entra/BrowserRequest.java", 1),
            Map.entry("source/ldap/Controller.java", 1),
            Map.entry("source/LdapDirectory.java", 1),
            Map.entry("source/SignedIn.java", 1),
            Map.entry("source/Trust.java", 2),
            Map.entry("store/SealedFile.java", 7),
            // Kept in the audit log.
            Map.entry("cli/Invocation.java", 1),
            // Beside picocli’s help, which is in English.
            Map.entry("cli/Root.java", 4),
            Map.entry("cli/GroupCommands.java", 1),
            Map.entry("cli/UserCommands.java", 1),
            Map.entry("cli/DemoCast.java", 1),
            // Also keys that two settings are compared by; to be told apart from words still.
            Map.entry("settings/SettingsFacts.java", 12));

    @Test
    void sentencesStandInBundles() throws IOException {
        var found = new TreeMap<String, List<String>>();
        int statements = 0;
        for (Path file : sources()) {
            String place = SOURCES.relativize(file).toString().replace('\\', '/');
            for (Statement each : statements(Files.readString(file))) {
                statements++;
                if (!NOT_FOR_PEOPLE.matcher(each.code).find()) {
                    each.literals.stream().filter(SentencesTest::isSentence)
                            .forEach(literal -> found.computeIfAbsent(place, _ -> new ArrayList<>()).add(literal));
                }
            }
        }
        assertTrue(statements > 10_000, "the sources have been read");
        var wrong = new ArrayList<String>();
        found.forEach((place, literals) -> {
            if (literals.size() != KNOWN.getOrDefault(place, 0)) {
                wrong.add(
                        place + " has " + literals.size() + ", not " + KNOWN.getOrDefault(place, 0) + ": " + literals);
            }
        });
        KNOWN.keySet().stream().filter(place -> !found.containsKey(place))
                .forEach(place -> wrong.add(place + " has none any more"));
        assertEquals(List.of(), wrong);
    }

    @Test
    void literalsAreReadAsTheyStand() {
        var read = statements("""
                // "no literal here"
                var a = '"' + "one literal here"; LOG.warn("not for people");
                """);
        assertEquals(List.of("one literal here"), read.getFirst().literals);
        assertTrue(NOT_FOR_PEOPLE.matcher(read.get(1).code).find());
        assertTrue(isSentence("there is no run"));
        assertTrue(!isSentence("select name from run") && !isSentence("two words") && !isSentence("/a/path of"));
    }

    private record Statement(String code, List<String> literals) {}

    private static boolean isSentence(String literal) {
        return SENTENCE.matcher(literal).find() && !SQL.matcher(literal).matches();
    }

    /// The statements of a source, roughly: what ends in a semicolon or a brace.
    private static List<Statement> statements(String source) {
        var all = new ArrayList<Statement>();
        var code = new StringBuilder();
        var literals = new ArrayList<String>();
        for (int at = 0; at < source.length(); at++) {
            char letter = source.charAt(at);
            if (source.startsWith("//", at)) {
                at = end(source, "\n", at);
            } else if (source.startsWith("/*", at)) {
                at = end(source, "*/", at) + 1;
            } else if (source.startsWith("\"\"\"", at)) {
                int end = end(source, "\"\"\"", at + 3);
                literals.add(source.substring(at + 3, end));
                code.append("\"\"");
                at = end + 2;
            } else if (letter == '"' || letter == '\'') {
                int end = at + 1;
                while (source.charAt(end) != letter) {
                    end += source.charAt(end) == '\\' ? 2 : 1;
                }
                if (letter == '"') {
                    literals.add(source.substring(at + 1, end));
                }
                code.append(source, at, end + 1);
                at = end;
            } else {
                code.append(letter);
                if (letter == ';' || letter == '{' || letter == '}') {
                    all.add(new Statement(code.toString(), List.copyOf(literals)));
                    code.setLength(0);
                    literals.clear();
                }
            }
        }
        return all;
    }

    private static int end(String source, String mark, int from) {
        int end = source.indexOf(mark, from);
        return end < 0 ? source.length() : end;
    }

    private static List<Path> sources() throws IOException {
        try (var found = Files.walk(SOURCES)) {
            return found.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("sample"))).sorted().toList();
        }
    }
}
