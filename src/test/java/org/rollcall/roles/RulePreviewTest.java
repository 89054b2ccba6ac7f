package org.rollcall.roles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PeopleEdits;
import org.rollcall.roles.RulePreview.ChangedPerson;
import org.rollcall.store.AuditStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RulePreviewTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    RoleServices services;
    PeopleEdits edits;
    UserQueries users;
    RoleStore roles;
    Tenant contoso;
    Profile daily;
    Actor root;
    long rootId;
    final List<UUID> groups = new ArrayList<>();

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        var audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        services = RoleServices.over(directory.database, audit, directory.clock);
        edits = PeopleEdits.over(directory.database, services, audit, directory.clock);
        users = new UserQueries(directory.database, new GroupNesting(directory.database));
        roles = new RoleStore(directory.database);
        rootId = new PersonStore(directory.database, directory.clock).insertLocal("root", "Root", null);
        new LocalAccountStore(directory.database).insert(rootId, "x", directory.clock.instant());
        directory.role(rootId, "Administrator", RoleSource.MANUAL);
        root = new Actor(rootId, "root", "window", EnumSet.allOf(Permission.class));
        contoso = directory.tenant("Contoso");
        daily = directory.profile(contoso, "daily");
        for (int i = 0; i < 6; i++) {
            groups.add(directory.group(contoso, "Group " + i));
        }
        directory.member(contoso, groups.get(0), groups.get(1), MemberType.GROUP);
        directory.member(contoso, groups.get(1), groups.get(2), MemberType.GROUP);
        directory.member(contoso, groups.get(2), groups.get(0), MemberType.GROUP);
        directory.member(contoso, groups.get(3), groups.get(4), MemberType.GROUP);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void people(Random random, int count) {
        for (int i = 0; i < count; i++) {
            var status = switch (random.nextInt(8)) {
                case 0 -> UserStatus.DISABLED;
                case 1 -> UserStatus.REMOVED;
                default -> UserStatus.ACTIVE;
            };
            directory.person(contoso, "Person " + i, "p" + i, "p" + i, i % 2 == 0 ? "Sales" : "Tax", status);
            directory.owns(daily, "p" + i);
            for (UUID group : groups) {
                if (status != UserStatus.REMOVED && random.nextInt(4) == 0) {
                    directory.member(contoso, group, TestDirectory.uuid("p" + i), MemberType.USER);
                }
            }
        }
    }

    private RoleRule rule(long id, int group, boolean nested, String role) {
        return new RoleRule(id, daily.id(), 0, new Ref(groups.get(group), "Group " + group), nested,
                roles.require(role).id());
    }

    private Map<Long, String> held() {
        var all = new HashMap<Long, String>();
        users.forEach(UserFilter.everyone(), user -> all.put(user.id(), user.role()));
        return all;
    }

    private RulePreview preview(List<RoleRule> rules) {
        return services.previews().preview(root, daily.id(), rules, () -> {});
    }

    @Test
    void savingDoesWhatWasSaidWhateverTheRules() {
        var random = new Random(20261124);
        people(random, 60);
        services.assignments().setRole(root, List.of(users.find("p1").id()), "Operator");
        edits.accounts().exclude(root, List.of(users.find("p2").id(), users.find("p3").id()));
        var names = List.of("Administrator", "Operator", "Auditor", "User");
        for (int round = 0; round < 25; round++) {
            var present = new ArrayList<>(new RuleStore(directory.database).ofProfile(daily.id()));
            for (int edits = random.nextInt(4) + 1; edits > 0; edits--) {
                int at = random.nextInt(present.size() + 1);
                if (present.isEmpty() || random.nextInt(3) == 0) {
                    present.add(at, rule(0, random.nextInt(6), random.nextBoolean(),
                            names.get(random.nextInt(names.size()))));
                } else if (random.nextInt(4) == 0) {
                    present.remove(Math.min(at, present.size() - 1));
                } else {
                    present.add(random.nextInt(present.size()), present.remove(Math.min(at, present.size() - 1)));
                }
            }
            Map<Long, String> before = held();
            RulePreview preview = preview(present);
            assertEquals(before, held(), "a preview changes nothing");
            services.rules().save(root, daily.id(), null, present);
            Map<Long, String> after = held();
            var differing = new HashMap<Long, String>();
            after.forEach((id, role) -> {
                if (!role.equals(before.get(id))) {
                    differing.put(id, role);
                }
            });
            var said = new HashMap<Long, String>();
            preview.changes().forEach(change -> said.put(change.userId(),
                    roles.byId(change.toRoleId()).map(Role::name).orElseThrow()));
            assertEquals(differing, said);
            Map<Long, Long> counts = roles.people();
            preview.counts().forEach(count -> assertEquals(count.after(),
                    counts.getOrDefault(count.role().id(), 0L), count.role().name()));
            assertEquals(preview.decides(), services.rules().list(root, daily.id()).stream()
                    .map(RuleService.RuleUse::decides).toList());
            assertEquals(preview.others(), services.rules().byDefault(root, daily.id()));
            assertEquals(preview.administrators().after(), services.guard().administrators());
        }
    }

    @Test
    void administratorsAreNamedAndTheLastOneStays() {
        long ada = directory.person(contoso, "Ada", "ada");
        directory.owns(daily, "ada");
        directory.member(contoso, groups.get(2), TestDirectory.uuid("ada"), MemberType.USER);
        var rules = List.of(rule(0, 0, true, "Administrator"));
        var won = preview(rules).administrators();
        assertEquals(List.of("Ada"), won.won());
        assertEquals(1, won.before());
        assertEquals(2, won.after());
        services.rules().save(root, daily.id(), List.of(), rules);
        assertEquals("", preview(List.of()).administrators().refusal(), "Root can still sign in");
        directory.signInWithEntra(true);
        directory.role(rootId, "User", RoleSource.MANUAL);
        var lost = preview(List.of()).administrators();
        assertEquals(List.of("Ada"), lost.lost());
        assertTrue(lost.refusal().contains("Ada is the last administrator"), lost.refusal());
        var refusal = assertThrows(RollcallException.class,
                () -> services.rules().save(root, daily.id(), null, List.of()));
        assertEquals(lost.refusal(), refusal.message());
        assertEquals("Administrator", users.byId(ada).orElseThrow().role());
    }

    @Test
    void whoChangesIsReadPageByPageAndFound() {
        people(new Random(3), 30);
        for (int i = 0; i < 30; i++) {
            if (users.byId(idOf(i)).orElseThrow().status() != UserStatus.REMOVED) {
                directory.leavesAll(contoso, TestDirectory.uuid("p" + i));
                directory.member(contoso, groups.get(5), TestDirectory.uuid("p" + i), MemberType.USER);
            }
        }
        RulePreview preview = preview(List.of(rule(0, 5, false, "Auditor")));
        var all = new ArrayList<ChangedPerson>();
        String next = null;
        int pages = 0;
        do {
            var page = services.previews().people(root, preview, "", next, 7);
            all.addAll(page.rows());
            next = page.next();
            pages++;
        } while (next != null);
        assertEquals(preview.changes(), all.stream().map(ChangedPerson::change).toList());
        assertEquals((all.size() + 6) / 7, pages);
        var sales = services.previews().people(root, preview, "PERSON sal", null, 100);
        assertTrue(sales.rows().stream().allMatch(person -> Integer.parseInt(person.username().substring(1)) % 2 == 0));
        assertTrue(sales.rows().size() > 5);
        assertNull(sales.next());
        assertEquals(List.of(), services.previews().people(root, preview, "nobody", null, 5).rows());
        assertNotNull(services.previews().people(root, preview, "person", null, 1).next());
    }

    private long idOf(int number) {
        var found = new long[1];
        users.forEach(UserFilter.everyone().withSearch("person " + number), user -> {
            if (user.shownName().equals("Person " + number)) {
                found[0] = user.id();
            }
        });
        return found[0];
    }

    @Test
    void itEndsWhenNobodyWaitsForItAndNeedsAPermission() {
        people(new Random(1), 5);
        assertThrows(CancellationException.class, () -> services.previews().preview(root, daily.id(), List.of(), () -> {
            throw new CancellationException();
        }));
        var nobody = new Actor(null, "nobody", "window", Set.of());
        assertThrows(RollcallException.class,
                () -> services.previews().preview(nobody, daily.id(), List.of(), () -> {}));
        assertThrows(RollcallException.class, () -> services.previews().preview(root, 4711, List.of(), () -> {}));
    }
}
