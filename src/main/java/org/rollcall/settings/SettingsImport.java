package org.rollcall.settings;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.connect.TenantDefinition;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.Tenant;
import org.rollcall.notify.NotifyService;
import org.rollcall.settings.SettingsFile.ImportEntry;
import org.rollcall.settings.SettingsFile.RoleEntry;
import org.rollcall.settings.SettingsFile.ScheduleEntry;
import org.rollcall.settings.SettingsFile.SignInEntry;
import org.rollcall.settings.SettingsFile.TenantEntry;
import org.rollcall.settings.SettingsService.Outcome;
import org.rollcall.settings.SettingsService.Services;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.store.Database;
import org.rollcall.store.NotificationStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.sync.Draft;
import org.rollcall.text.Words;

/// Applies a settings file in the caller's transaction. Equal settings are not written, so they need no permission.
final class SettingsImport {
    private final Services services;
    private final SettingsReader reader;
    private final TenantStore tenants;
    private final ProfileStore profiles;
    private final RoleStore roles;
    private final RuleStore rules;
    private final ScheduleStore schedules;
    private final NotificationStore notifications;

    SettingsImport(Database database, Services services, SettingsReader reader, Clock clock) {
        this.services = services;
        this.reader = reader;
        this.tenants = new TenantStore(database);
        this.profiles = new ProfileStore(database, clock);
        this.roles = new RoleStore(database);
        this.rules = new RuleStore(database);
        this.schedules = new ScheduleStore(database);
        this.notifications = new NotificationStore(database);
    }

    /// @param preview it is rolled back afterwards: generated keys are discarded
    Outcome apply(Actor actor, SettingsFile file, boolean preview) {
        SettingsFile before = reader.read();
        List<Difference> differences = SettingsFacts.compare(before, file);
        var notes = new ArrayList<String>();
        if (!differences.isEmpty()) {
            roles(actor, before, file);
            tenants(actor, before, file, notes);
            imports(actor, before, file, notes);
            signIn(actor, before.signIn(), file.signIn(), notes);
            notifications(actor, file, preview, notes);
            unusedRoles(actor, file, notes);
        }
        return new Outcome(differences, notes);
    }

    private static <T> Map<String, T> byName(List<T> entries, Function<T, String> name) {
        return entries.stream().collect(Collectors.toMap(each -> SearchKeys.unique(name.apply(each)), each -> each));
    }

    private void roles(Actor actor, SettingsFile before, SettingsFile file) {
        Map<String, RoleEntry> here = byName(before.roles(), RoleEntry::name);
        for (RoleEntry wanted : file.roles()) {
            RoleEntry now = here.get(SearchKeys.unique(wanted.name()));
            if (now == null) {
                services.roles().roles().add(actor, wanted.name(), wanted.description(), wanted.permissions());
            } else if (!now.equals(wanted)) {
                Role stored = roles.require(now.name());
                services.roles().roles().edit(actor, new Role(stored.id(), wanted.name(), wanted.description(), false,
                        stored.version(), wanted.permissions()));
            }
        }
    }

    private void unusedRoles(Actor actor, SettingsFile file, List<String> notes) {
        Set<String> wanted = byName(file.roles(), RoleEntry::name).keySet();
        for (Role role : roles.list()) {
            if (role.builtIn() || wanted.contains(SearchKeys.unique(role.name()))) {
                continue;
            }
            try {
                services.roles().roles().remove(actor, role.name(), null);
            } catch (RollcallException e) {
                if (!e.code().equals("role.in-use")) {
                    throw e;
                }
                notes.add(Words.of("settings.settingsImport.theRoleStaysSinceIt", role.name()).english());
            }
        }
    }

    private void tenants(Actor actor, SettingsFile before, SettingsFile file, List<String> notes) {
        Map<String, TenantEntry> here = byName(before.tenants(), TenantEntry::name);
        Set<String> wantedNames = byName(file.tenants(), TenantEntry::name).keySet();
        for (TenantEntry wanted : file.tenants()) {
            TenantEntry now = here.get(SearchKeys.unique(wanted.name()));
            if (now == null || !place(now).equals(place(wanted))) {
                requireSameDirectory(now, wanted);
                if (services.tenants().define(actor, place(wanted))) {
                    notes.add(Words.of("settings.settingsImport.theTenantNeedsItsCredential", wanted.name()).english());
                }
            }
        }
        before.tenants().stream().filter(each -> !wantedNames.contains(SearchKeys.unique(each.name())))
                .forEach(each -> notes
                        .add(Words.of("settings.settingsImport.theTenantStaysTheFile", each.name()).english()));
    }

    private static void requireSameDirectory(@Nullable TenantEntry now, TenantEntry wanted) {
        if (now != null && !now.directoryId().equals(wanted.directoryId())) {
            throw RollcallException.input("settings.other-directory",
                    Words.of("settings.other-directory", wanted.name()), Words.of("settings.other-directory.remedy"));
        }
    }

    private static TenantDefinition place(TenantEntry entry) {
        return new TenantDefinition(entry.name(), entry.directoryId(), entry.clientId(),
                Objects.requireNonNull(Cloud.ofOption(entry.cloud())), entry.authority(), entry.graph(), entry.ca(),
                entry.proxy());
    }

