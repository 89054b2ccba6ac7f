package org.rollcall.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInMode;
import org.rollcall.schedule.Intervals;
import org.rollcall.settings.SettingsFile.ImportEntry;
import org.rollcall.settings.SettingsFile.RoleEntry;
import org.rollcall.settings.SettingsFile.RuleEntry;
import org.rollcall.settings.SettingsFile.ScheduleEntry;
import org.rollcall.settings.SettingsFile.SignInEntry;
import org.rollcall.settings.SettingsFile.TenantEntry;
import org.rollcall.sync.plan.Guards;

/// Settings as comparable facts by subject. Objects of Entra are compared by id; their names are for display only.
final class SettingsFacts {
    private static final String NONE = "none";

    /// @param shown display text
    /// @param same  the value to compare
    private record Fact(String shown, Object same) {}

    private record Subject(String name, Map<String, Fact> facts) {}

    private final Map<String, Subject> subjects = new LinkedHashMap<>();

    private SettingsFacts() {}

    /// The differences, in the order of the file.
    static List<Difference> compare(SettingsFile here, SettingsFile file) {
        Map<String, Subject> one = of(here).subjects;
        Map<String, Subject> other = of(file).subjects;
        var keys = new LinkedHashSet<>(other.keySet());
        keys.addAll(one.keySet());
        var differences = new ArrayList<Difference>();
        for (String key : keys) {
            Subject left = one.get(key);
            Subject right = other.get(key);
            if (left == null || right == null) {
                differences.add(left == null
                        ? new Difference(name(right), null, null, name(right))
                        : new Difference(left.name(), null, left.name(), null));
                continue;
            }
            right.facts().forEach((what, fact) -> {
                Fact now = left.facts().get(what);
                if (now == null || !now.same().equals(fact.same())) {
                    differences.add(new Difference(right.name(), what, now == null ? NONE : now.shown(), fact.shown()));
                }
            });
        }
        return differences;
    }

    private static String name(@Nullable Subject subject) {
        return subject == null ? "" : subject.name();
    }

    private static SettingsFacts of(SettingsFile file) {
        var facts = new SettingsFacts();
        file.roles().forEach(facts::role);
        file.tenants().forEach(facts::tenant);
        facts.signIn(file.signIn());
        file.notifications().forEach(facts::notification);
        return facts;
    }

    private Map<String, Fact> subject(String key, String name) {
        var facts = new LinkedHashMap<String, Fact>();
        subjects.put(key, new Subject(name, facts));
        return facts;
    }

    private static Fact fact(@Nullable Object value) {
        String shown = value == null || value.toString().isEmpty() ? NONE : value.toString();
        return new Fact(shown, value == null ? "" : value);
    }

    private static Fact yes(boolean value) {
        return new Fact(value ? "yes" : "no", value);
    }

    private void role(RoleEntry role) {
        Map<String, Fact> facts = subject("role " + SearchKeys.unique(role.name()), "role " + role.name());
        facts.put("name", fact(role.name()));
        facts.put("description", fact(role.description()));
        facts.put("permissions", new Fact(list(role.permissions().stream().sorted().map(Permission::words).toList()),
                role.permissions()));
    }

    private void tenant(TenantEntry tenant) {
        String key = "tenant " + SearchKeys.unique(tenant.name());
        Map<String, Fact> facts = subject(key, "tenant " + tenant.name());
        facts.put("name", fact(tenant.name()));
        facts.put("directory", fact(tenant.directoryId()));
        facts.put("application", fact(tenant.clientId()));
        facts.put("cloud", fact(tenant.cloud()));
        facts.put("authority", fact(tenant.authority()));
        facts.put("Graph URL", fact(tenant.graph()));
        facts.put("certificate authority", new Fact(tenant.ca() == null ? NONE : "its own",
                tenant.ca() == null ? "" : tenant.ca()));
        facts.put("proxy", fact(tenant.proxy()));
        tenant.imports().forEach(each -> entry(key, tenant.name(), each));
    }

