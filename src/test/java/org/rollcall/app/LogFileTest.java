package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The log stays small, is its owner's alone, and names nobody whatever libraries put into their messages.
class LogFileTest {
    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (var inside = Files.list(folder)) {
            return inside.sorted().toList();
        }
    }

    @Test
    void aLoopOfFaultsFillsNoDisk() throws IOException {
        LogFile.open(folder);
        try {
            var log = LoggerFactory.getLogger("org.rollcall.test");
            for (int i = 0; i < 24_000; i++) {
                log.warn("A line of five hundred letters {}", "and more ".repeat(55));
            }
        } finally {
            LogFile.close();
        }
        var fault = new IllegalStateException("again");
        for (int i = 0; i < 50; i++) {
            Files.writeString(folder.resolve("rollcall.log"), "x".repeat(100_000),
                    java.nio.file.StandardOpenOption.APPEND);
            assertTrue(LogFile.note(folder, fault));
        }
        assertEquals(5, files().size());
        long all = 0;
        for (Path each : files()) {
            all += Files.size(each);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
        }
        assertTrue(all < 11L * 1024 * 1024, all + " bytes");
    }

    @Test
    void whatLibrariesSayOfPeopleIsTakenOut() throws IOException {
        Map<String, String> said = Map.of(
                "user ada.lovelace@contoso.example is unknown", "user <address> is unknown",
                "GET https://graph.microsoft.com/v1.0/users/ada%40contoso.example?$select=mail",
                "GET https://graph.microsoft.com/v1.0/users/<address>?<query>",
                "Unique index or primary key violation: \"PUBLIC.X(NAME) VALUES ( /* 5 */ 'Ada Lovelace' )\"",
                "Unique index or primary key violation: \"PUBLIC.X(NAME) values (<values>)",
                "the folder /var/lib/rollcall/data-of-contoso/backups/of-the-last-week cannot be read",
                "the folder /var/lib/rollcall/data-of-contoso/backups/of-the-last-week cannot be read",
                "-----MII" + "Bxk/12+AB".repeat(9) + "==", "-----<secret>",
                "object 0f8fad5b-d9cb-469f-a165-70867728950e is gone", "object <id> is gone",
                "Authorization: Bearer abcdefgh.ijk", "Authorization: Bearer <secret>",
                "client_secret=h8Q~abc&grant_type=x", "client_secret=<secret>&grant_type=x",
                "eyJhbGciOiJSUzI1NiJ9.eyJ1cG4iOiJhZGEifQ.c2ln ended", "<token> ended",
                "The import has ended: 12 people, 3 groups", "The import has ended: 12 people, 3 groups");
        said.forEach((text, left) -> assertEquals(left, Redactor.redact(text)));
        LogFile.open(folder);
        try {
            LoggerFactory.getLogger("org.rollcall.test").error("A fault of {}", "ada@contoso.example",
                    new IllegalStateException("Value too long: 'Ada Lovelace'"));
        } finally {
            LogFile.close();
        }
        String log = Files.readString(folder.resolve("rollcall.log"));
        assertFalse(log.contains("ada@") || log.contains("Lovelace"), log);
        assertTrue(log.contains("at org.rollcall.app.LogFileTest.whatLibrariesSayOfPeopleIsTakenOut(LogFileTest.java:"),
                log);
    }

    @Test
    void nothingHasNamesOfADirectory() {
        assertFalse(Redactor.redact("no entry CN=Ada Lovelace,OU=People,DC=contoso,DC=example here")
                .matches(".*(Ada|Lovelace|People|contoso).*"));
    }
}
