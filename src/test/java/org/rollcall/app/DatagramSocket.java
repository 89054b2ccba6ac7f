package org.rollcall.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A socket of datagrams under a name, as systemd has one; Java has none. Linux.
public final class DatagramSocket implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    private final int descriptor;

    /// @param name a path, or a name that begins with a zero
    public DatagramSocket(String name) {
        try (Arena arena = Arena.ofConfined()) {
            descriptor = (int) call("socket", FunctionDescriptor.of(INT, INT, INT, INT), 1, 2, 0);
            assertTrue(descriptor >= 0, "socket");
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            MemorySegment address = arena.allocate(110);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
            assertEquals(0, (int) call("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT), descriptor,
                    address, 2 + bytes.length), "bind");
        }
    }

    /// @return null: nothing came in that time
    public @Nullable String receive(Duration patience) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16);
            time.set(ValueLayout.JAVA_LONG, 0, patience.toSeconds());
            time.set(ValueLayout.JAVA_LONG, 8, patience.toNanosPart() / 1_000);
            assertEquals(0,
                    (int) call("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT),
                            descriptor, SOL_SOCKET, SO_RCVTIMEO, time, 16));
            MemorySegment buffer = arena.allocate(512);
            long length = (long) call("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG, INT), descriptor, buffer, 512L, 0);
            return length < 0
                    ? null
                    : new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    private static Object call(String function, FunctionDescriptor shape, Object... arguments) {
        try {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), shape)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(function, e);
        }
    }

    @Override
    public void close() {
        call("close", FunctionDescriptor.of(INT, INT), descriptor);
    }
}
