package org.rollcall.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The place aside in which a data folder is made: a folder whose name begins with a dot, beside the one it will become or
/// inside of it. What a killed process left of one is known by its name and can be cleared away by the next.
final class Staging {
    /// Lists the files that are being moved into place, so that half a move can be taken back.
    private static final String MOVING = "moving";
    private static final String SUFFIX = ".new";
    /// Locked by the process that makes it, until it is whole.
    private static final String MAKING = "making";

    private final Path folder;
    private final Runnable step;
    private final FileMutex making;

    private Staging(Path folder, Runnable step, FileMutex making) {
        this.folder = folder;
        this.step = step;
        this.making = making;
    }

    /// @param around where to make it: the target itself, or the folder above it
    /// @param target the data folder to be
    /// @param step   called between any two changes of files
    static Staging begin(Path around, Path target, Runnable step) throws IOException {
        clearLeftovers(around, target);
        Path folder = around.resolve(prefix(target) + UUID.randomUUID().toString().substring(0, 8) + SUFFIX);
        Files.createDirectory(folder, OwnerOnly.folderAttributes(around));
        step.run();
        FileMutex making = FileMutex.tryLock(folder.resolve(MAKING))
                .orElseThrow(() -> new IOException("somebody else makes " + folder));
        step.run();
        return new Staging(folder, step, making);
    }

    /// It is whole: what kept others from clearing it away goes.
    private void made() throws IOException {
        making.close();
        Files.deleteIfExists(folder.resolve(MAKING));
        step.run();
    }

    /// One name for one target, and a short one: names of folders may be as long as the file system allows.
    private static String prefix(Path target) {
        return ".rollcall-" + Integer.toHexString(String.valueOf(target.getFileName()).hashCode()) + "-";
    }

    Path folder() {
        return folder;
    }

    /// Takes the name of the target, which is not there.
    void become(Path target) throws IOException {
        made();
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        step.run();
    }

    /// Moves every file into the target, which is there, and `last` last.
    void moveInto(Path target, String last) throws IOException {
        made();
        var names = new ArrayList<String>();
        try (var inside = Files.list(folder)) {
            inside.map(each -> each.getFileName().toString()).filter(name -> !name.equals(last)).sorted()
                    .forEach(names::add);
        }
        OwnerOnly.createFile(folder.resolve(MOVING));
        Files.write(folder.resolve(MOVING), names);
        step.run();
        names.add(last);
        for (String name : names) {
            Files.move(folder.resolve(name), target.resolve(name));
            step.run();
        }
        // Whole by now: an empty folder that stays does no harm.
        try {
            deleteAll(folder);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Staging.class).debug("Clearing away {}", folder, e);
        }
        step.run();
    }

    /// Removes it, and what was moved out of it already.
    void clear(Path target) {
        try {
            making.close();
            clear(folder, target);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Staging.class).debug("Clearing away {}", folder, e);
        }
    }

    /// Removes what killed processes left of data folders that were to become `target`.
    static void clearLeftovers(Path around, Path target) throws IOException {
        List<Path> leftovers;
        try (var inside = Files.list(around)) {
            leftovers = inside.filter(each -> {
                String name = each.getFileName().toString();
                return name.startsWith(prefix(target)) && name.endsWith(SUFFIX) && Files.isDirectory(each);
            }).toList();
        }
        for (Path each : leftovers) {
            if (isAbandoned(each)) {
                clear(each, target);
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(MAKING))) {
            return true;
        }
        Optional<FileMutex> lock = FileMutex.tryLock(folder.resolve(MAKING));
        lock.ifPresent(FileMutex::close);
        return lock.isPresent();
    }

    private static void clear(Path folder, Path target) throws IOException {
        Path moving = folder.resolve(MOVING);
        if (folder.startsWith(target) && Files.exists(moving)) {
            for (String name : Files.readAllLines(moving)) {
                deleteAll(target.resolve(name));
            }
        }
        deleteAll(folder);
    }

    private static void deleteAll(Path path) throws IOException {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException trouble) throws IOException {
                    if (trouble != null) {
                        throw trouble;
                    }
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Gone already, which is what was wanted.
        }
    }
}
