package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// Notifications by the program that desktops of Linux have for it; without a display there is no notification area.
@EnabledOnOs(OS.LINUX)
class DesktopTrayTest {
    @TempDir
    Path folder;

    private Path sender(int exit) throws IOException {
        Path program = folder.resolve("notify-send");
        Files.writeString(program, "#!/bin/sh\nfor each; do printf '%s\\n' \"$each\" >> '" + folder.resolve("given")
                + "'; done\nexit " + exit + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    @Test
    void aNotificationIsHandedOverWordForWordAndIsNoMarkup() throws IOException {
        sender(0);
        new DesktopTray("relative:" + folder).tell("-u <b>Contoso</b>", "\"R&D\" <img src=x> failed; try $(again)");
        assertEquals(List.of("--app-name=Rollcall", "--icon=rollcall", "--", "-u <b>Contoso</b>",
                "\"R&amp;D\" &lt;img src=x&gt; failed; try $(again)"), Files.readAllLines(folder.resolve("given")));
    }

    @Test
    void withoutTheProgramOrADisplayNothingHappens() throws IOException {
        var tray = new DesktopTray(folder.toString());
        assertFalse(tray.isThere(), "tests have no display");
        tray.tell("title", "text");
        sender(1);
        tray.tell("title", "text");
        tray.hide();
    }
}
