package org.rollcall.roles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
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
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PeopleEdits;
import org.rollcall.people.PeopleService;
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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RolesTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    AuditService audit;
    RoleServices services;
    PeopleEdits peopleEdits;
    UserQueries users;
    Actor root;
    long rootId;
    Tenant contoso;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        services = RoleServices.over(directory.database, audit, directory.clock);
        peopleEdits = PeopleEdits.over(directory.database, services, audit, directory.clock);
        users = new UserQueries(directory.database, new GroupNesting(directory.database));
        rootId = new PersonStore(directory.database, directory.clock).insertLocal("root", "Root", null);
        new LocalAccountStore(directory.database).insert(rootId, "x", directory.clock.instant());
        directory.role(rootId, "Administrator", RoleSource.MANUAL);
        root = new Actor(rootId, "root", "window", EnumSet.allOf(Permission.class));
        contoso = directory.tenant("Contoso");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private UserRow user(long id) {
        return users.byId(id).orElseThrow();
    }

    private static RollcallException refused(ErrorKind kind, org.junit.jupiter.api.function.Executable action) {
        var refusal = assertThrows(RollcallException.class, action);
        assertEquals(kind, refusal.kind(), refusal.message());
        return refusal;
    }

    @Test
    void aRoleByHandIsSetAuditedAndTakenBack() {
        long ada = directory.person(contoso, "Ada", "ada");
        long revision = new SettingStore(directory.database).directoryRevision();
        RoleEdit edit = services.assignments().setRole(root, List.of(ada), "operator");
        assertEquals(1, edit.changed());
        assertEquals("Operator", user(ada).role());
        assertEquals(RoleSource.MANUAL, user(ada).roleSource());
        assertTrue(new SettingStore(directory.database).directoryRevision() > revision);
        var event = audit.history(root, "USER", Long.toString(ada), 1).getFirst();
        assertEquals("role.set", event.action());
        assertEquals(Map.of("role", "User", "roleSource", "DEFAULT"), event.detail().get("before"));
        assertEquals(Map.of("role", "Operator", "roleSource", "MANUAL"), event.detail().get("after"));
        assertEquals(0, services.assignments().setRole(root, List.of(ada), "Operator").changed());

        services.assignments().undo(root, edit);
        assertEquals("User", user(ada).role());
        assertEquals(RoleSource.DEFAULT, user(ada).roleSource());
        refused(ErrorKind.CONFLICT, () -> services.assignments().undo(root, edit));
    }

    /// What they may do is what they might before it, not what is left of it while it is written.
    @Test
    void anAdministratorStepsDownIfThereIsAnother() {
        Actor actor = new Actors(directory.database, audit, directory.clock).of(rootId, "root", "window");
        refused(ErrorKind.GUARD, () -> services.assignments().setRole(actor, List.of(rootId), "User"));
        long other = new PersonStore(directory.database, directory.clock).insertLocal("other", "Other", null);
        new LocalAccountStore(directory.database).insert(other, "x", directory.clock.instant());
        directory.role(other, "Administrator", RoleSource.MANUAL);
        services.assignments().setRole(actor, List.of(rootId), "User");
        assertEquals("User", user(rootId).role());
        refused(ErrorKind.NOT_ALLOWED, () -> services.assignments().setRole(actor, List.of(rootId), "Administrator"));
    }

    @Test
    void theSecondOfTwoAdministratorsIsTold() {
        long ada = directory.person(contoso, "Ada", "ada");
        long bo = directory.person(contoso, "Bo", "bo");
        int seen = user(ada).version();
        services.assignments().setRole(root, List.of(ada), Map.of(ada, seen), "Operator");
        var refusal = refused(ErrorKind.CONFLICT, () -> services.assignments().setRole(root, List.of(bo, ada),
                Map.of(ada, seen, bo, user(bo).version()), "Auditor"));
        assertTrue(refusal.message().contains("Ada"), refusal.message());
        assertEquals("Operator", user(ada).role());
        assertEquals("User", user(bo).role(), "all or nothing");
    }

    @Test
    void theLastAdministratorStays() {
        long ada = directory.person(contoso, "Ada", "ada");
        var refusal = refused(ErrorKind.GUARD, () -> services.assignments().setRole(root, List.of(rootId), "User"));
        assertTrue(refusal.message().contains("Root"), refusal.message());
        refused(ErrorKind.GUARD, () -> services.assignments().clear(root, List.of(rootId)));
        refused(ErrorKind.GUARD, () -> peopleEdits.accounts().deactivate(root, List.of(ada, rootId)));
        refused(ErrorKind.GUARD, () -> peopleEdits.accounts().removeLocal(root, rootId));
        assertEquals("Administrator", user(rootId).role());
        assertEquals(UserStatus.ACTIVE, user(ada).status(), "all or nothing");

        // An imported administrator counts only while they have a way in.
        services.assignments().setRole(root, List.of(ada), "Administrator");
        assertEquals(2, services.guard().administrators());
        assertEquals(1, services.guard().whoCanSignIn());
        refused(ErrorKind.GUARD, () -> peopleEdits.accounts().deactivate(root, List.of(rootId)));
        directory.signInWithEntra(true);
        peopleEdits.accounts().deactivate(root, List.of(rootId));
        assertEquals(UserStatus.DISABLED, user(rootId).status());
        refused(ErrorKind.GUARD, () -> services.assignments().setRole(root, List.of(ada), "Operator"));
    }

    @Test
    void whoMayChangeRolesCannotRiseAboveThemselves() {
        long ada = directory.person(contoso, "Ada", "ada");
        var helpdesk = new Actor(ada, "ada", "window", Set.of(Permission.VIEW_OWN_PROFILE, Permission.VIEW_DIRECTORY,
                Permission.CHANGE_ROLES));
        assertEquals("role.beyond-own", refused(ErrorKind.NOT_ALLOWED,
                () -> services.assignments().setRole(helpdesk, List.of(ada), "Administrator")).code());
        long bo = directory.person(contoso, "Bo", "bo");
        directory.role(bo, "Administrator", RoleSource.MANUAL);
        refused(ErrorKind.NOT_ALLOWED, () -> services.assignments().setRole(helpdesk, List.of(bo), "User"));
        assertEquals("Administrator", user(bo).role());
        var user = new Actor(ada, "ada", "window", Set.of(Permission.VIEW_OWN_PROFILE));
        var refusal = refused(ErrorKind.NOT_ALLOWED,
                () -> services.assignments().setRole(user, List.of(bo), "User"));
        assertTrue(refusal.message().contains("Change roles"), refusal.message());
        refused(ErrorKind.INPUT, () -> services.assignments().setRole(root, List.of(ada), "Boss"));
        refused(ErrorKind.INPUT, () -> services.assignments().setRole(root, List.of(987654L), "User"));
    }

    @Test
    void whoFollowsTheRulesGetsWhatTheySayAtOnce() {
        Profile profile = directory.profile(contoso, "default");
        long ada = directory.person(contoso, "Ada", "ada");
        long bo = directory.person(contoso, "Bo", "bo");
        directory.owns(profile, "ada");
        directory.owns(profile, "bo");
        UUID top = directory.group(contoso, "Top");
        UUID low = directory.group(contoso, "Low");
        directory.member(contoso, top, low, MemberType.GROUP);
        directory.member(contoso, low, TestDirectory.uuid("ada"), MemberType.USER);
        services.rules().add(root, profile.id(), new Ref(top, "Top"), false, "Auditor", null);
        assertEquals("User", user(ada).role(), "direct members only");
        services.assignments().setRole(root, List.of(bo), "Operator");
        services.rules().add(root, profile.id(), new Ref(top, "Top"), true, "Operator", null);
        assertEquals("Operator", user(ada).role());
        assertEquals(RoleSource.RULE, user(ada).roleSource());

        services.assignments().setRole(root, List.of(ada), "Auditor");
        services.rules().add(root, profile.id(), new Ref(low, "Low"), false, "User", 0);
        assertEquals("Auditor", user(ada).role(), "by hand outlives rules");
        services.assignments().clear(root, List.of(ada, bo));
        assertEquals("User", user(ada).role());
        assertEquals(RoleSource.RULE, user(ada).roleSource());
        assertEquals("User", user(bo).role());
        assertEquals(RoleSource.DEFAULT, user(bo).roleSource());
    }

    @Test
    void aPreviewOfRulesSaysWhatSavingDoes() {
        Profile profile = directory.profile(contoso, "default");
        long operator = new RoleStore(directory.database).require("Operator").id();
        long auditor = new RoleStore(directory.database).require("Auditor").id();
        UUID team = directory.group(contoso, "Team");
        for (int i = 0; i < 6; i++) {
            directory.person(contoso, "P" + i, "p" + i);
            directory.owns(profile, "p" + i);
            if (i < 4) {
                directory.member(contoso, team, TestDirectory.uuid("p" + i), MemberType.USER);
            }
        }
        services.assignments().setRole(root, List.of(users.find("p0").id()), "Operator");
        var draft = List.of(new RoleRule(0, profile.id(), 0, new Ref(team, "Team"), true, auditor),
                new RoleRule(0, profile.id(), 1, new Ref(team, "Team"), true, operator));
        var preview = services.previews().preview(root, profile.id(), draft, () -> {});
        assertEquals(List.of(3L, 0L), preview.decides());
        assertEquals(3, preview.changes().size());
        assertEquals(List.of(), new RuleStore(directory.database).ofProfile(profile.id()));
        RoleEdit saved = services.rules().save(root, profile.id(), List.of(), draft);
        assertEquals(preview.changes().stream().map(RulePreview.RoleChange::userId).toList(),
                saved.before().stream().map(assignment -> assignment.userId()).sorted().toList());
        assertEquals(List.of(3L, 0L),
                services.rules().list(root, profile.id()).stream().map(RuleService.RuleUse::decides).toList());
        refused(ErrorKind.CONFLICT, () -> services.rules().save(root, profile.id(), List.of(), List.of()));

        var stored = new RuleStore(directory.database).ofProfile(profile.id());
        services.rules().move(root, stored.get(1).id(), 0);
        assertEquals("Operator", user(users.find("p1").id()).role());
        services.rules().remove(root, stored.get(1).id());
        assertEquals("Auditor", user(users.find("p1").id()).role());
        refused(ErrorKind.INPUT, () -> services.rules().remove(root, 4711));
    }

    @Test
    void rulesOfGroupsThatVanishedAreShownAsSuch() {
        Profile profile = directory.profile(contoso, "default");
        services.rules().add(root, profile.id(), new Ref(UUID.randomUUID(), "Gone"), true, "Auditor", null);
        UUID team = directory.group(contoso, "Team");
        services.rules().add(root, profile.id(), new Ref(team, "Team"), true, "Auditor", null);
        assertEquals(List.of(false, true),
                services.rules().list(root, profile.id()).stream().map(RuleService.RuleUse::groupPresent).toList());
    }

    @Test
    void ownRolesAreMadeCopiedEditedAndRemoved() {
        Role helpdesk = services.roles().add(root, " Helpdesk ", "Answers", Set.of(Permission.VIEW_DIRECTORY));
        assertEquals("Helpdesk", helpdesk.name());
        Role copy = services.roles().copy(root, "Operator", "Night shift");
        assertTrue(copy.permissions().contains(Permission.IMPORT));
        assertFalse(copy.builtIn());
        services.roles().edit(root, new Role(helpdesk.id(), "Help desk", "Answers", false, helpdesk.version(),
                Set.of(Permission.VIEW_DIRECTORY, Permission.CHANGE_ROLES)));
        refused(ErrorKind.CONFLICT, () -> services.roles().edit(root, helpdesk));

        long ada = directory.person(contoso, "Ada", "ada");
        services.assignments().setRole(root, List.of(ada), "help desk");
        refused(ErrorKind.INPUT, () -> services.roles().remove(root, "Help desk", null));
        assertEquals(1, services.roles().remove(root, "Help desk", "Auditor"));
        assertEquals("Auditor", user(ada).role());
        assertEquals(RoleSource.MANUAL, user(ada).roleSource());
        assertEquals(0, services.roles().remove(root, "Night shift", null));
        assertEquals(4, services.roles().list(root).size());
    }

    @Test
    void severalRolesAreEditedTogetherOrNotAtAll() {
        Role one = services.roles().add(root, "One", "", Set.of(Permission.EXPORT));
        Role two = services.roles().add(root, "Two", "", Set.of(Permission.EXPORT));
        services.roles().edit(root, new Role(two.id(), "Two", "busy", false, two.version(), two.permissions()));
        var edits = List.of(
                new Role(one.id(), "One", "", false, one.version(), Set.of(Permission.IMPORT)),
                new Role(two.id(), "Two", "", false, two.version(), Set.of(Permission.IMPORT)));
        refused(ErrorKind.CONFLICT, () -> services.roles().editAll(root, edits));
        assertEquals(Set.of(Permission.EXPORT), services.roles().find(root, "One").permissions());
        var done = services.roles().editAll(root, List.of(edits.getFirst()));
        assertEquals(Set.of(Permission.IMPORT), services.roles().find(root, "One").permissions());
        services.roles().editAll(root, List.of(done.getFirst().back()));
        assertEquals(Set.of(Permission.EXPORT), services.roles().find(root, "One").permissions());
    }

    @Test
    void whoLosesARoleFindsItInTheirHistory() {
        services.roles().add(root, "Helpdesk", "", Set.of(Permission.EXPORT));
        long ada = directory.person(contoso, "Ada", "ada");
        services.assignments().setRole(root, List.of(ada), "Helpdesk");
        int version = user(ada).version();
        services.roles().remove(root, "Helpdesk", "Auditor");
        var event = audit.history(root, "USER", Long.toString(ada), 1).getFirst();
        assertEquals("role.moved", event.action());
        assertEquals(Map.of("role", "Helpdesk"), event.detail().get("before"));
        assertEquals(Map.of("role", "Auditor"), event.detail().get("after"));
        assertEquals(version + 1, user(ada).version());
    }

    @Test
    void rolesBeyondOnesOwnAreLeftAlone() {
        Role strong = services.roles().add(root, "Strong", "", Set.of(Permission.IMPORT));
        var deputy = new Actor(null, "deputy", "window",
                Set.of(Permission.MANAGE_ROLES, Permission.VIEW_DIRECTORY, Permission.EXPORT));
        refused(ErrorKind.NOT_ALLOWED, () -> services.roles().edit(deputy,
                new Role(strong.id(), "Weak", "", false, strong.version(), Set.of())));
        refused(ErrorKind.NOT_ALLOWED, () -> services.roles().remove(deputy, "Strong", null));
        refused(ErrorKind.NOT_ALLOWED, () -> services.roles().copy(deputy, "Strong", "Mine"));
    }

    @Test
    void namesAreCheckedAsTheyAreTyped() {
        List<Role> all = services.roles().list(root).stream().map(RoleService.RoleUse::role).toList();
        assertEquals("role.name-empty", RoleNames.trouble(" \u200b\u00a0", all, 0).orElseThrow().code());
        assertEquals("role.name-too-long", RoleNames.trouble("x".repeat(101), all, 0).orElseThrow().code());
        assertEquals("role.name-invalid", RoleNames.trouble("\u202erotartsinimdA", all, 0).orElseThrow().code());
        assertEquals("role.name-taken", RoleNames.trouble(" aUDITOR ", all, 0).orElseThrow().code());
        long auditor = services.roles().find(root, "Auditor").id();
        assertTrue(RoleNames.trouble("AUDITOR", all, auditor).isEmpty(), "its own name in other letters");
        assertTrue(RoleNames.trouble("مدير 🌙", all, 0).isEmpty());
        for (String longest : List.of("🌙".repeat(50), "x".repeat(100), "İ".repeat(50))) {
            assertEquals(longest, services.roles().add(root, longest, "", Set.of()).name());
        }
        assertEquals("role.name-too-long", RoleNames.trouble("🌙".repeat(51), all, 0).orElseThrow().code());
        assertEquals("role.name-too-long", RoleNames.trouble("İ".repeat(51), all, 0).orElseThrow().code());
    }

    @Test
    void badRolesAreRefused() {
        for (String name : List.of("", "  ", "x".repeat(101), "a\nb", "ADMINISTRATOR")) {
            refused(ErrorKind.INPUT, () -> services.roles().add(root, name, "", Set.of()));
        }
        refused(ErrorKind.INPUT, () -> services.roles().add(root, "x", "y".repeat(501), Set.of()));
        Role user = services.roles().find(root, "User");
        assertEquals("role.built-in",
                refused(ErrorKind.INPUT, () -> services.roles().edit(root, user)).code());
        refused(ErrorKind.INPUT, () -> services.roles().remove(root, "Operator", "User"));
        var limited = new Actor(null, "x", "y", Set.of(Permission.MANAGE_ROLES));
        refused(ErrorKind.NOT_ALLOWED, () -> services.roles().add(limited, "mine", "", Set.of(Permission.IMPORT)));
    }

    @Test
    void accountsAreSwitchedByHand() {
        long ada = directory.person(contoso, "Ada", "ada");
        long bo = directory.person(contoso, "Bo", "bo", null, null, UserStatus.DISABLED);
        long cy = directory.person(contoso, "Cy", "cy", null, null, UserStatus.REMOVED);
        var off = peopleEdits.accounts().deactivate(root, List.of(ada, bo, cy));
        assertEquals(List.of(ada, bo), off.changed());
        assertTrue(String.valueOf(off.skipped().get(cy)).contains("Cy"));
        assertTrue(user(ada).disabledByHand());
        assertEquals(UserStatus.DISABLED, user(ada).status());
        var on = peopleEdits.accounts().activate(root, List.of(ada, bo, cy));
        assertEquals(List.of(ada, bo), on.changed());
        assertEquals(UserStatus.ACTIVE, user(ada).status());
        assertEquals(UserStatus.DISABLED, user(bo).status(), "disabled in Entra");
        assertTrue(String.valueOf(peopleEdits.accounts().activate(root, List.of(bo)).skipped().get(bo))
                .contains("in Entra"));

        assertEquals(List.of(ada), peopleEdits.accounts().exclude(root, List.of(ada, rootId)).changed());
        assertTrue(user(ada).excluded());
        assertEquals(1, users.count(UserFilter.everyone().withExcluded(true)));
        peopleEdits.accounts().include(root, List.of(ada));
        assertFalse(user(ada).excluded());
        refused(ErrorKind.INPUT, () -> peopleEdits.accounts().removeLocal(root, ada));
        assertEquals(1, audit.count(root,
                new AuditFilter(null, null, "root", "user.exclude", "USER", Long.toString(ada), null, null)));
    }

    @Test
    void everybodySeesThemselvesAndNobodyElse() {
        long ada = directory.person(contoso, "Ada", "ada");
        directory.person(contoso, "Bo", "bo");
        var people = new PeopleService(users, new GroupNesting(directory.database), audit);
        var self = new Actor(ada, "ada", "window", Set.of(Permission.VIEW_OWN_PROFILE));
        assertEquals(ada, people.find(self, "ADA").id());
        assertEquals(ada, people.byIds(self, List.of(ada)).getFirst().id());
        refused(ErrorKind.NOT_ALLOWED, () -> people.find(self, "bo"));
        refused(ErrorKind.NOT_ALLOWED, () -> people.find(self, "nobody"));
        refused(ErrorKind.NOT_ALLOWED, () -> people.count(self, UserFilter.everyone()));
        var auditor = new Actor(ada, "ada", "window", Set.of(Permission.VIEW_DIRECTORY));
        assertEquals(3, people.count(auditor, UserFilter.everyone()));
        refused(ErrorKind.NOT_ALLOWED, () -> people.export(auditor, UserFilter.everyone(), user -> {}));
    }

    @Test
    void whateverIsDoneAnAdministratorStaysAndHandMadeChoicesToo() {
        Profile profile = directory.profile(contoso, "default");
        UUID[] groups = { directory.group(contoso, "A"), directory.group(contoso, "B") };
        var all = new ArrayList<Long>();
        all.add(rootId);
        for (int i = 0; i < 8; i++) {
            all.add(directory.person(contoso, "P" + i, "p" + i));
            directory.owns(profile, "p" + i);
            directory.member(contoso, groups[i % 2], TestDirectory.uuid("p" + i), MemberType.USER);
        }
        directory.signInWithEntra(true);
        String[] roles = { "Administrator", "Operator", "User" };
        for (long seed = 0; seed < 4; seed++) {
            var random = new Random(seed);
            var edits = new ArrayList<RoleEdit>();
            for (int step = 0; step < 60; step++) {
                List<Long> some = all.stream().filter(id -> random.nextInt(3) == 0).toList();
                String role = roles[random.nextInt(roles.length)];
                int what = random.nextInt(7);
                var byHand = users.byIds(all).stream().filter(user -> user.roleSource() == RoleSource.MANUAL).toList();
                try {
                    switch (what) {
                        case 0, 1 -> edits.add(services.assignments().setRole(root, some, role));
                        case 2 -> edits.add(services.assignments().clear(root, some));
                        case 3 -> peopleEdits.accounts().deactivate(root, some);
                        case 4 -> peopleEdits.accounts().activate(root, some);
                        case 5 -> services.rules().add(root, profile.id(), new Ref(groups[random.nextInt(2)], "G"),
                                true, role, random.nextInt(3));
                        default -> {
                            if (!edits.isEmpty()) {
                                services.assignments().undo(root, edits.removeLast());
                            }
                        }
                    }
                } catch (RollcallException e) {
                    assertTrue(e.kind() == ErrorKind.GUARD || e.kind() == ErrorKind.CONFLICT, e.message());
                }
                assertTrue(services.guard().whoCanSignIn() > 0, "seed " + seed + ", step " + step);
                if (what >= 3 && what <= 5) {
                    for (UserRow user : byHand) {
                        assertEquals(user.role(), user(user.id()).role(), "seed " + seed + ", step " + step);
                    }
                }
            }
        }
        assertTrue(audit.verify(root).intact());
    }
}