    private void imports(Actor actor, SettingsFile before, SettingsFile file, List<String> notes) {
        Map<String, TenantEntry> here = byName(before.tenants(), TenantEntry::name);
        for (TenantEntry wanted : file.tenants()) {
            TenantEntry now = here.get(SearchKeys.unique(wanted.name()));
            Map<String, ImportEntry> there = now == null
                    ? Map.of()
                    : byName(now.imports(), ImportEntry::name);
            Tenant tenant = tenants.byName(wanted.name()).orElseThrow();
            for (ImportEntry each : wanted.imports()) {
                entry(actor, tenant, there.get(SearchKeys.unique(each.name())), each);
            }
            Set<String> names = byName(wanted.imports(), ImportEntry::name).keySet();
            there.values().stream().filter(each -> !names.contains(SearchKeys.unique(each.name())))
                    .forEach(each -> notes.add(Words
                            .of("settings.settingsImport.theImportOfStaysThe", each.name(), wanted.name()).english()));
        }
    }

    private void entry(Actor actor, Tenant tenant, @Nullable ImportEntry now, ImportEntry wanted) {
        if (now == null || !now.config().equals(wanted.config()) || !now.defaultRole().equals(wanted.defaultRole())) {
            services.imports().bringIn(actor, tenant.name(), wanted.name(),
                    new Draft(wanted.config(), wanted.defaultRole(), wanted.rules().stream()
                            .map(rule -> new Draft.RuleDraft(rule.group(), rule.nested(), rule.role())).toList()));
        } else if (!now.rules().equals(wanted.rules())) {
            Profile profile = profiles.byName(tenant.id(), wanted.name()).orElseThrow();
            services.roles().rules().save(actor, profile.id(), null, rules(profile, wanted));
        }
        Profile profile = profiles.byName(tenant.id(), wanted.name()).orElseThrow();
        schedule(actor, profile, wanted.schedule());
    }

    /// An existing rule keeps its id, which the roles given by it refer to.
    private List<RoleRule> rules(Profile profile, ImportEntry wanted) {
        var open = new ArrayList<>(rules.ofProfile(profile.id()));
        var result = new ArrayList<RoleRule>();
        for (SettingsFile.RuleEntry each : wanted.rules()) {
            long role = roles.require(each.role()).id();
            Optional<RoleRule> same = open.stream().filter(rule -> rule.group().id().equals(each.group().id())
                    && rule.nested() == each.nested() && rule.roleId() == role).findFirst();
            same.ifPresent(open::remove);
            result.add(new RoleRule(same.map(RoleRule::id).orElse(0L), profile.id(), result.size(), each.group(),
                    each.nested(), role));
        }
        return result;
    }

    private void schedule(Actor actor, Profile profile, @Nullable ScheduleEntry wanted) {
        Optional<Schedule> now = schedules.ofProfile(profile.id());
        if (wanted == null) {
            now.ifPresent(each -> services.schedules().remove(actor, each.id()));
            return;
        }
        if (now.isEmpty() || !now.get().timing().equals(wanted.timing())) {
            services.schedules().set(actor, profile.id(), wanted.timing());
        }
        boolean paused = now.map(Schedule::state).filter(Schedule.State.PAUSED::equals).isPresent();
        if (paused != wanted.paused()) {
            long id = schedules.ofProfile(profile.id()).orElseThrow().id();
            if (wanted.paused()) {
                services.schedules().pause(actor, id);
            } else {
                services.schedules().resume(actor, id);
            }
        }
    }

    private void signIn(Actor actor, SignInEntry now, SignInEntry wanted, List<String> notes) {
        var limits = List.of(wanted.idleMinutes(), wanted.absoluteMinutes());
        if (!limits.equals(List.of(now.idleMinutes(), now.absoluteMinutes()))) {
            services.signIn().setLimits(actor, Duration.ofMinutes(wanted.idleMinutes()),
                    Duration.ofMinutes(wanted.absoluteMinutes()));
        }
        if (now.refreshAtSignIn() != wanted.refreshAtSignIn()) {
            services.signIn().setRefresh(actor, wanted.refreshAtSignIn());
        }
        boolean sameWays = now.entra() == wanted.entra() && Objects.equals(now.tenant(), wanted.tenant())
                && now.modes().equals(wanted.modes()) && now.activeDirectory() == wanted.activeDirectory()
                && Objects.equals(now.ad(), wanted.ad());
        if (!sameWays) {
            notes.addAll(services.signIn().bringIn(actor, new AuthenticationService.Ways(
                    wanted.entra(), wanted.tenant(), wanted.modes(), wanted.activeDirectory(), wanted.ad())));
        }
    }

    private void notifications(Actor actor, SettingsFile file, boolean preview, List<String> notes) {
        var wanted = new HashSet<>(file.notifications());
        var here = new HashSet<NotifyChannel.Settings>();
        for (NotifyChannel channel : notifications.list()) {
            if (!wanted.contains(channel.settings()) || !here.add(channel.settings())) {
                services.notifications().remove(actor, channel.id());
            }
        }
        for (NotifyChannel.Settings each : file.notifications()) {
            if (here.add(each)) {
                NotifyService.Added added = services.notifications().add(actor, each, null);
                if (added.key() != null) {
                    notes.add(Words
                            .of("settings.settingsImport.theWebhookSignsWithA", each.words(), preview
                                    ? Words.of("settings.settingsImport.theWebhookSignsWithA.part2")
                                    : Words.of("settings.settingsImport.theWebhookSignsWithA.part2.else", added.key()))
                            .english());
                } else if (each.user() != null) {
                    notes.add(Words.of("settings.settingsImport.theMailNeedsThePassword", each.words(), each.user())
                            .english());
                }
            }
        }
    }
}
