package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The index in memory finds whom the data base finds, in the same order, and never answers from old text.
class PeopleIndexTest {
    private static final UserSort BACKWARDS = new UserSort(UserSort.By.NAME, true);

    @TempDir
    Path folder;
    TestDirectory directory;
    UserQueries plain;
    UserQueries indexed;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        plain = new UserQueries(directory.database, new GroupQueries(directory.database));
        indexed = new UserQueries(directory.database, new GroupQueries(directory.database));
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void findsWhomTheDataBaseFinds() {
        var random = new Random(11);
        List<String> parts = List.of("an", "Na", "ZOË", "straße", "ا", "ل", "太", "\uD83E\uDD8A", "100%", "_", "\\",
                "o'",
                "Ж", "x");
        for (int i = 0; i < 1_300; i++) {
            String name = random.ints(1 + random.nextInt(4), 0, parts.size()).mapToObj(parts::get)
                    .reduce("", (a, b) -> a + b + (random.nextInt(3) == 0 ? " " : ""));
            String mail = i % 3 == 0 ? "user" + i + "@contoso.com" : "m" + random.nextInt(900) + "@fabrikam.com";
            directory.database.transaction(() -> directory.person(contoso, name, "user" + random.nextLong()
                    + "@contoso.com", mail, parts.get(random.nextInt(parts.size())), UserStatus.ACTIVE));
        }
        indexed.awaitSearchIndex();
        var texts = new ArrayList<>(List.of("", " ", "contoso", "CONTOSO user1", "m7", "zoë an", "\uD83E\uDD8A 太",
                "ا ل user2", "%", "nobody at all", "user1@contoso.com\u0000", "straße o' x"));
        for (int i = 0; i < 60; i++) {
            texts.add(parts.get(random.nextInt(parts.size())) + (random.nextBoolean() ? "" : " ")
                    + parts.get(random.nextInt(parts.size())));
        }
        for (String text : texts) {
            var filter = UserFilter.everyone().withSearch(text);
            assertArrayEquals(plain.ids(filter, UserSort.BY_NAME), indexed.ids(filter, UserSort.BY_NAME), text);
            assertArrayEquals(plain.ids(filter, BACKWARDS), indexed.ids(filter, BACKWARDS), text);
            assertEquals(plain.count(filter), indexed.count(filter), text);
        }
        var filter = UserFilter.everyone().withSearch("contoso");
        assertEquals(pages(plain, filter, UserSort.BY_NAME), pages(indexed, filter, UserSort.BY_NAME));
        assertEquals(pages(plain, filter, BACKWARDS), pages(indexed, filter, BACKWARDS));
    }

    private static List<String> pages(UserQueries users, UserFilter filter, UserSort sort) {
        var names = new ArrayList<String>();
        String after = null;
        do {
            var page = users.list(filter, sort, after, 333);
            page.rows().stream().map(UserRow::username).forEach(names::add);
            names.add("--");
            after = page.next();
        } while (after != null);
        return names;
    }

    @Test
    void answersNothingFromOldText() {
        var index = new PeopleIndex(directory.database);
        assertNull(index.search("ada", false), "nobody asked for it to be kept");
        long ada = directory.person(contoso, "Ada", "ada");
        index.refresh();
        assertArrayEquals(new long[]{ ada }, index.search("ada", false));
        long local = new PersonStore(directory.database, directory.clock).insertLocal("ada.local", "Ada", null);
        assertNull(index.search("ada", false), "somebody came");
        index.refresh();
        assertArrayEquals(new long[]{ ada, local }, index.search("ada", false));
        new PersonStore(directory.database, directory.clock).deleteLocal(local);
        assertNull(index.search("ada", false), "somebody left");
        index.refresh();
        assertArrayEquals(new long[]{ ada }, index.search("ada", false));
        directory.sql("update directory_user set search_key = 'ida' where id = ?", ada);
        new DirectoryChanges(directory.database, contoso.id(), 1, directory.clock.instant())
                .refreshKeys(List.of(TestDirectory.uuid("ada")));
        // Nothing, or what the background building has found by now: but never the old text.
        long[] found = index.search("ada", false);
        assertTrue(found == null || found.length == 0, "somebody may be called otherwise now");
    }

    @Test
    void staysGoodWhenAChangeIsTakenBack() {
        var index = new PeopleIndex(directory.database);
        long ada = directory.person(contoso, "Ada", "ada");
        index.refresh();
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            new PersonStore(directory.database, directory.clock).insertLocal("bo", "Bo", null);
            throw new IllegalStateException("taken back");
        }));
        index.refresh();
        assertArrayEquals(new long[]{ ada }, index.search("", false));
    }
}
