package org.rollcall.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;

/// Opens data folders.
public interface Workspaces {
    /// Where the data folder is if nobody says: by the platform's rules.
    Path usualPlace(Map<String, String> environment);

    /// The language that is set in a data folder; empty: none, or there is no such folder.
    default Optional<Language> language(Path home) {
        return Optional.empty();
    }

    /// @throws RollcallException INPUT: not there, not Rollcall's; STORAGE: in use, read-only, from a newer version
    Workspace open(Path home);

    /// The same where a passphrase may keep the key.
    ///
    /// @param passphrase asked for only if one does
    /// @throws RollcallException as [#open(Path)]; NOT_SIGNED_IN: there is no passphrase, or a wrong one
    default Workspace open(Path home, Supplier<char[]> passphrase) {
        return open(home);
    }

    /// What is to keep the key of a new data folder.
    ///
    /// @param kept       `os`, `passphrase` or `keyfile`; null: a file
    /// @param passphrase asked for only if one is to keep it
    record NewVault(@Nullable String kept, Supplier<char[]> passphrase) {}

    /// As [#init(Path, String, char[], String)].
    default void init(Path home, NewVault vault, String administrator, char[] password, String origin) {
        init(home, administrator, password, origin);
    }

    /// Makes a data folder with its first administrator; if that fails nothing stays.
    ///
    /// @throws RollcallException INPUT: there is one already, or name or password break the rules; STORAGE
    void init(Path home, String administrator, char[] password, String origin);

    /// Writes into the log of a data folder why a call ended; the folder itself may not be open, or not open at all any more.
    ///
    /// @return false if there is no such log
    default boolean note(Path home, Throwable cause) {
        return false;
    }

    /// Opens the window over a data folder and returns when it is closed.
    ///
    /// @return false if there is no window to open, or no display that can show it
    default boolean openWindow(Path home) {
        return false;
    }

    /// Makes a data folder out of a file that [Workspace#backup] wrote; if that fails nothing stays.
    ///
    /// @throws RollcallException INPUT: something is there already, or the file is no backup; STORAGE
    void restore(Path file, Path home);

    /// The same for a file that may be sealed.
    ///
    /// @param passphrase of the file, asked for only if it has one
    /// @param folders    that of the data folder that made the file by itself, asked for only if it did and one keeps its key
    /// @param vault      what is to keep the key of the new data folder
    /// @throws RollcallException as [#restore(Path, Path)]; INPUT: it is another passphrase's
    default void restore(Path file, Supplier<char[]> passphrase, Supplier<char[]> folders, Path home, NewVault vault) {
        restore(file, home);
    }
}
