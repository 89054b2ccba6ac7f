package org.rollcall.app;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.BackupState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.Database;
import org.rollcall.vault.KeptBy;
import org.rollcall.vault.Passphrase;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Backups are made by themselves, stay for as long as they are said to, open again, and never are half a file.
class DailyBackupsTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Actor EVERYTHING = new Actor(1L, "x", "test", EnumSet.allOf(Permission.class));

    @TempDir
    Path folder;
    private final Days clock = new Days();
    private Path home;

    @BeforeEach
    void make() {
        home = folder.resolve("home");
        ReadyFolder.create(home, "maren", PASSWORD.toCharArray(), "test", clock).close();
    }

    /// Stands still unless it is moved.
    private static final class Days extends Clock {
        private Instant now = Instant.parse("2026-12-01T03:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private DailyBackups backups(AppContext context, BackupFile.Target target) {
        return new DailyBackups(context.database(), Vault.open(home), new BackupFolder(home, clock, target), clock);
    }

    private DailyBackups backups(AppContext context) {
        return backups(context, Files::newOutputStream);
    }

    private static BackupState state(AppContext context) {
        return new BackupStateStore(context.database()).get();
    }

    private List<String> files() throws IOException {
        try (var inside = Files.list(home.resolve("backups"))) {
            return inside.map(each -> each.getFileName().toString()).filter(name -> !name.equals("keys")).sorted()
                    .toList();
        }
    }

    private BackupFolder.Made newest() {
        return new BackupFolder(home, clock).list().getFirst();
    }

    @Test
    void fortyDaysLeaveSevenDaysAndFourWeeks() throws IOException {
        var expected = new ArrayList<LocalDate>();
        try (var context = ReadyFolder.open(home, clock)) {
            DailyBackups backups = backups(context);
            for (int day = 0; day < 40; day++) {
                assertTrue(backups.makeIfDue());
                clock.move(Duration.ofHours(9));
                assertFalse(backups.makeIfDue(), "one a day");
                clock.move(Duration.ofHours(15));
            }
        }
        LocalDate last = LocalDate.parse("2027-01-09");
        for (int i = 0; i < 7; i++) {
            expected.add(last.minusDays(i));
        }
        // The day before those seven, and the Sundays of the weeks before.
        for (String each : List.of("2027-01-02", "2026-12-27", "2026-12-20", "2026-12-13")) {
            expected.add(LocalDate.parse(each));
        }
        assertEquals(expected, new BackupFolder(home, clock).list().stream().map(BackupFolder.Made::day).toList());
        assertEquals(11, files().size());
        assertEquals("rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("backups"))));
        for (String each : files()) {
            Path file = home.resolve("backups").resolve(each);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("maren"));
        }
    }

    @Test
    void fullDiskLeavesTheEarlierOnesAndNoHalfFile() throws IOException {
        try (var context = ReadyFolder.open(home, clock)) {
            assertTrue(backups(context).makeIfDue());
            clock.move(Duration.ofDays(1));
            DailyBackups full = backups(context, file -> new FilterOutputStream(Files.newOutputStream(file)) {
                private int left = 3_000;

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    left -= length;
                    if (left < 0) {
                        throw new IOException("No space left on device");
                    }
                    out.write(bytes, from, length);
                }
            });
            assertFalse(full.makeIfDue());
            assertEquals(1, files().size(), files()::toString);
            BackupState after = state(context);
            assertTrue(assertNotNullAnd(after.failure()).contains("disk is full"), after::toString);
            assertEquals(Instant.parse("2026-12-01T03:00:00Z"), after.madeAt());
            assertTrue(context.health().findings(EVERYTHING, org.rollcall.text.Language.ENGLISH).stream()
                    .anyMatch(each -> each.what().equals("The daily backup could not be made")));
            clock.move(Duration.ofMinutes(30));
            assertFalse(backups(context).makeIfDue(), "not again at once");
            clock.move(Duration.ofMinutes(31));
            assertTrue(backups(context).makeIfDue());
            assertNull(state(context).failure());
            assertEquals(2, files().size());
        }
    }

    private static String assertNotNullAnd(@org.jspecify.annotations.Nullable String text) {
        assertNotNull(text);
        return java.util.Objects.requireNonNull(text);
    }

    @Test
    void whoeverSwitchesThemOffHasNone() {
        try (var context = ReadyFolder.open(home, clock)) {
            assertThrows(RollcallException.class, () -> context.protection()
                    .setDailyBackups(new Actor(1L, "x", "test", EnumSet.of(Permission.MANAGE_SETTINGS)), false));
            context.protection().setDailyBackups(EVERYTHING, false);
            assertFalse(backups(context).makeIfDue());
            context.protection().setDailyBackups(EVERYTHING, true);
            assertTrue(backups(context).makeIfDue());
        }
    }

    /// Begins a backup that never ends, for who kills it.
    static final class Hanging {
        private Hanging() {}

        public static void main(String[] arguments) {
            Path home = Path.of(arguments[0]);
            Clock day = Clock.fixed(Instant.parse("2026-12-01T03:00:00Z"), ZoneOffset.UTC);
            var context = ReadyFolder.open(home, day);
            new DailyBackups(context.database(), Vault.open(home), new BackupFolder(home, day, file -> {
                OutputStream out = Files.newOutputStream(file);
                out.write(1);
                System.out.println("begun");
                new java.util.concurrent.Semaphore(0).acquireUninterruptibly();
                return out;
            }), day).makeIfDue();
        }
    }

    @Test
    void aKilledProcessKeepsNobodyOut() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Hanging.class.getName(), home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream out = process.getInputStream()) {
            assertEquals('b', out.read());
            assertEquals(1, files().size(), "half a file");
            try (var context = ReadyFolder.open(home, clock)) {
                assertFalse(backups(context).makeIfDue(), "never two at once");
                process.destroyForcibly().waitFor();
                assertTrue(backups(context).makeIfDue());
                assertEquals(List.of("rollcall-2026-12-01T030000Z.backup"), files());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private AppContext restored(Path file, String passphrase, String name) {
        return AppContext.restore(file, Passphrase.NONE::ask, passphrase::toCharArray, folder.resolve(name),
                VaultChoice.KEYFILE, clock);
    }

    /// Every part of it is looked at.
    private static void opens(Path file, String passphrase) {
        assertNotNull(BackupFile.open(file, Passphrase.NONE::ask, passphrase::toCharArray));
    }

    private static List<String> actions(AppContext context) {
        return context.audit()
                .list(EVERYTHING, org.rollcall.domain.AuditFilter.everything(), null, 100).rows().stream()
                .map(event -> event.seq() + " " + event.action() + " " + event.hash()).toList();
    }

    @Test
    void restoredIsWhatWasThereAlsoAfterTheVaultWasChanged() throws IOException {
        List<String> before;
        try (var context = ReadyFolder.open(home, clock)) {
            before = actions(context);
            assertTrue(backups(context).makeIfDue());
        }
        Path first = newest().file();
        try (var vault = Vault.open(home)) {
            vault.change(KeptBy.KEYFILE, Passphrase.NONE);
        }
        clock.move(Duration.ofDays(1));
        try (var context = ReadyFolder.open(home, clock)) {
            assertFalse(context.vault().isSettling());
            assertTrue(backups(context).makeIfDue());
        }
        try (var context = restored(first, "", "restored")) {
            assertEquals(before, actions(context).subList(1, before.size() + 1));
            assertTrue(context.audit().verify(EVERYTHING).intact());
            context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        }
        opens(newest().file(), "");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path copy = Files.copy(first, elsewhere.resolve("copy"));
        assertEquals("backup.keys-missing",
                assertThrows(RollcallException.class, () -> restored(copy, "", "none")).code());
        Files.copy(home.resolve("backups").resolve("keys"), elsewhere.resolve("keys"));
        Files.copy(home.resolve("vault.key"), elsewhere.resolve("vault.key"));
        opens(copy, "");
    }

    @Test
    void passphraseOfTheFolderOpensThem() throws IOException {
        try (var context = ReadyFolder.open(home, clock)) {
            assertTrue(backups(context).makeIfDue());
        }
        try (var vault = Vault.open(home)) {
            vault.change(KeptBy.PASSPHRASE, () -> "four words nobody joins".toCharArray());
        }
        assertEquals("vault.passphrase-wrong", assertThrows(RollcallException.class,
                () -> restored(newest().file(), "other words altogether", "none")).code());
        opens(newest().file(), "four words nobody joins");
    }

    @Test
    void olderSchemaIsBackedUpBeforeItChanges() throws IOException {
        Files.delete(home.resolve(Database.FILE));
        try (var vault = Vault.open(home)) {
            // It ends before there are rows, with the schema made.
            assertThrows(IOException.class, () -> Database.load(home, new FolderSeal(vault, home, clock), "21",
                    InputStream.nullInputStream()));
        }
        ReadyFolder.open(home, clock).close();
        assertEquals(List.of("rollcall-2026-12-01T030000Z-before-migration-from-21.backup"), files());
        ReadyFolder.open(home, clock).close();
        assertEquals(1, files().size(), "there was nothing to change");
        opens(newest().file(), "");
    }

    @Test
    void whereNoBackupCanBeMadeNothingIsMigrated() throws IOException {
        Files.delete(home.resolve(Database.FILE));
        try (var vault = Vault.open(home)) {
            assertThrows(IOException.class, () -> Database.load(home, new FolderSeal(vault, home, clock), "21",
                    InputStream.nullInputStream()));
        }
        Files.writeString(home.resolve("backups"), "a file in the way");
        assertEquals("backup.unwritable",
                assertThrows(RollcallException.class, () -> ReadyFolder.open(home, clock)).code());
        Files.delete(home.resolve("backups"));
        ReadyFolder.open(home, clock).close();
        assertEquals(List.of("rollcall-2026-12-01T030000Z-before-migration-from-21.backup"), files());
    }
}
