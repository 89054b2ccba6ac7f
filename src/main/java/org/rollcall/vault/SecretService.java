package org.rollcall.vault;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import org.rollcall.text.Words;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/// The Secret Service of Linux desktops (GNOME Keyring, KWallet), through libsecret: `secret_password_storev_sync` and related
/// functions, see the library's reference. Available only if the session has a bus.
final class SecretService implements SystemStore {
    private static final String SCHEMA = "org.rollcall.Vault";
    private static final String ATTRIBUTE = "id";
    /// `SecretSchema`: name, flags, 32 attributes of name and type, and reserved fields.
    private static final long SCHEMA_BYTES = 16 + 32 * 16 + 8 * 8;
    private static final int ERROR_MESSAGE_OFFSET = 8;

    private final Library library;

    private SecretService(Library library) {
        this.library = library;
    }

    /// @param environment of the process
    static Optional<SystemStore> here(Map<String, String> environment) {
        String bus = environment.get("DBUS_SESSION_BUS_ADDRESS");
        String runtime = environment.get("XDG_RUNTIME_DIR");
        boolean session = bus != null && !bus.isBlank()
                || runtime != null && !runtime.isBlank() && Files.exists(Path.of(runtime, "bus"));
        if (!session) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SecretService(Library.load()));
        } catch (IllegalArgumentException | UnsatisfiedLinkError e) {
            org.slf4j.LoggerFactory.getLogger(SecretService.class).debug("There is no libsecret here", e);
            return Optional.empty();
        }
    }

    @Override
    public String title() {
        return Words.of("vault.keeper.keyring").english();
    }

    @Override
    public byte[] keep(String id, byte[] key) throws IOException {
        byte[] text = Base64.getEncoder().encode(key);
        try (var arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, secret, JAVA_BYTE, 0, text.length);
            MemorySegment error = arena.allocate(ADDRESS);
            int done = (int) library.store.invokeExact(schema(arena), attributes(arena, id), MemorySegment.NULL,
                    arena.allocateFrom("Rollcall data folder"), secret, MemorySegment.NULL, error);
            secret.fill((byte) 0);
            if (done == 0) {
                throw refused(error);
            }
            return new byte[0];
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    @Override
    public byte[] fetch(String id, byte[] kept) throws IOException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ADDRESS);
            var found = (MemorySegment) library.lookup.invokeExact(schema(arena), attributes(arena, id),
                    MemorySegment.NULL, error);
            if (found.equals(MemorySegment.NULL)) {
                throw refused(error);
            }
            MemorySegment secret = found.reinterpret(4096);
            byte[] text = new byte[4096];
            int length = 0;
            while (secret.get(JAVA_BYTE, length) != 0) {
                text[length] = secret.get(JAVA_BYTE, length);
                length++;
            }
            library.free.invokeExact(found);
            byte[] key = Base64.getDecoder().decode(Arrays.copyOf(text, length));
            Arrays.fill(text, (byte) 0);
            return key;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void forget(String id) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ADDRESS);
            int _ = (int) library.clear.invokeExact(schema(arena), attributes(arena, id), MemorySegment.NULL, error);
        } catch (Throwable e) {
            org.slf4j.LoggerFactory.getLogger(SecretService.class).info("An old key stays in the keyring", e);
        }
    }

    private static MemorySegment schema(Arena arena) {
        MemorySegment schema = arena.allocate(SCHEMA_BYTES, 8);
        schema.set(ADDRESS, 0, arena.allocateFrom(SCHEMA));
        // Flags and the attribute's type are zero: SECRET_SCHEMA_NONE, SECRET_SCHEMA_ATTRIBUTE_STRING.
        schema.set(ADDRESS, 16, arena.allocateFrom(ATTRIBUTE));
        return schema;
    }

    private MemorySegment attributes(Arena arena, String id) throws Throwable {
        var table = (MemorySegment) library.newTable.invokeExact(library.hash, library.equal);
        int _ = (int) library.insert.invokeExact(table, arena.allocateFrom(ATTRIBUTE), arena.allocateFrom(id));
        return table;
    }

    private static IOException refused(MemorySegment error) {
        MemorySegment told = error.get(ADDRESS, 0);
        if (told.equals(MemorySegment.NULL)) {
            return new IOException("the keyring does not have this key, or was not unlocked");
        }
        MemorySegment text = told.reinterpret(ERROR_MESSAGE_OFFSET + ADDRESS.byteSize()).get(ADDRESS,
                ERROR_MESSAGE_OFFSET);
        return new IOException(text.reinterpret(4096).getString(0));
    }

    /// Functions of libsecret and GLib.
    private record Library(MethodHandle store, MethodHandle lookup, MethodHandle clear, MethodHandle free,
            MethodHandle newTable, MethodHandle insert, MemorySegment hash, MemorySegment equal) {

        private static Library load() {
            SymbolLookup secret = SymbolLookup.libraryLookup("libsecret-1.so.0", Arena.global());
            SymbolLookup glib = SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global());
            return new Library(
                    function(secret, "secret_password_storev_sync", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                            ADDRESS, ADDRESS, ADDRESS),
                    function(secret, "secret_password_lookupv_sync", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                    function(secret, "secret_password_clearv_sync", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                    Linker.nativeLinker().downcallHandle(secret.findOrThrow("secret_password_free"),
                            FunctionDescriptor.ofVoid(ADDRESS)),
                    function(glib, "g_hash_table_new", ADDRESS, ADDRESS, ADDRESS),
                    function(glib, "g_hash_table_insert", JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                    glib.findOrThrow("g_str_hash"), glib.findOrThrow("g_str_equal"));
        }

        private static MethodHandle function(SymbolLookup library, String name, ValueLayout result,
                MemoryLayout... parameters) {
            return Linker.nativeLinker().downcallHandle(library.findOrThrow(name),
                    FunctionDescriptor.of(result, parameters));
        }
    }
}
