package org.rollcall.signin;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.store.SignInStore;
import org.rollcall.text.Words;

/// The common part of every change of the ways to sign in, and its effect in advance: one transaction under the administrator
/// guard, with its audit event.
final class WaySwitches {
    private final AuthenticationService.Stores stores;
    private final AdministratorGuard guard;
    private final AuditService audit;

    WaySwitches(AuthenticationService.Stores stores, AdministratorGuard guard, AuditService audit) {
        this.stores = stores;
        this.guard = guard;
        this.audit = audit;
    }

    void change(Actor actor, String action, Map<String, @Nullable Object> detail,
            UnaryOperator<AuthSettings> change) {
        guard.requireOneAfter(() -> {
            AuthSettings before = stores.settings().get();
            AuthSettings after = change.apply(before);
            stores.settings().put(after);
            stores.revision().raiseDirectoryRevision();
            audit.record(actor, action, null, null, null, detail, null);
            return Boolean.TRUE;
        });
    }

    AuthenticationService.Switch preview(Actor actor, long tenantId, int limit, UnaryOperator<AuthSettings> change,
            boolean needsSomebody) {
        AuthSettings before = stores.settings().get();
        try {
            requireOver(actor, tenantId);
            AuthSettings after = change.apply(before);
            SignInStore.LockedOut out = stores.people().lockedOut(before, after, limit);
            String refused = null;
            if (needsSomebody && stores.people().admitsEntra(after) == 0) {
                refused = nobody().message();
            } else if (!guard.wouldLeaveOne(after)) {
                refused = guard.refusal().message();
            }
            return new AuthenticationService.Switch(after.isEntraOn()
                    ? stores.people().admitsEntra(after)
                    : stores.people().admits(after, SignInMode.AD), out.people(), out.names(), refused);
        } catch (RollcallException e) {
            if (e.kind() == ErrorKind.GUARD || e.kind() == ErrorKind.NOT_ALLOWED) {
                return new AuthenticationService.Switch(0, 0, List.of(), e.message());
            }
            throw e;
        }
    }

    Tenant tenant(@Nullable String name) {
        if (name != null) {
            return stores.tenants().byName(name.strip())
                    .orElseThrow(() -> RollcallException.input("tenant.unknown-name",
                            Words.of("signin.tenant.unknown-name", name.strip()),
                            Words.of("signin.tenant.unknown-name.remedy"))
                            .onCommandLine(Words.of("signin.tenant.unknown-name.remedy.cli")));
        }
        List<Tenant> all = stores.tenants().list();
        if (all.isEmpty()) {
            throw nobody();
        }
        if (all.size() > 1) {
            throw RollcallException
                    .input("auth.which-tenant",
                            Words.of("signin.auth.which-tenant",
                                    String.join(", ", all.stream().map(Tenant::name).toList())),
                            Words.of("signin.auth.which-tenant.remedy"))
                    .onCommandLine(Words.of("signin.auth.which-tenant.remedy.cli"));
        }
        return all.getFirst();
    }

    @Nullable
    Tenant onlyTenant() {
        List<Tenant> all = stores.tenants().list();
        return all.size() == 1 ? all.getFirst() : null;
    }

    static Set<SignInMode> modes(Set<SignInMode> wanted) {
        if (wanted.isEmpty()) {
            return EnumSet.of(SignInMode.BROWSER, SignInMode.DEVICE);
        }
        if (!wanted.stream().allMatch(SignInMode::isEntra)) {
            throw RollcallException.input("auth.modes", Words.of("signin.auth.modes"),
                    Words.of("signin.auth.modes.remedy"));
        }
        return EnumSet.copyOf(wanted);
    }

    void requireSomebody(AuthSettings after) {
        if (stores.people().admitsEntra(after) == 0) {
            throw nobody();
        }
    }

    private static RollcallException nobody() {
        return new RollcallException(ErrorKind.GUARD, "auth.nobody",
                Words.of("signin.auth.nobody"),
                Words.of("signin.auth.nobody.remedy"))
                .onCommandLine(Words.of("signin.auth.nobody.remedy.cli"));
    }

    static void requireOff(boolean on, String other, String word) {
        if (on) {
            throw new RollcallException(ErrorKind.GUARD, "auth.other-on", Words.of("signin.auth.other-on", other),
                    Words.of("signin.auth.other-on.remedy"))
                    .onCommandLine(Words.of("signin.auth.other-on.remedy.cli", word));
        }
    }

    /// Whoever decides how people sign in could sign in as any of them.
    ///
    /// @param tenantId 0: people of all tenants
    void requireOver(Actor actor, long tenantId) {
        stores.tenants().all().stream().map(Tenant::id).filter(id -> tenantId == 0 || id == tenantId)
                .forEach(id -> stores.powers().requireOverTenant(actor, id,
                        Words.of("roles.verb.decideAboutTheSignIn")));
    }
}
