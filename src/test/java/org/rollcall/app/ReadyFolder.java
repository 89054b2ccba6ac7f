package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

import org.rollcall.cli.Workspaces;
import org.rollcall.signin.CheapPasswords;
import org.rollcall.store.DataFolder;
import org.rollcall.store.Database;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.vault.Vault;

/// Data folders for tests that are about something else than how one is made: their database is a copy, and the passwords
/// that are set in them cost next to nothing.
public final class ReadyFolder {
    private ReadyFolder() {}

    /// As [AppContext#create].
    public static AppContext create(Path home, String administrator, char[] password, String origin, Clock clock) {
        AppContext.make(home, CheapPasswords.COST, clock, ReadyDatabase::copyTo,
                context -> context.signIn().createFirstAdministrator(administrator, password, origin));
        return open(home, clock);
    }

    /// The same where somebody says what keeps the key.
    public static AppContext create(Path home, Workspaces.NewVault vault, String administrator, char[] password,
            String origin, Clock clock) {
        AppContext.make(home, VaultChoice.of(vault), CheapPasswords.COST, clock, ReadyDatabase::copyTo,
                context -> context.signIn().createFirstAdministrator(administrator, password, origin));
        return open(home, vault.passphrase(), clock);
    }

    /// As [AppContext#open] where a passphrase may keep the key.
    public static AppContext open(Path home, Supplier<char[]> passphrase, Clock clock) {
        return AppContext.open(home, passphrase::get, CheapPasswords.COST, clock);
    }

    /// The database of a data folder, for who does to it what a person with a database tool would.
    public static Database database(Path home) {
        return Database.open(home, new FolderSeal(Vault.open(home), home, Clock.systemUTC()));
    }

    /// As [AppContext#restore].
    public static AppContext restore(Path file, Supplier<char[]> passphrase, Supplier<char[]> folders, Path home,
            Workspaces.NewVault vault, Clock clock) {
        return AppContext.restore(file, passphrase, folders::get, home, VaultChoice.of(vault), clock);
    }

    /// As [AppContext#openOrCreate].
    static AppContext openOrCreate(Path home, Clock clock) {
        if (!DataFolder.isOne(home)) {
            AppContext.make(home, CheapPasswords.COST, clock, ReadyDatabase::copyTo, _ -> {});
        }
        return open(home, clock);
    }

    /// As [AppContext#open].
    public static AppContext open(Path home, Clock clock) {
        return AppContext.open(home, CheapPasswords.COST, clock);
    }
}
