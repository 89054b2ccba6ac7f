package org.rollcall.connect;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.RegistrationPlan.Rights;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.source.entra.EntraRegistration;
import org.rollcall.source.entra.EntraSignIn;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.Database;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.task.CancelToken;
import org.rollcall.task.JobContext;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Registrations and user tokens from sign-in to a stored connection, over HTTPS against the sample tenant.
class RegistrationServiceTest {
    private static final String BOOTSTRAP = RegistrationService.BOOTSTRAP_CLIENT_ID;
    private static SampleTenant tenant;

    @TempDir
    Path folder;
    private Database database;
    private TenantService tenants;
    private RegistrationService service;
    private UserTokenService userTokens;
    private final List<Duration> pauses = new ArrayList<>();
    private final Actor actor = new Actor(1L, "anna", "test", EnumSet.allOf(Permission.class));

    @BeforeAll
    static void startTenant() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(8));
    }

    @AfterAll
    static void stopTenant() {
        tenant.close();
    }

    @BeforeEach
    void open() {
        Clock clock = Clock.systemUTC();
        database = ReadyDatabase.open(folder);
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        tenants = new TenantService(new TenantService.Stores(database, new TenantStore(database),
                new CredentialStore(database, clock)), Vault.open(folder), new EntraConnector(clock), audit,
                Runnable::run, clock);
        service = new RegistrationService(tenants, new EntraSignIn(clock), new EntraRegistration(clock), clock,
                this::unhurried);
        userTokens = new UserTokenService(tenants, new EntraSignIn(clock), this::unhurried);
    }

    @AfterEach
    void close() {
        tenant.identity().replicationDelay().setCalls(0);
        tenant.identity().policies().setDeviceCodeBlocked(false);
        tenant.identity().apps().setAssignmentRequired(BOOTSTRAP, false);
        tenant.faults().set("");
        database.close();
    }

    /// Notes waits instead of waiting.
    private CallControl unhurried(JobContext job) {
        return new CallControl() {
            @Override
            public void checkCancelled() {
                job.checkCancelled();
            }

            @Override
            public void pause(Duration time, String reason) {
                job.checkCancelled();
                pauses.add(time);
            }
        };
    }

    private static TenantPlace place() {
        return new TenantPlace(tenant.domain(), Cloud.CUSTOM, tenant.origin(), tenant.origin(), tenant.caPem(), null);
    }

    private static Consumer<DeviceCode> approvedBy(String user) {
        return code -> tenant.identity().approveDeviceCode(code.userCode(), user);
    }

    private AdministratorSession signIn() {
        return service.signInByDeviceCode(actor, place(), BOOTSTRAP, approvedBy(tenant.adminUserName()),
                JobContext.silent());
    }

    private RegistrationPlan plan(AdministratorSession session, String name) {
        return service.plan(actor, session, new RegistrationService.Options(name, Set.of("AuditLog.Read.All")),
                JobContext.silent());
    }

    private static String codeOf(Runnable call) {
        return assertThrows(RollcallException.class, call::run).code();
    }

    private static List<String> applications(String name) {
        return tenant.identity().apps().byDisplayName(name);
    }

    @Test
    void registersAndConnects() {
        try (AdministratorSession session = signIn()) {
            assertEquals(tenant.adminUserName(), session.userName());
            assertEquals(tenant.tenantId(), session.tenantId());
            RegistrationPlan plan = plan(session, "Rollcall one");
            assertEquals(Rights.ENOUGH, plan.rights());
            assertEquals(Set.of("User.Read.All", "GroupMember.Read.All", "AuditLog.Read.All"), plan.permissions());
            assertEquals(List.of(), applications("Rollcall one"), "a plan changes nothing");
            Tenant stored = service.register(actor, session, plan, "Contoso", JobContext.silent());
            assertEquals(List.of(stored.clientId()), applications("Rollcall one"));
            assertEquals(plan.permissions(), tenant.identity().apps().roles(stored.clientId()));
            assertEquals(tenant.tenantId(), stored.directoryId());
            VerifyReport report = tenants.verify(actor, "Contoso", JobContext.silent());
            assertTrue(report.ok());
            assertEquals("certificate", report.credentialKind());
            assertNotNull(report.credentialExpiresAt());
        }
    }

    @Test
    void aSecondRegistrationUsesTheApplicationAgain() {
        try (AdministratorSession session = signIn()) {
            Tenant first = service.register(actor, session, plan(session, "Rollcall two"), "first",
                    JobContext.silent());
            RegistrationPlan again = plan(session, "Rollcall two");
            assertNotNull(again.existing());
            Tenant second = service.register(actor, session, again, "second", JobContext.silent());
            assertEquals(first.clientId(), second.clientId());
            assertEquals(1, applications("Rollcall two").size());
            assertTrue(tenants.verify(actor, "first", JobContext.silent()).ok(), "the first certificate is still good");
            assertTrue(tenants.verify(actor, "second", JobContext.silent()).ok());
        }
    }

    @Test
    void waitsForReplicas() {
        tenant.identity().replicationDelay().setCalls(3);
        try (AdministratorSession session = signIn()) {
            Tenant stored = service.register(actor, session, plan(session, "Rollcall slow"), "slow",
                    JobContext.silent());
            assertTrue(pauses.size() >= 9, "look-ups of application, principal and roles fail three times each: "
                    + pauses);
            assertEquals(List.of(stored.clientId()), applications("Rollcall slow"));
        }
    }

    @Test
    void leavesNothingBehindWhenRightsAreMissing() {
        // An ordinary member with the scopes consented to for the whole organisation: may register, may not grant.
        tenant.identity().apps().grantScopes(BOOTSTRAP, Set.of("Application.ReadWrite.All",
                "AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All", "openid", "profile",
                "offline_access"));
        try (AdministratorSession session = service.signInByDeviceCode(actor, place(), BOOTSTRAP,
                approvedBy(member()), JobContext.silent())) {
            RegistrationPlan plan = plan(session, "Rollcall weak");
            assertEquals(Rights.TOO_FEW, plan.rights());
            assertEquals("registration.rights",
                    codeOf(() -> service.register(actor, session, plan, "weak", JobContext.silent())));
            assertEquals(List.of(), applications("Rollcall weak"));
            assertEquals(List.of(), tenants.list(actor));
        } finally {
            tenant.identity().apps().revokeScopes(BOOTSTRAP);
        }
    }

    private static String member() {
        return tenant.directory().users().stream()
                .flatMap(user -> tenant.directory().byObjectId(user.id()).stream())
                .filter(person -> person.enabled() && !person.guest() && !person.globalAdministrator()
                        && !person.mfaRegistered())
                .findFirst().orElseThrow().userPrincipalName();
    }

    @Test
    void leavesNothingBehindWhenCancelledHalfWay() {
        var token = new CancelToken();
        var job = new JobContext() {
            @Override
            public void progress(long done, long total) {}

            @Override
            public void message(String text) {
                if (text.equals("Getting a first token")) {
                    assertEquals(1, applications("Rollcall half").size(), "the application is there by now");
                    token.cancel();
                }
            }

            @Override
            public CancelToken cancelToken() {
                return token;
            }
        };
        try (AdministratorSession session = signIn()) {
            RegistrationPlan plan = plan(session, "Rollcall half");
            assertThrows(CancellationException.class, () -> service.register(actor, session, plan, "half", job));
        }
        assertEquals(List.of(), applications("Rollcall half"));
        assertEquals(List.of(), tenants.list(actor));
    }

    @Test
    void cancelledWhileReplicasLag() {
        tenant.identity().replicationDelay().setCalls(4);
        var token = new CancelToken();
        try (AdministratorSession session = signIn()) {
            RegistrationPlan plan = plan(session, "Rollcall lag");
            var impatient = new RegistrationService(tenants, new EntraSignIn(Clock.systemUTC()),
                    new EntraRegistration(Clock.systemUTC()), Clock.systemUTC(), job -> new CallControl() {
                        @Override
                        public void checkCancelled() {
                            job.checkCancelled();
                        }

                        @Override
                        public void pause(Duration time, String reason) {
                            token.cancel();
                            job.checkCancelled();
                        }
                    });
            assertThrows(CancellationException.class,
                    () -> impatient.register(actor, session, plan, "lag", JobContext.silent(token)));
        }
        assertEquals(List.of(), applications("Rollcall lag"), "deleting waits for the replicas too");
    }

    @Test
    void aTakenNameIsToldBeforeAnythingIsMade() {
        try (AdministratorSession session = signIn()) {
            service.register(actor, session, plan(session, "Rollcall three"), "taken", JobContext.silent());
            RegistrationPlan plan = plan(session, "Rollcall four");
            assertEquals("tenant.name-taken",
                    codeOf(() -> service.register(actor, session, plan, "Taken", JobContext.silent())));
            assertEquals(List.of(), applications("Rollcall four"));
        }
    }

    @Test
    void addsPermissionsAndCertificatesLater() {
        try (AdministratorSession session = signIn()) {
            RegistrationPlan plan = service.plan(actor, session,
                    new RegistrationService.Options("Rollcall later", Set.of()), JobContext.silent());
            Tenant stored = service.register(actor, session, plan, "later", JobContext.silent());
            assertFalse(tenant.identity().apps().roles(stored.clientId()).contains("AuditLog.Read.All"));
            VerifyReport report = service.addPermissions(actor, session, "later", Set.of("AuditLog.Read.All"),
                    JobContext.silent());
            assertTrue(tenant.identity().apps().roles(stored.clientId()).contains("AuditLog.Read.All"));
            assertEquals(VerifyReport.MfaReport.AVAILABLE, report.mfaReport());
            String before = report.thumbprint();
            CertificateMaker.Made made = service.renewCertificate(actor, session, "later", JobContext.silent());
            VerifyReport after = tenants.verify(actor, "later", JobContext.silent());
            assertTrue(after.ok());
            assertEquals(made.thumbprint(), after.thumbprint());
            assertNotEquals(before, after.thumbprint());
        }
    }

    @Test
    void saysWhyASignInFailed() {
        assertEquals("entra.consent.declined", codeOf(() -> service.signInByDeviceCode(actor, place(), BOOTSTRAP,
                code -> tenant.identity().declineDeviceCode(code.userCode()), JobContext.silent())));
        assertEquals("entra.code.expired", codeOf(() -> service.signInByDeviceCode(actor, place(), BOOTSTRAP,
                code -> tenant.clock().advance(Duration.ofMinutes(16)), JobContext.silent())));
        tenant.identity().policies().setDeviceCodeBlocked(true);
        assertEquals("entra.policy.blocked", codeOf(this::signIn));
        tenant.identity().policies().setDeviceCodeBlocked(false);
        assertEquals("registration.rights", codeOf(() -> service.signInByDeviceCode(actor, place(), BOOTSTRAP,
                approvedBy(member()), JobContext.silent())));
        tenant.identity().apps().setAssignmentRequired(BOOTSTRAP, true);
        assertEquals("entra.user.unassigned", codeOf(this::signIn));
    }

    @Test
    void cancelsTheWaitForASignIn() {
        var token = new CancelToken();
        assertThrows(CancellationException.class, () -> service.signInByDeviceCode(actor, place(), BOOTSTRAP,
                code -> token.cancel(), JobContext.silent(token)));
        var other = new CancelToken();
        assertThrows(CancellationException.class, () -> service.signInByBrowser(actor, place(), BOOTSTRAP,
                uri -> other.cancel(), JobContext.silent(other)));
    }

    @Test
    void signsInWithTheBrowser() {
        try (AdministratorSession session = service.signInByBrowser(actor, place(), BOOTSTRAP,
                browser("&sample_user=" + tenant.adminUserName()), JobContext.silent())) {
            assertEquals(tenant.adminUserName(), session.userName());
            Tenant stored = service.register(actor, session, plan(session, "Rollcall browser"), "browser",
                    JobContext.silent());
            assertEquals(List.of(stored.clientId()), applications("Rollcall browser"));
        }
        assertEquals("entra.browser.ended", codeOf(() -> service.signInByBrowser(actor, place(), BOOTSTRAP,
                browser("&sample_decision=decline&sample_user=" + tenant.adminUserName()), JobContext.silent())));
    }

    /// Opens the page as a browser would, in a thread of its own, and posts the form that it submits by itself.
    private static Consumer<URI> browser(String more) {
        return uri -> Thread.startVirtualThread(() -> {
            try (HttpClient http = HttpClient.newBuilder().sslContext(tenant.trust()).build()) {
                String page = http.send(HttpRequest.newBuilder(URI.create(uri + more)).build(),
                        HttpResponse.BodyHandlers.ofString()).body();
                Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(page);
                assertTrue(action.find(), page);
                Matcher field = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"").matcher(page);
                var form = new StringBuilder();
                while (field.find()) {
                    form.append(form.isEmpty() ? "" : "&").append(field.group(1)).append('=').append(URLEncoder
                            .encode(String.valueOf(field.group(2)).replace("&amp;", "&"), StandardCharsets.UTF_8));
                }
                http.send(HttpRequest.newBuilder(URI.create(String.valueOf(action.group(1))))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())).build(),
                        HttpResponse.BodyHandlers.ofString());
            } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void connectsInTheNameOfAPerson() {
        UserTokenService.UserSignIn signIn = userTokens.byDeviceCode(actor, place(), BOOTSTRAP,
                Set.of("AuditLog.Read.All"), approvedBy(tenant.adminUserName()), JobContext.silent());
        assertEquals(tenant.adminUserName(), signIn.userName());
        assertTrue(signIn.permissions().containsAll(Set.of("User.Read.All", "GroupMember.Read.All")),
                signIn.permissions().toString());
        userTokens.connect(actor, "person", place(), BOOTSTRAP, signIn, JobContext.silent());
        VerifyReport report = tenants.verify(actor, "person", JobContext.silent());
        assertTrue(report.ok());
        assertEquals("user token", report.credentialKind());
        tenant.identity().revokeSessions(tenant.adminUserName());
        assertEquals("entra.session.ended",
                codeOf(() -> tenants.verify(actor, "person", JobContext.silent())));
        tenant.clock().advance(Duration.ofSeconds(5));
        userTokens.renew(actor, "person", userTokens.byDeviceCode(actor, place(), BOOTSTRAP, Set.of(),
                approvedBy(tenant.adminUserName()), JobContext.silent()), JobContext.silent());
        assertTrue(tenants.verify(actor, "person", JobContext.silent()).ok());
    }

    @Test
    void needsThePermissionToManageTenants() {
        var guest = new Actor(2L, "bert", "test", Set.of(Permission.VIEW_DIRECTORY));
        assertEquals("permission.missing", codeOf(() -> service.signInByDeviceCode(guest, place(), BOOTSTRAP,
                approvedBy(tenant.adminUserName()), JobContext.silent())));
    }

    @Test
    void guidesThroughThePortalOfEachCloud() {
        String client = "11111111-2222-3333-4444-555555555555";
        for (Cloud cloud : List.of(Cloud.GLOBAL, Cloud.USGOV, Cloud.CHINA)) {
            List<PortalGuide.Step> steps = PortalGuide.steps(cloud, "contoso.com", client, null);
            assertEquals(7, steps.size());
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), steps.stream().map(PortalGuide.Step::number).toList());
            assertEquals("https://" + cloud.loginHost() + "/contoso.com/adminconsent?client_id=" + client,
                    steps.get(4).blade().toString());
            assertTrue(steps.get(6).blade().toString().startsWith("https://" + cloud.adminCenterHost() + "/#view/"));
            assertTrue(steps.get(6).blade().toString().contains("/~/Credentials/appId/" + client));
        }
        assertTrue(PortalGuide.steps(Cloud.GLOBAL, null, null, null).get(4).blade().toString()
                .endsWith("ApplicationsListBlade"), "without a client id there is no blade of its own yet");
    }

    @Test
    void aMadeCertificateIsReadAgain() throws Exception {
        CertificateMaker.Made made = new CertificateMaker(Clock.systemUTC()).make("Rollcall, \"odd\" name=1");
        Path file = folder.resolve("pair.pem");
        var pair = (org.rollcall.source.Connection.Credential.Certificate) made.credential().credential();
        java.nio.file.Files.writeString(file, pair.certificatePem() + pair.keyPem());
        NewCredential read = new CredentialFiles(Clock.systemUTC()).certificate(file, null, null);
        assertEquals(made.thumbprint(), read.thumbprint());
        assertEquals(made.expiresAt(), read.expiresAt());
        assertFalse(new String(made.cer(), StandardCharsets.US_ASCII).contains("PRIVATE"));
    }
}
