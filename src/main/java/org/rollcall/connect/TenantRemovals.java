package org.rollcall.connect;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.TenantService.Removal;
import org.rollcall.connect.TenantService.RemovalGuard;
import org.rollcall.connect.TenantService.Stores;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.LeaseStore;
import org.rollcall.store.PastLog;
import org.rollcall.store.PersonStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore.Belongings;
import org.rollcall.text.Words;

/// Removes several tenants, each with its own choice for its people. No tenant is removed while an import of it is running.
final class TenantRemovals {
    private final Stores stores;
    private final AuditService audit;
    private final RemovalGuard guard;
    private final PersonStore people;
    private final LeaseStore leases;
    private final PastLog past;
    private final Clock clock;

    TenantRemovals(Stores stores, AuditService audit, RemovalGuard guard, Clock clock) {
        this.stores = stores;
        this.audit = audit;
        this.guard = guard;
        this.people = new PersonStore(stores.database(), clock);
        this.leases = new LeaseStore(stores.database(), clock);
        this.past = new PastLog(stores.database(), clock);
        this.clock = clock;
    }

    Removal look(Tenant tenant) {
        return look(tenant, leases.isHeld(LeaseStore.ofImport(tenant.id())));
    }

    private Removal look(Tenant tenant, boolean busy) {
        Belongings belongings = stores.tenants().belongings(tenant.id());
        return new Removal(tenant, belongings.active(), belongings.disabled(), belongings.removed(),
                belongings.groups(), belongings.imports(), belongings.schedules(),
                new AuthSettingsStore(stores.database()).get().isEntraOnFor(tenant.id()), busy);
    }

    Removal remove(Actor actor, Tenant tenant, PeopleFate fate) {
        // Nobody who is no longer synchronized, or loses a way to sign in, may have more permissions than the actor.
        guard.requireOver(actor, tenant.id(),
                fate == PeopleFate.DEACTIVATE ? Words.of("roles.verb.deactivate") : Words.of("roles.verb.remove"));
        try (var _ = leases.take(LeaseStore.ofImport(tenant.id())).orElseThrow(() -> busy(tenant))) {
            return stores.database().transaction(() -> {
                Removal before = look(tenant, false);
                guard.around(() -> {
                    if (fate == PeopleFate.REMOVE) {
                        past.tenantRemoved(tenant.id(), tenant.name());
                        stores.tenants().delete(tenant.id());
                    } else {
                        if (fate == PeopleFate.DEACTIVATE) {
                            deactivate(actor, tenant);
                        }
                        stores.tenants().disconnect(tenant.id(), clock.instant());
                    }
                    new SettingStore(stores.database()).raiseDirectoryRevision();
                    var detail = new LinkedHashMap<String, @Nullable Object>();
                    detail.put("directoryId", tenant.directoryId());
                    detail.put("people", fate.name().toLowerCase(Locale.ROOT));
                    detail.put("active", before.active());
                    audit.record(actor, "tenant.remove", "TENANT", Long.toString(tenant.id()), tenant.name(), detail,
                            null);
                });
                return before;
            });
        } catch (RollcallException e) {
            throw audit.failed(actor, "tenant.remove", "TENANT", Long.toString(tenant.id()), tenant.name(), e);
        }
    }

    private void deactivate(Actor actor, Tenant tenant) {
        Map<Long, String> whom = people.toDeactivate(tenant.id());
        if (!whom.isEmpty()) {
            people.setDisabledByHand(whom.keySet(), true);
            audit.recordAll(actor,
                    whom.entrySet().stream().map(each -> new AuditService.Entry("user.deactivate", "USER",
                            Long.toString(each.getKey()), each.getValue(), Map.of("tenantRemoved", tenant.name()),
                            null))
                            .toList());
        }
    }

    private static RollcallException busy(Tenant tenant) {
        return new RollcallException(ErrorKind.CONFLICT, "run.going-on",
                Words.of("connect.run.going-on", tenant.name()),
                Words.of("connect.run.going-on.remedy"));
    }
}
