package org.rollcall.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.domain.Role;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.SignInRefusedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Guesses count in the database and nowhere else: processes that compete for the folder count together, and so does one
/// that was started again. `-Drollcall.guesses=10000` guesses as often, over 100 accounts from 20 processes.
class GuessingProcessesTest {
    private static final char[] PASSWORD = "correct horse battery staple".toCharArray();
    private static final int GUESSES = Integer.getInteger("rollcall.guesses", 300);
    private static final int PROCESSES = GUESSES >= 10_000 ? 20 : 3;
    private static final int ACCOUNTS = GUESSES >= 10_000 ? 100 : 12;
    /// What may be looked at over all accounts in a minute: what costs nothing, and what is forgotten meanwhile.
    private static final int LOOKED_AT_MOST = 130;

    @TempDir
    Path folder;

    private List<String> guess(String accounts, int processes, int each, int openings)
            throws IOException, InterruptedException {
        return outcomes(start(accounts, processes, each, openings));
    }

    private List<Process> start(String accounts, int processes, int each, int openings) throws IOException {
        var running = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            running.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                    Guesser.class.getName(), folder.resolve("home").toString(), accounts, Integer.toString(each),
                    Integer.toString(openings))
                    .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile())).start());
        }
        return running;
    }

    private List<String> outcomes(List<Process> running) throws InterruptedException {
        var outcomes = new ArrayList<String>();
        for (Process process : running) {
            outcomes.addAll(process.inputReader().lines().toList());
            assertEquals(0, process.waitFor(), this::errors);
        }
        return outcomes;
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void processesCountTogetherAndTheBreakGlassAccountGetsInNevertheless() throws Exception {
        try (var first = AppContext.create(folder.resolve("home"), "maren", PASSWORD.clone(), "test",
                Clock.systemUTC())) {
            var maren = first.signIn().signIn("maren", PASSWORD.clone(), "test");
            first.localAccounts().add(maren, "other", null, null, Role.USER, PASSWORD.clone());
        }
        var outcomes = guess("other", 3, 2, 2);
        assertEquals(12, outcomes.size(), outcomes.toString());
        assertEquals(9, Collections.frequency(outcomes, "WRONG_PASSWORD"), outcomes.toString());
        assertEquals(3, Collections.frequency(outcomes, "LOCKED"), "the tenth closed the account: " + outcomes);
        assertEquals(List.of("LOCKED"), guess("other", 1, 1, 1), "started again");
        assertEquals(Collections.nCopies(6, "WRONG_PASSWORD"), guess("maren", 2, 3, 1));
        try (var again = AppContext.open(folder.resolve("home"), Clock.systemUTC())) {
            assertEquals(SignInOutcome.LOCKED, assertThrows(SignInRefusedException.class,
                    () -> again.signIn().signIn("other", PASSWORD.clone(), "test")).outcome());
            assertEquals("maren", again.signIn().signIn("maren", PASSWORD.clone(), "test").name());
        }
    }

    @Test
    void aGreatManyGuessesAreHeldOffWhileTheBreakGlassAccountGetsIn() throws Exception {
        var accounts = new ArrayList<String>();
        try (var first = AppContext.create(folder.resolve("home"), "maren", PASSWORD.clone(), "test",
                Clock.systemUTC())) {
            var maren = first.signIn().signIn("maren", PASSWORD.clone(), "test");
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.add("account" + i);
                first.localAccounts().add(maren, accounts.getLast(), null, null, Role.USER, PASSWORD.clone());
            }
        }
        Instant begun = Instant.now();
        var guessing = start(String.join(",", accounts), PROCESSES, GUESSES / PROCESSES, 1);
        guessing.getFirst().inputReader().readLine();
        try (var meanwhile = AppContext.open(folder.resolve("home"), Clock.systemUTC())) {
            assertEquals("maren", meanwhile.signIn().signIn("maren", PASSWORD.clone(), "test").name());
            var outcomes = outcomes(guessing);
            long minutes = Duration.between(begun, Instant.now()).toMinutes() + 1;
            assertEquals(GUESSES - 1, outcomes.size(), "one was read above");
            int lookedAt = Collections.frequency(outcomes, "WRONG_PASSWORD");
            assertEquals(GUESSES - 1, lookedAt + Collections.frequency(outcomes, "LOCKED"));
            assertTrue(lookedAt <= LOOKED_AT_MOST * minutes, lookedAt + " in " + minutes + " minutes");
            assertEquals("maren", meanwhile.signIn().signIn("maren", PASSWORD.clone(), "test").name());
        }
    }
}
