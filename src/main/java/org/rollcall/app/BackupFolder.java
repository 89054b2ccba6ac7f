package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.LoggerFactory;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.OwnerOnly;
import org.rollcall.store.RowSource;
import org.rollcall.text.Words;
import org.rollcall.vault.BackupKeys;
import org.rollcall.vault.Passphrase;
import org.rollcall.vault.Vault;

/// The folder `backups` of a data folder: automatic backups, daily and before migrations, and the file with their keys. File names
/// carry the UTC time of the backup; files with other names are ignored.
final class BackupFolder {
    static final String NAME = "backups";
    private static final String KEYS = "keys";
    private static final int DAYS = 7;
    private static final int WEEKS = 4;
    private static final int BEFORE_MIGRATIONS = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Pattern FILE = Pattern
            .compile("rollcall-(\\d{4}-\\d\\d-\\d\\dT\\d{6}Z)(-before-migration-from-[0-9.]+)?\\.backup");

    private final Path folder;
    private final Clock clock;
    private final BackupFile.Target target;

    /// @param home the data folder
    BackupFolder(Path home, Clock clock) {
        this(home, clock, Files::newOutputStream);
    }

    /// @param target opens the files that are written
    BackupFolder(Path home, Clock clock, BackupFile.Target target) {
        this.folder = home.resolve(NAME);
        this.clock = clock;
        this.target = target;
    }

    /// The file with the keys of the automatic backups.
    static Path keyFile(Path home) {
        return home.resolve(NAME).resolve(KEYS);
    }

    /// The key of an automatic backup, which is still in its folder or has both key files beside it.
    ///
    /// @param passphrase of the data folder, asked for only if one keeps its key
    /// @return to be wiped
    /// @throws RollcallException INPUT: the keys are not there, or are others; whatever opening a vault says
    static byte[] key(Path file, String name, Passphrase passphrase) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        Path above = folder.getParent();
        Path home = Files.exists(folder.resolve(Vault.KEY_FILE)) || above == null ? folder : above;
        if (!Files.isRegularFile(home.resolve(Vault.KEY_FILE)) || !Files.isRegularFile(folder.resolve(KEYS))) {
            throw keysMissing(file);
        }
        try (Vault vault = Vault.open(home, passphrase)) {
            return BackupKeys.named(vault, folder.resolve(KEYS), name).orElseThrow(() -> keysMissing(file));
        } catch (IOException e) {
            throw keysMissing(file);
        } catch (RollcallException e) {
            throw e.code().equals("vault.does-not-open") ? keysMissing(file) : e;
        }
    }

    private static RollcallException keysMissing(Path file) {
        return RollcallException.input("backup.keys-missing",
                Words.of("app.backup.keys-missing", file),
                Words.of("app.backup.keys-missing.remedy", KEYS, NAME, Vault.KEY_FILE));
    }

    /// An automatic backup.
    ///
    /// @param daily otherwise before a migration
    record Made(Path file, Instant at, boolean daily) {
        LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
    }

    Path path() {
        return folder;
    }

    /// Those that are there, newest first.
    ///
    /// @throws RollcallException STORAGE: the folder cannot be read
    List<Made> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.flatMap(file -> made(file).stream()).sorted(Comparator.comparing(Made::at).reversed())
                    .toList();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static List<Made> made(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return List.of();
        }
        try {
            return List.of(new Made(file, TIME.parse(name.group(1), Instant::from), name.group(2) == null));
        } catch (DateTimeException e) {
            return List.of();
        }
    }

    /// Makes today's backup, and deletes those that are no longer to be kept. For who has the lease of backups: what a process left
    /// that was killed at it is cleared away first.
    ///
    /// @throws RollcallException STORAGE: it cannot be written; the older ones are all there
    Made makeDaily(Vault vault, RowSource rows) {
        return make("", vault, rows);
    }

    /// Makes a backup of a schema that is about to change. For who has the data folder to itself.
    ///
    /// @throws RollcallException STORAGE: it cannot be written
    void makeBefore(String version, Vault vault, RowSource rows) {
        make("-before-migration-from-" + version, vault, rows);
    }

    private Made make(String suffix, Vault vault, RowSource rows) {
        try {
            begin();
            Path file = folder.resolve("rollcall-" + TIME.format(clock.instant()) + suffix + ".backup");
            // Of the same second, by a process that was killed before it had noted it.
            Files.deleteIfExists(file);
            byte[] key = key(vault);
            try {
                BackupFile.write(vault, rows, file, key, target);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
            Made made = made(file).getFirst();
            for (Made each : leaving(list(), made)) {
                Files.deleteIfExists(each.file());
            }
            return made;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void begin() throws IOException {
        OwnerOnly.createFolder(folder);
        try (var parts = Files.newDirectoryStream(folder,
                BackupFile.PART_BEGINS + "*" + BackupFile.PART_ENDS)) {
            for (Path each : parts) {
                Files.deleteIfExists(each);
            }
        }
    }

    private byte[] key(Vault vault) throws IOException {
        Path keys = folder.resolve(KEYS);
        try {
            return BackupKeys.newest(vault, keys);
        } catch (RollcallException e) {
            // Kept for the backups that were made with it.
            LoggerFactory.getLogger(BackupFolder.class).warn("Cannot unseal the backup keys; creating new ones");
            Files.move(keys, folder.resolve(KEYS + "-until-" + TIME.format(clock.instant())));
            return BackupKeys.newest(vault, keys);
        }
    }

    /// Which are not kept: of each of the last seven days that have any the newest is, and of each of the four weeks before them
    /// the newest of the week; of those before migrations the newest three.
    ///
    /// @param all  newest first
    /// @param kept the one that was made now, whatever the clock says
    static List<Made> leaving(List<Made> all, Made kept) {
        var stays = new HashSet<Made>(List.of(kept));
        Set<Object> days = new HashSet<>();
        Set<Object> weeks = new HashSet<>();
        int before = 0;
        for (Made each : all) {
            if (!each.daily()) {
                before++;
                if (before <= BEFORE_MIGRATIONS) {
                    stays.add(each);
                }
            } else if (!days.contains(each.day())) {
                if (days.size() < DAYS) {
                    days.add(each.day());
                    stays.add(each);
                } else if (weeks.size() < WEEKS && weeks.add(week(each.day()))) {
                    stays.add(each);
                }
            }
        }
        var leaving = new ArrayList<>(all);
        leaving.removeAll(stays);
        return leaving;
    }

    private static List<Integer> week(LocalDate day) {
        return List.of(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private RollcallException unwritable(IOException cause) {
        return new RollcallException(ErrorKind.STORAGE, "backup.unwritable",
                Words.of("app.backup.unwritable.backupFolder", folder),
                Words.of("app.backup.unwritable.remedy"), Map.of(), cause);
    }
}
