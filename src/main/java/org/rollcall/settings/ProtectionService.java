package org.rollcall.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.BackupState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.Database;

/// The automatic protection of a data folder: backups, and anchors of the audit chain outside of it.
public final class ProtectionService {
    private final Database database;
    private final BackupStateStore backups;
    private final AuditService audit;
    private final Path dataFolder;
    private final Path folder;

    /// @param folder of the backups
    public ProtectionService(Database database, AuditService audit, Path dataFolder, Path folder) {
        this.database = database;
        this.backups = new BackupStateStore(database);
        this.audit = audit;
        this.dataFolder = dataFolder;
        this.folder = folder;
    }

    /// The folder of the automatic backups.
    public Path folder() {
        return folder;
    }

    /// @throws RollcallException NOT_ALLOWED
    public BackupState backups(Actor actor) {
        actor.require(Permission.BACKUP);
        return backups.get();
    }

    /// @throws RollcallException NOT_ALLOWED
    public void setDailyBackups(Actor actor, boolean daily) {
        actor.require(Permission.BACKUP);
        database.transaction(() -> {
            backups.setDaily(daily);
            audit.record(actor, "backup.daily", null, null, null, Map.of("on", daily), null);
        });
    }

    /// The file or address to which ends of the audit chain are written; empty: there is none.
    ///
    /// @throws RollcallException NOT_ALLOWED
    public Optional<String> anchor(Actor actor) {
        return audit.anchor(actor);
    }

    /// @param place the path of a file, or an address; null: nothing is written any more
    /// @param key   signs what is posted to a webhook; null: it is not signed
    /// @throws RollcallException NOT_ALLOWED; INPUT: something else is there, it lies in the data folder, or is no such address;
    ///                           STORAGE: it cannot be written; OFFLINE, REFUSED: the address did not take it
    public void setAnchor(Actor actor, @Nullable String place, @Nullable String key) {
        audit.setAnchor(actor, place, key, dataFolder);
    }
}
