package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.PeopleFate;
import org.rollcall.connect.TenantService.Removal;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection;
import org.rollcall.store.LeaseStore;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What becomes of a tenant that is removed, and of its people.
class TenantRemovalTest {
    private static final char[] PASSWORD = "correct horse battery staple".toCharArray();
    private static final Actor ROOT = new Actor(null, "root", "test", EnumSet.allOf(Permission.class));
    private static final PeopleLimit ANY = new PeopleLimit(100, true);

    @TempDir
    Path folder;
    private SampleTenant sample;
    private AppContext context;
    private SampleObject clara;

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(20).withGroups(3));
        clara = sample.directory().hire(Map.of("displayName", "Clara"));
        context = ReadyFolder.create(folder.resolve("home"), "maren", PASSWORD.clone(), "test", Clock.systemUTC());
        add("Contoso", sample.origin());
        assertTrue(context.imports().run(ROOT, new ImportRequest("Contoso", Profile.DEFAULT_NAME,
                new Draft(ProfileConfig.everyone(), "User", List.of()), ANY, Trigger.MANUAL, false, 1_000, null),
                JobContext.silent()).succeeded());
        context.roles().assignments().setRole(ROOT, List.of(id(clara)), "Operator");
        context.schedules().set(ROOT, context.profile(ROOT, "Contoso", Profile.DEFAULT_NAME).id(),
                Duration.ofHours(6));
    }

    @AfterEach
    void close() {
        context.close();
        sample.close();
    }

    private void add(String name, String origin) {
        add(ROOT, name, origin);
    }

    private void add(Actor actor, String name, String origin) {
        context.tenants().add(actor, new NewTenant(name, sample.tenantId(), sample.clientId(),
                new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                origin, origin, sample.caPem(), null), false, JobContext.silent());
    }

    private long id(SampleObject person) {
        return row(person).id();
    }

    private UserRow row(SampleObject person) {
        return context.people().find(ROOT, person.id());
    }

    private long imported() {
        return context.people().count(ROOT, UserFilter.everyone()) - 1;
    }

    private String repeat() {
        return context.imports().run(ROOT, new ImportRequest("Contoso", Profile.DEFAULT_NAME, null, ANY,
                Trigger.MANUAL, false, 1_000, null), JobContext.silent()).run().counts().toString();
    }

    @Test
    void peopleGoWithItUnlessTheyAreToStay() {
        Removal seen = context.tenants().removal(ROOT, "contoso");
        assertEquals(imported(), seen.active() + seen.disabled());
        assertEquals(1, seen.schedules());
        Instant before = Instant.now();
        Removal done = context.tenants().remove(ROOT, "contoso", PeopleFate.REMOVE);
        assertEquals(seen, done);
        assertEquals(0, imported());
        assertEquals(List.of(), context.tenants().list(ROOT));
        assertEquals(List.of(), context.schedules().list(ROOT));
        assertEquals(List.of("Contoso"), context.past().list(ROOT, before, UserFilter.everyone(),
                UserSort.BY_NAME, null, 10).untold().stream().filter(each -> each.contains("Contoso"))
                .map(_ -> "Contoso").toList());
        assertTrue(context.audit().verify(ROOT).intact());
    }

    @Test
    void keptPeopleStayAsTheyAreAndAreFoundAgain() {
        sample.directory().leave(clara.id());
        long before = imported();
        long run = context.runs().list(ROOT, RunFilter.everything(), null, 10).getFirst().id();
        context.tenants().remove(ROOT, "Contoso", PeopleFate.KEEP);
        assertEquals(before, imported());
        assertEquals(UserStatus.ACTIVE, row(clara).status());
        assertEquals("Operator", row(clara).role());
        assertEquals("Contoso", row(clara).tenant());
        assertEquals(List.of(), context.tenants().list(ROOT));
        assertEquals(List.of(), context.schedules().list(ROOT));
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, this::repeat).kind());
        assertEquals("run.tenant-gone", assertThrows(RollcallException.class,
                () -> context.undo().undo(ROOT, run, false, JobContext.silent())).code());
        assertNotNull(context.why().why(ROOT, id(clara)));

        // Another one may have its name; then the old one comes back under a new name, with people and imports.
        context.tenants().add(ROOT, new NewTenant("Contoso", "11111111-2222-3333-4444-555555555555", sample.clientId(),
                new NewCredential(new Connection.Credential.Secret("x"), null, null), Cloud.CUSTOM, sample.origin(),
                sample.origin(), sample.caPem(), null), false, JobContext.silent());
        context.tenants().remove(ROOT, "Contoso", PeopleFate.REMOVE);
        add("Contoso", sample.origin());
        assertEquals(before, imported());
        // Whoever left meanwhile is removed by the next import, which finds its configuration as it was.
        assertTrue(repeat().contains("REMOVE=1"));
        assertEquals(UserStatus.REMOVED, row(clara).status());
        assertEquals("Operator", row(clara).role());
        assertTrue(context.audit().verify(ROOT).intact());
    }

    @Test
    void deactivatedPeopleStayDeactivatedUntilSomebodyActivatesThem() {
        Instant before = Instant.now();
        long people = imported();
        context.tenants().remove(ROOT, "Contoso", PeopleFate.DEACTIVATE);
        assertEquals(people, imported());
        assertEquals(UserStatus.DISABLED, row(clara).status());
        assertEquals("user.deactivate", context.audit().list(ROOT,
                AuditFilter.ofObject("USER", Long.toString(id(clara))), null, 10).rows().getFirst().action());
        assertEquals(UserStatus.ACTIVE, context.past().find(ROOT, before, clara.id()).value().row().status());
        add("Contoso again", sample.origin());
        assertTrue(context.imports().run(ROOT, new ImportRequest("Contoso again", Profile.DEFAULT_NAME, null, ANY,
                Trigger.MANUAL, false, 1_000, null), JobContext.silent()).succeeded());
        assertEquals(UserStatus.DISABLED, row(clara).status());
        assertEquals("Contoso again", row(clara).tenant());
        context.peopleEdits().accounts().activate(ROOT, List.of(id(clara)));
        assertEquals(UserStatus.ACTIVE, row(clara).status());
    }

    @Test
    void keptPeopleCanBeRemovedLater() {
        context.tenants().remove(ROOT, "Contoso", PeopleFate.KEEP);
        context.tenants().remove(ROOT, "contoso", PeopleFate.REMOVE);
        assertEquals(0, imported());
        assertEquals("tenant.unknown-name", assertThrows(RollcallException.class,
                () -> context.tenants().remove(ROOT, "contoso", PeopleFate.REMOVE)).code());
    }

    @Test
    void nothingIsRemovedWhileAnImportRuns() {
        long tenant = context.tenants().byName("Contoso").id();
        long people = imported();
        try (var _ = new LeaseStore(context.database(), Clock.systemUTC()).take(LeaseStore.ofImport(tenant))
                .orElseThrow()) {
            assertTrue(context.tenants().removal(ROOT, "Contoso").busy());
            for (PeopleFate fate : PeopleFate.values()) {
                var e = assertThrows(RollcallException.class, () -> context.tenants().remove(ROOT, "Contoso", fate));
                assertEquals(ErrorKind.CONFLICT, e.kind());
                assertTrue(e.message().contains("an import of Contoso is running"), e.message());
            }
        }
        assertEquals(people, imported());
        assertEquals(1, context.tenants().list(ROOT).size());
        context.tenants().remove(ROOT, "Contoso", PeopleFate.KEEP);
    }

    @Test
    void theLastAdministratorStaysWhateverTheFate() {
        context.roles().assignments().setRole(ROOT, List.of(id(clara)), "Administrator");
        context.auth().authentication().enableEntra(ROOT, "Contoso", Set.of(SignInMode.BROWSER));
        long maren = context.people().find(ROOT, "maren").id();
        context.peopleEdits().accounts().deactivate(ROOT, List.of(maren));
        assertTrue(context.tenants().removal(ROOT, "Contoso").signsIn());
        for (PeopleFate fate : PeopleFate.values()) {
            var e = assertThrows(RollcallException.class, () -> context.tenants().remove(ROOT, "Contoso", fate));
            assertEquals(ErrorKind.GUARD, e.kind(), fate + ": " + e.message());
        }
        assertEquals(UserStatus.ACTIVE, row(clara).status());
        context.peopleEdits().accounts().activate(ROOT, List.of(maren));
        context.tenants().remove(ROOT, "Contoso", PeopleFate.KEEP);
        assertFalse(context.auth().authentication().settings().isEntraOn());
    }

    @Test
    void whoeverReconnectsAtAnotherPlaceHasToBeOverItsPeople() {
        var connector = new Actor(null, "olga", "test", Set.of(Permission.MANAGE_TENANTS));
        var e = assertThrows(RollcallException.class, () -> add(connector, "Other", "https://login.example"));
        assertEquals(ErrorKind.NOT_ALLOWED, e.kind());
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> context.tenants().remove(connector, "Contoso", PeopleFate.KEEP)).kind());
        context.tenants().remove(ROOT, "Contoso", PeopleFate.KEEP);
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> add(connector, "Other", "https://login.example")).kind());
        add(connector, "Contoso", sample.origin());
        assertEquals(1, context.tenants().list(ROOT).size());
    }
}
