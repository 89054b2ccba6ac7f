package org.rollcall.vault;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

import org.rollcall.text.Words;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/// Windows' data protection (DPAPI): `CryptProtectData` and `CryptUnprotectData` of `Crypt32.dll`, for the signed-in user.
/// Windows stores nothing: the result is bound to the user's credentials and is written to the key file.
final class WindowsProtection implements SystemStore {
    /// `CRYPTPROTECT_UI_FORBIDDEN`: fail instead of prompting, since a service has no user interface.
    private static final int UI_FORBIDDEN = 1;
    /// `DATA_BLOB`: a length, padding, an address.
    private static final int BLOB_BYTES = 16;

    @Override
    public String title() {
        return Words.of("vault.keeper.windows").english();
    }

    @Override
    public byte[] keep(String id, byte[] key) throws IOException {
        return call("CryptProtectData", id, key);
    }

    @Override
    public byte[] fetch(String id, byte[] kept) throws IOException {
        return call("CryptUnprotectData", id, kept);
    }

    @Override
    public void forget(String id) {
        // Nothing is stored outside of the key file.
    }

    private static byte[] call(String function, String id, byte[] content) throws IOException {
        try (var arena = Arena.ofConfined()) {
            SymbolLookup crypt = SymbolLookup.libraryLookup("Crypt32.dll", arena);
            SymbolLookup kernel = SymbolLookup.libraryLookup("Kernel32.dll", arena);
            MethodHandle call = Linker.nativeLinker().downcallHandle(crypt.findOrThrow(function),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
            MethodHandle free = Linker.nativeLinker().downcallHandle(kernel.findOrThrow("LocalFree"),
                    FunctionDescriptor.of(ADDRESS, ADDRESS));
            MemorySegment in = blob(arena, content);
            MemorySegment bound = blob(arena, id.getBytes(StandardCharsets.US_ASCII));
            MemorySegment out = arena.allocate(BLOB_BYTES, 8);
            int done = (int) call.invokeExact(in, MemorySegment.NULL, bound, MemorySegment.NULL, MemorySegment.NULL,
                    UI_FORBIDDEN, out);
            in.get(ADDRESS, 8).reinterpret(content.length).fill((byte) 0);
            if (done == 0) {
                throw new IOException("Windows does not open it for this user");
            }
            MemorySegment address = out.get(ADDRESS, 8);
            MemorySegment result = address.reinterpret(out.get(JAVA_INT, 0));
            byte[] bytes = result.toArray(JAVA_BYTE);
            result.fill((byte) 0);
            var _ = (MemorySegment) free.invokeExact(address);
            return bytes;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static MemorySegment blob(Arena arena, byte[] content) {
        MemorySegment data = arena.allocate(Math.max(1, content.length));
        MemorySegment.copy(content, 0, data, JAVA_BYTE, 0, content.length);
        MemorySegment blob = arena.allocate(BLOB_BYTES, 8);
        blob.set(JAVA_INT, 0, content.length);
        blob.set(ADDRESS, 8, data);
        return blob;
    }
}
