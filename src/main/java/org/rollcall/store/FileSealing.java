package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Brings the file of a database under the key with which it is to be sealed. The new file is made aside and takes the place
/// of the old one when it is whole and on the disk: whoever is killed meanwhile leaves the old one. Only for who has the lock
/// of the data folder.
final class FileSealing {
    private final Path file;
    private final Path aside;
    private final List<byte[]> keys;

    /// @param keys the one to seal with, then others; none: the file is to be in clear
    FileSealing(Path file, List<byte[]> keys) {
        this.file = file;
        this.aside = file.resolveSibling(file.getFileName() + ".sealing");
        this.keys = keys;
    }

    /// Seals the file anew if it is sealed under an earlier key.
    ///
    /// @return whether it is in clear
    /// @throws RollcallException STORAGE: it is sealed under a key that is not known
    boolean begin() throws IOException {
        Files.deleteIfExists(aside);
        if (!Files.exists(file)) {
            return false;
        }
        OwnerOnly.restrictFile(file);
        int key = 0;
        try (var base = FileChannel.open(file, StandardOpenOption.READ)) {
            switch (SealedFile.kind(base)) {
                case EMPTY -> {
                    return false;
                }
                case PLAIN -> {
                    return true;
                }
                case SEALED -> {
                    if (keys.isEmpty()) {
                        throw wrongKey(null);
                    }
                    key = SealedFile.keyOf(base, keys);
                }
            }
        } catch (SealedFile.WrongKeyException e) {
            throw wrongKey(e);
        }
        if (key > 0) {
            try (var base = FileChannel.open(file, StandardOpenOption.READ);
                    var from = SealedFile.open(base, keys, false)) {
                replace(from);
            }
        }
        return false;
    }

    /// Seals the file, which is in clear and closed.
    void seal() throws IOException {
        try (var from = FileChannel.open(file, StandardOpenOption.READ)) {
            replace(from);
        }
    }

    private void replace(FileChannel from) throws IOException {
        Files.deleteIfExists(aside);
        OwnerOnly.createFile(aside);
        try (var to = FileChannel.open(aside, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SealedFile.copy(from, to, keys.getFirst());
        }
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static RollcallException wrongKey(@org.jspecify.annotations.Nullable Exception cause) {
        return new RollcallException(ErrorKind.STORAGE, "storage.wrong-key",
                Words.of("store.storage.wrong-key", Database.FILE),
                Words.of("store.storage.wrong-key.remedy"),
                Map.of(), cause);
    }
}
