package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OpeningTest {
    private static final char[] PASSWORD = "correct horse battery staple".toCharArray();

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsThereIsOpenBeforeAnybodyAsks() throws Exception {
        Path home = folder.resolve("home");
        AppContext.create(home, "maren", PASSWORD.clone(), "test", Clock.systemUTC()).close();
        var front = new CountDownLatch(1);
        try (var opening = new Opening(home, Clock.systemUTC())) {
            opening.onKnock(front::countDown);
            opening.beginIfThere();
            var opened = opening.await();
            assertTrue(opening.isDone());
            assertSame(opened, opening.await(), "opened once");
            assertTrue(opened.initialised());
            assertEquals("maren",
                    opened.services().context().signIn().signIn("maren", PASSWORD.clone(), "test").name());
            assertTrue(SingleInstance.knock(home));
            assertTrue(front.await(10, TimeUnit.SECONDS));
        }
        assertFalse(SingleInstance.knock(home));
        AppContext.open(home, Clock.systemUTC()).close();
    }

    @Test
    void aFirstStartLeavesNothingUntilThereIsAWindow() throws Exception {
        Path home = folder.resolve("home");
        try (var opening = new Opening(home, Clock.systemUTC())) {
            opening.beginIfThere();
        }
        assertFalse(Files.exists(home));
        try (var opening = new Opening(home, Clock.systemUTC())) {
            assertFalse(opening.await().initialised(), "it asks for the first administrator");
        }
        AppContext.open(home, Clock.systemUTC()).close();
    }

    @Test
    void whoClosesAtOnceLetsGoOfTheFolder() throws Exception {
        Path home = folder.resolve("home");
        AppContext.create(home, "maren", PASSWORD.clone(), "test", Clock.systemUTC()).close();
        var opening = new Opening(home, Clock.systemUTC());
        opening.beginIfThere();
        opening.close();
        opening.close();
        AppContext.open(home, Clock.systemUTC()).close();
    }

    @Test
    void whyItFailedIsToldToWhoeverWaits() throws Exception {
        Path home = folder.resolve("home");
        AppContext.create(home, "maren", PASSWORD.clone(), "test", Clock.systemUTC()).close();
        try (var first = new Opening(home, Clock.systemUTC());
                var opening = new Opening(home, Clock.systemUTC())) {
            assertTrue(first.await().initialised());
            opening.beginIfThere();
            var trouble = assertThrows(RollcallException.class, opening::await);
            assertEquals(ErrorKind.STORAGE, trouble.kind());
            assertEquals("storage.window-open", trouble.code());
        }
        Files.writeString(folder.resolve("file"), "");
        try (var opening = new Opening(folder.resolve("file"), Clock.systemUTC())) {
            assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, opening::await).kind());
        }
    }

    @Test
    void aFolderWithoutItsDatabaseIsNoFirstStart() throws Exception {
        Path home = folder.resolve("home");
        AppContext.create(home, "maren", PASSWORD.clone(), "test", Clock.systemUTC()).close();
        Files.delete(home.resolve("rollcall.mv.db"));
        try (var opening = new Opening(home, Clock.systemUTC())) {
            opening.beginIfThere();
            var trouble = assertThrows(RollcallException.class, opening::await);
            assertEquals(ErrorKind.STORAGE, trouble.kind());
            assertTrue(trouble.message().contains("rollcall.mv.db"), trouble::message);
        }
        assertFalse(Files.exists(home.resolve("rollcall.mv.db")));
    }
}
