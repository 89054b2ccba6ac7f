package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// A database that is up to date is opened without asking for migrations.
class MigrationTest {
    private static final Pattern NAME = Pattern.compile("V([0-9.]+)__.*\\.sql");

    @TempDir
    Path folder;

    @Test
    void theNewestMigrationIsTheNewestFile() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertEquals(Database.NEWEST_MIGRATION, files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(java.util.regex.Matcher::matches).map(name -> MigrationVersion.fromVersion(name.group(1)))
                    .max(Comparator.naturalOrder()).orElseThrow().getVersion());
        }
    }

    /// Flyway refuses a history that is not what it wrote. So it tells whether it was asked.
    @Test
    void flywayIsAskedOnlyIfAMigrationIsMissing() {
        Database.open(folder).close();
        history("update \"flyway_schema_history\" set \"checksum\" = 0 where \"version\" = '1'");
        Database.open(folder).close();
        history("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '"
                + Database.NEWEST_MIGRATION + "'");
        assertThrows(RollcallException.class, () -> Database.open(folder));
    }

    private void history(String change) {
        try (var database = Database.open(folder)) {
            database.dsl().execute(change);
        }
    }

    /// Of a folder that was written before they were kept.
    @Test
    void activePeopleOfImportsAreCounted() throws IOException {
        String migration = Files.readString(Path.of("src/main/resources/db/migration/V16__plan_bases.sql"));
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            var profile = directory.profile(contoso, "default");
            for (UserStatus status : UserStatus.values()) {
                String name = status + "@contoso.example";
                directory.person(contoso, status.name(), name, null, null, status);
                directory.owns(profile, name);
            }
            directory.person(contoso, "Eve", "eve@contoso.example");
            directory.sql("update import_profile set active = 7");
            directory.sql(migration.substring(migration.indexOf("update import_profile")).replace(";", ""));
            assertEquals(1, new DirectoryStore(directory.database).countActive(profile.id()));
            assertEquals(List.of(), directory.activeMiscounted());
        }
    }
}
