package org.rollcall.app;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.PeopleFate;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleEdit;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Nobody gives or takes more than they have: every way in which anybody's permissions can rise, or somebody be kept from
/// theirs, is tried as somebody with each permission alone. Methods of services that are neither a way here nor known to
/// give nobody anything fail the test, so that a new one is thought about.
class EscalationTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final PeopleLimit ANY = new PeopleLimit(100, true);
    /// They look, or do what gives nobody anything.
    private static final Set<String> HARMLESS = Set.of("RoleService.list", "RoleService.find",
            "RoleAssignmentService.underRules", "RuleService.list", "RuleService.byDefault",
            "RulePreviewService.preview", "RulePreviewService.people", "AccountService.include",
            "LocalAccountService.changeOwn", "ImportService.requireRoles", "ScheduleService.list",
            "ScheduleService.find", "ScheduleService.set", "ScheduleService.readEverything", "ScheduleService.runNow",
            "ScheduleService.runEverything", "ImportService.look", "ImportService.limit",
            "ScheduleService.pause",
            "ScheduleService.resume", "ScheduleService.remove", "ScheduleService.undone", "ScheduleService.release",
            "UndoService.standing", "UndoService.preview", "StoppedRuns.standing", "StoppedRuns.discard",
            "LinkService.offers", "LinkService.count", "PurgeService.preview", "SettingsService.export",
            "SettingsService.diff", "SettingsService.preview");

    private interface Way {
        void go(Actor actor);
    }

    @TempDir
    Path folder;
    private SampleTenant sample;
    private AppContext context;
    private Actor maren;
    private Profile profile;
    private Ref group;
    private RoleEdit demotion;
    private long previewRun;
    private long newestRun;
    private long stoppedRun;
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Way> ways = new LinkedHashMap<>();

    @BeforeEach
    void world() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(14).withGroups(3));
        context = ReadyFolder.create(folder.resolve("home"), "maren", PASSWORD.toCharArray(), "test",
                Clock.systemUTC());
        maren = context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        ids.put("maren", Objects.requireNonNull(maren.userId()));
        var secret = new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null);
        context.tenants().add(maren, new NewTenant("Contoso", sample.tenantId(), sample.clientId(), secret,
                Cloud.CUSTOM, sample.origin(), sample.origin(), sample.caPem(), null), false, JobContext.silent());
        SampleObject chiefs = sample.directory().createGroup(Map.of("displayName", "Chiefs"));
        SampleObject clara = sample.directory().hire(Map.of("displayName", "Clara"));
        sample.directory().addMember(chiefs.id(), clara.id());
        group = new Ref(UUID.fromString(chiefs.id()), "Chiefs");
        Draft stored = draft(ProfileConfig.Scope.everyone(), "User", new Draft.RuleDraft(group, true, "Administrator"));
        var first = context.imports().run(maren, request(stored), JobContext.silent());
        assertTrue(first.succeeded());
        profile = context.profile(maren, "Contoso", Profile.DEFAULT_NAME);
        ids.put("clara", context.people().find(maren, clara.id()).id());
        context.roles().assignments().setRole(maren, List.of(ids.get("clara")), "User");
        local("dora", "Administrator");
        demotion = context.roles().assignments().setRole(maren, List.of(ids.get("dora")), "User");
        local("disa", "Administrator");
        context.peopleEdits().accounts().deactivate(maren, List.of(ids.get("disa")));
        local("boss", "Administrator");
        local("spare", "Administrator");
        context.roles().roles().add(maren, "Held by one", "", Set.of(Permission.VIEW_DIRECTORY));
        local("hedda", "Held by one");
        for (Permission permission : Permission.values()) {
            context.roles().roles().add(maren, only(permission), "", Set.of(permission));
            local(only(permission), only(permission));
        }
        anew(stored);
        previewRun = context.imports().preview(maren,
                request(draft(ProfileConfig.Scope.everyone(), "Administrator")), JobContext.silent()).run().id();
        stoppedRun = context.imports().run(maren, new ImportRequest("Contoso", Profile.DEFAULT_NAME,
                draft(ProfileConfig.Scope.ofGroups(List.of(group), true), "Administrator"), new PeopleLimit(0, false),
                Trigger.MANUAL, false, 1_000, null), JobContext.silent()).run().id();
        collect();
    }

    /// An administrator's account is deleted and made anew; another administrator is removed for good.
    private void anew(Draft stored) {
        var directory = sample.directory();
        SampleObject dora = directory.hire(Map.of("displayName", "Dora Gone"));
        assertTrue(context.imports().run(maren, request(stored), JobContext.silent()).succeeded());
        ids.put("dora gone", context.people().find(maren, dora.id()).id());
        context.roles().assignments().setRole(maren, List.of(ids.get("dora gone")), "Administrator");
        directory.leave(dora.id());
        directory.purge(dora.id());
        SampleObject made = directory.hire(Map.of("displayName", "Dora Gone", "userPrincipalName",
                dora.userPrincipalName()));
        var second = context.imports().run(maren, request(stored), JobContext.silent());
        assertTrue(second.succeeded());
        newestRun = second.run().id();
        ids.put("dora anew", context.people().find(maren, made.id()).id());
    }

    @AfterEach
    void close() {
        context.close();
        sample.close();
    }

    private static String only(Permission permission) {
        return "only-" + permission.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void local(String name, String role) {
        ids.put(name, context.localAccounts().add(maren, name, null, null, role, PASSWORD.toCharArray()).id());
    }

    private static Draft draft(ProfileConfig.Scope scope, String defaultRole, Draft.RuleDraft... rules) {
        ProfileConfig standard = ProfileConfig.everyone();
        return new Draft(new ProfileConfig(scope, standard.filters(), standard.mapping(), standard.policies()),
                defaultRole, List.of(rules));
    }

    private static ImportRequest request(Draft draft) {
        return new ImportRequest("Contoso", Profile.DEFAULT_NAME, draft, ANY, Trigger.MANUAL, false, 1_000, null);
    }

    private Long id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    private List<Long> self(Actor actor) {
        return List.of(Objects.requireNonNull(actor.userId()));
    }

    private Role role(String name) {
        return context.roles().roles().find(maren, name);
    }

    private List<RoleRule> rules() {
        return context.roles().rules().list(maren, profile.id()).stream().map(use -> use.rule()).toList();
    }

    private static Role with(Role role, Set<Permission> permissions) {
        return new Role(role.id(), role.name(), role.description(), false, role.version(), permissions);
    }

    /// Under the name of the method, and what about it where there are several.
    private void collect() {
        var roles = context.roles();
        var edits = context.peopleEdits();
        var all = EnumSet.allOf(Permission.class);
        var administrator = new Draft.RuleDraft(group, true, "Administrator");
        var everyone = ProfileConfig.Scope.everyone();
        ways.put("RoleAssignmentService.setRole oneself",
                actor -> roles.assignments().setRole(actor, self(actor), "Administrator"));
        ways.put("RoleAssignmentService.setRole of somebody above",
                actor -> roles.assignments().setRole(actor, List.of(id("boss")), "User"));
        ways.put("RoleAssignmentService.clear",
                actor -> roles.assignments().clear(actor, List.of(id("clara"))));
        ways.put("RoleAssignmentService.undo", actor -> roles.assignments().undo(actor, demotion));
        ways.put("RoleService.add", actor -> roles.roles().add(actor, "Above " + actor.name(), "", all));
        ways.put("RoleService.copy", actor -> roles.roles().copy(actor, "Administrator", "Like " + actor.name()));
        ways.put("RoleService.edit", actor -> roles.roles().edit(actor, with(role("Held by one"), all)));
        ways.put("RoleService.editAll", actor -> roles.roles().editAll(actor, List.of(with(role("Held by one"),
                EnumSet.of(Permission.MANAGE_SETTINGS)))));
        ways.put("RuleService.add",
                actor -> roles.rules().add(actor, profile.id(), group, true, "Administrator", 0));
        ways.put("RuleService.move", actor -> roles.rules().move(actor, rules().getFirst().id(), 0));
        ways.put("RuleService.save", actor -> roles.rules().save(actor, profile.id(), null, rules()));
        ways.put("RuleService.remove", actor -> roles.rules().remove(actor, rules().getFirst().id()));
        ways.put("AccountService.activate", actor -> edits.accounts().activate(actor, List.of(id("disa"))));
        ways.put("AccountService.deactivate", actor -> edits.accounts().deactivate(actor, List.of(id("boss"))));
        ways.put("AccountService.exclude", actor -> edits.accounts().exclude(actor, chief()));
        ways.put("LocalAccountService.add", actor -> context.localAccounts().add(actor, "new-" + actor.name(), null,
                null, "Administrator", PASSWORD.toCharArray()));
        ways.put("LocalAccountService.reset",
                actor -> context.localAccounts().reset(actor, id("boss"), "another long passphrase 7".toCharArray()));
        ways.put("ImportService.run default role", actor -> context.imports().run(actor,
                request(draft(everyone, "Administrator", administrator)), JobContext.silent()));
        ways.put("ImportService.run rule", actor -> context.imports().run(actor,
                request(draft(everyone, "User", administrator, administrator)), JobContext.silent()));
        ways.put("ImportService.run without the rules", actor -> context.imports().run(actor,
                request(draft(everyone, "User")), JobContext.silent()));
        ways.put("ImportService.run others under the same rules", actor -> context.imports().run(actor,
                request(draft(ProfileConfig.Scope.ofGroups(List.of(group), true), "User", administrator)),
                JobContext.silent()));
        ways.put("ImportService.run a new one", actor -> context.imports().run(actor,
                new ImportRequest("Contoso", "another", draft(everyone, "Administrator"), ANY, Trigger.MANUAL, false,
                        1_000, null),
                JobContext.silent()));
        ways.put("ImportService.configure default role", actor -> context.imports().configure(actor, "Contoso",
                Profile.DEFAULT_NAME, draft(everyone, "Administrator", administrator)));
        ways.put("ImportService.configure rule", actor -> context.imports().configure(actor, "Contoso",
                Profile.DEFAULT_NAME, draft(everyone, "User", administrator, administrator)));
        ways.put("ImportService.configure others under the same rules", actor -> context.imports().configure(actor,
                "Contoso", Profile.DEFAULT_NAME,
                draft(ProfileConfig.Scope.ofGroups(List.of(group), true), "User", administrator)));
        ways.put("ImportService.preview", actor -> context.imports().preview(actor,
                request(draft(everyone, "Auditor", administrator)), JobContext.silent()));
        ways.put("ImportService.applyPreview", actor -> context.imports().applyPreview(actor, previewRun,
                PreviewEdits.none(), JobContext.silent()));
        ways.put("UndoService.undo", actor -> context.undo().undo(actor, newestRun, true, JobContext.silent()));
        ways.put("StoppedRuns.apply", actor -> context.stoppedRuns().apply(actor, stoppedRun, JobContext.silent()));
        ways.put("AccountService.removeLocal", actor -> edits.accounts().removeLocal(actor, id("boss")));
        ways.put("RoleService.remove", actor -> roles.roles().remove(actor, "Held by one", "Administrator"));
        ways.put("LinkService.link", actor -> edits.links().link(actor, id("dora anew"), id("dora gone")));
        ways.put("PurgeService.purge", actor -> edits.purges().purge(actor, Duration.ZERO));
        ways.put("AppContext.backup", actor -> context.backup(actor, folder.resolve(actor.name() + ".zip"), null));
        ways.put("ImportService.bringIn", actor -> context.imports().bringIn(actor, "Contoso", "another",
                draft(everyone, "Administrator")));
        for (boolean preview : new boolean[]{ true, false }) {
            String how = preview ? "SettingsService.preview " : "SettingsService.bringIn ";
            settings().forEach((what, json) -> ways.put(how + what, actor -> {
                if (preview) {
                    context.settings().preview(actor, json);
                } else {
                    context.settings().bringIn(actor, json);
                }
            }));
        }
        ways.put("TenantService.remove deactivating", actor -> context.tenants().remove(actor, "Contoso",
                PeopleFate.DEACTIVATE));
        ways.put("TenantService.remove keeping",
                actor -> context.tenants().remove(actor, "Contoso", PeopleFate.KEEP));
        ways.put("TenantService.remove", actor -> context.tenants().remove(actor, "Contoso", PeopleFate.REMOVE));
    }

    /// Settings that each give somebody more, by what they change.
    private Map<String, String> settings() {
        String now = context.settings().export(maren);
        var result = new LinkedHashMap<String, String>();
        String[][] edits = {
                { "a role with more", "\"VIEW_DIRECTORY\"\n", "\"VIEW_DIRECTORY\", \"MANAGE_AUTHENTICATION\"\n" },
                { "a new role", "\"roles\" : [",
                        "\"roles\" : [ {\"name\":\"Above\",\"description\":\"\",\"permissions\":["
                                + "\"CHANGE_ROLES\",\"BACKUP\"]}," },
                { "a default role", "\"defaultRole\" : \"User\"", "\"defaultRole\" : \"Administrator\"" },
                { "a rule taken away", "\"role\" : \"Administrator\"", "\"role\" : \"User\"" },
                { "others brought in", "\"guests\" : true", "\"guests\" : false" },
                { "another authority", "\"authority\" : \"" + sample.origin(),
                        "\"authority\" : \"https://login.example" },
                { "another way to sign in", "\"enabled\" : false,\n      \"tenant\" : null",
                        "\"enabled\" : true,\n      \"tenant\" : \"Contoso\"" } };
        for (String[] each : edits) {
            String changed = now.replaceFirst(java.util.regex.Pattern.quote(each[1]),
                    java.util.regex.Matcher.quoteReplacement(each[2]));
            assertNotEquals(now, changed, each[0]);
            result.put(each[0], changed);
        }
        return result;
    }

    /// Somebody imported who is above others.
    private List<Long> chief() {
        return List.of(ids.getOrDefault("chief", id("clara")));
    }

    /// What must not be more afterwards than before, and what must not be taken.
    private record State(Map<Long, Set<Permission>> people, Map<Long, Set<Permission>> roles, List<String> given,
            Map<Long, String> above) {}

    private State state(Permission own) {
        var roles = new HashMap<Long, Set<Permission>>();
        context.roles().roles().list(maren).forEach(use -> roles.put(use.role().id(), use.role().permissions()));
        var people = new HashMap<Long, Set<Permission>>();
        var above = new HashMap<Long, String>();
        var accounts = new LocalAccountStore(context.database());
        context.userQueries().forEach(UserFilter.everyone(), (UserRow row) -> {
            Set<Permission> may = Objects.requireNonNull(roles.get(row.roleId()));
            people.put(row.id(), row.status() == UserStatus.ACTIVE ? may : Set.of());
            if (may.stream().anyMatch(each -> each != own && each != Permission.VIEW_OWN_PROFILE)) {
                above.put(row.id(), row.role() + row.roleSource() + row.status() + row.excluded()
                        + accounts.byUserId(row.id()).map(each -> each.passwordHash()).orElse(""));
            }
        });
        var given = new ArrayList<String>();
        context.tenants().list(maren).forEach(tenant -> given.add(tenant.name()));
        for (String name : List.of(Profile.DEFAULT_NAME, "another")) {
            context.findProfile(maren, context.tenants().byName("Contoso"), name).ifPresent(each -> {
                given.add(each.defaultRoleId() + " " + each.config().scope());
                context.roles().rules().list(maren, each.id()).forEach(use -> given.add(use.rule().toString()));
            });
        }
        return new State(people, roles, given, above);
    }

    @Test
    void nobodyRisesOrTakesByAnyWayWithAnyPermissionAlone() {
        long chief = context.people().find(maren, sample.directory().users().getFirst().id()).id();
        ids.put("chief", chief);
        context.roles().assignments().setRole(maren, List.of(chief), "Administrator");
        previewRun = context.imports().preview(maren, request(draft(ProfileConfig.Scope.everyone(), "Administrator")),
                JobContext.silent()).run().id();
        for (Permission permission : Permission.values()) {
            Actor actor = context.signIn().signIn(only(permission), PASSWORD.toCharArray(), "test");
            assertEquals(Set.of(permission), actor.permissions());
            State before = state(permission);
            ways.forEach((name, way) -> {
                String what = name + " with " + permission + " alone";
                try {
                    way.go(actor);
                } catch (RollcallException e) {
                    assertEquals(ErrorKind.NOT_ALLOWED, e.kind(), () -> what + ": " + e.message());
                }
                compare(permission, before, state(permission), what);
            });
            assertEquals(permission == Permission.BACKUP, Files.exists(folder.resolve(actor.name() + ".zip")),
                    permission + " and a backup");
        }
        everyWayIsOne();
    }

    private static void compare(Permission own, State before, State after, String what) {
        assertEquals(before.given(), after.given(), what + ": rules, default roles, scopes, tenants");
        assertEquals(before.above(), after.above(), what + ": somebody who may do more");
        after.roles().forEach((id, may) -> {
            var allowed = new HashSet<>(before.roles().getOrDefault(id, Set.of()));
            allowed.add(own);
            assertTrue(allowed.containsAll(may), () -> what + ": a role permits " + may);
        });
        after.people().forEach((id, may) -> {
            var allowed = new HashSet<>(before.people().getOrDefault(id, Set.of()));
            allowed.add(own);
            assertTrue(allowed.containsAll(may), () -> what + ": somebody may " + may);
        });
    }

    /// An administrator gets through everywhere, or the ways above would show nothing.
    private void everyWayIsOne() {
        ways.forEach((name, way) -> {
            try {
                way.go(maren);
            } catch (RollcallException e) {
                assertNotEquals(ErrorKind.NOT_ALLOWED, e.kind(), () -> name + ": " + e.message());
                // What the ways before it changed leaves nothing to do for these.
                assertTrue(name.equals("UndoService.undo") || name.equals("StoppedRuns.apply")
                        || name.equals("ImportService.applyPreview") || name.equals("RoleAssignmentService.undo")
                        || name.equals("RuleService.remove"), () -> name + ": " + e.message());
            }
        });
    }

    @Test
    void everyMethodIsAWayOrKnownToGiveNothing() {
        var roles = context.roles();
        var edits = context.peopleEdits();
        var methods = new TreeSet<String>();
        for (Object service : List.of(roles.roles(), roles.assignments(), roles.rules(), roles.previews(),
                edits.accounts(), edits.links(), edits.purges(), context.localAccounts(), context.imports(),
                context.undo(), context.stoppedRuns(),
                context.schedules(), context.settings())) {
            for (Method method : service.getClass().getMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && method.getParameterCount() > 0
                        && method.getParameterTypes()[0] == Actor.class) {
                    methods.add(service.getClass().getSimpleName() + "." + method.getName());
                }
            }
        }
        Set<String> known = ways.keySet().stream().map(name -> name.split(" ", 2)[0]).collect(Collectors.toSet());
        known.addAll(HARMLESS);
        methods.removeAll(known);
        assertEquals(Set.of(), methods, "is anybody given or taken anything by these? Then add a way");
    }

    @Test
    void aPreviewOfSomebodyAboveIsNotAppliedByAnOperator() {
        local("olga", "Operator");
        previewRun = context.imports().preview(maren, request(draft(ProfileConfig.Scope.everyone(), "Administrator")),
                JobContext.silent()).run().id();
        Actor olga = context.signIn().signIn("olga", PASSWORD.toCharArray(), "test");
        Way way = Objects.requireNonNull(ways.get("ImportService.applyPreview"));
        try {
            way.go(olga);
            assertFalse(true, "let through");
        } catch (RollcallException e) {
            assertEquals(ErrorKind.NOT_ALLOWED, e.kind(), e.message());
        }
        // What is stored is repeated and scheduled by whoever may that.
        assertTrue(context.imports().run(olga, ImportRequest.repeat("Contoso", Profile.DEFAULT_NAME, Trigger.MANUAL),
                JobContext.silent()).succeeded());
        context.schedules().set(olga, profile.id(), Duration.ofHours(6));
        assertEquals(Arrays.asList("rules.save"), context.audit().list(maren,
                org.rollcall.domain.AuditFilter.everything(), null, 1_000).rows().stream()
                .filter(event -> event.action().startsWith("rules.")).map(event -> event.action()).toList());
    }
}