    private void entry(String tenantKey, String tenant, ImportEntry entry) {
        String name = "import " + entry.name() + " of " + tenant;
        String key = tenantKey + " import " + SearchKeys.unique(entry.name());
        Map<String, Fact> facts = subject(key, name);
        ProfileConfig.Scope scope = entry.config().scope();
        facts.put("brings in", new Fact(scope.all()
                ? "everyone"
                : scope.groups().isEmpty()
                        ? "people: " + names(scope.people())
                        : "groups: " + names(scope.groups()) + (scope.nested() ? "" : ", direct members only"),
                List.of(scope.all(), ids(scope.groups()), scope.groups().isEmpty() || scope.nested(),
                        ids(scope.people()))));
        ProfileConfig.Filters filters = entry.config().filters();
        facts.put("guests", yes(filters.guests()));
        facts.put("people disabled in Entra", yes(filters.disabled()));
        facts.put("people registered for MFA", yes(filters.mfaRegistered()));
        facts.put("groups left out", refs(filters.excludedGroups()));
        facts.put("people left out", refs(filters.excludedPeople()));
        facts.put("user name from", fact(entry.config().mapping().username().graphName()));
        facts.put("details from", new Fact(entry.config().mapping().sources().isEmpty()
                ? "Entra as they are"
                : new TreeMap<>(entry.config().mapping().sources()).entrySet().stream()
                        .map(each -> each.getKey().graphName() + " from " + each.getValue().graphName())
                        .collect(Collectors.joining(", ")),
                entry.config().mapping().sources()));
        ProfileConfig.Policies policies = entry.config().policies();
        facts.put("stops above", new Fact(policies.maxRemovalPercent() + "% and " + policies.minRemovals()
                + " people removed" + (policies.maxAdministrators() == null
                        ? ""
                        : ", " + policies.maxAdministrators() + " new administrators")
                + (policies.maxLostRolePercent() == null && policies.minLostRoles() == null
                        ? ""
                        : ", " + Guards.lostRolePercent(policies) + "% and "
                                + Guards.leastLostRoles(policies) + " lost roles"),
                policies));
        facts.put("default role", fact(entry.defaultRole()));
        facts.put("rules", rules(entry.rules()));
        facts.put("repeats", schedule(entry.schedule()));
    }

    private static Fact rules(List<RuleEntry> rules) {
        return new Fact(rules.isEmpty()
                ? NONE
                : rules.stream().map(rule -> rule.group().name() + (rule.nested() ? "" : " (direct)") + " → "
                        + rule.role()).collect(Collectors.joining("; ")),
                rules.stream().map(rule -> List.<Object>of(rule.group().id(), rule.nested(), rule.role())).toList());
    }

    private static Fact schedule(@Nullable ScheduleEntry schedule) {
        if (schedule == null) {
            return new Fact("not", "");
        }
        Schedule.Timing timing = schedule.timing();
        return new Fact("every " + Intervals.format(timing.every()) + (timing.at() == null ? "" : " at " + timing.at())
                + (timing.missed() == Schedule.Missed.SKIP ? ", missed runs left out" : "")
                + (schedule.paused() ? ", paused" : ""), schedule);
    }

    private void signIn(SignInEntry entry) {
        Map<String, Fact> facts = subject("sign-in", "sign-in");
        facts.put("Entra", new Fact(entry.entra() ? "on" : "off", entry.entra()));
        facts.put("tenant whose people sign in", fact(entry.tenant()));
        facts.put("ways of Entra", new Fact(list(entry.modes().stream().sorted().map(SignInMode::word).toList()),
                entry.modes()));
        facts.put("Active Directory", new Fact(entry.activeDirectory() ? "on" : "off", entry.activeDirectory()));
        AdSettings ad = entry.ad();
        facts.put("domain controllers", new Fact(ad == null
                ? NONE
                : list(ad.servers()) + ", base " + ad.baseDn()
                        + (ad.domain() == null ? "" : ", domain " + ad.domain())
                        + (ad.upnSuffix() == null ? "" : ", suffix " + ad.upnSuffix())
                        + (ad.startTls() ? ", StartTLS" : "")
                        + (ad.caPem() == null ? "" : ", own certificate authority")
                        + (ad.bindUser() == null ? "" : ", searched by " + ad.bindUser()),
                ad == null ? "" : ad));
        facts.put("locks after", new Fact(entry.idleMinutes() + " minutes", entry.idleMinutes()));
        facts.put("ends after", new Fact(entry.absoluteMinutes() + " minutes", entry.absoluteMinutes()));
        facts.put("reads people anew at sign-in", yes(entry.refreshAtSignIn()));
    }

    private void notification(NotifyChannel.Settings settings) {
        subject("notification " + settings, (settings.kind() == NotifyChannel.Kind.MAIL ? "mail to " : "webhook ")
                + settings.words());
    }

    private static Fact refs(List<Ref> refs) {
        return new Fact(refs.isEmpty() ? NONE : names(refs), ids(refs));
    }

    private static Object ids(List<Ref> refs) {
        return refs.stream().map(Ref::id).collect(Collectors.toSet());
    }

    private static String names(Collection<Ref> refs) {
        return list(refs.stream().map(Ref::name).toList());
    }

    private static String list(List<String> words) {
        return words.isEmpty() ? NONE : String.join(", ", words);
    }

}
