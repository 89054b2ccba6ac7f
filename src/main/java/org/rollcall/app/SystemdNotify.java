package org.rollcall.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports the state of the service to systemd, one datagram per state to the Unix socket named by `NOTIFY_SOCKET`. Java has
/// only stream sockets of this family, so the C library is called. Source: sd_notify(3), systemd.service(5).
final class SystemdNotify {
    static final String READY = "READY=1";
    static final String STOPPING = "STOPPING=1";
    static final String WATCHDOG = "WATCHDOG=1";

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
    /// `struct sockaddr_un` of Linux: the family in two bytes, 108 for the name.
    private static final int FAMILY = 2;
    private static final int LONGEST_NAME = 108;
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    /// A receiver that does not read must not block the service.
    private static final int NO_SIGNAL_NO_WAIT = 0x4000 | 0x40;

    private final byte[] name;
    private final Optional<Duration> watchdog;

    private SystemdNotify(byte[] name, Optional<Duration> watchdog) {
        this.name = name;
        this.watchdog = watchdog;
    }

    /// @return empty: systemd did not start this process, or asks for nothing
    static Optional<SystemdNotify> of(Map<String, String> environment) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            return Optional.empty();
        }
        byte[] name = socket.getBytes(StandardCharsets.UTF_8);
        if (name.length >= LONGEST_NAME || !System.getProperty("os.name", "").equals("Linux")) {
            LOG.warn("Cannot notify systemd: its socket cannot be reached");
            return Optional.empty();
        }
        if (socket.startsWith("@")) {
            name[0] = 0;
        }
        return Optional.of(new SystemdNotify(name, watchdog(environment)));
    }

    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean meant = pid.isEmpty() || pid.equals(String.valueOf(ProcessHandle.current().pid()));
        return meant && micros.matches("[1-9][0-9]{0,17}")
                ? Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 500L)))
                : Optional.empty();
    }

    /// Interval for [#WATCHDOG]: half the watchdog timeout.
    Optional<Duration> watchdogEvery() {
        return watchdog;
    }

    /// A failure to send is logged; the service continues without it.
    ///
    /// @return whether it was sent
    boolean send(String state) {
        try (Arena arena = Arena.ofConfined()) {
            int sent = new Calls(Linker.nativeLinker()).send(arena, name, state.getBytes(StandardCharsets.UTF_8));
            if (sent < 0) {
                LOG.warn("Could not send {} to systemd", state);
            }
            return sent >= 0;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Could not send {} to systemd", state, e);
            return false;
        }
    }

    /// The three calls of the C library.
    private static final class Calls {
        private final MethodHandle socket;
        private final MethodHandle sendto;
        private final MethodHandle close;

        Calls(Linker linker) {
            socket = handle(linker, "socket", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            sendto = handle(linker, "sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
            close = handle(linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        }

        private static MethodHandle handle(Linker linker, String function, FunctionDescriptor shape) {
            return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), shape);
        }

        /// @return less than 0: it could not be sent
        int send(Arena arena, byte[] name, byte[] message) {
            MemorySegment address = arena.allocate(FAMILY + LONGEST_NAME);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, FAMILY, name.length);
            MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            try {
                int descriptor = (int) socket.invokeExact((int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
                if (descriptor < 0) {
                    return descriptor;
                }
                // A name in the file system ends with its last byte or with a zero; an abstract one has no end but its length.
                long sent = (long) sendto.invokeExact(descriptor, text, (long) message.length, NO_SIGNAL_NO_WAIT,
                        address,
                        FAMILY + name.length);
                int closed = (int) close.invokeExact(descriptor);
                return closed < 0 ? closed : (int) sent;
            } catch (Throwable e) {
                throw new IllegalStateException("the C library could not be called", e);
            }
        }
    }
}
