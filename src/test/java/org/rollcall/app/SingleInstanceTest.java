package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SingleInstanceTest {
    @TempDir
    Path folder;

    @Test
    void aSecondStartBringsTheFirstWindowToTheFront() throws IOException, InterruptedException {
        assertFalse(SingleInstance.knock(folder), "nobody is there yet");
        var cameToFront = new CountDownLatch(2);
        try (var window = SingleInstance.claim(folder)) {
            window.listen(cameToFront::countDown);
            assertTrue(SingleInstance.knock(folder));
            assertTrue(SingleInstance.knock(folder), "as often as somebody knocks");
            assertTrue(cameToFront.await(10, TimeUnit.SECONDS));
        }
        assertFalse(SingleInstance.knock(folder), "a closed window does not answer");
    }

    @Test
    void whatAKilledWindowLeftBehindKeepsNobodyOut() throws IOException {
        Files.createFile(folder.resolve("window.socket"));
        assertFalse(SingleInstance.knock(folder));
        try (var window = SingleInstance.claim(folder)) {
            window.listen(() -> {});
            assertTrue(SingleInstance.knock(folder));
        }
    }

    /// A socket's path has room for about a hundred bytes; the window opens all the same, see its start.
    @Test
    void aFolderThatIsNamedTooLongIsNoAnswer() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(120)));
        try (var window = SingleInstance.claim(deep)) {
            window.listen(() -> {});
            assertFalse(SingleInstance.knock(deep));
            assertEquals("storage.window-open",
                    assertThrows(RollcallException.class, () -> SingleInstance.claim(deep).close()).code());
        }
        SingleInstance.claim(deep).close();
    }
}
