package org.rollcall.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Creates empty files that only their owner can open, before anything secret is written to them, and checks existing ones.
final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    /// Accounts of a Windows machine that have access whatever a file's list says.
    private static final Set<String> SYSTEM = Set.of("NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators");

    private OwnerOnlyFile() {}

    static void create(Path file) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (Files.getFileStore(parent).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return;
        }
        Files.createFile(file);
        var acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }

    /// Whether anybody except the owner may read or write the file.
    static boolean isOpenToOthers(Path file) throws IOException {
        var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            return posix.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
        }
        var acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (acl == null) {
            return false;
        }
        var owner = acl.getOwner();
        return acl.getAcl().stream().anyMatch(entry -> entry.type() == AclEntryType.ALLOW
                && !entry.principal().equals(owner) && !SYSTEM.contains(entry.principal().getName()));
    }
}
