package org.rollcall.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Role;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserField;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What is written is noted where somebody will want to know of it, and no longer than that.
class PlanBaseStoreTest {
    @TempDir
    Path folder;
    private TestDirectory directory;
    private Tenant tenant;
    private MirrorStore mirrors;
    private MirrorRows rows;
    private PlanBaseStore bases;
    private PersonStore people;
    private long mirror;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        tenant = directory.tenant("Contoso");
        mirrors = new MirrorStore(directory.database, directory.clock);
        rows = new MirrorRows(directory.database);
        bases = new PlanBaseStore(directory.database);
        people = new PersonStore(directory.database, directory.clock);
        mirror = mirrors.open(tenant.id(), "everyone", "everyone").id();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void withoutABaseNothingIsNoted() {
        rows.putUsers(mirror, 1, Map.of(id("ann"), named()));
        people.setExcluded(List.of(directory.person(tenant, "Ann", "ann@contoso.example")), true);
        assertEquals(0, noted());
    }

    @Test
    void tellsWhoAndWhichGroupsWereWrittenTo() {
        long profile = profile("default");
        long ann = directory.person(tenant, "Ann", "ann@contoso.example");
        put(profile, mirror, Set.of(id("eve")));
        rows.putUsers(mirror, 1, Map.of(id("bob"), named()));
        rows.putGroups(mirror, 1, Map.of(id("team"), Attributes.builder(GroupField.class).build()));
        rows.putEdges(mirror, 1, List.of(new Membership(id("team"), id("carl"), MemberType.USER),
                new Membership(id("team"), id("part"), MemberType.GROUP),
                new Membership(id("team"), id("printer"), MemberType.DEVICE)));
        people.setExcluded(List.of(ann), true);
        PlanBaseStore.Base base = bases.of(profile).orElseThrow();
        Touched since = bases.since(base);
        assertEquals(Set.of(id("eve")), base.unsettled());
        assertEquals(Set.of(TestDirectory.uuid("ann@contoso.example"), id("bob"), id("carl")), since.people());
        assertEquals(Set.of(id("team")), since.groups());
        assertEquals(Set.of(id("team"), id("part")), since.below());
        assertEquals(Set.of(id("team")), since.above());
    }

    @Test
    void whoWasInAGroupThatGoesIsNoted() {
        rows.putGroups(mirror, 1, Map.of(id("team"), Attributes.builder(GroupField.class).build()));
        rows.putEdges(mirror, 1, List.of(new Membership(id("team"), id("carl"), MemberType.USER),
                new Membership(id("team"), id("part"), MemberType.GROUP)));
        long profile = profile("default");
        put(profile, mirror, Set.of());
        rows.removeGroups(mirror, List.of(id("team")));
        assertEquals(new Touched(Set.of(id("carl")), Set.of(id("team")), Set.of(id("part")), Set.of(id("team"))),
                since(profile));
    }

    @Test
    void whatIsWrittenWithTheBaseIsNotedAndWhatIsRolledBackIsNot() {
        long ann = directory.person(tenant, "Ann", "ann@contoso.example");
        long profile = profile("default");
        directory.database.transaction(() -> {
            people.setExcluded(List.of(ann), true);
            put(profile, mirror, Set.of());
        });
        assertEquals(1, since(profile).people().size());
        put(profile, mirror, Set.of());
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            people.setExcluded(List.of(ann), false);
            throw new IllegalStateException("the end of this transaction");
        }));
        people.insertLocal("local", null, null);
        assertEquals(Touched.NOTHING, since(profile));
    }

    @Test
    void whatEveryBaseHasSeenGoes() {
        long first = profile("first");
        long second = profile("second");
        put(first, mirror, Set.of());
        put(second, mirror, Set.of());
        rows.removeUsers(mirror, List.of(id("ann")));
        put(first, mirror, Set.of());
        assertEquals(Touched.NOTHING, since(first));
        assertEquals(Set.of(id("ann")), since(second).people());
        put(second, mirror, Set.of());
        assertEquals(0, noted());
    }

    @Test
    void anotherMirrorAndAnotherTenantAreNoneOfItsBusiness() {
        long profile = profile("default");
        put(profile, mirror, Set.of());
        long other = mirrors.open(tenant.id(), "some", "some").id();
        rows.removeUsers(other, List.of(id("ann")));
        directory.person(directory.tenant("Fabrikam"), "Bob", "bob@fabrikam.example");
        assertEquals(0, noted());
    }

    @Test
    void aFullReadTakesTheBasesOfItsMirror() {
        long other = mirrors.open(tenant.id(), "some", "some").id();
        long first = profile("first");
        long second = profile("second");
        put(first, mirror, Set.of());
        put(second, other, Set.of());
        rows.removeUsers(mirror, List.of(id("ann")));
        int generation = mirrors.nextGeneration(mirror);
        rows.putUsers(mirror, generation, Map.of(id("bob"), named()));
        assertTrue(bases.of(first).isEmpty());
        assertTrue(bases.of(second).isPresent());
        assertEquals(0, noted());
    }

    @Test
    void whatIsTooMuchIsNotNotedOneByOne() {
        long profile = profile("default");
        put(profile, mirror, Set.of());
        rows.removeUsers(mirror, many(TouchLog.MOST));
        assertEquals(TouchLog.MOST, noted());
        rows.removeUsers(mirror, many(TouchLog.MOST + 1));
        assertTrue(bases.of(profile).isEmpty());
        assertEquals(0, noted());
    }

    @Test
    void aBaseThatNobodyUsesDoesNotKeepTheLogForEver() {
        long forgotten = profile("forgotten");
        long used = profile("used");
        put(forgotten, mirror, Set.of());
        put(used, mirror, Set.of());
        rows.removeUsers(mirror, List.of(id("ann")));
        put(used, mirror, Set.of());
        assertEquals(1, noted());
        // As if much had been noted since.
        directory.sql("alter table touched alter column number restart with " + 6 * TouchLog.MOST);
        rows.removeUsers(mirror, List.of(id("bob")));
        put(used, mirror, Set.of());
        assertTrue(bases.of(forgotten).isEmpty());
        assertEquals(0, noted());
    }

    private void put(long profile, long of, Set<UUID> unsettled) {
        directory.database.transaction(() -> bases.put(profile, tenant.id(), of, "basis", unsettled));
    }

    private Touched since(long profile) {
        return bases.since(bases.of(profile).orElseThrow());
    }

    private int noted() {
        return directory.database.dsl().fetchCount(org.rollcall.store.gen.Tables.TOUCHED);
    }

    private long profile(String name) {
        return new ProfileStore(directory.database, directory.clock).insert(tenant.id(), name,
                ProfileConfig.everyone(), new RoleStore(directory.database).require(Role.USER).id()).id();
    }

    private static List<UUID> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> new UUID(7, i)).collect(Collectors.toList());
    }

    private static UUID id(String name) {
        return TestDirectory.uuid(name);
    }

    private static Attributes<UserField> named() {
        return Attributes.builder(UserField.class).set(UserField.DISPLAY_NAME, "Somebody").build();
    }
}
