package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RollcallException;
import org.rollcall.store.gen.DefaultSchema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A database file with anything in it that could run is not opened, and nothing in it runs.
class ForeignObjectsTest {
    @TempDir
    Path folder;
    private static volatile boolean ran;

    /// What would run if it were let.
    public static final class Spy implements Trigger {
        public Spy() {
            ran = true;
        }

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            ran = true;
        }
    }

    private RollcallException refusal(String... statements) throws IOException, SQLException {
        Path home = Files.createTempDirectory(folder, "case");
        ReadyDatabase.copyTo(home);
        try (var connection = DriverManager.getConnection("jdbc:h2:" + home.resolve("rollcall"), "rollcall", "");
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
            statement.execute("shutdown");
        }
        ran = false;
        System.clearProperty("ran");
        var refused = assertThrows(RollcallException.class, () -> Database.open(home));
        assertFalse(ran || System.getProperty("ran") != null, "nothing in it runs");
        return refused;
    }

    @Test
    void whatWouldRunIsRefusedByName() throws IOException, SQLException {
        var cases = Map.of(
                "create trigger \"SPY\" before insert on setting for each row as "
                        + "$$org.h2.api.Trigger create() { "
                        + "System.setProperty(\"ran\", \"yes\"); return (c, o, n) -> {}; }$$",
                "trigger in it that is not Rollcall's: SPY",
                "create alias \"MINE\" as $$String mine(String s) { return s; }$$",
                "alias in it that is not Rollcall's: MINE",
                "create view \"LOOK\" as select * from csvread('/etc/passwd')", "LOOK",
                "create linked table \"FAR\" ('org.h2.Driver', 'jdbc:h2:mem:far', 'sa', '', 'information_schema.users')",
                "FAR",
                "create table \"ODD\" (id int)", "table in it that is not Rollcall's: ODD",
                "create user \"EVE\" password 'x' admin", "user in it that is not Rollcall's: EVE",
                "alter table setting alter column content set default file_read('/etc/passwd', 'UTF-8')", "SETTING",
                "alter table setting add column more varchar as (file_read('/etc/passwd', 'UTF-8'))", "SETTING",
                "alter table setting add constraint c check (length(content) > 0)", "constraint",
                "create domain \"D\" as varchar check (value is not null)", "D");
        for (var each : cases.entrySet()) {
            RollcallException refusal;
            try {
                refusal = refusal(each.getKey());
            } catch (SQLException e) {
                // H2 itself lets nobody make it in this process any more.
                assertTrue(String.valueOf(e.getMessage()).matches("(?s).*(allowed|denied|not found).*"), e::toString);
                continue;
            }
            assertEquals("storage.foreign-object", refusal.code(), each.getKey() + ": " + refusal.message());
            assertTrue(refusal.message().contains(each.getValue()), refusal.message());
        }
    }

    /// H2 in this process makes no trigger of a class; another's would have, so its statement is looked at as it would stand.
    @Test
    void classesInTriggersAndAliasesAreRefused() {
        assertThrows(RollcallException.class, () -> ForeignObjects.look(org.h2.engine.DbObject.TRIGGER,
                "CREATE FORCE TRIGGER \"PUBLIC\".\"SPY\" BEFORE INSERT ON \"PUBLIC\".\"SETTING\" FOR EACH ROW QUEUE 1024 CALL '"
                        + Spy.class.getName() + "'"));
        assertThrows(RollcallException.class, () -> ForeignObjects.look(org.h2.engine.DbObject.FUNCTION_ALIAS,
                "CREATE FORCE ALIAS \"PUBLIC\".\"EXIT\" FOR 'java.lang.System.exit'"));
        assertThrows(RollcallException.class, () -> ForeignObjects.look(org.h2.engine.DbObject.SETTING,
                "SET JAVA_OBJECT_SERIALIZER '" + Spy.class.getName() + "'"));
        assertThrows(RollcallException.class, () -> ForeignObjects.look(org.h2.engine.DbObject.TABLE_OR_VIEW,
                "CREATE CACHED TABLE \"PUBLIC\".\"SETTING\"(\"NAME\" CHARACTER VARYING(100) DEFAULT \"PUBLIC\".\"MINE\"(1))"));
        assertThrows(RollcallException.class, () -> ForeignObjects.look(99, "CREATE WHATEVER \"X\""));
    }

    /// H2 reads it once, before its first database: here others may have been first.
    @Test
    void noClassIsLoadedForADatabase() {
        Database.open(folder).close();
        assertEquals("org.h2.server.TcpServer", System.getProperty("h2.allowedClasses"));
    }

    @Test
    void everyTableOfTheMigrationsIsKnown() {
        var ours = new TreeSet<String>();
        DefaultSchema.DEFAULT_SCHEMA.getTables().forEach(each -> ours.add(each.getName().toLowerCase(Locale.ROOT)));
        ours.removeIf(name -> name.startsWith("flyway"));
        ours.removeAll(ForeignObjects.TABLES);
        assertEquals(new TreeSet<>(), ours);
    }
}
