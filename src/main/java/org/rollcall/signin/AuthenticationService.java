package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInForecast;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserRow;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.roles.Powers;
import org.rollcall.source.CallControl;
import org.rollcall.source.LdapDirectory;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.SignInStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Enables and disables ways to sign in. Entra and Active Directory exclude each other; local accounts are always enabled. A
/// change after which nobody could administer is refused.
public final class AuthenticationService {
    private static final AdSettings NO_AD = new AdSettings(List.of(), false, "", null, null, null, null);
    static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(30);

    private final Stores stores;
    private final AdPasswords passwords;
    private final Supplier<LdapDirectory> ldap;
    private final WaySwitches switches;

    /// The database of settings and people.
    record Stores(Database database, AuthSettingsStore settings, SignInStore people, LocalAccountStore accounts,
            TenantStore tenants, UserQueries users, SettingStore revision, Powers powers) {
        static Stores over(Database database, UserQueries users, Clock clock) {
            return new Stores(database, new AuthSettingsStore(database), new SignInStore(database),
                    new LocalAccountStore(database), new TenantStore(database), users, new SettingStore(database),
                    new Powers(database, clock));
        }
    }

    AuthenticationService(Stores stores, AdPasswords passwords, Supplier<LdapDirectory> ldap, AdministratorGuard guard,
            AuditService audit) {
        this.stores = stores;
        this.passwords = passwords;
        this.ldap = ldap;
        this.switches = new WaySwitches(stores, guard, audit);
    }

    /// The state of sign-in.
    ///
    /// @param breakGlass the local administrator who is never locked out; null: there is none
    public record Status(long localAccounts, long localAdministrators, @Nullable UserRow breakGlass, Entra entra,
            Ad ad, AuthSettings settings) {}

    /// @param tenant the tenant whose people sign in, or would; null: not set up
    /// @param modes  those that are enabled, or would be
    /// @param admits ACTIVE people who could sign in; while disabled, who could if it were enabled
    public record Entra(boolean enabled, @Nullable String tenant, List<SignInMode> modes, long admits) {
        public Entra {
            modes = List.copyOf(modes);
        }
    }

    /// @param admits ACTIVE people who could sign in; while disabled, who could if it were enabled
    public record Ad(boolean enabled, List<String> servers, long admits) {
        public Ad {
            servers = List.copyOf(servers);
        }
    }

    /// The effect of a change, in advance.
    ///
    /// @param admits    ACTIVE imported people who could sign in after it
    /// @param lockedOut people who can sign in now and could not after it
    /// @param names     names of some of them, in order
    /// @param refused   why it would be refused, a sentence without a full stop; null: allowed
    public record Switch(long admits, long lockedOut, List<String> names, @Nullable String refused) {
        public Switch {
            names = List.copyOf(names);
        }
    }

    /// @throws RollcallException NOT_ALLOWED
    public Status status(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        AuthSettings now = stores.settings.get();
        Long tenantId = now.entraTenantId();
        AdSettings ad = now.ad();
        Tenant only = switches.onlyTenant();
        Long wouldBe = tenantId == null && only != null ? (Long) only.id() : tenantId;
        AuthSettings entra = now.isEntraOn() ? now : now.withoutAd().withEntra(wouldBe, now.entraModes());
        AuthSettings withAd = now.isOn(SignInMode.AD) ? now : now.withoutEntra().withAd(ad == null ? NO_AD : ad);
        return new Status(stores.people.localAccounts(), stores.accounts.countAdministrators(),
                stores.accounts.breakGlass(now.breakGlassUserId()).flatMap(stores.users::byId).orElse(null),
                new Entra(now.isEntraOn(),
                        tenantId == null ? null : stores.tenants.byId(tenantId).map(Tenant::name).orElse(null),
                        List.copyOf(now.entraModes()), stores.people.admitsEntra(entra)),
                new Ad(now.isOn(SignInMode.AD), ad == null ? List.of() : ad.servers(),
                        stores.people.admits(withAd, SignInMode.AD)),
                now);
    }

    /// The enabled ways, for display.
    public AuthSettings settings() {
        return stores.settings.get();
    }

    /// The ways that would work for a person.
    public List<SignInForecast> forecast(UserRow person) {
        return SignInForecast.of(person, stores.settings.get());
    }

    /// The number of people who could sign in by any enabled way.
    public long canSignIn() {
        return stores.people.canSignIn(stores.settings.get());
    }

