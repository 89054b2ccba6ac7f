package org.rollcall.connect;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.PermissionLine.State;
import org.rollcall.connect.VerifyReport.MfaReport;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.Database;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.*;

/// Connecting a tenant, with a real database, a real vault and the sample tenant over HTTPS.
class TenantServiceTest {
    private static final Actor ADMIN = new Actor(1L, "admin", "test", EnumSet.allOf(Permission.class));
    private static SampleTenant sample;
    @TempDir
    Path folder;
    private Database database;
    private AuditService audit;
    private CredentialStore credentials;
    private TenantService service;

    @BeforeAll
    static void start() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(10));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @BeforeEach
    void open() {
        database = ReadyDatabase.open(folder);
        audit = new AuditService(database, new AuditStore(database), new SettingStore(database), Clock.systemUTC());
        credentials = new CredentialStore(database, Clock.systemUTC());
        service = new TenantService(new TenantService.Stores(database, new TenantStore(database), credentials),
                Vault.open(folder), new EntraConnector(Clock.systemUTC()), audit, Runnable::run, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
        sample.faults().clear();
    }

    private static NewTenant wanted(String name, String secret, @Nullable String proxy) {
        return new NewTenant(name, sample.domain(), sample.clientId(),
                new NewCredential(new Credential.Secret(secret), null, null), Cloud.CUSTOM,
                sample.origin() + "/", sample.origin() + "/v1.0", sample.caPem(), proxy);
    }

    private Tenant add(String name) {
        return service.add(ADMIN, wanted(name, sample.clientSecret(), null), true, JobContext.silent());
    }

    @Test
    void aCheckedTenantIsKeptByItsIdWithItsOrganization() {
        Tenant tenant = add("Contoso");
        assertEquals(sample.tenantId(), tenant.directoryId());
        assertNotNull(tenant.organization());
        assertNotNull(tenant.verifiedAt());
        assertEquals(new Credential.Secret(sample.clientSecret()), service.connection(tenant).credential());
        assertEquals("tenant.add", audit.list(ADMIN, AuditFilter.ofObject("TENANT", Long.toString(tenant.id())), null,
                10).rows().getFirst().action());
        byte[] sealed = credentials.get(tenant.id(), CredentialStore.Purpose.APPLICATION).orElseThrow().sealed();
        assertFalse(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1).contains(sample.clientSecret()));
    }

    @Test
    void nothingIsStoredWhenTheCheckFails() {
        RollcallException e = assertThrows(RollcallException.class,
                () -> service.add(ADMIN, wanted("Contoso", "wrong", null), true, JobContext.silent()));
        assertEquals("entra.secret.wrong", e.code());
        assertEquals(List.of(), service.list(ADMIN));
        Tenant unseen = service.add(ADMIN, wanted("Contoso", "wrong", null), false, JobContext.silent());
        assertNull(unseen.verifiedAt());
        assertEquals(sample.domain(), unseen.directoryId());
    }

    @Test
    void namesAreUniqueAndCanBeChanged() {
        add("Contoso");
        assertEquals("tenant.name-taken",
                assertThrows(RollcallException.class, () -> add("CONTOSO ")).code());
        service.rename(ADMIN, "contoso", "Fabrikam");
        assertEquals("Fabrikam", service.byName("fabrikam").name());
        assertEquals(ErrorKind.INPUT,
                assertThrows(RollcallException.class, () -> service.rename(ADMIN, "Contoso", "x")).kind());
        service.rename(ADMIN, "Fabrikam", "FABRIKAM");
        service.remove(ADMIN, "Fabrikam", PeopleFate.REMOVE);
        assertEquals(List.of(), service.list(ADMIN));
    }

    @Test
    void theReportSaysWhatIsGrantedAndWhatFor() {
        add("Contoso");
        VerifyReport report = service.verify(ADMIN, "Contoso", JobContext.silent());
        assertTrue(report.ok());
        assertEquals(MfaReport.AVAILABLE, report.mfaReport());
        assertEquals("client secret", report.credentialKind());
        assertEquals(State.MISSING, report.permissions().stream()
                .filter(line -> line.name().equals("Member.Read.Hidden")).findFirst().orElseThrow().state());
    }

    @Test
    void missingAndExcessPermissionsAreTold() {
        try (var poor = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(5)
                .withRoles(Set.of("User.Read.All", "Application.ReadWrite.All")))) {
            var wanted = new NewTenant("Poor", poor.tenantId(), poor.clientId(),
                    new NewCredential(new Credential.Secret(poor.clientSecret()), null, null), Cloud.CUSTOM,
                    poor.origin(), poor.origin(), poor.caPem(), null);
            VerifyReport report = service.probe(ADMIN, wanted, JobContext.silent());
            assertFalse(report.ok());
            assertEquals(List.of("GroupMember.Read.All"),
                    report.missing().stream().map(PermissionLine::name).toList());
            assertEquals(State.EXCESS, report.permissions().stream()
                    .filter(line -> line.name().equals("Application.ReadWrite.All")).findFirst().orElseThrow()
                    .state());
            assertEquals(MfaReport.NO_PERMISSION, report.mfaReport());
            RollcallException e = assertThrows(RollcallException.class,
                    () -> service.add(ADMIN, wanted, true, JobContext.silent()));
            assertEquals("graph.permission", e.code());
            assertTrue(e.message().contains("GroupMember.Read.All"));
            assertEquals(List.of(), service.list(ADMIN));
        }
    }

    /// Though the application has what usually opens it.
    @Test
    void anOrganizationThatIsRefusedIsNamed() {
        sample.faults().set("no-permission;path=organization");
        VerifyReport report = service.probe(ADMIN, wanted("Contoso", sample.clientSecret(), null),
                JobContext.silent());
        assertFalse(report.ok());
        assertEquals(List.of("Organization.Read.All"),
                report.missing().stream().map(PermissionLine::name).toList());
        RollcallException e = assertThrows(RollcallException.class, () -> add("Contoso"));
        assertEquals("graph.permission", e.code());
        assertTrue(e.message().contains("organization"), e.message());
        assertTrue(e.message().contains("Organization.Read.All"), e.message());
        assertFalse(e.message().contains("User.Read.All"), e.message());
    }

    @Test
    void aBroaderPermissionCounts() {
        var lines = PermissionCatalogue.compare(new org.rollcall.source.Permissions(
                java.util.Optional.of(Set.of("Directory.Read.All", "User.Read")), false));
        assertTrue(lines.stream().filter(PermissionLine::needed).allMatch(line -> line.state() == State.GRANTED
                && line.through().equals("Directory.Read.All")));
        assertTrue(lines.stream().noneMatch(line -> line.state() == State.EXCESS));
    }

    @Test
    void aCredentialThatDoesNotWorkLeavesTheOldOne() {
        Tenant tenant = add("Contoso");
        var wrong = new NewCredential(new Credential.Secret("wrong"), null, null);
        assertThrows(RollcallException.class,
                () -> service.replaceCredential(ADMIN, "Contoso", wrong, true, JobContext.silent()));
        assertEquals(new Credential.Secret(sample.clientSecret()), service.connection(tenant).credential());
        service.replaceCredential(ADMIN, "Contoso", wrong, false, JobContext.silent());
        assertEquals(new Credential.Secret("wrong"), service.connection(tenant).credential());
    }

    @Test
    void proxyPasswordsAreSealed() {
        Tenant tenant = service.add(ADMIN, wanted("Contoso", "x", "http://ann:p%40ss@proxy.example:3128"), false,
                JobContext.silent());
        assertFalse(String.valueOf(tenant.proxyUrl()).contains("p%40ss"), tenant.proxyUrl());
        assertEquals("http://ann:p%40ss@proxy.example:3128", service.connection(tenant).proxyUrl());
        assertEquals("http://proxy.example:3128", service.place(service.add(ADMIN,
                wanted("Open", "x", "http://proxy.example:3128/"), false, JobContext.silent())).proxyUrl());
        assertEquals("tenant.proxy", assertThrows(RollcallException.class, () -> service.add(ADMIN,
                wanted("Other", "x", "socks://proxy"), false, JobContext.silent())).code());
    }

    @Test
    void onlyWhoMayManageTenantsDoes() {
        var auditor = new Actor(2L, "auditor", "test", Set.of(Permission.VIEW_DIRECTORY));
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class, () -> service.add(auditor,
                wanted("Contoso", "x", null), false, JobContext.silent())).kind());
        assertEquals(ErrorKind.NOT_ALLOWED,
                assertThrows(RollcallException.class, () -> service.remove(auditor, "Contoso", PeopleFate.REMOVE))
                        .kind());
    }

    @Test
    void aCheckCanBeCancelled() {
        var token = new CancelToken();
        token.cancel();
        assertThrows(java.util.concurrent.CancellationException.class,
                () -> service.add(ADMIN, wanted("Contoso", sample.clientSecret(), null), true,
                        JobContext.silent(token)));
        assertEquals(List.of(), service.list(ADMIN));
    }
}
