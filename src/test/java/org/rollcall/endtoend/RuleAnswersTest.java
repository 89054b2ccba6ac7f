package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.sync.Decision;
import org.rollcall.sync.Draft;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.WhyService;
import org.rollcall.sync.choose.TenantPictures;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Import, *Save* on the rules, the forecast beside them, the wizard and *Why?* give one answer about who has which role by
/// which rule, whether or not the rule's group is among those brought in.
class RuleAnswersTest {
    private static final int WORLDS = Integer.getInteger("rollcall.worlds", 30);
    private static final List<String> ROLES = List.of("Operator", "Auditor", "Administrator", "User");

    @TempDir
    Path folder;

    private record Role(String role, RoleSource source, @Nullable Long rule) {}

    @Test
    void savingUnchangedRulesChangesNobody() {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(10));
                var services = new Services(folder, tenant)) {
            SampleDirectory directory = tenant.directory();
            SampleObject chosen = group(directory, "Chosen");
            SampleObject other = group(directory, "Not chosen");
            SampleObject inner = group(directory, "Within the other");
            SampleObject ada = directory.users().get(3);
            directory.addMember(chosen.id(), ada.id());
            directory.addMember(other.id(), inner.id());
            directory.addMember(inner.id(), ada.id());
            Draft draft = Services.draft(Scope.ofGroups(List.of(Services.ref(chosen)), true),
                    new RuleDraft(Services.ref(other), true, "Operator"));
            assertTrue(services.run(draft).succeeded());
            assertEquals("Operator", services.person(ada).role());
            long profile = profile(services);
            var rules = services.roles.rules();
            var use = rules.list(services.maren, profile).getFirst();
            assertTrue(use.groupPresent(), "a rule that decides somebody is not called one that decides nobody");
            assertEquals(1, use.decides());
            assertEquals(0, rules.save(services.maren, profile, null, List.of(use.rule())).changed());
            assertEquals("Operator", services.person(ada).role());
            services.roles.assignments().setRole(services.maren, List.of(services.person(ada).id()), "Auditor");
            services.roles.assignments().clear(services.maren, List.of(services.person(ada).id()));
            assertEquals("Operator", services.person(ada).role());
            assertEquals(List.of("Not chosen", "Within the other"), why(services).why(services.maren,
                    services.person(ada).id()).get(1).path());
        }
    }

    @Test
    void allGiveOneAnswerInRandomTenants() {
        var random = new Random(41);
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(24).withGroups(9));
                var services = new Services(folder, tenant)) {
            SampleDirectory directory = tenant.directory();
            int byRule = 0;
            for (int world = 0; world < WORLDS; world++) {
                rearrange(directory, random);
                byRule += compare(services, directory, random, "world " + world);
            }
            assertTrue(byRule > 2 * WORLDS, byRule + " roles by rules");
        }
    }

    private static void rearrange(SampleDirectory directory, Random random) {
        List<SampleObject> groups = directory.groups();
        List<SampleObject> all = new ArrayList<>(directory.users());
        all.addAll(groups);
        for (int i = 0; i < 6; i++) {
            String group = groups.get(random.nextInt(groups.size())).id();
            String member = all.get(random.nextInt(all.size())).id();
            boolean there = directory.directMembers(group).stream().anyMatch(each -> each.id().equals(member));
            try {
                if (there) {
                    directory.removeMember(group, member);
                } else if (!group.equals(member)) {
                    directory.addMember(group, member);
                }
            } catch (RuntimeException _) {
                // Dynamic groups take nobody by hand.
            }
        }
    }

    private int compare(Services services, SampleDirectory directory, Random random, String world) {
        List<Ref> groups = new ArrayList<>(directory.groups().stream().map(Services::ref).toList());
        Collections.shuffle(groups, random);
        Scope scope = random.nextInt(6) == 0
                ? Scope.everyone()
                : Scope.ofGroups(groups.subList(0, 1 + random.nextInt(3)), random.nextBoolean());
        List<RuleDraft> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            rules.add(new RuleDraft(groups.get(random.nextInt(groups.size())), random.nextBoolean(),
                    ROLES.get(random.nextInt(ROLES.size()))));
        }
        Draft draft = filtered(scope, rules, groups, directory, random);
        var report = services.imports.run(services.maren, new ImportRequest("Contoso", "default", draft,
                Services.ANY, org.rollcall.domain.Trigger.MANUAL, false, 1_000, null), JobContext.silent());
        assertTrue(report.succeeded(), () -> world + ": " + report.error());
        Map<UUID, Role> imported = roles(services);
        long profile = profile(services);
        assertEquals(truth(directory, draft), words(imported, stored(services, profile)),
                () -> world + ": the tenant itself, " + draft);

        List<RoleRule> stored = stored(services, profile);
        var preview = services.roles.previews().preview(services.maren, profile, stored, () -> {});
        assertEquals(List.of(), preview.changes(), world + ": the forecast");
        var uses = services.roles.rules().list(services.maren, profile);
        assertEquals(preview.decides(), uses.stream().map(use -> use.decides()).toList(), world);
        for (var use : uses) {
            assertTrue(use.decides() == 0 || use.groupPresent(), world);
        }
        assertEquals(0, services.roles.rules().save(services.maren, profile, null, stored).changed(),
                world + ": saved");
        assertEquals(imported, roles(services), world);

        wizard(services, draft, stored, imported, world);
        why(services, stored, imported, world);
        return (int) imported.values().stream().filter(each -> each.source() == RoleSource.RULE).count();
    }

    private static Draft filtered(Scope scope, List<RuleDraft> rules, List<Ref> groups, SampleDirectory directory,
            Random random) {
        ProfileConfig standard = ProfileConfig.everyone();
        List<Ref> groupsOut = random.nextInt(3) == 0 ? groups.subList(4, 5) : List.of();
        List<SampleObject> people = directory.users();
        SampleObject out = people.get(random.nextInt(people.size()));
        List<Ref> peopleOut = random.nextInt(3) == 0
                ? List.of(new Ref(UUID.fromString(out.id()), out.id()))
                : List.of();
        return new Draft(new ProfileConfig(scope, new ProfileConfig.Filters(random.nextInt(3) > 0,
                random.nextInt(3) > 0, true, groupsOut, peopleOut), standard.mapping(), standard.policies()), "User",
                rules);
    }

    /// Who comes in with which role by the tenant's own word: nothing of the program decides here.
    private static Map<UUID, String> truth(SampleDirectory directory, Draft draft) {
        ProfileConfig.Filters filters = draft.config().filters();
        Scope scope = draft.config().scope();
        var chosen = new HashSet<String>();
        if (scope.all()) {
            directory.users().forEach(each -> chosen.add(each.id()));
        }
        scope.groups().forEach(group -> chosen.addAll(members(directory, group, scope.nested())));
        filters.excludedGroups().forEach(group -> chosen.removeAll(members(directory, group, true)));
        filters.excludedPeople().forEach(person -> chosen.remove(person.id().toString()));
        var truth = new HashMap<UUID, String>();
        for (SampleObject person : directory.users()) {
            boolean guest = "Guest".equals(person.text("userType"));
            boolean in = chosen.contains(person.id()) && (filters.guests() || !guest)
                    && (filters.disabled() || person.flag("accountEnabled"));
            if (in) {
                truth.put(UUID.fromString(person.id()), draft.rules().stream()
                        .filter(rule -> members(directory, rule.group(), rule.nested()).contains(person.id()))
                        .findFirst().map(rule -> draft.rules().indexOf(rule) + " " + rule.role())
                        .orElse("User by default"));
            }
        }
        return truth;
    }

    private static List<RoleRule> stored(Services services, long profile) {
        return new RuleStore(services.database).ofProfile(profile);
    }

    private static Map<UUID, String> words(Map<UUID, Role> imported, List<RoleRule> stored) {
        List<Long> ids = stored.stream().map(RoleRule::id).toList();
        var words = new HashMap<UUID, String>();
        imported.forEach((id, role) -> words.put(id, role.source() == RoleSource.RULE
                ? ids.indexOf(role.rule()) + " " + role.role()
                : role.role() + " by default"));
        return words;
    }

    private static Set<String> members(SampleDirectory directory, Ref group, boolean nested) {
        String id = group.id().toString();
        return (nested ? directory.effectiveMembers(id) : directory.directMembers(id)).stream()
                .map(SampleObject::id).collect(Collectors.toSet());
    }

    private static void wizard(Services services, Draft draft, List<RoleRule> stored, Map<UUID, Role> imported,
            String world) {
        try (var reader = services.tenants.open(services.tenants.byName("Contoso"))) {
            var picture = TenantPictures.read(TenantPictures.Limits.STANDARD, reader,
                    new JobControl(JobContext.silent(), true), JobContext.silent());
            ProfileConfig config = draft.config();
            assertEquals(imported.keySet(), picture.chosen(config).people(), world + ": whom the wizard chooses");
            Set<UUID> people = picture.chosen(config).people().stream().filter(imported::containsKey)
                    .collect(Collectors.toSet());
            long[] decided = picture.decided(draft.rules(), people);
            for (int i = 0; i < stored.size(); i++) {
                long id = stored.get(i).id();
                assertEquals(imported.values().stream().filter(each -> Objects.equals(each.rule(), id)).count(),
                        decided[i], world + ": the wizard, rule " + i);
            }
            assertEquals(imported.values().stream().filter(each -> each.source() == RoleSource.DEFAULT).count(),
                    decided[stored.size()], world + ": the wizard, by default");
        }
    }

    private static void why(Services services, List<RoleRule> stored, Map<UUID, Role> imported, String world) {
        var byId = stored.stream().collect(Collectors.toMap(RoleRule::id, rule -> rule));
        services.users.forEach(UserFilter.everyone(), (UserRow row) -> {
            Role role = imported.get(row.objectId());
            if (row.objectId() == null || role == null) {
                return;
            }
            Decision decision = why(services).why(services.maren, row.id()).get(1);
            assertEquals(role.role(), decision.value(), world);
            if (role.source() == RoleSource.RULE) {
                RoleRule rule = Objects.requireNonNull(byId.get(role.rule()));
                assertTrue(decision.because().startsWith("Rule " + (rule.position() + 1) + ":"), world);
                assertEquals(rule.group().name(), decision.path().getFirst(), world);
                assertTrue(rule.nested() || decision.path().size() == 1, world);
            }
        });
    }

    private static Map<UUID, Role> roles(Services services) {
        var roles = new HashMap<UUID, Role>();
        services.users.forEach(
                UserFilter.everyone().withStatuses(
                        Set.of(org.rollcall.domain.UserStatus.ACTIVE, org.rollcall.domain.UserStatus.DISABLED)),
                (UserRow row) -> {
                    if (row.objectId() != null) {
                        roles.put(row.objectId(), new Role(row.role(), row.roleSource(), row.ruleId()));
                    }
                });
        return roles;
    }

    private static WhyService why(Services services) {
        var clock = Clock.systemUTC();
        return new WhyService(services.users, services.nesting, new PersonStore(services.database, clock),
                new AssignmentStore(services.database, clock), new ProfileStore(services.database, clock),
                new RuleStore(services.database));
    }

    private static long profile(Services services) {
        return new ProfileStore(services.database, Clock.systemUTC())
                .ofTenant(services.tenants.byName("Contoso").id()).getFirst().id();
    }

    private static SampleObject group(SampleDirectory directory, String name) {
        return directory.createGroup(Map.of("displayName", name));
    }
}
