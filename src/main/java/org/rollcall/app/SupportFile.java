package org.rollcall.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.BackupState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.DataFolder;
import org.rollcall.store.NotificationStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.text.Language;

/// What helps whoever is asked for help, as a text to be read before it is handed on: nothing in it names a person, a group, a tenant
/// or a machine, and nothing opens anything. Tenants and imports are numbered.
final class SupportFile {
    private static final int RUNS = 20;
    private static final int LOG_BYTES = 100 * 1024;
    private static final int LOG_LINES = 400;

    private final AppContext app;
    private final AuditService audit;
    private final StringBuilder text = new StringBuilder();

    SupportFile(AppContext app, AuditService audit) {
        this.app = app;
        this.audit = audit;
    }

    /// @throws RollcallException NOT_ALLOWED; STORAGE
    String text(Actor actor) {
        actor.require(Permission.MANAGE_SETTINGS);
        actor.require(Permission.VIEW_ACTIVITY);
        text.append("Rollcall support file\nMade ").append(second(app.clock().instant()))
                .append(". Names of people, groups, tenants and machines, addresses, ids and secrets are left out.\n"
                        + "Read it before you hand it on.\n");
        program();
        folder(actor);
        counts();
        tenants();
        settings();
        runs();
        head("What doctor finds");
        String findings = findings(actor);
        text.append(names(Redactor.redact(findings)));
        head("End of the log");
        text.append(names(Redactor.redact(log())));
        audit.recordLook(actor, "support.file", null, null, null, Map.of());
        return text.toString();
    }

    private void head(String title) {
        text.append('\n').append(title).append('\n').append("-".repeat(title.length())).append('\n');
    }

