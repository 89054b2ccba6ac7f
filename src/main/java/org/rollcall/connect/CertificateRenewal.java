package org.rollcall.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.CertificateRolling;
import org.rollcall.source.Connection;
import org.rollcall.store.CredentialStore.Kind;
import org.rollcall.store.CredentialStore.SealedCredential;
import org.rollcall.store.SettingStore;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Renews certificates that Rollcall generated and registered, long before they expire: a new certificate is added beside the
/// present one, proved by requesting a token, and used from then on; the old one is removed. If any step fails the present one
/// stays, and the renewal is retried a day later.
public final class CertificateRenewal {
    /// How long before its expiry a certificate is renewed: before anybody is warned about it.
    public static final Duration BEFORE_ITS_END = Duration.ofDays(75);
    private static final Duration AGAIN_AFTER = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final TenantService tenants;
    private final CertificateRolling rolling;
    private final CertificateMaker certificates;
    private final SettingStore settings;
    private final Clock clock;
    private final Function<JobContext, CallControl> controls;

    public CertificateRenewal(TenantService tenants, CertificateRolling rolling, SettingStore settings, Clock clock) {
        this(tenants, rolling, settings, clock, job -> new JobControl(job, true));
    }

    /// @param controls implements the waits
    CertificateRenewal(TenantService tenants, CertificateRolling rolling, SettingStore settings, Clock clock,
            Function<JobContext, CallControl> controls) {
        this.tenants = tenants;
        this.rolling = rolling;
        this.certificates = new CertificateMaker(clock);
        this.settings = settings;
        this.clock = clock;
        this.controls = controls;
    }

    /// Renews the certificate of a tenant if it is due and Rollcall can renew it. Failures are logged and leave the tenant
    /// unchanged.
    ///
    /// @return whether there is a new one
    public boolean renewIfDue(Actor actor, Tenant tenant, JobContext job) {
        Optional<SealedCredential> due = tenants.applicationCredential(tenant).filter(this::isDue);
        String applicationId = due.map(SealedCredential::applicationId).orElse(null);
        if (applicationId == null) {
            return false;
        }
        settings.put(triedAt(tenant), clock.instant().toString());
        try {
            renew(actor, tenant, applicationId, due.get().keyId(), job);
            return true;
        } catch (RollcallException e) {
            LOG.warn("The certificate of {} was not renewed ({}); it is tried again in a day", tenant.name(), e.code(),
                    e);
            return false;
        }
    }

    private boolean isDue(SealedCredential credential) {
        Instant end = credential.expiresAt();
        return credential.kind() == Kind.CERTIFICATE && end != null && clock.instant().isBefore(end)
                && !clock.instant().plus(BEFORE_ITS_END).isBefore(end) && !triedJustNow(credential.tenantId());
    }

    private boolean triedJustNow(long tenantId) {
        return settings.get(triedAt(tenantId)).map(Instant::parse)
                .filter(at -> !at.isAfter(clock.instant()) && at.plus(AGAIN_AFTER).isAfter(clock.instant()))
                .isPresent();
    }

    private static String triedAt(Tenant tenant) {
        return triedAt(tenant.id());
    }

    private static String triedAt(long tenantId) {
        return "certificate.renewal." + tenantId;
    }

    private void renew(Actor actor, Tenant tenant, String applicationId, @Nullable String oldKey, JobContext job) {
        CallControl control = controls.apply(job);
        job.message(Words.of("connect.certificateRenewal.renewingTheCertificateOf", tenant.name()).english());
        Connection present = tenants.connection(tenant);
        CertificateMaker.Made made = certificates.make(RegistrationService.APPLICATION_NAME);
        String key = rolling.add(present, applicationId, made.der(), made.name(), control);
        Connection next = tenants.connection(tenant, made.credential().credential());
        try {
            new Settling(control).until(() -> {
                rolling.prove(next, control);
                return key;
            });
        } catch (RuntimeException e) {
            removeQuietly(present, applicationId, key, control);
            throw e;
        }
        tenants.keepRenewed(actor, tenant, made.credential().registered(applicationId, key));
        if (oldKey != null) {
            removeQuietly(next, applicationId, oldKey, control);
        }
    }

    private void removeQuietly(Connection with, String applicationId, String key, CallControl control) {
        try {
            rolling.remove(with, applicationId, key, control);
        } catch (RuntimeException e) {
            LOG.warn("The certificate {} stays registered until it ends", key, e);
        }
    }
}
