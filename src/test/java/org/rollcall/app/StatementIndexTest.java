package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.signin.SignInFigures;
import org.rollcall.source.Connection;
import org.rollcall.store.SignInStore;
import org.rollcall.store.StatementPlans;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.PreviewEdits;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What imports, runs, rules, schedules, sign-in, the first screen, exports and the doctor ask has its index, however large
/// the tenant and however many the runs are. What is read as a whole because it is wanted as a whole says so in
/// [StatementPlans#WALKS].
class StatementIndexTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static AppContext context;
    private static Actor maren;
    private static Ref chiefs;

    @BeforeAll
    static void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(30));
        context = AppContext.create(folder.resolve("home"), "maren", PASSWORD.toCharArray(), "test",
                Clock.systemUTC());
        maren = context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
        var secret = new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null);
        context.tenants().add(maren, new NewTenant("Contoso", sample.tenantId(), sample.clientId(), secret,
                Cloud.CUSTOM, sample.origin(), sample.origin(), sample.caPem(), null), false, JobContext.silent());
        SampleObject group = sample.directory().groups().getFirst();
        chiefs = new Ref(UUID.fromString(group.id()), group.displayName());
        assertTrue(run(Profile.DEFAULT_NAME, everyone()));
        assertTrue(run("some", some()));
    }

    @AfterAll
    static void close() {
        context.close();
        sample.close();
    }

    private static Draft everyone() {
        return new Draft(ProfileConfig.everyone(), "User", List.of(new Draft.RuleDraft(chiefs, true, "Auditor")));
    }

    private static Draft some() {
        ProfileConfig standard = ProfileConfig.everyone();
        return new Draft(new ProfileConfig(ProfileConfig.Scope.ofGroups(List.of(chiefs), true), standard.filters(),
                standard.mapping(), standard.policies()), "User", List.of());
    }

    private static ImportRequest request(String name, Draft draft, boolean everything) {
        return new ImportRequest("Contoso", name, draft, new PeopleLimit(100, true), Trigger.MANUAL, everything, 1_000,
                null);
    }

    private static boolean run(String name, Draft draft) {
        return context.imports().run(maren, request(name, draft, false), JobContext.silent()).succeeded();
    }

    private static void expectIndexes(StatementPlans plans, int least) {
        assertTrue(plans.size() > least, () -> "statements: " + plans.size());
        var scans = new LinkedHashMap<>(plans.scans(StatementPlans.WALKS));
        assertEquals("", String.join("\n\n", scans.entrySet().stream()
                .map(each -> each.getKey() + "\n  " + each.getValue()).toList()), "whole tables are read");
    }

    private static void change() {
        var directory = sample.directory();
        List<SampleObject> people = directory.users();
        directory.rename(people.get(5).id(), "renamed." + people.get(5).text("userPrincipalName"), "Renamed");
        directory.leave(people.get(6).id());
        directory.setEnabled(people.get(7).id(), !people.get(7).flag("accountEnabled"));
        directory.update(people.get(8).id(), "department", "Elsewhere");
        SampleObject clara = directory.hire(Map.of("displayName", "Clara"));
        directory.addMember(chiefs.id().toString(), clara.id());
        directory.removeMember(chiefs.id().toString(),
                directory.directMembers(chiefs.id().toString()).getFirst().id());
        directory.renameGroup(directory.groups().get(3).id(), "Renamed");
        directory.deleteGroup(directory.groups().get(4).id());
        directory.createGroup(Map.of("displayName", "Made"));
    }

    @Test
    void importsAndPreviews() {
        try (var plans = StatementPlans.watch(context.database())) {
            change();
            String id = sample.directory().users().get(9).id();
            sample.directory().update(id, "onPremisesSamAccountName", "Ada.Sam");
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            sample.directory().update(id, "onPremisesSamAccountName", "Ada.Other");
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            assertEquals(List.of(), store().bySamAccountName("ADA.sam"));
            assertEquals(List.of(UUID.fromString(id)),
                    store().bySamAccountName("ADA.other").stream().map(UserRow::objectId).toList());
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            assertTrue(run("some", some()));
            change();
            long preview = context.imports().preview(maren, request(Profile.DEFAULT_NAME, everyone(), false),
                    JobContext.silent()).run().id();
            assertTrue(context.runs().countChanges(maren, preview, ChangeFilter.everything()) > 3);
            context.runs().changes(maren, preview, ChangeFilter.everything(), -1, 20);
            assertTrue(context.imports().applyPreview(maren, preview, PreviewEdits.none(), JobContext.silent())
                    .succeeded());
            assertTrue(context.imports().run(maren, request(Profile.DEFAULT_NAME, everyone(), true),
                    JobContext.silent()).succeeded());
            expectIndexes(plans, 80);
        }
    }

    @Test
    void runsAndTheirChanges() {
        try (var plans = StatementPlans.watch(context.database())) {
            var runs = context.runs();
            long run = runs.list(maren, RunFilter.everything(), null, 20).getLast().id();
            runs.list(maren, RunFilter.ofTenant(context.tenants().byName("Contoso").id()), run + 1, 20);
            runs.count(maren, RunFilter.everything());
            runs.show(maren, run);
            runs.changes(maren, run, ChangeFilter.everything(), 20, 20);
            runs.countChanges(maren, run, ChangeFilter.everything());
            runs.allChanges(maren, run, ChangeFilter.everything()).forEachRemaining(_ -> {});
            runs.exportChanges(maren, run, ChangeFilter.everything()).forEachRemaining(_ -> {});
            runs.forEach(maren, RunFilter.everything(), _ -> {});
            UserRow person = person();
            runs.history(maren, person, 20);
            runs.askedAgain(maren, person);
            runs.recoverInterrupted();
            context.why().why(maren, person.id());
            expectIndexes(plans, 8);
        }
    }

    @Test
    void undoingAndWhatGuardsStop() {
        change();
        long run = context.imports().run(maren, request(Profile.DEFAULT_NAME, everyone(), false), JobContext.silent())
                .run().id();
        try (var plans = StatementPlans.watch(context.database())) {
            var undo = context.undo();
            assertTrue(undo.standing(maren, context.runs().show(maren, run)).possible());
            undo.preview(maren, run, true, JobContext.silent());
            long undone = undo.undo(maren, run, false, JobContext.silent()).run().id();
            assertTrue(undo.undo(maren, undone, false, JobContext.silent()).succeeded());
            change();
            var stopped = context.imports().run(maren, new ImportRequest("Contoso", Profile.DEFAULT_NAME, everyone(),
                    new PeopleLimit(0, false), Trigger.MANUAL, false, 1_000, null), JobContext.silent()).run();
            assertEquals(StoppedRuns.Standing.APPLICABLE, context.stoppedRuns().standing(maren, stopped));
            assertTrue(context.stoppedRuns().apply(maren, stopped.id(), JobContext.silent()).succeeded());
            expectIndexes(plans, 40);
        }
    }

    private static SignInStore store() {
        return new SignInStore(context.database());
    }

    private static UserRow person() {
        return context.people().find(maren, sample.directory().users().get(20).id());
    }

    private static GroupRow group() {
        return context.groups().find(maren, null, chiefs.id().toString());
    }

    @Test
    void rulesAndSchedules() {
        try (var plans = StatementPlans.watch(context.database())) {
            Profile profile = context.profile(maren, "Contoso", Profile.DEFAULT_NAME);
            var roles = context.roles();
            var edits = context.peopleEdits();
            var rules = roles.rules().list(maren, profile.id()).stream().map(use -> use.rule()).toList();
            roles.rules().byDefault(maren, profile.id());
            long operator = roles.roles().find(maren, "Operator").id();
            var other = new RoleRule(0, profile.id(), 0, chiefs, false, operator);
            var preview = roles.previews().preview(maren, profile.id(), List.of(other), () -> {});
            assertFalse(preview.changes().isEmpty());
            roles.previews().people(maren, preview, "a", null, 20);
            var edit = roles.rules().save(maren, profile.id(), rules, List.of(other));
            roles.rules().save(maren, profile.id(), null, rules);
            assertFalse(edit.before().isEmpty());
            long id = person().id();
            var set = roles.assignments().setRole(maren, List.of(id), "Operator");
            roles.assignments().undo(maren, set);
            roles.assignments().setRole(maren, List.of(id), "Auditor");
            roles.assignments().underRules(maren, id);
            roles.assignments().clear(maren, List.of(id));
            edits.accounts().deactivate(maren, List.of(id));
            edits.accounts().activate(maren, List.of(id));
            edits.accounts().exclude(maren, List.of(id));
            edits.accounts().include(maren, List.of(id));
            roles.roles().list(maren);
            roles.roles().add(maren, "Short", "", Set.of());
            roles.assignments().setRole(maren, List.of(id), "Short");
            roles.roles().remove(maren, "Short", "User");
            long schedule = context.schedules().set(maren, profile.id(), Duration.ofHours(6)).id();
            context.schedules().list(maren);
            context.schedules().find(maren, "contoso");
            context.schedules().pause(maren, schedule);
            context.schedules().resume(maren, schedule);
            context.schedules().runNow(maren, schedule, JobContext.silent());
            context.schedules().remove(maren, schedule);
            expectIndexes(plans, 40);
        }
    }

    @Test
    void thePastLinksAndPurging() {
        try (var plans = StatementPlans.watch(context.database())) {
            Instant then = context.clock().instant();
            var directory = sample.directory();
            SampleObject clara = directory.hire(Map.of("displayName", "Clara Anew"));
            directory.addMember(chiefs.id().toString(), clara.id());
            directory.leave(directory.hire(Map.of("displayName", "Gone")).id());
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            context.roles().assignments().setRole(maren, List.of(person().id()), "Auditor");
            directory.leave(clara.id());
            directory.purge(clara.id());
            directory.hire(Map.of("displayName", "Clara Anew", "userPrincipalName", clara.userPrincipalName()));
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            var links = context.peopleEdits().links();
            assertEquals(1, links.count(maren));
            var offer = links.offers(maren).getFirst();
            long id = links.link(maren, offer.present().id(), offer.former().id()).id();
            context.runs().history(maren, context.people().byIds(maren, List.of(id)).getFirst(), 20);
            context.audit().history(maren, "USER", Long.toString(id), 20);
            var past = context.past();
            past.list(maren, then, UserFilter.everyone(), UserSort.BY_NAME, null, 20);
            past.list(maren, then, UserFilter.everyone().withGroup(
                    new UserFilter.InGroup(group().tenantId(), group().objectId(), true)), UserSort.BY_NAME, null, 20);
            past.find(maren, then, Long.toString(person().id()));
            past.members(maren, then, group(), true);
            past.exportPeople(maren, then, UserFilter.everyone(), _ -> {});
            past.exportGroups(maren, then, true, _ -> {});
            past.exportMemberships(maren, then, _ -> {});
            directory.leave(directory.users().get(30).id());
            assertTrue(run(Profile.DEFAULT_NAME, everyone()));
            assertTrue(context.peopleEdits().purges().preview(maren, Duration.ZERO).people() > 0);
            assertTrue(context.peopleEdits().purges().purge(maren, Duration.ZERO).people() > 0);
            assertFalse(past.list(maren, then, UserFilter.everyone(), UserSort.BY_NAME, null, 20).untold().isEmpty());
            expectIndexes(plans, 60);
        }
    }

    @Test
    void signIn() {
        try (var plans = StatementPlans.watch(context.database())) {
            context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
            store().bySamAccountName("ADA");
            store().byUserName("ada");
            store().byUpnInAnySpelling("Ada@contoso.example");
            var authentication = context.auth().authentication();
            authentication.canSignIn();
            authentication.status(maren);
            authentication.forecast(person());
            authentication.previewEntra(maren, "Contoso", Set.of(SignInMode.BROWSER, SignInMode.PASSWORD), 5);
            authentication.previewOff(maren, SignInMode.LOCAL, 5);
            new SignInFigures(context.database(), Clock.systemUTC()).read(maren);
            expectIndexes(plans, 10);
        }
    }

    @Test
    void theFirstScreenExportsAndTheDoctor() {
        try (var plans = StatementPlans.watch(context.database())) {
            new Figures(context).read(maren);
            context.health().findings(maren, org.rollcall.text.Language.ENGLISH);
            context.people().export(maren, UserFilter.everyone(), _ -> {});
            context.people().export(maren, List.of(1L, 2L), () -> {}, _ -> {});
            context.groups().export(maren, false, _ -> {});
            context.groups().export(maren, true, _ -> {});
            context.groups().exportMemberships(maren, _ -> {});
            context.groups().exportMembers(maren, group(), _ -> {});
            context.groups().effectiveMembers(maren, group(), null, 20);
            context.groups().countEffectiveMembers(maren, group());
            context.groups().parents(maren, group());
            context.groups().above(maren, group());
            context.people().groupsOf(maren, person());
            context.audit().forEach(maren, AuditFilter.everything(), _ -> {});
            context.audit().check(maren, JobContext.silent());
            context.audit().list(maren, AuditFilter.everything(), null, 20);
            context.audit().list(maren, AuditFilter.everything(), null, 20, JobContext.silent());
            context.audit().count(maren, AuditFilter.everything(), JobContext.silent());
            context.audit().history(maren, "USER", Long.toString(person().id()), 20);
            expectIndexes(plans, 20);
        }
    }
}
