package org.rollcall.cli;

import java.nio.file.Path;
import java.util.Map;

import org.rollcall.domain.RollcallException;

/// Opens data folders.
public interface Workspaces {
    /// Where the data folder is if nobody says: by the platform's rules.
    Path usualPlace(Map<String, String> environment);

    /// @throws RollcallException INPUT: not there, not Rollcall's; STORAGE: in use, read-only, from a newer version
    Workspace open(Path home);

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
}
