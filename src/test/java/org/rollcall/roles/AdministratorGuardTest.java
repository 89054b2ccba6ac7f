package org.rollcall.roles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PeopleEdits;
import org.rollcall.store.AuditStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Random edits by random hands: whatever is tried, an administrator is left, what is refused changes nothing, and a
/// role chosen by hand changes only when somebody changes it.
class AdministratorGuardTest {
    private static final int EDITS = 300;
    private static final List<String> ROLES = List.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR, Role.USER);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4 })
    void anAdministratorIsLeftAndRolesByHandStay(long seed) {
        try (var directory = new TestDirectory(folder)) {
            new Edits(directory, seed).run();
        }
    }

    private record Held(UserStatus status, boolean local, String role, RoleSource source) {}

    /// One database and what is tried on it.
    private static final class Edits {
        private final TestDirectory directory;
        private final Random random;
        private final RoleServices services;
        private final PeopleEdits edits;
        private final UserQueries users;
        private final RuleStore rules;
        private final Actor actor;
        private final Profile profile;
        private final List<Long> people = new ArrayList<>();
        private final List<Long> locals = new ArrayList<>();
        private final List<UUID> groups = new ArrayList<>();
        private final List<RoleEdit> done = new ArrayList<>();
        private final boolean entra;
        /// Whom the edit that is tried may change by name.
        private final Set<Long> named = new HashSet<>();

        Edits(TestDirectory directory, long seed) {
            this.directory = directory;
            this.random = new Random(seed);
            var audit = new AuditService(directory.database, new AuditStore(directory.database),
                    new SettingStore(directory.database), directory.clock);
            services = RoleServices.over(directory.database, audit, directory.clock);
            edits = PeopleEdits.over(directory.database, services, audit, directory.clock);
            users = new UserQueries(directory.database, new GroupNesting(directory.database));
            rules = new RuleStore(directory.database);
            for (String name : List.of("root", "spare")) {
                long id = new PersonStore(directory.database, directory.clock).insertLocal(name, name, null);
                new LocalAccountStore(directory.database).insert(id, "x", directory.clock.instant());
                directory.role(id, Role.ADMINISTRATOR, RoleSource.MANUAL);
                locals.add(id);
                people.add(id);
            }
            actor = new Actor(null, "tester", "window", EnumSet.allOf(Permission.class));
            var tenant = directory.tenant("Contoso");
            profile = directory.profile(tenant, "default");
            for (int i = 0; i < 10; i++) {
                people.add(directory.person(tenant, "Person " + i, "p" + i));
                directory.owns(profile, "p" + i);
            }
            for (int i = 0; i < 4; i++) {
                UUID group = directory.group(tenant, "group" + i);
                for (int person = 0; person < 10; person++) {
                    if (random.nextInt(3) == 0) {
                        directory.member(tenant, group, TestDirectory.uuid("p" + person), MemberType.USER);
                    }
                }
                if (i > 0) {
                    directory.member(tenant, group, groups.getLast(), MemberType.GROUP);
                }
                groups.add(group);
            }
            entra = seed % 2 == 0;
            directory.signInWithEntra(entra);
        }

        void run() {
            int refused = 0;
            int made = 0;
            Map<Long, Held> before = held();
            for (int i = 0; i < EDITS; i++) {
                String where = "edit " + i;
                named.clear();
                boolean through = attempt();
                Map<Long, Held> after = held();
                if (through) {
                    made++;
                } else {
                    refused++;
                    assertEquals(before, after, where + " was refused and changed something");
                }
                long left = after.values().stream().filter(this::isAdministratorWithAWayIn).count();
                assertTrue(left > 0, where + " left no administrator");
                assertEquals(left, services.guard().whoCanSignIn(), where);
                before.forEach((id, old) -> {
                    if (old.source() == RoleSource.MANUAL && !named.contains(id) && after.containsKey(id)) {
                        Held now = Objects.requireNonNull(after.get(id));
                        assertEquals(old.role(), now.role(), where);
                        assertEquals(RoleSource.MANUAL, now.source(), where);
                    }
                });
                before = after;
            }
            assertTrue(refused > 5 && made > 100, "made " + made + ", refused " + refused);
        }

        private boolean isAdministratorWithAWayIn(Held held) {
            return held.status() == UserStatus.ACTIVE && held.role().equals(Role.ADMINISTRATOR)
                    && (held.local() || entra);
        }

        private Map<Long, Held> held() {
            var held = new HashMap<Long, Held>();
            for (long id : people) {
                users.byId(id).ifPresent((UserRow row) -> held.put(id,
                        new Held(row.status(), row.isLocal(), row.role(), row.roleSource())));
            }
            return held;
        }

        private boolean attempt() {
            try {
                edit();
                return true;
            } catch (RollcallException e) {
                assertTrue(Set.of(ErrorKind.GUARD, ErrorKind.CONFLICT, ErrorKind.INPUT).contains(e.kind()),
                        e.kind() + ": " + e.message());
                return false;
            }
        }

        private void edit() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> keep(services.assignments().setRole(actor, some(), any(ROLES)));
                case 3, 4 -> keep(services.assignments().clear(actor, some()));
                case 5 -> edits.accounts().deactivate(actor, some());
                case 6 -> edits.accounts().activate(actor, some());
                case 7 -> services.rules().add(actor, profile.id(), new Ref(any(groups), "a group"),
                        random.nextBoolean(), any(ROLES), random.nextInt(3));
                case 8 -> {
                    List<RoleRule> present = rules.ofProfile(profile.id());
                    if (!present.isEmpty()) {
                        services.rules().remove(actor, any(present).id());
                    }
                }
                case 9 -> {
                    List<RoleRule> present = rules.ofProfile(profile.id());
                    if (!present.isEmpty()) {
                        services.rules().move(actor, any(present).id(), random.nextInt(present.size()));
                    }
                }
                case 10 -> {
                    if (!done.isEmpty()) {
                        RoleEdit edit = done.remove(random.nextInt(done.size()));
                        edit.before().forEach(each -> named.add(each.userId()));
                        services.assignments().undo(actor, edit);
                    }
                }
                default -> everybodyAtOnce();
            }
        }

        private void everybodyAtOnce() {
            List<Long> all = held().keySet().stream().sorted().toList();
            named.addAll(all);
            if (random.nextInt(20) == 0) {
                edits.accounts().removeLocal(actor, any(locals));
            } else if (random.nextBoolean()) {
                keep(services.assignments().setRole(actor, all, Role.USER));
            } else {
                edits.accounts().deactivate(actor, all);
            }
        }

        private void keep(RoleEdit edit) {
            if (edit.changed() > 0) {
                done.add(edit);
            }
        }

        private List<Long> some() {
            var some = new HashSet<Long>();
            List<Long> all = held().keySet().stream().sorted().toList();
            for (int i = random.nextInt(4); i >= 0; i--) {
                some.add(any(all));
            }
            named.addAll(some);
            return List.copyOf(some);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
