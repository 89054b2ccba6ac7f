package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/// Files as H2 sees them, under names in which nothing means anything to H2: `rollcall:` and the absolute path, every byte
/// of it but letters, digits and `/ . - _` written as `%` and two digits.
///
/// H2 takes what follows a `;` in a path for settings, of which INIT runs statements, and `\` for `/`; a file system of its
/// own is the only way past that.
final class FolderPath extends FilePath {
    private static final String SCHEME = "rollcall";
    private static final String PREFIX = SCHEME + ":";
    private static final String PLAIN = "/.-_";

    /// Files that are sealed, with their keys; H2 makes the paths to them itself, from names, in which no key may stand.
    private static final Map<Path, List<byte[]>> SEALED = new ConcurrentHashMap<>();

    /// Sealed files that H2 has opened, until they are let go of.
    private static final Map<Path, List<FileChannel>> OPENED = new ConcurrentHashMap<>();

    private final Path path;

    static {
        FilePath.register(new FolderPath(Path.of("")));
    }

    private FolderPath(Path path) {
        this.path = path;
        this.name = nameOf(path);
    }

    /// From now on H2 finds the file sealed.
    ///
    /// @param keys as of [SealedFile#open]; none: it is in clear
    static void seal(Path file, List<byte[]> keys) {
        // With those that H2 makes beside it when it compacts it, and renames then.
        for (String end : List.of("", ".tempFile", ".newFile")) {
            Path path = file.resolveSibling(file.getFileName() + end).toAbsolutePath().normalize();
            if (keys.isEmpty()) {
                SEALED.remove(path);
            } else {
                SEALED.put(path, List.copyOf(keys));
            }
        }
    }

    /// Closes what H2 has left open of a file that it was told to close: it does, where it has met damage, and would hold the lock
    /// of the file until the process ends.
    static void letGo(Path file) {
        List<FileChannel> left = OPENED.remove(file.toAbsolutePath().normalize());
        for (FileChannel each : left == null ? List.<FileChannel>of() : left) {
            try {
                each.close();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(FolderPath.class).debug("A file stays open", e);
            }
        }
    }

    /// What to call a file when speaking to H2.
    static String nameOf(Path path) {
        String text = path.toAbsolutePath().normalize().toString()
                .replace(path.getFileSystem().getSeparator(), "/");
        var name = new StringBuilder(PREFIX);
        if (!text.startsWith("/")) {
            name.append('/'); // Windows: /C%3A/Users
        }
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean plain = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z'
                    || letter >= '0' && letter <= '9' || PLAIN.indexOf(letter) >= 0;
            if (plain) {
                name.append(letter);
            } else {
                name.append('%').append(Character.forDigit(letter >> 4, 16))
                        .append(Character.forDigit(letter & 15, 16));
            }
        }
        return name.toString();
    }

    private static Path pathOf(String name) {
        String text = name.substring(PREFIX.length());
        var bytes = new java.io.ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        String decoded = bytes.toString(StandardCharsets.UTF_8);
        boolean drive = decoded.length() > 2 && decoded.charAt(2) == ':';
        return Path.of(drive ? decoded.substring(1) : decoded);
    }

    private FolderPath of(Path other) {
        return new FolderPath(other);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FilePath getPath(String named) {
        return of(pathOf(named));
    }

    @Override
    public long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        Path to = ((FolderPath) target).path;
        try {
            if (atomicReplace) {
                try {
                    Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
                    return;
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(path, to, StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
            Files.move(path, to);
        } catch (IOException e) {
            throw DbException.get(ErrorCode.FILE_RENAME_FAILED_2, e, path.toString(), to.toString());
        }
    }

    @Override
    public boolean createFile() {
        try {
            Files.createFile(path,
                    OwnerOnly.fileAttributes(Objects.requireNonNull(path.toAbsolutePath().getParent())));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw DbException.get(ErrorCode.FILE_CREATION_FAILED_1, e, path.toString());
        }
    }

    @Override
    public boolean exists() {
        return Files.exists(path);
    }

    @Override
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw DbException.get(ErrorCode.FILE_DELETE_FAILED_1, e, path.toString());
        }
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        try (var inside = Files.list(path)) {
            return inside.<FilePath>map(this::of).toList();
        } catch (NoSuchFileException e) {
            // As H2's own does: it asks before it makes the folder.
            return List.of();
        } catch (IOException e) {
            throw DbException.convertIOException(e, path.toString());
        }
    }

    @Override
    public FilePath toRealPath() {
        try {
            Path parent = path.getParent();
            Path file = path.getFileName();
            return of(Files.exists(path) || parent == null || file == null
                    ? path.toRealPath()
                    : parent.toRealPath().resolve(file));
        } catch (IOException e) {
            return this;
        }
    }

    @Override
    public @Nullable FilePath getParent() {
        Path parent = path.getParent();
        return parent == null ? null : of(parent);
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isRegularFile() {
        return Files.isRegularFile(path);
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public long lastModified() {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public boolean canWrite() {
        return Files.isWritable(path);
    }

    @Override
    public void createDirectory() {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw DbException.get(ErrorCode.FILE_CREATION_FAILED_1, e, path.toString());
        }
    }

    /// @param mode as of [java.io.RandomAccessFile]
    @Override
    public FileChannel open(String mode) throws IOException {
        Set<OpenOption> options = switch (mode) {
            case "r" -> Set.of(StandardOpenOption.READ);
            case "rws" ->
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                        StandardOpenOption.SYNC);
            case "rwd" ->
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                        StandardOpenOption.DSYNC);
            default -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        };
        Path absolute = path.toAbsolutePath().normalize();
        List<byte[]> keys = SEALED.get(absolute);
        boolean writable = !mode.equals("r");
        if (writable) {
            OwnerOnly.createFile(path);
        }
        FileChannel channel = FileChannel.open(path, options);
        if (keys == null) {
            return channel;
        }
        try {
            FileChannel sealed = SealedFile.open(channel, keys, writable);
            OPENED.computeIfAbsent(absolute, _ -> new CopyOnWriteArrayList<>()).add(sealed);
            return sealed;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public boolean setReadOnly() {
        return path.toFile().setReadOnly();
    }
}
