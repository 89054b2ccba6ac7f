package org.rollcall.connect;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.CertificateRolling;
import org.rollcall.source.Connection;
import org.rollcall.source.entra.EntraCertificateRolling;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.source.entra.EntraRegistration;
import org.rollcall.source.entra.EntraSignIn;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.CredentialStore.Purpose;
import org.rollcall.store.Database;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A certificate that Rollcall registered renews itself in time, with the old one good until the new one is proved.
class CertificateRenewalTest {
    private static final JobContext JOB = JobContext.silent();
    private static SampleTenant sample;

    @TempDir
    Path folder;
    private final TestDirectory.SettableClock clock = new TestDirectory.SettableClock();
    private final Actor actor = new Actor(1L, "anna", "test", EnumSet.allOf(Permission.class));
    private Database database;
    private CredentialStore credentials;
    private TenantService tenants;
    private AuditService audit;
    private Tenant tenant;

    @BeforeAll
    static void startTenant() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(20).withGroups(3));
    }

    @AfterAll
    static void stopTenant() {
        sample.close();
    }

    @BeforeEach
    void register() {
        Clock system = Clock.systemUTC();
        // Certificates that are made while it goes on have to be good at the tenant's time too.
        clock.advance(Duration.between(clock.instant(), system.instant()).minusDays(5));
        database = ReadyDatabase.open(folder);
        audit = new AuditService(database, new AuditStore(database), new SettingStore(database), system);
        credentials = new CredentialStore(database, system);
        tenants = new TenantService(
                new TenantService.Stores(database, new TenantStore(database), credentials), Vault.open(folder),
                new EntraConnector(system), audit, Runnable::run, system);
        var registration = new RegistrationService(tenants, new EntraSignIn(system), new EntraRegistration(system),
                system, _ -> new Unhurried());
        var place = new TenantPlace(sample.domain(), Cloud.CUSTOM, sample.origin(), sample.origin(), sample.caPem(),
                null);
        try (var session = registration.signInByDeviceCode(actor, place, RegistrationService.BOOTSTRAP_CLIENT_ID,
                code -> sample.identity().approveDeviceCode(code.userCode(), sample.adminUserName()), JOB)) {
            var plan = registration.plan(actor, session,
                    new RegistrationService.Options(folder.getFileName().toString(),
                            Set.of()),
                    JOB);
            tenant = registration.register(actor, session, plan, "Contoso", JOB);
        }
    }

    @AfterEach
    void close() {
        sample.faults().set("");
        database.close();
    }

    private record Unhurried() implements CallControl {
        @Override
        public void checkCancelled() {}

        @Override
        public void pause(Duration time, String reason) {}
    }

    private CertificateRenewal renewal(CertificateRolling rolling) {
        return new CertificateRenewal(tenants, rolling, new SettingStore(database), clock, _ -> new Unhurried());
    }

    private static CertificateRolling entra() {
        return new EntraCertificateRolling(Clock.systemUTC());
    }

    private void endsIn(Duration time) {
        new TestDirectory(database).sql("update credential set expires_at = timestamp with time zone '"
                + clock.instant().plus(time) + "'");
    }

    private String thumbprint() {
        return String.valueOf(credentials.get(tenant.id(), Purpose.APPLICATION).orElseThrow().thumbprint());
    }

    private int registered() {
        return sample.identity().apps().certificates(tenant.clientId());
    }

    private long replaced() {
        return audit.list(actor, AuditFilter.everything(), null, 100).rows().stream()
                .filter(event -> event.action().equals("tenant.credential")).count();
    }

    @Test
    void renewsItselfBeforeAnybodyIsWarned() {
        String before = thumbprint();
        assertFalse(renewal(entra()).renewIfDue(actor, tenant, JOB), "it is good for two years");
        endsIn(CertificateRenewal.BEFORE_ITS_END.plusDays(1));
        assertFalse(renewal(entra()).renewIfDue(actor, tenant, JOB));
        endsIn(CertificateRenewal.BEFORE_ITS_END);
        assertTrue(renewal(entra()).renewIfDue(actor, tenant, JOB));
        assertNotEquals(before, thumbprint());
        assertEquals(1, registered(), "the old one is removed");
        assertTrue(tenants.verify(actor, "Contoso", JOB).ok());
        assertEquals(1, replaced());
        assertNotNull(credentials.get(tenant.id(), Purpose.APPLICATION).orElseThrow().keyId());
        clock.advance(Duration.ofDays(2));
        assertFalse(renewal(entra()).renewIfDue(actor, tenant, JOB), "it is new");
        // And once more, with the one that it gave itself.
        endsIn(Duration.ofDays(3));
        assertTrue(renewal(entra()).renewIfDue(actor, tenant, JOB));
        assertEquals(1, registered());
        assertTrue(tenants.verify(actor, "Contoso", JOB).ok());
    }

    @Test
    void whatCannotBeProvedIsTakenBackAndTriedAgainADayLater() {
        String before = thumbprint();
        endsIn(Duration.ofDays(20));
        var proofs = new AtomicInteger();
        var refusing = new CertificateRolling() {
            @Override
            public String add(Connection connection, String applicationId, byte[] certificate, String name,
                    CallControl control) {
                return entra().add(connection, applicationId, certificate, name, control);
            }

            @Override
            public void prove(Connection connection, CallControl control) {
                proofs.incrementAndGet();
                throw new RollcallException(ErrorKind.REFUSED, "entra.conditional-access", "blocked", "look there");
            }

            @Override
            public void remove(Connection connection, String applicationId, String keyId, CallControl control) {
                entra().remove(connection, applicationId, keyId, control);
            }
        };
        assertFalse(renewal(refusing).renewIfDue(actor, tenant, JOB));
        assertEquals(before, thumbprint());
        assertEquals(1, registered());
        assertTrue(tenants.verify(actor, "Contoso", JOB).ok());
        clock.advance(Duration.ofHours(23));
        assertFalse(renewal(refusing).renewIfDue(actor, tenant, JOB));
        assertEquals(1, proofs.get(), "not again on the same day");
        clock.advance(Duration.ofHours(2));
        assertTrue(renewal(entra()).renewIfDue(actor, tenant, JOB));
        assertNotEquals(before, thumbprint());
    }

    @Test
    void aCertificateOfOthersIsLeftToThem() {
        new TestDirectory(database).sql("update credential set application_id = null");
        endsIn(Duration.ofDays(20));
        assertFalse(renewal(entra()).renewIfDue(actor, tenant, JOB));
        assertEquals(0, replaced());
    }

    @Test
    void oneThatHasEndedCannotProveAnything() {
        endsIn(Duration.ofDays(-1));
        assertFalse(renewal(entra()).renewIfDue(actor, tenant, JOB));
        assertEquals(1, registered());
    }
}