    private void line(String name, Object value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void program() {
        head("Program");
        line("Version", WindowFolder.version());
        line("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        line("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        line("Processors", Runtime.getRuntime().availableProcessors());
        line("Memory at most", Runtime.getRuntime().maxMemory() / 1024 / 1024 + " MB");
        line("Encoding", System.getProperty("native.encoding"));
    }

    private void folder(Actor actor) {
        head("Data folder");
        line("Key kept by", app.vault().state(actor).kept());
        line("Other processes", app.database().isShared() ? "yes" : "no");
        var sizes = new TreeMap<String, Long>();
        for (String each : List.of("rollcall.mv.db", "people.index", "vault.key", "window.json", DataFolder.LOG,
                BackupFolder.NAME)) {
            sizes.put(each, size(app.home().resolve(each)));
        }
        sizes.forEach((name, bytes) -> line(name, bytes < 0 ? "not there" : bytes + " bytes"));
    }

    private static long size(Path path) {
        if (!Files.exists(path)) {
            return -1;
        }
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return -1;
        }
    }

    private void counts() {
        head("Counts");
        for (UserStatus status : UserStatus.values()) {
            line("People " + status, app.userQueries().count(UserFilter.everyone().withStatuses(
                    java.util.EnumSet.of(status))));
        }
        line("Groups", app.groupQueries().count(null, "", false));
        line("Runs", new RunStore(app.database()).count(new RunFilter(null, null, null)));
        line("Roles", new RoleStore(app.database()).list().size());
        line("Events", new AuditStore(app.database()).head().map(AuditStore.Head::seq).orElse(0L));
    }

    private void tenants() {
        head("Tenants and imports");
        var credentials = new CredentialStore(app.database(), app.clock());
        var profiles = new ProfileStore(app.database(), app.clock());
        var schedules = new ScheduleStore(app.database());
        List<Tenant> all = app.tenantStore().list();
        line("Tenants", all.size());
        for (int i = 0; i < all.size(); i++) {
            Tenant tenant = all.get(i);
            line("Tenant " + (i + 1), tenant.cloud() + ", " + credentials
                    .get(tenant.id(), CredentialStore.Purpose.APPLICATION)
                    .map(each -> each.kind() + (each.expiresAt() == null
                            ? ""
                            : " for " + Duration.between(app.clock().instant(), each.expiresAt()).toDays()
                                    + " days"))
                    .orElse("no credential")
                    + (tenant.proxyUrl() == null ? "" : ", by a proxy")
                    + (tenant.caPem() == null ? "" : ", with certificates of its own"));
            int number = 0;
            for (Profile profile : profiles.ofTenant(tenant.id())) {
                number++;
                line("Import " + (i + 1) + "." + number, words(profile.config()) + ", rules: "
                        + new RuleStore(app.database()).ofProfile(profile.id()).size()
                        + schedules.ofProfile(profile.id()).map(each -> ", every " + each.every() + ", "
                                + each.state() + ", failures: " + each.failures()).orElse(", no schedule"));
            }
        }
    }

    private static String words(ProfileConfig config) {
        return (config.scope().all()
                ? "everyone"
                : config.scope().groups().size() + " groups" + (config.scope().nested() ? " with nesting" : "") + ", "
                        + config.scope().people().size() + " people")
                + (config.filters().guests() ? "" : ", no guests")
                + (config.filters().disabled() ? "" : ", no disabled ones")
                + (config.filters().mfaRegistered() ? "" : ", nobody registered for MFA")
                + ", excluded: " + config.filters().excludedGroups().size() + " groups and "
                + config.filters().excludedPeople().size() + " people, user name: " + config.mapping().username();
    }

    private void settings() {
        head("Settings");
        AuthSettings auth = new AuthSettingsStore(app.database()).get();
        for (SignInMode mode : SignInMode.values()) {
            line("Sign-in " + mode, auth.isOn(mode) ? "on" : "off");
        }
        line("Session", "locked after " + auth.idle() + ", ends after " + auth.absolute());
        BackupState backups = new BackupStateStore(app.database()).get();
        line("Daily backups", (backups.daily() ? "on" : "off") + ", last "
                + (backups.madeAt() == null ? "never" : second(backups.madeAt()))
                + (backups.failure() == null ? "" : ", the last try failed"));
        var anchors = new AnchorStore(app.database());
        line("Audit anchor", anchors.place().isPresent() ? anchors.failure().isPresent() ? "fails" : "on" : "off");
        new NotificationStore(app.database()).list().forEach(
                each -> line("Notifications", each.settings().kind() + (each.lastError() == null ? "" : ", fail")));
    }

    private void runs() {
        head("Last runs");
        for (Run run : new RunStore(app.database()).list(new RunFilter(null, null, null), null, RUNS)) {
            Instant ended = run.endedAt();
            line(second(run.startedAt()), run.kind() + " by " + run.trigger() + " " + run.state()
                    + (ended == null ? "" : " in " + Duration.between(run.startedAt(), ended).toSeconds() + " s")
                    + ", requests: " + run.requests() + ", changes: "
                    + run.counts().values().stream().mapToLong(Long::longValue).sum()
                    + (run.error() == null ? "" : ", " + run.error().code()));
        }
    }

    private String findings(Actor actor) {
        var found = new StringBuilder();
        app.health().findings(actor, Language.ENGLISH)
                .forEach(each -> found.append(each.grave() ? "! " : "- ").append(each.what()).append(". ")
                        .append(each.remedy()).append('\n'));
        return found.isEmpty() ? "Nothing is wrong.\n" : found.toString();
    }

    private String log() {
        Path file = app.home().resolve(DataFolder.LOG).resolve("rollcall.log");
        if (!Files.exists(file)) {
            return "There is none.\n";
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - LOG_BYTES);
            log.seek(from);
            byte[] bytes = new byte[(int) (log.length() - from)];
            log.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            // The first may be half a line.
            List<String> whole = from > 0 && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
            return String.join("\n", whole.subList(Math.max(0, whole.size() - LOG_LINES), whole.size())) + "\n";
        } catch (IOException e) {
            return "It cannot be read: " + e.getClass().getSimpleName() + "\n";
        }
    }

    private String names(String words) {
        var places = new ArrayList<String>();
        for (Tenant each : new TenantStore(app.database()).all()) {
            places.addAll(java.util.Arrays.asList(each.name(), each.organization(), each.authorityUrl(),
                    each.graphUrl(), each.proxyUrl()));
        }
        var profiles = new ProfileStore(app.database(), app.clock());
        app.tenantStore().all().forEach(tenant -> profiles.ofTenant(tenant.id()).stream().map(Profile::name)
                .filter(name -> !name.equals(Profile.DEFAULT_NAME)).forEach(places::add));
        new ScheduleStore(app.database()).list().forEach(each -> places.add(each.name()));
        new RoleStore(app.database()).list().stream().filter(each -> !each.builtIn())
                .forEach(each -> places.add(each.name()));
        places.add(app.home().toString());
        places.add(System.getProperty("user.name"));
        places.add(System.getProperty("user.home"));
        try {
            places.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // It has none to be left out.
        }
        return KnownNames.without(words, app, places.stream().filter(Objects::nonNull).toList());
    }
}
