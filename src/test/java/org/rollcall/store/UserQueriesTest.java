package org.rollcall.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Page;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rollcall.store.gen.Tables.AUDIT_EVENT;
import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.MIRROR_GROUP;
import static org.rollcall.store.gen.Tables.MIRROR_USER;
import static org.rollcall.store.gen.Tables.ROLE_RULE;
import static org.rollcall.store.gen.Tables.RUN_CHANGE;
import static org.rollcall.store.gen.Tables.TENANT;

class UserQueriesTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    UserQueries users;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        users = new UserQueries(directory.database, new GroupNesting(directory.database));
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private List<String> found(UserFilter filter) {
        return users.list(filter, UserSort.BY_NAME, null, 1000).rows().stream().map(UserRow::username).toList();
    }

    private List<String> search(String text) {
        List<String> found = found(UserFilter.everyone().withSearch(text));
        assertEquals(found.size(), users.count(UserFilter.everyone().withSearch(text)));
        return found;
    }

    @Test
    void searchKnowsEveryScript() {
        directory.person(contoso, "Zoë Müller-Straße", "zoe@contoso.com");
        directory.person(contoso, "Ζωή Παπαδοπούλου", "greek@contoso.com");
        directory.person(contoso, "مريم الخطيب", "arabic@contoso.com");
        directory.person(contoso, "山田 太郎", "japanese@contoso.com");
        directory.person(contoso, "Robin \uD83E\uDD8A Fuchs", "emoji@contoso.com");
        directory.person(contoso, "Jose\u0301 Decomposed", "jose@contoso.com");
        directory.person(contoso, "ＦＵＬＬ Width", "wide@contoso.com");
        assertEquals(List.of("zoe@contoso.com"), search("müller-STRASSE".replace("SS", "ß")));
        assertEquals(List.of("zoe@contoso.com"), search("STRASSE"));
        assertEquals(List.of("zoe@contoso.com"), search("stra\u1E9Ee"));
        assertEquals(List.of("zoe@contoso.com"), search("ZOË"));
        assertEquals(List.of("greek@contoso.com"), search("ΠΑΠΑΔΟΠΟΎΛΟΥ"));
        assertEquals(List.of("greek@contoso.com"), search("ζωή παπα"));
        assertEquals(List.of("arabic@contoso.com"), search("الخطيب"));
        assertEquals(List.of("japanese@contoso.com"), search("太郎"));
        assertEquals(List.of("emoji@contoso.com"), search("\uD83E\uDD8A"));
        assertEquals(List.of("jose@contoso.com"), search("josé"));
        assertEquals(List.of("wide@contoso.com"), search("full"));
    }

    /// Keys from a time when letter case was folded less.
    @Test
    void keysThatAreStoredAreFoldedAnew() throws Exception {
        long ann = directory.person(contoso, "Anna Großmann", "anna@contoso.com");
        directory.group(contoso, "Straße");
        directory.sql("update directory_user set search_key = ?, sort_key = ? where id = ?",
                "anna großmann\nanna@contoso.com", "anna großmann", ann);
        directory.sql("update directory_group set sort_key = ?", "straße");
        directory.database.transaction(() -> directory.database.dsl()
                .connection(connection -> new FoldedKeys().migrate(new Context() {
                    @Override
                    public Configuration getConfiguration() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Connection getConnection() {
                        return connection;
                    }
                })));
        directory.database.peopleChanged(List.of(ann), PeopleLog.Part.NAMES);
        assertEquals(List.of("anna@contoso.com"), search("GROSSMANN"));
        assertEquals(1, new GroupQueries(directory.database).list(contoso.id(), "STRASSE", false, null, 10).rows()
                .size());
    }

    /// Names of people and groups are kept as long as they are taken from Entra, see [DirectoryField#longest].
    @Test
    void columnsAreAsWideAsWhatIsTaken() {
        for (var table : List.of(MIRROR_USER, DIRECTORY_USER)) {
            for (UserField field : UserField.values()) {
                fits(table, field);
            }
        }
        for (var table : List.of(MIRROR_GROUP, DIRECTORY_GROUP)) {
            for (GroupField field : GroupField.values()) {
                fits(table, field);
            }
        }
        int longest = UserField.DISPLAY_NAME.longest();
        assertTrue(length(RUN_CHANGE.NAME) >= longest && length(ROLE_RULE.GROUP_NAME) >= longest
                && length(AUDIT_EVENT.OBJECT_NAME) >= longest && length(TENANT.ORGANIZATION) >= longest);
        String lower = SearchKeys.unique("İ".repeat(UserField.USER_PRINCIPAL_NAME.longest()));
        assertTrue(length(DIRECTORY_USER.USERNAME_KEY) >= lower.length());
    }

    private static void fits(org.jooq.Table<?> table, DirectoryField field) {
        if (field.type() == DirectoryField.Type.TEXT || field.type() == DirectoryField.Type.LIST) {
            org.jooq.Field<?> column = java.util.Objects.requireNonNull(table.field(field.column()));
            assertTrue(length(column) >= field.longest(), () -> table.getName() + "." + column.getName());
        }
    }

    private static int length(org.jooq.Field<?> column) {
        return column.getDataType().length();
    }

    @Test
    void searchTakesWildcardsForWhatTheyAre() {
        directory.person(contoso, "100% Sure", "percent@contoso.com");
        directory.person(contoso, "1000 Sure", "thousand@contoso.com");
        directory.person(contoso, "under_score", "under@contoso.com");
        directory.person(contoso, "underXscore", "x@contoso.com");
        directory.person(contoso, "bang! back\\slash 'quote'", "odd@contoso.com");
        assertEquals(List.of("percent@contoso.com"), search("100%"));
        assertEquals(List.of("under@contoso.com"), search("r_s"));
        assertEquals(List.of("odd@contoso.com"), search("g!"));
        assertEquals(List.of("odd@contoso.com"), search("\\"));
        assertEquals(List.of("odd@contoso.com"), search("'quote'"));
        assertEquals(List.of(), search("%" + "%"));
    }

    @Test
    void searchWantsEveryWordInOneOfTheFourFields() {
        directory.person(contoso, "Ada Lovelace", "ada", "a.lovelace@contoso.com", "Engines", UserStatus.ACTIVE);
        directory.person(contoso, "Ada Byron", "byron", "ada.byron@contoso.com", "Poetry", UserStatus.ACTIVE);
        assertEquals(List.of("ada"), search("  engines   ADA "));
        assertEquals(List.of("byron"), search("poet"));
        assertEquals(List.of("byron", "ada"), search(""));
        assertEquals(List.of(), search("lovelaceada"));
    }

    @Test
    void filtersWorkTogether() {
        Tenant fabrikam = directory.tenant("Fabrikam");
        long ada = directory.person(contoso, "Ada", "ada", null, "Engines", UserStatus.ACTIVE);
        directory.person(contoso, "Bo", "bo", null, "engines", UserStatus.DISABLED);
        directory.person(contoso, "Cy", "cy", null, null, UserStatus.REMOVED);
        directory.person(fabrikam, "Di", "di", null, null, UserStatus.ACTIVE);
        new PersonStore(directory.database, directory.clock).insertLocal("local", null, null);
        directory.role(ada, "Operator", RoleSource.MANUAL);
        var all = UserFilter.everyone();
        assertEquals(List.of("ada"), found(all.withRoles(
                Set.of(new RoleStore(directory.database).require("Operator").id()))));
        assertEquals(List.of("ada"), found(all.withSources(Set.of(RoleSource.MANUAL))));
        assertEquals(List.of("bo", "cy"), found(all.withStatuses(Set.of(UserStatus.DISABLED, UserStatus.REMOVED))));
        assertEquals(List.of("ada", "bo"), found(all.withDepartment("ENGINES")));
        assertEquals(List.of("di"), found(all.withTenants(Set.of(fabrikam.id()))));
        assertEquals(List.of("local"), found(all.withTenants(Set.of(UserFilter.LOCAL))));
        assertEquals(List.of("di", "local"), found(all.withTenants(Set.of(UserFilter.LOCAL, fabrikam.id()))));
        assertEquals(List.of("bo"),
                found(all.withDepartment("engines").withStatuses(Set.of(UserStatus.DISABLED)).withSearch("b")));
        assertEquals(List.of(), found(all.withGuests(true)));
        assertEquals(5, found(all.withGuests(false)).size());
    }

    @Test
    void groupsAreFollowedThroughNestingAndCycles() {
        var top = directory.group(contoso, "Top");
        var low = directory.group(contoso, "Low");
        directory.member(contoso, top, low, MemberType.GROUP);
        directory.member(contoso, low, top, MemberType.GROUP);
        directory.person(contoso, "Ada", "ada");
        directory.person(contoso, "Bo", "bo");
        directory.person(contoso, "Cy", "cy");
        directory.member(contoso, top, TestDirectory.uuid("ada"), MemberType.USER);
        directory.member(contoso, low, TestDirectory.uuid("ada"), MemberType.USER);
        directory.member(contoso, low, TestDirectory.uuid("bo"), MemberType.USER);
        var all = UserFilter.everyone();
        assertEquals(List.of("ada", "bo"),
                found(all.withGroup(new UserFilter.InGroup(contoso.id(), top, true))));
        assertEquals(List.of("ada"), found(all.withGroup(new UserFilter.InGroup(contoso.id(), top, false))));
    }

    @Test
    void pagesInEveryOrderHoldEverybodyOnce() {
        for (int i = 0; i < 23; i++) {
            directory.clock.advance(Duration.ofSeconds(i % 3));
            directory.person(contoso, "Same " + i % 4, "person" + i, i % 2 == 0 ? null : "m" + i % 5 + "@x.org",
                    i % 3 == 0 ? null : "D" + i % 2, i % 7 == 0 ? UserStatus.DISABLED : UserStatus.ACTIVE);
        }
        for (UserSort.By by : UserSort.By.values()) {
            for (boolean descending : new boolean[]{ false, true }) {
                var sort = new UserSort(by, descending);
                var ids = new ArrayList<Long>();
                Page<UserRow> page = users.list(UserFilter.everyone(), sort, null, 5);
                page.rows().forEach(user -> ids.add(user.id()));
                while (page.next() != null) {
                    page = users.list(UserFilter.everyone(), sort, page.next(), 5);
                    page.rows().forEach(user -> ids.add(user.id()));
                }
                assertEquals(23, Set.copyOf(ids).size(), sort.toString());
                assertEquals(23, ids.size(), sort.toString());
                assertArrayEquals(users.ids(UserFilter.everyone(), sort),
                        ids.stream().mapToLong(Long::longValue).toArray(), sort.toString());
                assertEquals(ids, users.byIds(ids).stream().map(UserRow::id).toList());
            }
        }
    }

    @Test
    void aPlaceFromAnotherListIsRefused() {
        for (int i = 0; i < 3; i++) {
            directory.person(contoso, "P" + i, "p" + i);
        }
        String next = users.list(UserFilter.everyone(), UserSort.BY_NAME, null, 2).next();
        var otherOrder = new UserSort(UserSort.By.MAIL, false);
        for (String place : List.of("x", "!!", "W10", "")) {
            var refusal = assertThrows(RollcallException.class,
                    () -> users.list(UserFilter.everyone(), UserSort.BY_NAME, place, 2));
            assertEquals(ErrorKind.INPUT, refusal.kind());
        }
        assertThrows(RollcallException.class, () -> users.list(UserFilter.everyone(), otherOrder, next, 2));
    }

    @Test
    void onePersonIsFoundByNameUpnAndId() {
        long ada = directory.person(contoso, "Ada", "Ada@Contoso.com");
        assertEquals(ada, users.find("ada@contoso.COM").id());
        assertEquals(ada, users.find(" " + ada + " ").id());
        assertEquals(ada,
                users.find(TestDirectory.uuid("Ada@Contoso.com").toString().toUpperCase(java.util.Locale.ROOT))
                        .id());
        var refusal = assertThrows(RollcallException.class, () -> users.find("ada@contoso.org"));
        assertEquals(ErrorKind.INPUT, refusal.kind());
        assertEquals("user.unknown", refusal.code());
    }

    @Test
    void aNameThatMeansTwoIsRefusedWithBoth() {
        directory.person(contoso, "First", "a@x.example");
        long second = directory.person(contoso, "Second", "second");
        directory.sql(
                "update directory_user set user_principal_name = 'A@x.example', upn_key = 'a@x.example' where id = ?",
                second);
        // Only the second one's: the first one signs in under a mail address.
        directory.sql(
                "update directory_user set user_principal_name = 'first@x.example', upn_key = 'first@x.example'"
                        + " where username = 'a@x.example'");
        var refusal = assertThrows(RollcallException.class, () -> users.find("a@x.example"));
        assertEquals("user.ambiguous", refusal.code());
        assertTrue(refusal.message().contains("a@x.example (id") && refusal.message().contains("second (id"),
                refusal::message);
        assertEquals("second", users.find("second").username());

        long number = directory.person(contoso, "Number", String.valueOf(second));
        assertEquals("user.ambiguous", assertThrows(RollcallException.class,
                () -> users.find(String.valueOf(second))).code());
        assertEquals(number, users.find(String.valueOf(number)).id());
    }

    @Test
    void removedPeopleAreFoundWhenNobodyElseIsMeant() {
        Tenant fabrikam = directory.tenant("Fabrikam");
        long gone = directory.person(contoso, "Ada", "ada", null, null, UserStatus.REMOVED);
        assertEquals(gone, users.find("ADA").id());
        directory.person(fabrikam, "Bo", "bo", null, null, UserStatus.REMOVED);
        directory.sql("update directory_user set user_principal_name = 'ada', upn_key = 'ada' where username = 'bo'");
        var refusal = assertThrows(RollcallException.class, () -> users.find("ada"));
        assertEquals("user.ambiguous", refusal.code());
        assertTrue(refusal.message().contains("Contoso") && refusal.message().contains("Fabrikam"),
                refusal.message());
        long back = directory.person(fabrikam, "Ada the second", "ada");
        assertEquals(back, users.find("ada").id());
    }

    @Test
    void localAccountsHaveNoTenant() {
        long id = new PersonStore(directory.database, directory.clock).insertLocal("root", null, null);
        UserRow local = users.byId(id).orElseThrow();
        assertNull(local.tenant());
        assertNull(local.objectId());
        assertEquals("root", local.shownName());
        assertTrue(local.isLocal());
        assertEquals("user.name-taken", assertThrows(RollcallException.class,
                () -> new PersonStore(directory.database, directory.clock).insertLocal("ROOT", null, null)).code());
    }

    @Test
    void exportsHandOverEverybodyInChunks() {
        directory.sql("""
                insert into directory_user (tenant_id, object_id, username, status, mfa, search_key, sort_key, changed_at)
                select ?, random_uuid(), 'u' || x, 'ACTIVE', 'UNKNOWN', 'u' || x, 'u', current_timestamp
                from system_range(1, 2500)""", contoso.id());
        var seen = new ArrayList<Long>();
        users.forEach(UserFilter.everyone(), user -> seen.add(user.id()));
        assertEquals(2500, seen.size());
        assertEquals(2500, Set.copyOf(seen).size());
    }
}
