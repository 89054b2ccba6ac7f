package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.audit.ChainEnd;
import org.rollcall.audit.ChainSeal;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.DataFolder;
import org.rollcall.store.DatabaseSeal;
import org.rollcall.store.RowSource;
import org.rollcall.store.SealedValues;
import org.rollcall.text.Words;
import org.rollcall.vault.BackupKeys;
import org.rollcall.vault.Vault;

/// Seals a data folder with the keys of its vault: the database files and the head of the audit chain. After the vault key
/// changed, everything is resealed at the next opening without other processes.
final class FolderSeal implements DatabaseSeal, ChainSeal {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSeal.class);
    private static final String DATABASE = "database";
    private static final String CHAIN = "audit";

    private final Vault vault;

    private final Path folder;
    private final Clock clock;

    FolderSeal(Vault vault, Path folder, Clock clock) {
        this.vault = vault;
        this.folder = folder;
        this.clock = clock;
    }

    /// A new folder has no earlier state.
    @Override
    public void beforeMigrating(String version, RowSource rows) {
        if (DataFolder.isOne(folder)) {
            new BackupFolder(folder, clock).makeBefore(version, vault, rows);
        }
    }

    @Override
    public List<byte[]> keys() {
        return vault.keysFor(DATABASE);
    }

    @Override
    public byte[] proof(String end) {
        return vault.proof(end, CHAIN);
    }

    @Override
    public boolean isProof(byte[] proof, String end) {
        return vault.isProof(proof, end, CHAIN);
    }

    @Override
    public void beforeSealing(DataSource database) {
        int[] opened = new int[1];
        int all = SealedValues.rewrite(database, (sealed, boundTo) -> {
            try {
                vault.open(sealed, boundTo);
                opened[0]++;
            } catch (RollcallException e) {
                LOG.warn("Cannot unseal {}", boundTo);
            }
            return sealed;
        });
        if (all > 0 && opened[0] == 0) {
            throw new RollcallException(ErrorKind.STORAGE, "vault.does-not-open",
                    Words.of("app.vault.does-not-open", Vault.KEY_FILE),
                    Words.of("app.vault.does-not-open.remedy"), Map.of(), null);
        }
        SealedValues.rewriteSetting(database, ChainEnd.SETTING, stored -> ChainEnd.adopted(stored, this));
    }

    @Override
    public void alone(DataSource database) {
        if (!vault.state().settling()) {
            return;
        }
        SealedValues.rewrite(database, (sealed, boundTo) -> {
            try {
                return vault.reseal(sealed, boundTo);
            } catch (RollcallException e) {
                // It could not be unsealed before, either.
                LOG.warn("Cannot unseal {}; left unchanged", boundTo);
                return sealed;
            }
        });
        SealedValues.rewriteSetting(database, ChainEnd.SETTING, stored -> ChainEnd.proved(stored, this));
        try {
            BackupKeys.reseal(vault, BackupFolder.keyFile(folder));
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "backup.unwritable",
                    Words.of("app.backup.unwritable.folderSeal"),
                    Words.of("app.backup.unwritable.folderSeal.remedy", BackupFolder.NAME),
                    Map.of(), e);
        } catch (RollcallException e) {
            LOG.warn("Cannot unseal the backup keys; left unchanged");
        }
        vault.settle();
    }
}
