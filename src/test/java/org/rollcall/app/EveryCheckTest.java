package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.PeopleFate;
import org.rollcall.connect.TenantDefinition;
import org.rollcall.connect.TenantPlace;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Trigger;
import org.rollcall.notify.NotifyAddresses;
import org.rollcall.roles.RoleEdit;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RuleStore;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Each check by itself: somebody with every permission but the one that is asked for is refused, and so is somebody with
/// every permission but one where the only obstacle is that a role or a person is beyond them. [EscalationTest] tries
/// everything as somebody with hardly any permission, where one check stands in for another that is missing.
class EveryCheckTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final String LOW = "Looks only";
    private static final String HIGH = "May everything";

    @TempDir
    Path folder;
    private SampleTenant sample;
    private AppContext context;
    private Actor maren;
    private Ref group;
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Long> profiles = new HashMap<>();
    private final Map<Permission, Actor> actors = new EnumMap<>(Permission.class);

    @BeforeEach
    void world() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(12).withGroups(2));
        context = AppContext.create(folder.resolve("home"), "maren", PASSWORD.toCharArray(), "test",
                Clock.systemUTC());
        maren = context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        context.tenants().add(maren, tenant("Contoso"), false, JobContext.silent());
        SampleObject chiefs = sample.directory().createGroup(Map.of("displayName", "Chiefs"));
        SampleObject clara = sample.directory().hire(Map.of("displayName", "Clara"));
        sample.directory().addMember(chiefs.id(), clara.id());
        group = new Ref(UUID.fromString(chiefs.id()), "Chiefs");
        assertTrue(context.imports().run(maren, request("ruled", everyone("User", rule(Role.ADMINISTRATOR))),
                JobContext.silent()).succeeded());
        ids.put("clara", context.people().find(maren, clara.id()).id());
        context.roles().roles().add(maren, LOW, "", Set.of(Permission.VIEW_DIRECTORY));
        context.roles().roles().add(maren, HIGH, "", EnumSet.allOf(Permission.class));
        local("boss", Role.ADMINISTRATOR);
        local("lena", LOW);
        var tenant = context.tenants().byName("Contoso");
        var stored = new ProfileStore(context.database(), Clock.systemUTC());
        profiles.put("ruled", stored.byName(tenant.id(), "ruled").orElseThrow().id());
        profiles.put("plain", stored.insert(tenant.id(), "plain", everyone("User").config(), role("User").id()).id());
        profiles.put("low", stored.insert(tenant.id(), "low", everyone("User").config(), role("User").id()).id());
        profiles.put("high", stored.insert(tenant.id(), "high", everyone("User").config(),
                role(Role.ADMINISTRATOR).id()).id());
        profiles.put("idle", stored.insert(tenant.id(), "idle", everyone("User").config(), role("User").id()).id());
        new RuleStore(context.database()).replace(profile("idle"), List.of(ruleOf(profile("idle"), HIGH)));
        new RuleStore(context.database()).replace(profile("low"), List.of(ruleOf(profile("low"), LOW)));
    }

    @AfterEach
    void close() {
        context.close();
        sample.close();
    }

    private Actor without(Permission permission) {
        String name = "without-" + permission.name().toLowerCase(Locale.ROOT);
        context.roles().roles().add(maren, name, "", EnumSet.complementOf(EnumSet.of(permission)));
        local(name, name);
        return context.signIn().signIn(name, PASSWORD.toCharArray(), "test");
    }

    private NewCredential secret() {
        return new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null);
    }

    private NewTenant tenant(String name) {
        return new NewTenant(name, sample.tenantId(), sample.clientId(), secret(), Cloud.CUSTOM, sample.origin(),
                sample.origin(), sample.caPem(), null);
    }

    private void local(String name, String role) {
        ids.put(name, context.localAccounts().add(maren, name, null, null, role, PASSWORD.toCharArray()).id());
    }

    private Long id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    private long profile(String name) {
        return Objects.requireNonNull(profiles.get(name), name);
    }

    private Role role(String name) {
        return context.roles().roles().find(maren, name);
    }

    private static Role with(Role role, Set<Permission> permissions) {
        return new Role(role.id(), role.name(), role.description(), false, role.version(), permissions);
    }

    private Draft.RuleDraft rule(String role) {
        return new Draft.RuleDraft(group, true, role);
    }

    private RoleRule ruleOf(long profile, String role) {
        return new RoleRule(0, profile, 0, group, true, role(role).id());
    }

    private static Draft everyone(String defaultRole, Draft.RuleDraft... rules) {
        return new Draft(ProfileConfig.everyone(), defaultRole, List.of(rules));
    }

    private Draft narrowed(String defaultRole, Draft.RuleDraft... rules) {
        ProfileConfig standard = ProfileConfig.everyone();
        return new Draft(new ProfileConfig(ProfileConfig.Scope.ofGroups(List.of(group), true), standard.filters(),
                standard.mapping(), standard.policies()), defaultRole, List.of(rules));
    }

    private static ImportRequest request(String profile, Draft draft) {
        return new ImportRequest("Contoso", profile, draft, new PeopleLimit(100, true), Trigger.MANUAL, false, 1_000,
                null);
    }

    private Consumer<Actor> run(String profile, Draft draft) {
        return actor -> context.imports().run(actor, request(profile, draft), JobContext.silent());
    }

    private Consumer<Actor> configured(String profile, Draft draft) {
        return actor -> context.imports().configure(actor, "Contoso", profile, draft);
    }

    private Consumer<Actor> foreseen(String profile, String defaultRole, String... ruleRoles) {
        return actor -> context.imports().requireRoles(actor, context.tenants().byName("Contoso"), profile,
                List.of(ruleRoles), defaultRole);
    }

    /// A way in, and what is asked for at it.
    private record Door(String name, Consumer<Actor> way, Permission... needs) {}

    /// Nothing at these is beyond anybody with all permissions but one.
    private List<Door> doors() {
        var roles = context.roles();
        var edits = context.peopleEdits();
        RoleEdit edit = roles.assignments().setRole(maren, List.of(id("lena")), "User");
        var doors = new ArrayList<Door>();
        doors.add(new Door("a role by hand",
                actor -> roles.assignments().setRole(actor, List.of(id("lena")), LOW), Permission.CHANGE_ROLES));
        doors.add(new Door("back to the rules",
                actor -> roles.assignments().clear(actor, List.of(id("lena"))), Permission.CHANGE_ROLES));
        doors.add(new Door("a role taken back",
                actor -> roles.assignments().undo(actor, edit), Permission.CHANGE_ROLES));
        doors.add(new Door("a new role", actor -> roles.roles().add(actor, "New", "", Set.of(Permission.EXPORT)),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a copy of a role", actor -> roles.roles().copy(actor, LOW, "Copy"),
                Permission.MANAGE_ROLES, Permission.VIEW_DIRECTORY));
        doors.add(new Door("another role", actor -> roles.roles().edit(actor, with(role(LOW), Set.of())),
                Permission.MANAGE_ROLES));
        doors.add(new Door("no other roles", actor -> roles.roles().editAll(actor, List.of()),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a role removed", actor -> roles.roles().remove(actor, LOW, "User"),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a rule", actor -> roles.rules().add(actor, profile("low"), group, true, "User", 0),
                Permission.MANAGE_ROLES));
        doors.add(new Door("the same rules", actor -> roles.rules().save(actor, profile("plain"), null, List.of()),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a rule moved", actor -> roles.rules().move(actor, firstRule("low"), 0),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a rule removed", actor -> roles.rules().remove(actor, firstRule("low")),
                Permission.MANAGE_ROLES));
        doors.add(new Door("somebody deactivated", actor -> edits.accounts().deactivate(actor, List.of(id("lena"))),
                Permission.MANAGE_USERS));
        doors.add(new Door("somebody activated", actor -> edits.accounts().activate(actor, List.of(id("lena"))),
                Permission.MANAGE_USERS));
        doors.add(new Door("somebody excluded", actor -> edits.accounts().exclude(actor, List.of(id("lena"))),
                Permission.MANAGE_USERS));
        doors.add(new Door("somebody included", actor -> edits.accounts().include(actor, List.of(id("lena"))),
                Permission.MANAGE_USERS));
        doors.add(new Door("a local account removed", actor -> edits.accounts().removeLocal(actor, id("lena")),
                Permission.MANAGE_USERS));
        doors.add(new Door("a local account", actor -> context.localAccounts().add(actor, "nora", null, null, LOW,
                PASSWORD.toCharArray()), Permission.MANAGE_USERS, Permission.CHANGE_ROLES));
        doors.add(new Door("a password",
                actor -> context.localAccounts().reset(actor, id("lena"), "another long passphrase 7".toCharArray()),
                Permission.MANAGE_USERS));
        doors.add(new Door("a made password", actor -> context.localAccounts().reset(actor, id("lena")),
                Permission.MANAGE_USERS));
        doors.add(new Door("an import with a rule", run("plain", everyone("User", rule(LOW))), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("an import with another role", run("low", everyone("User", rule("User"))), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("an import without its rule", run("low", everyone("User")), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("an import with a default role", run("plain", everyone(LOW)), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a new import with a rule", run("new", everyone("User", rule(LOW))), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a new import with a default role", run("new", everyone(LOW)), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a stored import's rule", configured("plain", everyone("User", rule(LOW))),
                Permission.IMPORT, Permission.MANAGE_ROLES));
        doors.add(new Door("a stored import's default role", configured("plain", everyone(LOW)), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        ProfileConfig standard = ProfileConfig.everyone();
        doors.add(new Door("a stored import's number of administrators",
                configured("plain", new Draft(new ProfileConfig(standard.scope(), standard.filters(),
                        standard.mapping(), ProfileConfig.Policies.standard().withAdministrators(50)), "User",
                        List.of())),
                Permission.IMPORT, Permission.MANAGE_ROLES));
        doors.add(new Door("a look at a stored import", actor -> context.imports().look(actor,
                ImportRequest.repeat("Contoso", "plain", Trigger.MANUAL), JobContext.silent()), Permission.IMPORT));
        doors.add(new Door("a preview with a rule", actor -> context.imports().preview(actor,
                request("plain", everyone("User", rule(LOW))), JobContext.silent()), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a rule foreseen", foreseen("plain", "User", LOW), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a default role foreseen", foreseen("plain", LOW), Permission.IMPORT,
                Permission.MANAGE_ROLES));
        doors.add(new Door("a stored import", actor -> context.imports().run(actor,
                ImportRequest.repeat("Contoso", "plain", Trigger.MANUAL), JobContext.silent()), Permission.IMPORT));
        doors.add(new Door("a preview applied", actor -> context.imports().applyPreview(actor, 1, PreviewEdits.none(),
                JobContext.silent()), Permission.IMPORT));
        doors.add(new Door("a schedule", actor -> context.schedules().set(actor, profile("plain"),
                Duration.ofHours(6)), Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a schedule that reads everything",
                actor -> context.schedules().readEverything(actor, 1), Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a schedule paused", actor -> context.schedules().pause(actor, 1),
                Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a schedule resumed", actor -> context.schedules().resume(actor, 1),
                Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a schedule removed", actor -> context.schedules().remove(actor, 1),
                Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a schedule run", actor -> context.schedules().runNow(actor, 1, JobContext.silent()),
                Permission.IMPORT));
        doors.add(new Door("a schedule run anew",
                actor -> context.schedules().runEverything(actor, 1, JobContext.silent()), Permission.IMPORT));
        NewCredential secret = secret();
        NewTenant fabrikam = tenant("Fabrikam");
        doors.add(new Door("a tenant", actor -> context.tenants().add(actor, fabrikam, false, JobContext.silent()),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant tried out",
                actor -> context.tenants().probe(actor, fabrikam, JobContext.silent()), Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant connected",
                actor -> context.tenants().connect(actor, fabrikam, JobContext.silent()), Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant verified",
                actor -> context.tenants().verify(actor, "Contoso", JobContext.silent()), Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant looked for", actor -> context.tenants().find(actor,
                new TenantPlace(sample.tenantId(), Cloud.CUSTOM, sample.origin(), sample.origin(), sample.caPem(),
                        null)),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("a credential", actor -> context.tenants().replaceCredential(actor, "Contoso", secret, false,
                JobContext.silent()), Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant renamed", actor -> context.tenants().rename(actor, "Contoso", "Fabrikam"),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant removed", actor -> context.tenants().remove(actor, "Contoso", PeopleFate.REMOVE),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant's removal looked at", actor -> context.tenants().removal(actor, "Contoso"),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("a tenant defined", actor -> context.tenants().define(actor, new TenantDefinition("Fabrikam",
                sample.tenantId(), sample.clientId(), Cloud.CUSTOM, sample.origin(), sample.origin(), null, null)),
                Permission.MANAGE_TENANTS));
        doors.add(new Door("settings as a file", actor -> context.settings().export(actor),
                Permission.MANAGE_SETTINGS));
        doors.add(new Door("settings compared",
                actor -> context.settings().diff(actor, context.settings().export(maren)),
                Permission.MANAGE_SETTINGS));
        doors.add(new Door("settings foreseen",
                actor -> context.settings().preview(actor, context.settings().export(maren)),
                Permission.MANAGE_SETTINGS));
        doors.add(new Door("settings", settings("\"idleMinutes\" : 15", "\"idleMinutes\" : 20"),
                Permission.MANAGE_SETTINGS, Permission.MANAGE_AUTHENTICATION));
        doors.add(new Door("a role in settings", settings("\"roles\" : [",
                "\"roles\" : [ {\"name\":\"New\",\"description\":\"\",\"permissions\":[]},"),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a tenant in settings", settings("\"clientId\" : \"" + sample.clientId(),
                "\"clientId\" : \"11111111-2222-3333-4444-555555555555"), Permission.MANAGE_TENANTS));
        doors.add(new Door("an import in settings", settings("\"guests\" : true", "\"guests\" : false"),
                Permission.IMPORT));
        doors.add(new Door("a rule in settings", settings("\"role\" : \"" + LOW, "\"role\" : \"User"),
                Permission.MANAGE_ROLES));
        doors.add(new Door("a schedule in settings", settings("\"schedule\" : null",
                "\"schedule\" : {\"every\":\"6h\",\"at\":null,\"missed\":\"run\",\"paused\":false}"),
                Permission.MANAGE_SCHEDULES));
        doors.add(new Door("a way in settings", settings("\"browser\",", ""), Permission.MANAGE_AUTHENTICATION));
        doors.add(new Door("a notification", actor -> context.notifications().add(actor,
                NotifyAddresses.webhook("https://example.org/"), null), Permission.MANAGE_SETTINGS));
        doors.add(new Door("a notification tested", actor -> context.notifications().test(actor, 1),
                Permission.MANAGE_SETTINGS));
        doors.add(new Door("a notification removed", actor -> context.notifications().remove(actor, 1),
                Permission.MANAGE_SETTINGS));
        doors.add(new Door("a backup", actor -> context.backup(actor, folder.resolve("backup.zip"), null),
                Permission.BACKUP));
        return doors;
    }

    private Consumer<Actor> settings(String part, String other) {
        return actor -> {
            String json = context.settings().export(maren);
            assertTrue(json.contains(part), part);
            context.settings().bringIn(actor, json.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(other)));
        };
    }

    private long firstRule(String profile) {
        return context.roles().rules().list(maren, profile(profile)).getFirst().rule().id();
    }

    /// The only obstacle at these is that somebody or something is beyond the actor, in one respect.
    private List<Door> beyond() {
        var roles = context.roles();
        var edits = context.peopleEdits();
        RoleEdit demotion = roles.assignments().setRole(maren, List.of(id("boss")), "User");
        RoleEdit promotion = roles.assignments().setRole(maren, List.of(id("lena")), Role.ADMINISTRATOR);
        local("chief", Role.ADMINISTRATOR);
        local("disa", Role.ADMINISTRATOR);
        edits.accounts().deactivate(maren, List.of(id("disa")));
        var everything = EnumSet.allOf(Permission.class);
        var doors = new ArrayList<Door>();
        doors.add(new Door("a role given", actor -> roles.assignments().setRole(actor, List.of(id("boss")), HIGH)));
        doors.add(new Door("a role taken", actor -> roles.assignments().setRole(actor, List.of(id("chief")), LOW)));
        doors.add(new Door("a role given back", actor -> roles.assignments().undo(actor, demotion)));
        doors.add(new Door("a role taken back", actor -> roles.assignments().undo(actor, promotion)));
        doors.add(new Door("a new role", actor -> roles.roles().add(actor, "New", "", everything)));
        doors.add(new Door("more in a role", actor -> roles.roles().edit(actor, with(role(LOW), everything))));
        doors.add(new Door("less in a role", actor -> roles.roles().edit(actor, with(role(HIGH), Set.of()))));
        doors.add(new Door("a high role removed", actor -> roles.roles().remove(actor, HIGH, null)));
        doors.add(new Door("a move to a high role", actor -> roles.roles().remove(actor, LOW, HIGH)));
        doors.add(new Door("a rule given", actor -> roles.rules().add(actor, profile("plain"), group, true, HIGH, 0)));
        doors.add(new Door("a rule taken", actor -> roles.rules().remove(actor, firstRule("ruled"))));
        doors.add(new Door("a rule taken that decides nobody",
                actor -> roles.rules().remove(actor, firstRule("idle"))));
        doors.add(new Door("a default role that decides",
                actor -> roles.rules().add(actor, profile("high"), group, true, LOW, 0)));
        doors.add(new Door("somebody deactivated",
                actor -> edits.accounts().deactivate(actor, List.of(id("chief")))));
        doors.add(new Door("somebody activated", actor -> edits.accounts().activate(actor, List.of(id("disa")))));
        doors.add(new Door("somebody removed", actor -> edits.accounts().removeLocal(actor, id("chief"))));
        doors.add(new Door("a local account", actor -> context.localAccounts().add(actor, "nora", null, null, HIGH,
                PASSWORD.toCharArray())));
        doors.add(new Door("a password", actor -> context.localAccounts().reset(actor, id("chief"))));
        doors.add(new Door("an import's rule given", run("plain", everyone("User", rule(HIGH)))));
        doors.add(new Door("an import's rule taken", run("ruled", everyone("User"))));
        doors.add(new Door("an import's default role given", run("plain", everyone(HIGH))));
        doors.add(new Door("an import's default role taken", run("high", everyone("User"))));
        doors.add(new Door("a new import's rule", run("new", everyone("User", rule(HIGH)))));
        doors.add(new Door("a new import's default role", run("new", everyone(HIGH))));
        doors.add(new Door("others under the same rules", run("ruled", narrowed("User", rule(Role.ADMINISTRATOR)))));
        doors.add(new Door("others with the same default role", run("high", narrowed(Role.ADMINISTRATOR))));
        doors.add(new Door("a stored import's rule", configured("plain", everyone("User", rule(HIGH)))));
        doors.add(new Door("a stored import's default role", configured("high", everyone("User"))));
        doors.add(new Door("others in a stored import",
                configured("ruled", narrowed("User", rule(Role.ADMINISTRATOR)))));
        doors.add(new Door("a rule foreseen", foreseen("plain", "User", HIGH)));
        doors.add(new Door("a rule's end foreseen", foreseen("ruled", "User")));
        doors.add(new Door("a default role foreseen", foreseen("plain", HIGH)));
        doors.add(new Door("a tenant with a chief removed", actor -> context.tenants().remove(actor, "Contoso",
                PeopleFate.REMOVE)));
        doors.add(new Door("a tenant with a chief kept", actor -> context.tenants().remove(actor, "Contoso",
                PeopleFate.KEEP)));
        doors.add(new Door("a tenant with a chief deactivated", actor -> context.tenants().remove(actor, "Contoso",
                PeopleFate.DEACTIVATE)));
        doors.add(new Door("a tenant with a chief reached elsewhere", actor -> context.tenants().define(actor,
                new TenantDefinition("Contoso", sample.tenantId(), sample.clientId(), Cloud.CUSTOM,
                        "https://login.example", sample.origin(), null, null))));
        doors.add(new Door("a tenant with a chief added elsewhere", actor -> context.tenants().add(actor,
                new NewTenant("Fabrikam", sample.tenantId(), sample.clientId(), secret(), Cloud.CUSTOM,
                        "https://login.example", sample.origin(), sample.caPem(), null),
                false, JobContext.silent())));
        doors.add(new Door("a role in settings", settings("\"roles\" : [",
                "\"roles\" : [ {\"name\":\"New\",\"description\":\"\",\"permissions\":[\"BACKUP\"]},")));
        doors.add(new Door("a rule in settings", settings("\"role\" : \"" + LOW, "\"role\" : \"Administrator")));
        doors.add(new Door("a default role in settings",
                settings("\"defaultRole\" : \"User", "\"defaultRole\" : \"Administrator")));
        doors.add(new Door("others in settings", settings("\"guests\" : true", "\"guests\" : false")));
        doors.add(new Door("a place in settings", settings("\"authority\" : \"" + sample.origin(),
                "\"authority\" : \"https://login.example")));
        doors.add(new Door("a way in settings", settings("\"browser\",", "")));
        doors.add(new Door("the rules' role", actor -> {
            roles.assignments().setRole(maren, List.of(id("clara")), "User");
            roles.assignments().clear(actor, List.of(id("clara")));
        }));
        return doors;
    }

    @Test
    void eachPermissionIsAskedForWhateverElseSomebodyMay() {
        var faults = new ArrayList<String>();
        for (Door door : doors()) {
            for (Permission permission : door.needs()) {
                String came = came(door, permission);
                if (!came.startsWith("permission.missing ") || !came.endsWith(permission.words())) {
                    faults.add(door.name() + " without " + permission + ": " + came);
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void whatIsBeyondSomebodyIsSoInEachRespect() {
        var faults = new ArrayList<String>();
        for (Door door : beyond()) {
            String came = came(door, Permission.BACKUP);
            if (!came.startsWith("role.beyond-own ")) {
                faults.add(door.name() + ": " + came);
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /// What comes of going through as somebody with every permission but one.
    private String came(Door door, Permission lacking) {
        try {
            door.way().accept(actors.computeIfAbsent(lacking, this::without));
            return "let through";
        } catch (RollcallException e) {
            return e.code() + " " + e.message();
        }
    }
}
