package org.rollcall.settings;

import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.rollcall.domain.AdSettings;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SignInMode;
import org.rollcall.schedule.Intervals;
import org.rollcall.settings.SettingsFile.ImportEntry;
import org.rollcall.settings.SettingsFile.ScheduleEntry;
import org.rollcall.settings.SettingsFile.SignInEntry;
import org.rollcall.settings.SettingsFile.TenantEntry;

/// Writes settings as JSON in a stable order, so that versions of the file can be compared line by line.
final class SettingsJson {
    static final String FORMAT = "rollcall-settings";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SettingsJson() {}

    static String write(SettingsFile file) {
        ObjectNode root = NODES.objectNode().put("format", FORMAT).put("version", SettingsFile.VERSION);
        ArrayNode roles = root.putArray("roles");
        file.roles().forEach(role -> {
            ObjectNode node = roles.addObject().put("name", role.name()).put("description", role.description());
            texts(node, "permissions", role.permissions().stream().sorted().map(Enum::name).toList());
        });
        ArrayNode tenants = root.putArray("tenants");
        file.tenants().forEach(tenant -> tenants.add(tenant(tenant)));
        root.set("signIn", signIn(file.signIn()));
        ArrayNode notifications = root.putArray("notifications");
        file.notifications().forEach(each -> notifications.add(notification(each)));
        var lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                    .writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are always writable", e);
        }
    }

    private static ObjectNode tenant(TenantEntry tenant) {
        ObjectNode node = NODES.objectNode().put("name", tenant.name()).put("directoryId", tenant.directoryId())
                .put("clientId", tenant.clientId()).put("cloud", tenant.cloud())
                .put("authority", tenant.authority()).put("graph", tenant.graph()).put("ca", tenant.ca())
                .put("proxy", tenant.proxy());
        ArrayNode imports = node.putArray("imports");
        tenant.imports().forEach(each -> imports.add(entry(each)));
        return node;
    }

    private static ObjectNode entry(ImportEntry entry) {
        ProfileConfig config = entry.config();
        ObjectNode node = NODES.objectNode().put("name", entry.name());
        ObjectNode scope = node.putObject("scope").put("everyone", config.scope().all());
        refs(scope, "groups", config.scope().groups());
        scope.put("nested", config.scope().nested());
        refs(scope, "people", config.scope().people());
        ObjectNode filters = node.putObject("filters").put("guests", config.filters().guests())
                .put("disabled", config.filters().disabled()).put("mfaRegistered", config.filters().mfaRegistered());
        refs(filters, "excludedGroups", config.filters().excludedGroups());
        refs(filters, "excludedPeople", config.filters().excludedPeople());
        ObjectNode sources = node.putObject("mapping").put("username", config.mapping().username().graphName())
                .putObject("sources");
        new TreeMap<>(config.mapping().sources())
                .forEach((field, source) -> sources.put(field.graphName(), source.graphName()));
        node.putObject("policies").put("maxRemovalPercent", config.policies().maxRemovalPercent())
                .put("minRemovals", config.policies().minRemovals())
                .put("maxAdministrators", config.policies().maxAdministrators())
                .put("maxLostRolePercent", config.policies().maxLostRolePercent())
                .put("minLostRoles", config.policies().minLostRoles());
        node.put("defaultRole", entry.defaultRole());
        ArrayNode rules = node.putArray("rules");
        entry.rules().forEach(rule -> {
            ObjectNode each = rules.addObject();
            ref(each.putObject("group"), rule.group());
            each.put("nested", rule.nested()).put("role", rule.role());
        });
        ScheduleEntry schedule = entry.schedule();
        if (schedule == null) {
            node.putNull("schedule");
        } else {
            LocalTime at = schedule.timing().at();
            node.putObject("schedule").put("every", Intervals.format(schedule.timing().every()))
                    .put("at", at == null ? null : at.toString())
                    .put("missed", word(schedule.timing().missed())).put("paused", schedule.paused());
        }
        return node;
    }

    private static String word(Schedule.Missed missed) {
        return missed.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode signIn(SignInEntry entry) {
        ObjectNode node = NODES.objectNode();
        texts(node.putObject("entra").put("enabled", entry.entra()).put("tenant", entry.tenant()), "modes",
                entry.modes().stream().sorted().map(SignInMode::word).toList());
        AdSettings ad = entry.ad();
        if (ad == null) {
            node.putNull("activeDirectory");
        } else {
            ObjectNode told = node.putObject("activeDirectory").put("enabled", entry.activeDirectory());
            texts(told, "servers", ad.servers());
            told.put("startTls", ad.startTls()).put("base", ad.baseDn()).put("domain", ad.domain())
                    .put("upnSuffix", ad.upnSuffix()).put("ca", ad.caPem()).put("bindUser", ad.bindUser());
        }
        return node.put("idleMinutes", entry.idleMinutes()).put("absoluteMinutes", entry.absoluteMinutes())
                .put("refreshAtSignIn", entry.refreshAtSignIn());
    }

    private static ObjectNode notification(NotifyChannel.Settings settings) {
        if (settings.kind() == NotifyChannel.Kind.WEBHOOK) {
            return NODES.objectNode().put("kind", "webhook").put("url", settings.url());
        }
        ObjectNode node = NODES.objectNode().put("kind", "mail")
                .put("server", "smtp://" + settings.host() + ":" + settings.port())
                .put("security", settings.security().name().toLowerCase(Locale.ROOT)).put("from", settings.from());
        texts(node, "to", settings.to());
        return node.put("user", settings.user()).put("ca", settings.caPem());
    }

    private static void refs(ObjectNode node, String name, Collection<Ref> refs) {
        ArrayNode list = node.putArray(name);
        refs.forEach(each -> ref(list.addObject(), each));
    }

    private static void ref(ObjectNode node, Ref ref) {
        node.put("id", ref.id().toString()).put("name", ref.name());
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        ArrayNode list = node.putArray(name);
        texts.forEach(list::add);
    }
}
