package org.rollcall.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rollcall.store.gen.Tables.ROLE;

/// The rows of one database make another one, whatever version wrote them.
class RowStreamTest {
    static final DatabaseSeal SEAL = new DatabaseSeal() {
        @Override
        public List<byte[]> keys() {
            return List.of(new byte[32]);
        }

        @Override
        public void beforeSealing(DataSource database) {
            // Nothing.
        }

        @Override
        public void alone(DataSource database) {
            // Nothing.
        }
    };

    @TempDir
    Path folder;

    private Path home(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static byte[] rows(Database database) throws IOException {
        var out = new ByteArrayOutputStream();
        database.writeRows(out);
        return out.toByteArray();
    }

    private static TreeMap<String, List<String>> contents(Database database) throws IOException {
        var all = new TreeMap<String, List<String>>();
        for (String table : RowStream.check(new ByteArrayInputStream(rows(database))).rows().keySet()) {
            var lines = new ArrayList<String>();
            database.dsl().fetch("select * from \"" + table + "\"").forEach(row -> lines.add(row.formatJSON()));
            lines.sort(null);
            all.put(table, lines);
        }
        return all;
    }

    @Test
    void everythingComesAcrossAndGoesOn() throws IOException {
        try (var from = new TestDirectory(home("from"))) {
            var tenant = from.tenant("Contoso");
            for (int i = 0; i < 1_200; i++) {
                from.person(tenant, "Ada \u202e " + i, "ada" + i);
            }
            var before = contents(from.database);
            byte[] rows = rows(from.database);
            var content = RowStream.check(new ByteArrayInputStream(rows));
            assertEquals(Database.NEWEST_MIGRATION, content.version());
            assertTrue(content.rows().getOrDefault("DIRECTORY_USER", 0L) >= 1_200);
            Path home = home("to");
            Database.load(home, SEAL, content.version(), new ByteArrayInputStream(rows));
            try (var to = new TestDirectory(Database.open(home, SEAL))) {
                assertEquals(before, contents(to.database));
                // New rows get numbers that nobody has.
                to.person(to.tenant("Fabrikam"), "Bo", "bo");
            }
        }
    }

    @Test
    void damagedOrForeignRowsAreRefused() throws IOException {
        byte[] rows;
        try (var database = ReadyDatabase.open(home("from"))) {
            rows = rows(database);
        }
        for (int at = 0; at < rows.length; at += 97) {
            byte[] changed = rows.clone();
            changed[at] ^= 1;
            if (at >= 17 && at < 21) {
                continue; // The version, which another version would refuse.
            }
            int place = at;
            assertThrows(IOException.class, () -> RowStream.check(new ByteArrayInputStream(changed)),
                    () -> "at " + place);
        }
        byte[] renamed = new String(rows, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("AUTH_SETTINGS", "AUTH_SETTINGZ").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Path home = home("to");
        assertThrows(IOException.class,
                () -> Database.load(home, SEAL, Database.NEWEST_MIGRATION, new ByteArrayInputStream(renamed)));
    }

    /// While others write, from a process that goes through another one to the database.
    @Test
    void rowsAreThoseOfOneMoment() throws IOException, InterruptedException {
        Path home = home("from");
        try (var host = ReadyDatabase.open(home); var guest = Database.open(home)) {
            var settings = new SettingStore(host);
            host.dsl().update(ROLE).set(ROLE.DESCRIPTION, "0")
                    .execute();
            settings.put("z.pair", "0");
            var over = new AtomicBoolean();
            var writer = Thread.ofPlatform().start(() -> {
                for (int i = 1; !over.get(); i++) {
                    String text = Integer.toString(i);
                    host.transaction(() -> {
                        host.dsl().update(ROLE)
                                .set(ROLE.DESCRIPTION, text).execute();
                        settings.put("z.pair", text);
                    });
                }
            });
            try {
                for (int i = 0; i < 4; i++) {
                    byte[] rows = rows(i % 2 == 0 ? guest : host);
                    Path copy = home("to" + i);
                    Database.load(copy, SEAL, Database.NEWEST_MIGRATION, new ByteArrayInputStream(rows));
                    try (var made = Database.open(copy, SEAL)) {
                        assertEquals(List.of(new SettingStore(made).get("z.pair").orElseThrow()),
                                made.dsl().selectDistinct(ROLE.DESCRIPTION)
                                        .from(ROLE)
                                        .fetch(ROLE.DESCRIPTION));
                    }
                }
            } finally {
                over.set(true);
                writer.join();
            }
        }
    }

    /// Before a folder of an older version is migrated its rows are backed up.
    @Test
    void everyVersionThatThereWasCanBeWritten() throws IOException {
        var old = new JdbcDataSource();
        old.setURL("jdbc:h2:mem:every;DB_CLOSE_DELAY=-1;DEFAULT_NULL_ORDERING=HIGH");
        old.setUser("rollcall");
        var all = Flyway.configure().dataSource(old).locations("classpath:db/migration")
                .javaMigrations(new FoldedKeys(), new PackedMembers(), new PastFromAudit()).load().info().all();
        assertTrue(all.length > 25);
        for (var each : all) {
            Flyway.configure().dataSource(old).locations("classpath:db/migration")
                    .javaMigrations(new FoldedKeys(), new PackedMembers(), new PastFromAudit())
                    .target(each.getVersion()).load().migrate();
            var out = new ByteArrayOutputStream();
            RowStream.write(old, out);
            assertEquals(each.getVersion().getVersion(),
                    RowStream.check(new ByteArrayInputStream(out.toByteArray())).version());
        }
    }

    /// A backup of an older version is loaded into its schema, and migrated by the next opening.
    @Test
    void rowsOfAnOlderVersionAreMigrated() throws IOException {
        var old = new JdbcDataSource();
        old.setURL("jdbc:h2:mem:older;DB_CLOSE_DELAY=-1;DEFAULT_NULL_ORDERING=HIGH");
        old.setUser("rollcall");
        Flyway.configure().dataSource(old).locations("classpath:db/migration")
                .javaMigrations(new FoldedKeys(), new PackedMembers(), new PastFromAudit()).target("21").load()
                .migrate();
        var out = new ByteArrayOutputStream();
        RowStream.write(old, out);
        var content = RowStream.check(new ByteArrayInputStream(out.toByteArray()));
        assertEquals("21", content.version());
        Path home = home("to");
        Database.load(home, SEAL, content.version(), new ByteArrayInputStream(out.toByteArray()));
        try (var to = Database.open(home, SEAL)) {
            assertEquals(Database.NEWEST_MIGRATION,
                    RowStream.check(new ByteArrayInputStream(rows(to))).version());
            assertEquals(4, to.dsl().fetchCount(ROLE));
        }
    }
}
