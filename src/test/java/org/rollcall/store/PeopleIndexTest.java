package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The index in memory finds whom the database finds, in the same order, and never answers from old text.
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
        plain = new UserQueries(directory.database, new GroupNesting(directory.database));
        indexed = new UserQueries(directory.database, new GroupNesting(directory.database));
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void findsWhomTheDatabaseFinds() {
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

    @Test
    void chipsAndOrdersAreAnsweredAsByTheDatabaseWhateverIsChanged() {
        var random = new Random(5);
        Tenant fabrikam = directory.tenant("Fabrikam");
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 150; i++) {
            Tenant tenant = random.nextInt(3) == 0 ? fabrikam : contoso;
            ids.add(directory.person(tenant, "Person " + random.nextInt(40), "user" + i + "@" + tenant.name(), null,
                    null, UserStatus.values()[random.nextInt(3)]));
        }
        indexed.awaitSearchIndex();
        var index = new PeopleIndex(directory.database);
        for (int round = 0; round < 25; round++) {
            String done = change(random, ids, round);
            if (round % 2 == 0) {
                indexed.awaitSearchIndex();
                index.refresh();
            }
            for (int i = 0; i < 12; i++) {
                UserFilter filter = filter(random);
                var sort = new UserSort(ORDERS.get(random.nextInt(ORDERS.size())), random.nextBoolean());
                String what = "round " + round + ", " + done + ": " + filter + " " + sort;
                assertArrayEquals(plain.ids(filter, sort), indexed.ids(filter, sort), what);
                assertEquals(plain.count(filter), indexed.count(filter), what);
                if (round % 2 == 0 && sort.by() != UserSort.By.USERNAME) {
                    assertArrayEquals(plain.ids(filter, sort), index.find(filter, sort), what);
                }
            }
            UserFilter filter = filter(random);
            var sort = new UserSort(ORDERS.get(random.nextInt(ORDERS.size())), random.nextBoolean());
            assertEquals(pages(plain, filter, sort), pages(indexed, filter, sort), filter + " " + sort);
        }
    }

    private static final List<UserSort.By> ORDERS = List.of(UserSort.By.NAME, UserSort.By.ROLE, UserSort.By.SOURCE,
            UserSort.By.STATUS, UserSort.By.MFA, UserSort.By.TENANT, UserSort.By.USERNAME);

    private UserFilter filter(Random random) {
        UserFilter filter = UserFilter.everyone();
        if (random.nextBoolean()) {
            filter = filter.withSearch(List.of("person 1", "user", "2 contoso", "local").get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withStatuses(EnumSet.of(UserStatus.ACTIVE, UserStatus.values()[random.nextInt(3)]));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withRoles(Set.of(role(List.of("User", "Operator", "Auditor").get(random.nextInt(3)))));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withSources(Set.of(RoleSource.values()[random.nextInt(3)]));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withTenants(random.nextBoolean() ? Set.of(UserFilter.LOCAL) : Set.of(contoso.id(), 99L));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withMfa(Set.of(MfaState.UNKNOWN));
        }
        if (random.nextInt(5) == 0) {
            filter = random.nextBoolean()
                    ? filter.withGuests(random.nextBoolean())
                    : filter.withExcluded(random.nextBoolean());
        }
        return filter;
    }

    private String change(Random random, List<Long> ids, int round) {
        var people = new PersonStore(directory.database, directory.clock);
        var some = List.of(ids.get(random.nextInt(ids.size())), ids.get(random.nextInt(ids.size())));
        switch (random.nextInt(6)) {
            case 0 -> {
                new AssignmentStore(directory.database, directory.clock).set(Set.copyOf(some),
                        role(random.nextBoolean() ? "Operator" : "Auditor"), RoleSource.MANUAL, null, "test");
                return "roles";
            }
            case 1 -> {
                people.setDisabledByHand(some, random.nextBoolean());
                return "disabled or not";
            }
            case 2 -> {
                people.setExcluded(some, random.nextBoolean());
                return "excluded or not";
            }
            case 3 -> {
                long id = people.insertLocal("local" + round, random.nextBoolean() ? "Person 1" : null, null);
                if (random.nextBoolean()) {
                    people.deleteLocal(id);
                    return "a local account came and went";
                }
                return "a local account";
            }
            case 4 -> {
                ids.add(directory.person(contoso, "Person 1" + round, "new" + round + "@contoso", null, null,
                        UserStatus.ACTIVE));
                return "somebody came";
            }
            default -> {
                UUID id = TestDirectory.uuid("user" + random.nextInt(150) + "@Contoso");
                directory.database.transaction(() -> {
                    var changes = new DirectoryChanges(directory.database, contoso.id(), 1, directory.clock.instant());
                    changes.updatePeople(List.of(new PersonChange(ChangeKind.UPDATE, id, "somebody", Map.of(),
                            Map.of("displayName", "Person 3" + round, "mfa", "REGISTERED", "userType", "Guest"),
                            Reason.of(ReasonCode.IN_SCOPE_EVERYONE))));
                    changes.refreshKeys(List.of(id));
                });
                return "somebody is called otherwise";
            }
        }
    }

    private long role(String name) {
        return new RoleStore(directory.database).require(name).id();
    }

    @Test
    void whatIsKeptBesideTheDatabaseIsGoodForItsVeryStateOnly() throws IOException {
        long ada = directory.person(contoso, "Ada", "ada");
        long bo = directory.person(contoso, "بو", "bo");
        var index = new PeopleIndex(directory.database);
        index.refresh();
        new PersonStore(directory.database, directory.clock).setDisabledByHand(List.of(bo), true);
        index.refresh();
        index.save();
        Path file = folder.resolve("people.index");
        directory.close();
        directory = new TestDirectory(folder);
        String stamp = directory.database.peopleStamp().orElseThrow();
        var image = PeopleImageFile.read(file, stamp, List.of());
        assertNotNull(image);
        var again = new PeopleIndex(directory.database);
        again.refresh();
        assertArrayEquals(new long[]{ ada, bo }, search(again, ""));
        assertArrayEquals(new long[]{ bo }, search(again, "بو"));
        assertArrayEquals(new long[]{ bo },
                again.find(UserFilter.everyone().withStatuses(Set.of(UserStatus.DISABLED)), UserSort.BY_NAME));

        byte[] bytes = Files.readAllBytes(file);
        for (int at = bytes.length - 1; at >= 0; at -= 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertNull(PeopleImageFile.read(file, stamp, List.of()), "damaged at " + at);
            Files.write(file, Arrays.copyOf(bytes, at));
            assertNull(PeopleImageFile.read(file, stamp, List.of()), "cut off at " + at);
        }
        Files.write(file, bytes);
        long cy = directory.person(contoso, "Cy", "cy");
        assertNull(PeopleImageFile.read(file, directory.database.peopleStamp().orElseThrow(), List.of()),
                "somebody came");
        var last = new PeopleIndex(directory.database);
        last.refresh();
        assertArrayEquals(new long[]{ ada, cy, bo }, search(last, ""));
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

    private static long @Nullable [] search(PeopleIndex index, String text) {
        return index.find(UserFilter.everyone().withSearch(text), UserSort.BY_NAME);
    }

    @Test
    void answersNothingFromOldText() {
        var index = new PeopleIndex(directory.database);
        assertNull(search(index, "ada"), "nobody asked for it to be kept");
        long ada = directory.person(contoso, "Ada", "ada");
        index.refresh();
        assertArrayEquals(new long[]{ ada }, search(index, "ada"));
        long local = new PersonStore(directory.database, directory.clock).insertLocal("ada.local", "Ada", null);
        assertNull(search(index, "ada"), "somebody came");
        index.refresh();
        assertArrayEquals(new long[]{ ada, local }, search(index, "ada"));
        new PersonStore(directory.database, directory.clock).deleteLocal(local);
        assertNull(search(index, "ada"), "somebody left");
        index.refresh();
        assertArrayEquals(new long[]{ ada }, search(index, "ada"));
        directory.sql("update directory_user set display_name = 'Ida', username = 'ida' where id = ?", ada);
        new DirectoryChanges(directory.database, contoso.id(), 1, directory.clock.instant())
                .refreshKeys(List.of(TestDirectory.uuid("ada")));
        // Nothing, or what the background building has found by now: but never the old text.
        long[] found = search(index, "ada");
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
        assertArrayEquals(new long[]{ ada }, search(index, ""));
    }
}
