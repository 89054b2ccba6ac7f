package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Whatever the folder is called, the database lies in it, and nothing in its name is taken for settings.
class PathsAreDataTest {
    @TempDir
    Path temp;

    static Stream<String> names() {
        return Stream.of("a;INIT=RUNSCRIPT FROM 'init.sql'", "a\\;INIT=CREATE TABLE OOPS(X INT)", "a\\;b",
                "a;FILE_LOCK=NO;IFEXISTS=TRUE", "with blanks  in it ", "Jörg Größe", "%20%3B%", "a#b?c=d&e", "nio:a",
                "~", "~root", "split!x", "classpath:x", "'quoted\"", "x".repeat(200), "ü".repeat(100));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFolderHoldsTheDatabase(String name) throws IOException {
        Files.writeString(temp.resolve("init.sql"), "create table oops(x int)");
        assumeTrue(Path.of(name).getNameCount() == 1, "this platform takes it for several folders");
        Path folder = Files.createDirectories(temp.resolve(name).resolve("home"));
        try (var database = ReadyDatabase.open(folder)) {
            assertEquals(0, database.dsl().fetchCount(org.jooq.impl.DSL.table("information_schema.tables"),
                    org.jooq.impl.DSL.field("table_name").eq("OOPS")));
        }
        try (var again = ReadyDatabase.open(folder)) {
            assertFalse(again.dsl().fetch("select * from role").isEmpty());
        }
        assertTrue(Files.size(folder.resolve(Database.FILE)) > 0);
        try (var inside = Files.list(temp)) {
            assertEquals(java.util.Set.of("init.sql", name),
                    inside.map(each -> each.getFileName().toString()).collect(Collectors.toSet()));
        }
    }
}
