package org.rollcall.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// However a call ends, people read one line, and the log says why.
@Isolated("the language is that of the process")
class CommandLineAppTest {
    private final List<Throwable> noted = new ArrayList<>();

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(1, "ran out of memory", new OutOfMemoryError("Java heap space")),
                Arguments.of(1, "ran out of memory", new CompletionException(new OutOfMemoryError("x"))),
                Arguments.of(1, "unexpected error", new StackOverflowError()),
                Arguments.of(1, "unexpected error", new NoClassDefFoundError("org/x")),
                Arguments.of(1, "unexpected error", new IllegalStateException("x")),
                Arguments.of(8, "could not be read or written", new UncheckedIOException(new IOException("x"))),
                Arguments.of(8, "x", new RollcallException(ErrorKind.STORAGE, "x", "x", "y")));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whateverIsThrownIsOneLineAndInTheLog(int code, String words, Throwable thrown) {
        CliFixture.Result result = call(thrown, "users", "list", "--user", "ada", "--home", "somewhere");
        assertTrue(result.expect(code).error().contains(words), result.err());
        Throwable cause = thrown instanceof UncheckedIOException wrapped ? wrapped.getCause() : thrown;
        assertEquals(List.of(cause), noted);
        call(thrown, "users", "list", "--user", "ada", "--home", "somewhere", "--json").expect(code).jsonError();
    }

    @Test
    void peopleReadTheirLanguageAndDocumentsStayInEnglish() {
        var refusal = new RollcallException(ErrorKind.OFFLINE, "network.timeout",
                Words.of("directory.network.timeout", "graph.example"),
                Words.of("directory.network.timeout.remedy"));
        var words = List.of("users", "list", "--user", "ada", "--home", "somewhere");
        String english = call(refusal, words.toArray(String[]::new)).expect(5).error();
        assertEquals(
                "rollcall: no answer in time from graph.example; check the network, the firewall and whether a proxy"
                        + " is needed",
                english);
        var german = new ArrayList<>(List.of("--lang", "de"));
        german.addAll(words);
        assertEquals(
                "rollcall: keine rechtzeitige Antwort von graph.example; prüfen Sie das Netzwerk, die Firewall und ob"
                        + " ein Proxy nötig ist",
                call(refusal, german.toArray(String[]::new)).expect(5).error());
        var spanish = new ArrayList<>(words);
        spanish.add("--lang=es");
        assertTrue(call(refusal, spanish.toArray(String[]::new)).expect(5).error()
                .startsWith("rollcall: sin respuesta a tiempo de graph.example; "));
        german.add("--json");
        var document = call(refusal, german.toArray(String[]::new)).expect(5);
        assertEquals("no answer in time from graph.example",
                document.jsonError().path("message").textValue());
        assertEquals(english, call(refusal, words.toArray(String[]::new)).expect(5).error(),
                "one call does not bind another");
    }

    @Test
    void whatIsWrittenWithoutALanguageFollowsTheSystem() {
        var before = Locale.getDefault(Locale.Category.DISPLAY);
        var refusal = new RollcallException(ErrorKind.STORAGE, "storage.disk-full",
                Words.of("store.storage.disk-full"), Words.of("store.storage.disk-full.remedy"));
        var words = new String[]{ "users", "list", "--user", "ada", "--home", "somewhere" };
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.GERMANY);
            assertTrue(call(refusal, words).error().contains("der Datenträger mit dem Datenordner ist voll"));
            Locale.setDefault(Locale.Category.DISPLAY, Locale.forLanguageTag("eo"));
            assertTrue(call(refusal, words).error().contains("the disk with the data folder is full"));
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @Test
    void aLanguageThatIsNotSpokenIsRefusedWithThoseThatAre() {
        for (var words : List.of(List.of("--lang", "fr", "users", "list"), List.of("users", "list", "--lang=fr"))) {
            CliFixture.Result result = call(new IllegalStateException("must not come so far"),
                    words.toArray(String[]::new));
            assertTrue(result.expect(2).error().contains("'fr' is none of en, de, es"), result.err());
        }
    }

    @Test
    void argumentsThatAreNotUtf8AreRefused() {
        for (String garbled : List.of("j\uFFFD\uFFFDrg", "half \uD83D")) {
            CliFixture.Result result = call(new IllegalStateException("must not come so far"), "init", "--admin",
                    garbled, "--home", "somewhere");
            assertTrue(result.expect(2).error().contains("UTF-8"), result.err());
        }
        assertEquals(2, call(new IllegalStateException(), Map.of("ROLLCALL_HOME", "\uFFFD"), "users", "list").code());
        assertEquals(1, call(new IllegalStateException(), "users", "list", "--home", "\uD83C\uDF3B").code());
        assertFalse(noted.isEmpty());
    }

    private CliFixture.Result call(Throwable thrown, String... words) {
        return call(thrown, Map.of(), words);
    }

    private CliFixture.Result call(Throwable thrown, Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment, null, false);
        int code = new CommandLineApp(terminal, new Failing(thrown), new CancelToken()).run(words);
        return new CliFixture.Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private final class Failing implements Workspaces {
        private final Throwable thrown;

        Failing(Throwable thrown) {
            this.thrown = thrown;
        }

        private RuntimeException fail() {
            switch (thrown) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalArgumentException(thrown);
            }
        }

        @Override
        public boolean note(Path home, Throwable cause) {
            return noted.add(cause);
        }

        @Override
        public Path usualPlace(Map<String, String> environment) {
            return Path.of("usual");
        }

        @Override
        public Workspace open(Path home) {
            throw fail();
        }

        @Override
        public void init(Path home, String administrator, char[] password, String origin) {
            throw fail();
        }

        @Override
        public void restore(Path file, Path home) {
            throw fail();
        }
    }
}
