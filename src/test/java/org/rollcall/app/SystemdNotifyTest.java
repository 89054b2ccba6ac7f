package org.rollcall.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void datagramsArriveAtASocketInTheFileSystem() {
        String name = folder.resolve("notify").toString();
        try (var socket = new DatagramSocket(name)) {
            SystemdNotify systemd = SystemdNotify.of(Map.of("NOTIFY_SOCKET", name)).orElseThrow();
            assertTrue(systemd.send(SystemdNotify.READY));
            assertTrue(systemd.send(SystemdNotify.WATCHDOG));
            assertTrue(systemd.send(SystemdNotify.STOPPING));
            assertEquals("READY=1", socket.receive(SOON));
            assertEquals("WATCHDOG=1", socket.receive(SOON));
            assertEquals("STOPPING=1", socket.receive(SOON));
        }
    }

    @Test
    void datagramsArriveAtAnAbstractSocket() {
        String name = "rollcall-test-" + ProcessHandle.current().pid();
        try (var socket = new DatagramSocket("\0" + name)) {
            assertTrue(SystemdNotify.of(Map.of("NOTIFY_SOCKET", "@" + name)).orElseThrow().send(SystemdNotify.READY));
            assertEquals("READY=1", socket.receive(SOON));
        }
    }

    @Test
    void whoDoesNotListenHoldsNobodyUp() {
        String name = folder.resolve("notify").toString();
        try (var socket = new DatagramSocket(name)) {
            SystemdNotify systemd = SystemdNotify.of(Map.of("NOTIFY_SOCKET", name)).orElseThrow();
            int sent = 0;
            while (sent < 100_000 && systemd.send(SystemdNotify.WATCHDOG)) {
                sent++;
            }
            assertTrue(sent < 100_000, "the system keeps only so many");
            assertEquals("WATCHDOG=1", socket.receive(SOON));
        }
    }

    @Test
    void nobodyThereEndsNothing() {
        var systemd = SystemdNotify.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()));
        assertFalse(systemd.orElseThrow().send(SystemdNotify.READY));
        for (String other : new String[]{ "", "vsock:2:1234", "relative", "/" + "x".repeat(200) }) {
            assertTrue(SystemdNotify.of(Map.of("NOTIFY_SOCKET", other)).isEmpty(), other);
        }
        assertTrue(SystemdNotify.of(Map.of()).isEmpty());
    }

    @Test
    void theWatchdogIsHeardTwiceInItsTime() {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertEquals(Optional.of(Duration.ofSeconds(15)), every(Map.of("WATCHDOG_USEC", "30000000")));
        assertEquals(Optional.of(Duration.ofSeconds(1)),
                every(Map.of("WATCHDOG_USEC", "2000000", "WATCHDOG_PID", pid)));
        assertEquals(Optional.empty(), every(Map.of("WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "1" + pid)));
        assertEquals(Optional.empty(), every(Map.of("WATCHDOG_USEC", "soon")));
        assertEquals(Optional.empty(), every(Map.of()));
    }

    private static Optional<Duration> every(Map<String, String> variables) {
        var all = new java.util.HashMap<>(variables);
        all.put("NOTIFY_SOCKET", "/run/notify");
        return SystemdNotify.of(all).orElseThrow().watchdogEvery();
    }
}
