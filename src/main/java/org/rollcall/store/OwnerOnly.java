package org.rollcall.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.rollcall.text.Words;

/// Folders that nobody but their owner can look into, on POSIX and on Windows.
public final class OwnerOnly {
    /// Files of keys are refused if others may open them: what they could read is known to them already.
    private static final String KEY = ".key";
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    /// Who may do everything on a Windows machine whatever a folder's list says.
    private static final Set<String> SYSTEM = Set.of("NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators",
            "CREATOR OWNER");

    private OwnerOnly() {}

    /// For making a folder below `parent`.
    static FileAttribute<?>[] folderAttributes(Path parent) throws IOException {
        return Files.getFileStore(parent).supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
                : new FileAttribute<?>[0];
    }

    /// For making a file in `folder`; where there are no POSIX permissions it inherits those of the folder.
    static FileAttribute<?>[] fileAttributes(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
    }

    /// Makes a folder that only its owner can look into, unless it is there.
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder,
                folderAttributes(Objects.requireNonNull(folder.toAbsolutePath().getParent())));
    }

    /// Makes an empty file that only its owner can open, unless it is there.
    public static void createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, fileAttributes(Objects.requireNonNull(file.toAbsolutePath().getParent())));
            } catch (FileAlreadyExistsException e) {
                // Somebody else was quicker, which is as good.
            }
        }
    }

    /// Takes from others what they may do with the files in a folder and the folders within; earlier versions left them what
    /// the umask gave.
    static void restrictFiles(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return;
        }
        restrictFiles(folder, true);
    }

    private static void restrictFiles(Path folder, boolean within) throws IOException {
        try (var inside = Files.newDirectoryStream(folder)) {
            for (Path each : inside) {
                if (within && Files.isDirectory(each)) {
                    restrictFiles(each, false);
                } else if (Files.isRegularFile(each) && !each.toString().endsWith(KEY)) {
                    restrictFile(each);
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            // Another process's folder, gone meanwhile.
        }
    }

    /// Takes from others what they may do with a file, where the system has such rights.
    public static void restrictFile(Path file) throws IOException {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null) {
                return;
            }
            Set<PosixFilePermission> now = view.readAttributes().permissions();
            Set<PosixFilePermission> owners = EnumSet.copyOf(now);
            owners.retainAll(OWNERS);
            if (!owners.equals(now)) {
                view.setPermissions(owners);
            }
        } catch (NoSuchFileException e) {
            // Another process's, gone meanwhile.
        }
    }

    /// Who besides the owner may change what is in a folder, in words; empty: nobody.
    static Optional<String> othersThatWrite(Path folder) throws IOException {
        var posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (posix != null) {
            var permissions = posix.readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                return Optional.of(Words.of("store.everybody").english());
            }
            return permissions.contains(PosixFilePermission.GROUP_WRITE)
                    ? Optional.of("the group " + posix.readAttributes().group().getName())
                    : Optional.empty();
        }
        var acl = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (acl == null) {
            return Optional.empty();
        }
        var owner = acl.getOwner();
        return acl.getAcl().stream().filter(entry -> entry.type() == AclEntryType.ALLOW)
                .filter(entry -> entry.permissions().contains(AclEntryPermission.WRITE_DATA))
                .filter(entry -> !entry.principal().equals(owner) && !SYSTEM.contains(entry.principal().getName()))
                .map(entry -> entry.principal().getName()).findFirst();
    }

    static void restrict(Path folder) throws IOException {
        var posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
            return;
        }
        var acl = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                    .build()));
        }
    }
}
