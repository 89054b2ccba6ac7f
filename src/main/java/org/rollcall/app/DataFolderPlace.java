package org.rollcall.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// Where the data folder is if nobody says: where the platform keeps data of programs for one person.
final class DataFolderPlace {
    private DataFolderPlace() {}

    /// @param environment the process's variables
    /// @param system      the `os.name` property
    /// @param userHome    the `user.home` property
    static Path of(Map<String, String> environment, String system, String userHome) {
        String named = given(environment, "ROLLCALL_HOME");
        if (named != null) {
            return Path.of(named);
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            String local = given(environment, "LOCALAPPDATA");
            return local == null ? Path.of(userHome, "AppData", "Local", "Rollcall") : Path.of(local, "Rollcall");
        }
        if (name.startsWith("mac")) {
            return Path.of(userHome, "Library", "Application Support", "Rollcall");
        }
        String data = given(environment, "XDG_DATA_HOME");
        // The specification says that a relative path is to be ignored.
        return data == null || !Path.of(data).isAbsolute()
                ? Path.of(userHome, ".local", "share", "rollcall")
                : Path.of(data, "rollcall");
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
