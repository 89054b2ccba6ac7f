package org.rollcall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Who has every key of a data folder can compute its chain anew, but not what was written elsewhere.
@SuppressWarnings("NullAway") // fields are set before each test
class AuditAnchorTest {
    private static final Actor ADA = new Actor(1L, "ada", "test", EnumSet.allOf(Permission.class));

    @TempDir
    Path folder;
    private Path home;
    private Path file;
    private TestDirectory directory;
    private AuditService audit;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        file = folder.resolve("anchor");
        directory = new TestDirectory(home);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        audit.begin();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void recordSome(int count, String actor) {
        for (int i = 0; i < count; i++) {
            directory.clock.advance(Duration.ofSeconds(1));
            audit.record(new Actor(1L, actor, "test", Set.of()), "role.set", "USER", "" + i, "N", Map.of(), null);
        }
    }

    @Test
    void wholeChainComputedAnewWithEveryKeyIsFound() throws IOException {
        recordSome(3, "ada");
        audit.setAnchor(ADA, file.toString(), home);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(audit.writeAnchor(), "nothing is new");
        recordSome(5, "ada");
        assertTrue(audit.writeAnchor());
        recordSome(2, "ada");
        AuditService.Verification before = audit.verify(ADA);
        assertTrue(before.intact());
        assertEquals(new AuditService.Anchored(file.toString(), 2, null, null), before.anchor());
        // By the program itself, so with the right key: as many events, done by somebody else.
        directory.sql("delete from audit_event");
        directory.sql("delete from setting where name = 'audit.head'");
        audit.begin();
        recordSome(11, "eve");
        AuditService.Verification after = audit.verify(ADA);
        assertEquals(4L, after.brokenAt());
        assertTrue(audit.writeAnchor(), "who computed it anew has its end written too");
        assertFalse(audit.verify(ADA).intact());
        // The setting was taken away as well: somebody else names the file.
        directory.sql("delete from setting where name like 'audit.anchor%'");
        assertTrue(audit.verify(ADA).intact());
        assertFalse(audit.verify(ADA, file.toString(), JobContext.silent()).intact());
    }

    @Test
    void olderFolderInThePlaceOfTheNewerOneIsFound() {
        audit.setAnchor(ADA, file.toString(), home);
        directory.sql("create table kept as select * from audit_event");
        directory.sql("create table kept_settings as select * from setting");
        recordSome(5, "ada");
        audit.writeAnchor();
        directory.sql("delete from audit_event where seq > 1");
        directory.sql("delete from setting");
        directory.sql("insert into setting select * from kept_settings");
        directory.sql("update setting set content = '" + file + "' where name = 'audit.anchor'");
        new AnchorStore(directory.database).set(file.toString(), null, 1);
        assertFalse(audit.verify(ADA).intact());
    }

    @Test
    void otherFilesAndPlacesAreRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("profile"), "export PATH\n");
        for (Path each : List.of(other, folder, home.resolve("anchor"), folder.resolve("no/such/folder"))) {
            assertThrows(RollcallException.class, () -> audit.setAnchor(ADA, each.toString(), home));
        }
        assertEquals("export PATH\n", Files.readString(other));
        assertTrue(audit.anchor(ADA).isEmpty());
        assertThrows(RollcallException.class,
                () -> audit.setAnchor(new Actor(1L, "ada", "test", Set.of(Permission.VIEW_ACTIVITY)),
                        file.toString(), home));
    }

    @Test
    void whatCannotBeWrittenOrReadIsSaidAndStopsNothing() throws IOException {
        audit.setAnchor(ADA, file.toString(), home);
        recordSome(1, "ada");
        Files.delete(file);
        Files.createDirectory(file);
        assertFalse(audit.writeAnchor());
        assertTrue(new AnchorStore(directory.database).failure().isPresent());
        AuditService.Verification found = audit.verify(ADA);
        assertTrue(found.intact());
        assertNotNull(found.anchor().trouble());
        Files.delete(file);
        assertTrue(audit.writeAnchor());
        assertTrue(new AnchorStore(directory.database).failure().isEmpty());
        Files.writeString(file, "9".repeat(100_000_000 / 1000));
        assertNotNull(audit.verify(ADA).anchor().trouble());
        assertThrows(RollcallException.class, () -> audit.verify(ADA, file.toString(), JobContext.silent()));
        audit.setAnchor(ADA, null, home);
        assertNull(audit.verify(ADA).anchor());
        assertEquals(List.of("audit.anchor", "audit.anchor"), Arrays.asList(audit
                .list(ADA,
                        new org.rollcall.domain.AuditFilter(null, null, null, "audit.anchor", null, null, null, null),
                        null, 10)
                .rows().stream().map(event -> event.action()).toArray()));
    }
}
