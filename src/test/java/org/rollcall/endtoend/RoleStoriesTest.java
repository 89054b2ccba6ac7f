package org.rollcall.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleEdit;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleTenant;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Random sequences of role edits, their undos, rules, account edits, changes in the tenant and imports (straight, and from
/// a preview with people left out and roles chosen): an administrator who can sign in is always left, what is refused or
/// stopped changes nothing, and a role given by hand changes only when somebody changes it.
///
/// `-Drollcall.sequences=3000` plays more of them than a build has time for.
class RoleStoriesTest {
    private static final int SEQUENCES = Integer.getInteger("rollcall.sequences", 60);
    private static final List<String> ROLES = List.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR, Role.USER);

    @TempDir
    Path folder;

    /// Even seeds let imported people sign in with Entra, so that they count as administrators.
    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void anAdministratorIsAlwaysLeftAndRolesByHandStay(long seed) {
        var options = SampleTenant.Options.defaults().withUsers(24).withGroups(6).withSeed(seed);
        try (var tenant = SampleTenant.start(options); var services = new Services(folder, tenant)) {
            new Sequences(services, tenant, seed).play();
        }
    }

    private record Held(UserStatus status, boolean local, String role, RoleSource source) {}

    private static final class Sequences {
        private final Services services;
        private final TenantStory story;
        private final Random random;
        private final boolean entra;
        private final RuleStore rules;
        private final List<RoleEdit> done = new ArrayList<>();
        /// Whose role the present step may change although it was given by hand.
        private final Set<Long> named = new HashSet<>();
        private long profile;
        private int made;
        private int refused;
        private int stopped;
        private int imports;

        Sequences(Services services, SampleTenant tenant, long seed) {
            this.services = services;
            this.story = new TenantStory(tenant, seed);
            this.random = new Random(seed);
            this.entra = seed % 2 == 0;
            this.rules = new RuleStore(services.database);
            local("spare");
            new TestDirectory(services.database).signInWithEntra(entra);
            assertTrue(services.run(Services.draft(ProfileConfig.Scope.everyone())).succeeded());
            profile = new ProfileStore(services.database, java.time.Clock.systemUTC())
                    .ofTenant(services.tenants.byName("Contoso").id()).getFirst().id();
        }

        private void local(String name) {
            var clock = java.time.Clock.systemUTC();
            long id = new PersonStore(services.database, clock).insertLocal(name, name, null);
            new LocalAccountStore(services.database).insert(id, "x", clock.instant());
            services.roles.assignments().setRole(services.maren, List.of(id), Role.ADMINISTRATOR);
        }

        void play() {
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                done.clear();
                Map<Long, Held> before = held();
                for (int step = 1 + random.nextInt(10); step > 0; step--) {
                    String where = "sequence " + sequence + ", " + step + " steps before its end";
                    before = step(before, where);
                }
            }
            String played = made + " made, " + refused + " refused, " + imports + " imports, " + stopped + " stopped";
            assertTrue(made > SEQUENCES && refused > SEQUENCES / 20 && imports > SEQUENCES / 10, played);
        }

        private Map<Long, Held> step(Map<Long, Held> before, String where) {
            named.clear();
            boolean through = attempt(before);
            Map<Long, Held> after = held();
            if (through) {
                made++;
            } else {
                refused++;
                assertEquals(before, after, where + ": what was refused changed something");
            }
            long left = after.values().stream().filter(this::canAdminister).count();
            assertTrue(left > 0, where + ": no administrator is left");
            assertEquals(left, services.roles.guard().whoCanSignIn(), where);
            before.forEach((id, old) -> {
                Held now = after.get(id);
                if (old.source() == RoleSource.MANUAL && !named.contains(id) && now != null) {
                    assertEquals(old.role(), now.role(), where);
                    assertEquals(RoleSource.MANUAL, now.source(), where);
                }
            });
            return after;
        }

        private boolean canAdminister(Held held) {
            return held.status() == UserStatus.ACTIVE && held.role().equals(Role.ADMINISTRATOR)
                    && (held.local() || entra);
        }

        private Map<Long, Held> held() {
            var held = new HashMap<Long, Held>();
            services.users.forEach(UserFilter.everyone(), (UserRow row) -> held.put(row.id(),
                    new Held(row.status(), row.isLocal(), row.role(), row.roleSource())));
            return held;
        }

        private boolean attempt(Map<Long, Held> present) {
            try {
                return edit(present);
            } catch (RollcallException e) {
                assertTrue(Set.of(ErrorKind.GUARD, ErrorKind.CONFLICT, ErrorKind.INPUT).contains(e.kind()),
                        e.kind() + ": " + e.message());
                return false;
            }
        }

        /// @return false: an import was stopped
        private boolean edit(Map<Long, Held> present) {
            var roles = services.roles;
            var edits = services.edits;
            List<Long> some = some(present);
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> keep(roles.assignments().setRole(services.maren, some, any(ROLES)));
                case 3 -> keep(roles.assignments().clear(services.maren, some));
                case 4 -> edits.accounts().deactivate(services.maren, some);
                case 5 -> edits.accounts().activate(services.maren, some);
                case 6 -> {
                    if (random.nextBoolean()) {
                        edits.accounts().exclude(services.maren, some);
                    } else {
                        edits.accounts().include(services.maren, some);
                    }
                }
                case 7 -> roles.rules().add(services.maren, profile, group(), random.nextBoolean(), any(ROLES),
                        random.nextInt(3));
                case 8 -> {
                    RoleRule rule = rule();
                    if (rule != null) {
                        keep(roles.rules().remove(services.maren, rule.id()));
                    }
                }
                case 9 -> {
                    RoleRule rule = rule();
                    if (rule != null) {
                        keep(roles.rules().move(services.maren, rule.id(), random.nextInt(3)));
                    }
                }
                case 10, 11 -> {
                    if (!done.isEmpty()) {
                        RoleEdit edit = done.remove(random.nextInt(done.size()));
                        edit.before().forEach(each -> named.add(each.userId()));
                        roles.assignments().undo(services.maren, edit);
                    }
                }
                case 12 -> everybodyAtOnce(present);
                case 13 -> story.steps(1 + random.nextInt(3));
                case 14 -> {
                    return ended(services.run(null));
                }
                default -> {
                    return fromPreview(present);
                }
            }
            return true;
        }

        private boolean fromPreview(Map<Long, Held> present) {
            RunReport preview = services.imports.preview(services.maren, Services.request(null, Services.ANY),
                    JobContext.silent());
            var leftOut = new HashSet<UUID>();
            var byHand = new HashMap<UUID, String>();
            for (Long id : some(present)) {
                services.users.byId(id).map(UserRow::objectId).ifPresent(object -> {
                    if (random.nextBoolean()) {
                        leftOut.add(object);
                    } else {
                        byHand.put(object, any(ROLES));
                    }
                });
            }
            return ended(services.imports.applyPreview(services.maren, preview.run().id(),
                    new PreviewEdits(leftOut, byHand, Services.ANY), JobContext.silent()));
        }

        private boolean ended(RunReport report) {
            imports++;
            Run run = report.run();
            if (run.state() == RunState.STOPPED) {
                stopped++;
                assertNotNull(run.error(), "a stopped run says why");
                return false;
            }
            assertEquals(RunState.SUCCEEDED, run.state(), () -> String.valueOf(run.error()));
            return true;
        }

        private void everybodyAtOnce(Map<Long, Held> present) {
            List<Long> all = List.copyOf(present.keySet());
            named.addAll(all);
            if (random.nextBoolean()) {
                keep(services.roles.assignments().setRole(services.maren, all, Role.USER));
            } else {
                services.edits.accounts().deactivate(services.maren, all);
            }
        }

        private void keep(RoleEdit edit) {
            if (edit.changed() > 0) {
                done.add(edit);
            }
        }

        private org.rollcall.domain.Ref group() {
            var groups = new ArrayList<org.rollcall.domain.Ref>();
            services.groups.forEach(true, row -> groups.add(new org.rollcall.domain.Ref(row.objectId(),
                    row.displayName() == null ? "" : row.displayName())));
            return any(groups);
        }

        private @Nullable RoleRule rule() {
            List<RoleRule> present = rules.ofProfile(profile);
            return present.isEmpty() ? null : any(present);
        }

        private List<Long> some(Map<Long, Held> present) {
            List<Long> all = present.entrySet().stream().filter(each -> each.getValue().status() != UserStatus.REMOVED)
                    .map(Map.Entry::getKey).sorted().toList();
            Set<Long> some = random.ints(1 + random.nextInt(4), 0, all.size()).mapToObj(all::get)
                    .collect(Collectors.toSet());
            // Administrators are few among many: half of the time the edit is about one of them.
            if (random.nextBoolean()) {
                List<Long> administrators = all.stream()
                        .filter(id -> Objects.requireNonNull(present.get(id)).role().equals(Role.ADMINISTRATOR))
                        .toList();
                if (!administrators.isEmpty()) {
                    some.add(any(administrators));
                }
            }
            named.addAll(some);
            return List.copyOf(some);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
