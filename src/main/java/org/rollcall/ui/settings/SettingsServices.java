package org.rollcall.ui.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.notify.NotifyService;
import org.rollcall.settings.ProtectionService;
import org.rollcall.settings.SettingsService;
import org.rollcall.text.Language;
import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.FileOpen;

/// What Settings works with.
///
/// @param vault   keeps the key that the data is encrypted with
/// @param protection of the data folder, without anybody asking for it
/// @param support what "Create a support file" shows and saves
/// @param backup  writes backups
/// @param folder  the data folder
/// @param files   asks where to write a file
/// @param open    asks which file to read
/// @param language which is spoken
/// @param guide   opens a page of the guide
/// @param closing what becomes of the program when its window is closed
/// @param version of the program
public record SettingsServices(SettingsService settings, NotifyService notifications, VaultService vault,
        ProtectionService protection, Support support, Backup backup, Folder folder, FileAsk files, FileOpen open,
        LanguageChoice language, Consumer<String> guide, Closing closing,
        String version) {

    /// Which language is spoken, remembered for the next start.
    public interface LanguageChoice {
        /// @return empty: the system's
        Optional<Language> chosen();

        /// Takes effect at once: the screens are made anew.
        ///
        /// @param language null: the system's
        void choose(@Nullable Language language);
    }

    /// Writes everything in the data folder into a file.
    @FunctionalInterface
    public interface Backup {
        /// @param passphrase what it is sealed with
        /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED, INPUT, STORAGE
        void write(Actor actor, Path file, char[] passphrase);
    }

    /// Writes what helps whoever is asked for help.
    @FunctionalInterface
    public interface Support {
        /// @throws org.rollcall.domain.RollcallException NOT_ALLOWED, STORAGE
        String text(Actor actor);
    }

    /// Where the data lies.
    public interface Folder {
        Path path();

        /// How much it takes on the disk.
        long bytes();
    }
}
