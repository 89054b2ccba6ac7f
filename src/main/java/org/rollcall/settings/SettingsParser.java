package org.rollcall.settings;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.connect.TenantDefinition;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.UserField;
import org.rollcall.notify.NotifyAddresses;
import org.rollcall.schedule.Intervals;
import org.rollcall.settings.SettingsFile.ImportEntry;
import org.rollcall.settings.SettingsFile.RoleEntry;
import org.rollcall.settings.SettingsFile.RuleEntry;
import org.rollcall.settings.SettingsFile.ScheduleEntry;
import org.rollcall.settings.SettingsFile.SignInEntry;
import org.rollcall.settings.SettingsFile.TenantEntry;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.text.Words;

/// Parses a settings file from an untrusted source: everything is validated, and an unknown field is an error.
final class SettingsParser {
    private static final int NAME = 200;
    private static final int GROUP_NAME = 4_000;
    private static final int PEM = 1_000_000;
    private static final int DEPTH = 20;
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> BUILT_IN = Set.of(SearchKeys.unique(Role.ADMINISTRATOR),
            SearchKeys.unique(Role.OPERATOR), SearchKeys.unique(Role.AUDITOR), SearchKeys.unique(Role.USER));
    private static final Set<UserField> USERNAMES = EnumSet.of(UserField.USER_PRINCIPAL_NAME, UserField.MAIL,
            UserField.MAIL_NICKNAME, UserField.ON_PREMISES_SAM_ACCOUNT_NAME);
    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxStringLength(PEM + 1)
                    .maxNumberLength(30).maxNameLength(1_000).build())
            .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private SettingsParser() {}

    /// @throws RollcallException INPUT, with the path of the error
    static SettingsFile parse(String json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text. Beyond its limits it contains no location.
            String place = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw RollcallException.input("settings.not-json", Words.of("settings.not-json", place),
                    Words.of("settings.not-json.remedy"));
        }
        var root = new SettingsFields(tree, "");
        if (!SettingsJson.FORMAT.equals(root.textOrNull("format", NAME))) {
            throw RollcallException.input("settings.other-file", Words.of("settings.other-file"),
                    Words.of("settings.other-file.remedy"));
        }
        int version = root.number("version", 0, Integer.MAX_VALUE);
        if (version != SettingsFile.VERSION) {
            throw RollcallException.input("settings.version",
                    Words.of("settings.version", version, SettingsFile.VERSION),
                    Words.of("settings.version.remedy"));
        }
        List<RoleEntry> roles = root.list("roles", SettingsParser::role);
        distinct("roles", roles, RoleEntry::name);
        List<TenantEntry> tenants = root.list("tenants", SettingsParser::tenant);
        distinct("tenants", tenants, TenantEntry::name);
        SettingsFields signInFields = root.object("signIn");
        SignInEntry signIn = signIn(signInFields);
        signInFields.end();
        List<NotifyChannel.Settings> notifications = root.list("notifications", SettingsParser::notification);
        if (new HashSet<>(notifications).size() < notifications.size()) {
            throw SettingsFields.wrong("notifications", Words.of("settings.wrong.holdsTheSameTwice"));
        }
        root.end();
        requireWhole(roles, tenants, signIn);
        return new SettingsFile(roles, tenants, signIn, notifications);
    }

    /// The names that the file refers to have to be in it, or built in.
    private static void requireWhole(List<RoleEntry> roles, List<TenantEntry> tenants, SignInEntry signIn) {
        var known = new HashSet<>(BUILT_IN);
        for (RoleEntry role : roles) {
            if (!known.add(SearchKeys.unique(role.name()))) {
                throw SettingsFields.wrong("roles", Words.of("settings.wrong.namesWhichIsBuiltIn", role.name()));
            }
        }
        for (TenantEntry tenant : tenants) {
            for (ImportEntry each : tenant.imports()) {
                var given = new ArrayList<>(List.of(each.defaultRole()));
                each.rules().forEach(rule -> given.add(rule.role()));
                given.stream().filter(role -> !known.contains(SearchKeys.unique(role))).findFirst().ifPresent(role -> {
                    throw SettingsFields.wrong("the import " + each.name() + " of " + tenant.name(),
                            Words.of("settings.wrong.givesTheRoleWhichIs", role));
                });
            }
        }
        String signsIn = signIn.tenant();
        if (signsIn != null && tenants.stream().noneMatch(each -> SearchKeys.unique(each.name())
                .equals(SearchKeys.unique(signsIn)))) {
            throw SettingsFields.wrong("signIn.entra.tenant", Words.of("settings.wrong.isNotAmongTheTenants"));
        }
    }

    private static <T> void distinct(String place, List<T> entries, Function<T, String> name) {
        var seen = new HashSet<String>();
        for (T each : entries) {
            if (!seen.add(SearchKeys.unique(name.apply(each)))) {
                throw SettingsFields.wrong(place, Words.of("settings.wrong.namesTwice", name.apply(each)));
            }
        }
    }

    private static RoleEntry role(SettingsFields fields) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String each : fields.texts("permissions", NAME)) {
            permissions.add(Arrays.stream(Permission.values()).filter(known -> known.name().equals(each)).findFirst()
                    .orElseThrow(() -> SettingsFields.wrong(fields.at("permissions"),
                            Words.of("settings.wrong.namesWhichIsNoPermission", each))));
        }
        return new RoleEntry(name(fields), fields.text("description", GROUP_NAME), permissions);
    }

    private static String name(SettingsFields fields) {
        String name = fields.text("name", NAME);
        if (name.isBlank() || !name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            throw SettingsFields.wrong(fields.at("name"), Words.of("settings.wrong.isNoName"));
        }
        return name;
    }

    private static TenantEntry tenant(SettingsFields fields) {
        String name = name(fields);
        Cloud cloud = Cloud.ofOption(fields.text("cloud", NAME));
        if (cloud == null) {
            throw SettingsFields.wrong(fields.at("cloud"), Words.of("settings.wrong.isNoCloud"));
        }
        String directoryId = fields.text("directoryId", NAME);
        String clientId = fields.text("clientId", NAME);
        String authority = fields.textOrNull("authority", GROUP_NAME);
        String graph = fields.textOrNull("graph", GROUP_NAME);
        String ca = fields.textOrNull("ca", PEM);
        String proxy = fields.textOrNull("proxy", GROUP_NAME);
        TenantDefinition checked = fields.checked("name", () -> new TenantDefinition(name, directoryId, clientId,
                cloud, authority, graph, ca, proxy).checked());
        List<ImportEntry> imports = fields.list("imports", SettingsParser::entry);
        distinct(fields.at("imports"), imports, ImportEntry::name);
        return new TenantEntry(name, checked.directoryId(), checked.clientId(), cloud.optionName(),
                checked.authorityUrl(), checked.graphUrl(), checked.caPem(), checked.proxyUrl(), imports);
    }

    private static ImportEntry entry(SettingsFields fields) {
        var config = new ProfileConfig(scope(fields.object("scope")), filters(fields.object("filters")),
                mapping(fields.object("mapping")), policies(fields.object("policies")));
        return new ImportEntry(name(fields), config, fields.text("defaultRole", NAME),
                fields.list("rules", SettingsParser::rule), schedule(fields.objectOrNull("schedule")));
    }

    private static ProfileConfig.Scope scope(SettingsFields fields) {
        boolean everyone = fields.flag("everyone");
        List<Ref> groups = fields.list("groups", SettingsParser::ref);
        boolean nested = fields.flag("nested");
        List<Ref> people = fields.list("people", SettingsParser::ref);
        fields.end();
        int kinds = (everyone ? 1 : 0) + (groups.isEmpty() ? 0 : 1) + (people.isEmpty() ? 0 : 1);
        if (kinds != 1) {
            throw fields.wrong("", false, Words.of("settings.wrong.meansNeitherEveryoneNorGroups"));
        }
        return new ProfileConfig.Scope(everyone, groups, nested, people);
    }

    private static ProfileConfig.Filters filters(SettingsFields fields) {
        var filters = new ProfileConfig.Filters(fields.flag("guests"), fields.flag("disabled"),
                fields.flag("mfaRegistered"), fields.list("excludedGroups", SettingsParser::ref),
                fields.list("excludedPeople", SettingsParser::ref));
        fields.end();
        return filters;
    }

    private static ProfileConfig.Mapping mapping(SettingsFields fields) {
        UserField username = field(fields, "username", fields.text("username", NAME));
        if (!USERNAMES.contains(username)) {
            throw SettingsFields.wrong(fields.at("username"), Words.of("settings.wrong.cannotBecomeAUserName"));
        }
        SettingsFields sources = fields.object("sources");
        Map<UserField, UserField> map = new EnumMap<>(UserField.class);
        for (String each : sources.names()) {
            map.put(field(sources, each, each), field(sources, each, sources.text(each, NAME)));
        }
        fields.end();
        return new ProfileConfig.Mapping(username, map);
    }

    private static UserField field(SettingsFields fields, String place, String graphName) {
        return Arrays.stream(UserField.values()).filter(each -> each.graphName().equals(graphName)).findFirst()
                .orElseThrow(
                        () -> SettingsFields.wrong(fields.at(place), Words.of("settings.wrong.namesNoAttributeOfA")));
    }

    private static ProfileConfig.Policies policies(SettingsFields fields) {
        var policies = new ProfileConfig.Policies(fields.number("maxRemovalPercent", 0, 100),
                fields.number("minRemovals", 0, 999_999_999), fields.numberOrNull("maxAdministrators", 0, 999_999_999),
                fields.numberOrNull("maxLostRolePercent", 0, 100), fields.numberOrNull("minLostRoles", 0, 999_999_999));
        fields.end();
        return policies;
    }

    private static RuleEntry rule(SettingsFields fields) {
        SettingsFields group = fields.object("group");
        Ref ref = ref(group);
        group.end();
        return new RuleEntry(ref, fields.flag("nested"), fields.text("role", NAME));
    }

    private static Ref ref(SettingsFields fields) {
        String id = fields.text("id", NAME);
        if (!GUID.matcher(id).matches()) {
            throw SettingsFields.wrong(fields.at("id"), Words.of("settings.wrong.isNoObjectId"));
        }
        return new Ref(UUID.fromString(id), fields.text("name", GROUP_NAME));
    }

    private static @Nullable ScheduleEntry schedule(@Nullable SettingsFields fields) {
        if (fields == null) {
            return null;
        }
        String every = fields.text("every", NAME);
        String at = fields.textOrNull("at", NAME);
        Schedule.Missed missed = switch (fields.text("missed", NAME)) {
            case "run" -> Schedule.Missed.RUN;
            case "skip" -> Schedule.Missed.SKIP;
            default -> throw SettingsFields.wrong(fields.at("missed"), Words.of("settings.wrong.isNeitherRunNorSkip"));
        };
        Schedule.Timing timing = fields.checked("every", () -> {
            LocalTime time = at == null ? null : Intervals.parseTime(at);
            return Intervals.check(new Schedule.Timing(Intervals.parse(every), time, missed));
        });
        var entry = new ScheduleEntry(timing, fields.flag("paused"));
        fields.end();
        return entry;
    }

    private static SignInEntry signIn(SettingsFields fields) {
        SettingsFields entra = fields.object("entra");
        boolean on = entra.flag("enabled");
        String tenant = entra.textOrNull("tenant", NAME);
        Set<SignInMode> modes = EnumSet.noneOf(SignInMode.class);
        for (String each : entra.texts("modes", NAME)) {
            modes.add(Arrays.stream(SignInMode.values()).filter(mode -> mode.isEntra() && mode.word().equals(each))
                    .findFirst().orElseThrow(() -> SettingsFields.wrong(entra.at("modes"),
                            Words.of("settings.wrong.namesWhichIsNoWay", each))));
        }
        entra.end();
        if (on && (tenant == null || modes.isEmpty())) {
            throw entra.wrong("", false, Words.of("settings.wrong.isEnabledWithoutATenant"));
        }
        SettingsFields ad = fields.objectOrNull("activeDirectory");
        boolean adOn = ad != null && ad.flag("enabled");
        AdSettings settings = ad == null ? null : ad(ad);
        if (on && adOn) {
            throw SettingsFields.wrong(fields.at("activeDirectory"),
                    Words.of("settings.wrong.cannotBeEnabledBesideEntra"));
        }
        int idle = fields.number("idleMinutes", 1, 43_200);
        return new SignInEntry(on, tenant, modes, adOn, settings, idle, fields.number("absoluteMinutes", idle, 43_200),
                fields.flag("refreshAtSignIn"));
    }

    private static AdSettings ad(SettingsFields fields) {
        List<String> servers = fields.texts("servers", GROUP_NAME);
        boolean startTls = fields.flag("startTls");
        String base = fields.text("base", GROUP_NAME);
        String domain = fields.textOrNull("domain", GROUP_NAME);
        String suffix = fields.textOrNull("upnSuffix", GROUP_NAME);
        String ca = fields.textOrNull("ca", PEM);
        String user = fields.textOrNull("bindUser", GROUP_NAME);
        fields.end();
        return fields.checked("servers", () -> AuthenticationService.checked(
                new AdSettings(servers, startTls, base, domain, suffix,
                        ca == null ? null : TenantDefinition.certificates(ca), user)));
    }

    private static NotifyChannel.Settings notification(SettingsFields fields) {
        String kind = fields.text("kind", NAME);
        if (!kind.equals("mail") && !kind.equals("webhook")) {
            throw SettingsFields.wrong(fields.at("kind"), Words.of("settings.wrong.isNeitherMailNorWebhook"));
        }
        if (kind.equals("webhook")) {
            String url = fields.text("url", GROUP_NAME);
            return fields.checked("url", () -> NotifyAddresses.webhook(url));
        }
        String server = fields.text("server", GROUP_NAME);
        String wanted = fields.text("security", NAME);
        NotifyChannel.Security security = Arrays.stream(NotifyChannel.Security.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(wanted)).findFirst()
                .orElseThrow(() -> SettingsFields.wrong(fields.at("security"),
                        Words.of("settings.wrong.isNeitherNoneNorStarttls")));
        String from = fields.text("from", GROUP_NAME);
        List<String> to = fields.texts("to", GROUP_NAME);
        String user = fields.textOrNull("user", GROUP_NAME);
        String authorities = fields.textOrNull("ca", PEM);
        return fields.checked("server", () -> NotifyAddresses.mail(server, security, from, to, user, authorities));
    }
}
