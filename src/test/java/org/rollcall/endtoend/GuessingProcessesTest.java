package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.directory.SignInRefusedException;
import org.rollcall.domain.Role;
import org.rollcall.domain.SignInOutcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// Guesses count in the database and nowhere else: processes that compete for the folder count together, and so does one
/// that was started again. How many guesses are held off in all is shown in one process by `LockoutTest`.
class GuessingProcessesTest {
    private static final char[] PASSWORD = "correct horse battery staple".toCharArray();

    @TempDir
    Path folder;

    private List<String> guess(String account, int processes, int each, int openings)
            throws IOException, InterruptedException {
        var running = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            running.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                    Guesser.class.getName(), folder.resolve("home").toString(), account, Integer.toString(each),
                    Integer.toString(openings)).redirectError(ProcessBuilder.Redirect.DISCARD).start());
        }
        var outcomes = new ArrayList<String>();
        for (Process process : running) {
            outcomes.addAll(process.inputReader().lines().toList());
            assertEquals(0, process.waitFor());
        }
        return outcomes;
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
}