    /// Enables sign-in with Entra for a tenant's people, or changes its modes.
    ///
    /// @param tenantName null: the only tenant
    /// @param modes      empty: BROWSER and DEVICE
    /// @throws RollcallException NOT_ALLOWED; INPUT: no such tenant, or several; GUARD: Active Directory is enabled, or nobody
    ///                           or no administrator could sign in
    public void enableEntra(Actor actor, @Nullable String tenantName, Set<SignInMode> modes) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        Tenant tenant = switches.tenant(tenantName);
        Set<SignInMode> wanted = WaySwitches.modes(modes);
        switches.requireOver(actor, tenant.id());
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("way", "entra");
        detail.put("tenant", tenant.name());
        detail.put("modes", wanted.stream().map(SignInMode::word).toList());
        switches.change(actor, "auth.enable", detail, before -> {
            WaySwitches.requireOff(before.adEnabled(),
                    Words.of("signin.authenticationService.activeDirectory").english(), "ad");
            AuthSettings after = before.withEntra(tenant.id(), wanted);
            switches.requireSomebody(after);
            return after;
        });
    }

    /// @throws RollcallException NOT_ALLOWED; GUARD: no administrator could sign in any more
    public void disableEntra(Actor actor) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        Long tenantId = stores.settings.get().entraTenantId();
        switches.requireOver(actor, tenantId == null ? 0 : tenantId);
        switches.change(actor, "auth.disable", detail("entra"), AuthSettings::withoutEntra);
    }

    /// Enables sign-in with Active Directory for people who have an account name there.
    ///
    /// @param bindPassword of `wanted.bindUser()`; null where there is none
    /// @param check        verify with the servers first; nothing is stored if none answers
    /// @throws RollcallException NOT_ALLOWED; INPUT: addresses, base; GUARD: Entra is enabled; OFFLINE, REFUSED: the servers
    public void enableAd(Actor actor, AdSettings wanted, char @Nullable [] bindPassword, boolean check,
            CallControl control) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        AdSettings checked = AdRules.checked(wanted, bindPassword != null && bindPassword.length > 0);
        switches.requireOver(actor, 0);
        WaySwitches.requireOff(stores.settings.get().entraEnabled(),
                Words.of("signin.authenticationService.microsoftEntraId").english(), "entra");
        if (check) {
            ldap.get().check(AdPasswords.settings(checked, bindPassword == null ? null : new String(bindPassword)),
                    control);
        }
        var detail = detail("ad");
        detail.put("servers", checked.servers());
        detail.put("checked", check);
        switches.change(actor, "auth.enable", detail, before -> {
            WaySwitches.requireOff(before.entraEnabled(),
                    Words.of("signin.authenticationService.microsoftEntraId").english(), "entra");
            passwords.seal(bindPassword);
            return before.withAd(checked);
        });
    }

    /// @throws RollcallException NOT_ALLOWED; GUARD: no administrator could sign in any more
    public void disableAd(Actor actor) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        switches.requireOver(actor, 0);
        switches.change(actor, "auth.disable", detail("ad"), AuthSettings::withoutAd);
    }

    /// The sign-in settings of imported people in a settings file.
    ///
    /// @param entra           enabled; Active Directory is disabled then
    /// @param tenant          name of the tenant whose people sign in with Entra; null: none
    /// @param activeDirectory enabled
    /// @param ad              null: not set up
    public record Ways(boolean entra, @Nullable String tenant, Set<SignInMode> modes, boolean activeDirectory,
            @Nullable AdSettings ad) {}

    /// Applies sign-in settings. Passwords are in no file: the password of the account that searches Active Directory stays if
    /// the account does; otherwise Active Directory is set up and stays disabled. So does Entra if nobody could sign in with
    /// it.
    ///
    /// @return what stays disabled and why, as sentences without a full stop
    /// @throws RollcallException NOT_ALLOWED; INPUT: no such tenant; GUARD: no administrator could sign in any more
    public List<String> bringIn(Actor actor, Ways wanted) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        switches.requireOver(actor, 0);
        Tenant tenant = wanted.tenant() == null ? null : switches.tenant(wanted.tenant());
        var notes = new ArrayList<String>();
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("entra", wanted.entra());
        detail.put("tenant", tenant == null ? null : tenant.name());
        detail.put("modes", wanted.modes().stream().sorted().map(SignInMode::word).toList());
        detail.put("ad", wanted.activeDirectory());
        detail.put("servers", wanted.ad() == null ? List.of() : wanted.ad().servers());
        switches.change(actor, "auth.settings", detail, before -> {
            AuthSettings after = new AuthSettings(false, tenant == null ? null : (Long) tenant.id(), wanted.modes(),
                    false, wanted.ad(), before.idle(), before.absolute(), before.breakGlassUserId(),
                    before.breakGlassUsedAt(), before.refreshAtSignIn());
            String searches = wanted.ad() == null ? null : wanted.ad().bindUser();
            boolean same = before.ad() != null && Objects.equals(searches, before.ad().bindUser())
                    && before.ad().servers().equals(wanted.ad() == null ? List.of() : wanted.ad().servers());
            if (!same) {
                passwords.seal(null);
            }
            if (wanted.activeDirectory() && wanted.ad() != null) {
                if (searches == null || same && stores.settings.bindPassword() != null) {
                    return after.withAd(wanted.ad());
                }
                notes.add(Words.of("signin.authenticationService.signInWithActiveDirectory", searches).english());
            }
            if (wanted.entra() && tenant != null) {
                AuthSettings on = after.withEntra(tenant.id(), wanted.modes());
                if (stores.people.admitsEntra(on) > 0) {
                    return on;
                }
                notes.add(Words.of("signin.authenticationService.signInWithEntraStays").english());
            }
            return after;
        });
        return notes;
    }

    /// The normalized form in which they are stored.
    ///
    /// @throws RollcallException INPUT: addresses, base
    public static AdSettings checked(AdSettings wanted) {
        return AdRules.checked(wanted, wanted.bindUser() != null && !wanted.bindUser().isBlank());
    }

    /// Checks whether the servers answer and accept the search account; stores nothing.
    ///
    /// @param bindPassword as for [#enableAd]
    /// @return the servers that answered
    /// @throws RollcallException as [#enableAd]
    public List<String> checkAd(Actor actor, AdSettings wanted, char @Nullable [] bindPassword, CallControl control) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        AdSettings checked = AdRules.checked(wanted, bindPassword != null && bindPassword.length > 0);
        return ldap.get().check(AdPasswords.settings(checked, bindPassword == null ? null : new String(bindPassword)),
                control);
    }

    /// The effect of [#enableEntra].
    ///
    /// @param limit maximum number of names
    public Switch previewEntra(Actor actor, @Nullable String tenantName, Set<SignInMode> modes, int limit) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        Tenant tenant = switches.tenant(tenantName);
        Set<SignInMode> wanted = WaySwitches.modes(modes);
        return switches.preview(actor, tenant.id(), limit, before -> {
            WaySwitches.requireOff(before.adEnabled(),
                    Words.of("signin.authenticationService.activeDirectory").english(), "ad");
            return before.withEntra(tenant.id(), wanted);
        }, true);
    }

    /// The effect of [#enableAd].
    public Switch previewAd(Actor actor, AdSettings wanted, int limit) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        return switches.preview(actor, 0, limit, before -> {
            WaySwitches.requireOff(before.entraEnabled(),
                    Words.of("signin.authenticationService.microsoftEntraId").english(), "entra");
            return before.withAd(wanted);
        }, false);
    }

    /// The effect of [#disableEntra] or [#disableAd].
    ///
    /// @param mode AD, or any of Entra
    public Switch previewOff(Actor actor, SignInMode mode, int limit) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        return switches.preview(actor, 0, limit,
                before -> mode == SignInMode.AD ? before.withoutAd() : before.withoutEntra(), false);
    }

    /// @param idle     1 minute to 30 days
    /// @param absolute at least `idle`, at most 30 days
    public void setLimits(Actor actor, Duration idle, Duration absolute) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        if (idle.compareTo(SHORTEST_IDLE) < 0 || absolute.compareTo(idle) < 0 || absolute.compareTo(LONGEST) > 0) {
            throw RollcallException.input("session.limits", Words.of("signin.session.limits"),
                    Words.of("signin.session.limits.remedy"));
        }
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("idleMinutes", idle.toMinutes());
        detail.put("absoluteMinutes", absolute.toMinutes());
        switches.change(actor, "auth.limits", detail, before -> before.withLimits(idle, absolute));
    }

    /// Whether people are refreshed from Entra when they sign in.
    public void setRefresh(Actor actor, boolean atSignIn) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        switches.change(actor, "auth.refresh", new LinkedHashMap<>(Map.of("on", atSignIn)),
                before -> before.withRefresh(atSignIn));
    }

    /// Selects the local administrator who is never locked out.
    ///
    /// @throws RollcallException INPUT: not an active administrator with a local account
    public void setBreakGlass(Actor actor, long userId) {
        actor.require(Permission.MANAGE_AUTHENTICATION);
        Powers.requireGive(actor, EnumSet.allOf(Permission.class));
        if (!Objects.equals(stores.accounts.breakGlass(userId).orElse(null), userId)) {
            throw RollcallException.input("auth.break-glass",
                    Words.of("signin.auth.break-glass"),
                    Words.of("signin.auth.break-glass.remedy"));
        }
        switches.change(actor, "auth.break-glass", new LinkedHashMap<>(Map.of("user", Long.toString(userId))),
                before -> before.withBreakGlass(userId));
    }

    private static Map<String, @Nullable Object> detail(String way) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("way", way);
        return detail;
    }
}
