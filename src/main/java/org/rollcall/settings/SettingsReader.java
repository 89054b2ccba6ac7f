package org.rollcall.settings;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.TenantDefinition;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.settings.SettingsFile.ImportEntry;
import org.rollcall.settings.SettingsFile.RoleEntry;
import org.rollcall.settings.SettingsFile.RuleEntry;
import org.rollcall.settings.SettingsFile.ScheduleEntry;
import org.rollcall.settings.SettingsFile.SignInEntry;
import org.rollcall.settings.SettingsFile.TenantEntry;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.NotificationStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;

/// Reads the present configuration.
final class SettingsReader {
    private final TenantStore tenants;
    private final ProfileStore profiles;
    private final RoleStore roles;
    private final RuleStore rules;
    private final ScheduleStore schedules;
    private final AuthSettingsStore signIn;
    private final NotificationStore notifications;

    SettingsReader(Database database, Clock clock) {
        this.tenants = new TenantStore(database);
        this.profiles = new ProfileStore(database, clock);
        this.roles = new RoleStore(database);
        this.rules = new RuleStore(database);
        this.schedules = new ScheduleStore(database);
        this.signIn = new AuthSettingsStore(database);
        this.notifications = new NotificationStore(database);
    }

    SettingsFile read() {
        Map<Long, String> names = new HashMap<>();
        roles.list().forEach(role -> names.put(role.id(), role.name()));
        return new SettingsFile(
                roles.list().stream().filter(role -> !role.builtIn())
                        .map(role -> new RoleEntry(role.name(), role.description(), role.permissions())).toList(),
                tenants.list().stream().map(tenant -> tenant(tenant, names)).toList(), signIn(),
                notifications.list().stream().map(NotifyChannel::settings).toList());
    }

    private TenantEntry tenant(Tenant tenant, Map<Long, String> names) {
        return new TenantEntry(tenant.name(), tenant.directoryId(), tenant.clientId(), tenant.cloud().optionName(),
                tenant.authorityUrl(), tenant.graphUrl(), certificates(tenant.caPem()), proxy(tenant.proxyUrl()),
                profiles.ofTenant(tenant.id()).stream().map(profile -> entry(profile, names)).toList());
    }

    /// In a canonical form.
    private static @Nullable String certificates(@Nullable String stored) {
        return stored == null ? null : TenantDefinition.certificates(stored);
    }

    private static @Nullable String proxy(@Nullable String stored) {
        return stored == null ? null : TenantService.proxyAddress(stored);
    }

    private ImportEntry entry(Profile profile, Map<Long, String> names) {
        Optional<Schedule> schedule = schedules.ofProfile(profile.id());
        List<RuleEntry> given = rules.ofProfile(profile.id()).stream().map(rule -> new RuleEntry(rule.group(),
                rule.nested(), names.getOrDefault(rule.roleId(), Role.USER))).toList();
        return new ImportEntry(profile.name(), profile.config(), names.getOrDefault(profile.defaultRoleId(), Role.USER),
                given, schedule.map(each -> new ScheduleEntry(each.timing(), each.state() == Schedule.State.PAUSED))
                        .orElse(null));
    }

    private SignInEntry signIn() {
        AuthSettings now = signIn.get();
        Long tenantId = now.entraTenantId();
        AdSettings ad = now.ad();
        return new SignInEntry(now.isEntraOn(),
                tenantId == null ? null : tenants.connected(tenantId).map(Tenant::name).orElse(null),
                now.entraModes(), now.adEnabled() && ad != null, ad == null
                        ? null
                        : new AdSettings(ad.servers(), ad.startTls(), ad.baseDn(), ad.domain(), ad.upnSuffix(),
                                certificates(ad.caPem()), ad.bindUser()),
                now.idle().toMinutes(),
                now.absolute().toMinutes(), now.refreshAtSignIn());
    }
}
