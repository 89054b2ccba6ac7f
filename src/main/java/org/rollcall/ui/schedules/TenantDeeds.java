package org.rollcall.ui.schedules;

import java.util.function.Consumer;

import org.rollcall.connect.PeopleFate;
import org.rollcall.connect.PermissionLine;
import org.rollcall.connect.TenantService;
import org.rollcall.connect.TenantService.Removal;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.ToastLayer;
import org.rollcall.ui.common.UiTasks;

/// What can be done to a connected tenant. Knows no scene.
final class TenantDeeds {
    private final UiTasks tasks;
    private final ToastLayer toasts;
    private final SchedulesServices services;
    private final Actor actor;
    private final Runnable reload;

    TenantDeeds(UiTasks tasks, ToastLayer toasts, SchedulesServices services, Actor actor, Runnable reload) {
        this.tasks = tasks;
        this.toasts = toasts;
        this.services = services;
        this.actor = actor;
        this.reload = reload;
    }

    /// Why tenants cannot be changed, in words; empty: they can.
    String reason() {
        return Disallowed.reason(actor.may(Permission.MANAGE_TENANTS), Permission.MANAGE_TENANTS.words());
    }

    /// Opens the wizard's first step, filled in.
    void editCredential(Tenant tenant) {
        services.connectAgain().accept(tenant.id());
    }

    void verify(Tenant tenant) {
        tasks.start(Messages.get("schedules.tenant.verifying", tenant.name()),
                job -> services.tenants().verify(actor, tenant.name(), job), report -> {
                    reload.run();
                    toasts.show(report.ok()
                            ? Toast.done(Messages.get("schedules.tenant.verified", tenant.name()))
                            : Toast.failed(Messages.get("schedules.tenant.missing", tenant.name(),
                                    report.missing().size(), Messages.list(report.missing().stream()
                                            .map(PermissionLine::name).toList()))));
                }, trouble -> toasts.show(Toast.failed(Messages.trouble(trouble))));
    }

    /// @param refused is told why not
    void rename(Tenant tenant, String name, Runnable done, Consumer<RollcallException> refused) {
        tasks.quietly(_ -> {
            services.tenants().rename(actor, tenant.name(), name);
            return true;
        }, _ -> {
            done.run();
            reload.run();
            toasts.show(Toast.done(Messages.get("schedules.tenant.renamed", tenant.name(), name.strip())));
        }, refused::accept);
    }

    void lookAtRemoval(Tenant tenant, Consumer<Removal> found) {
        tasks.quietly(_ -> services.tenants().removal(actor, tenant.name()), found::accept,
                trouble -> toasts.show(Toast.failed(Messages.trouble(trouble))));
    }

    /// @param refused is told why not
    void remove(Tenant tenant, PeopleFate fate, Runnable done, Consumer<RollcallException> refused) {
        tasks.quietly(_ -> services.tenants().remove(actor, tenant.name(), fate), _ -> {
            done.run();
            reload.run();
            toasts.show(Toast.done(Messages.get("schedules.tenant.removed", tenant.name())));
        }, refused::accept);
    }
}
