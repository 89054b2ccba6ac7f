package org.rollcall.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Tenant;
import org.rollcall.store.AnchorStore;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.CredentialStore.Purpose;
import org.rollcall.store.CredentialStore.SealedCredential;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.plan.Guards;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.text.Words;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.overview.OverviewFigures.Gravity;
import org.rollcall.ui.overview.OverviewFigures.Matter;

/// What waits for a person: credentials that end or are refused, runs that a guard stopped or that failed, schedules that
/// have given up, conflicts, delta links that age, a directory without an imported administrator. Each with the one thing
/// to do about it. Reads small tables only, however many people there are.
final class OpenMatters {
    private static final Duration SOON = Duration.ofDays(30);
    /// Entra keeps what a delta link continues from for seven days. Source: Microsoft Graph, delta query overview.
    private static final Duration LINKS_LIVE = Duration.ofDays(7);
    private static final Duration LINKS_AGE = Duration.ofDays(5);
    /// So long after its use the break-glass account is spoken of.
    private static final Duration GLASS_SHOWS = Duration.ofDays(7);
    private static final int CONFLICTS_NAMED = 200;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    /// What Entra says when it is the credential that it does not take.
    private static final Set<String> REFUSED = Set.of("entra.secret.wrong", "entra.secret.expired",
            "entra.certificate.unknown", "entra.certificate.time", "entra.session.ended", "entra.client.unknown",
            "entra.client.no-principal", "credential.expired", "graph.token-refused");

    private final TenantStore tenants;
    private final CredentialStore credentials;
    private final ProfileStore profiles;
    private final RunStore runs;
    private final ChangeStore changes;
    private final ScheduleStore schedules;
    private final MirrorStore mirrors;
    private final RoleStore roles;
    private final AuthSettingsStore authentication;
    private final BackupStateStore backups;
    private final AnchorStore anchors;
    private final UserQueries people;
    private final Clock clock;
    private final Function<Run.Failure, String> remedy;

    /// @param remedy which of a failed run's remedies fits the place where this is read
    OpenMatters(Database database, UserQueries people, Clock clock, Function<Run.Failure, String> remedy) {
        this.remedy = remedy;
        this.tenants = new TenantStore(database);
        this.credentials = new CredentialStore(database, clock);
        this.profiles = new ProfileStore(database, clock);
        this.runs = new RunStore(database);
        this.changes = new ChangeStore(database);
        this.schedules = new ScheduleStore(database);
        this.mirrors = new MirrorStore(database, clock);
        this.roles = new RoleStore(database);
        this.authentication = new AuthSettingsStore(database);
        this.backups = new BackupStateStore(database);
        this.anchors = new AnchorStore(database);
        this.people = people;
        this.clock = clock;
    }

    /// Gravest first.
    List<Matter> list() {
        var matters = new ArrayList<Matter>();
        List<Tenant> all = tenants.list();
        for (Tenant tenant : all) {
            Optional<SealedCredential> credential = credentials.get(tenant.id(), Purpose.APPLICATION)
                    .or(() -> credentials.get(tenant.id(), Purpose.USER_TOKEN));
            var own = new ArrayList<Matter>();
            if (credential.isEmpty()) {
                own.add(missing(tenant));
            }
            credential.flatMap(each -> expiry(tenant, each)).ifPresent(own::add);
            for (Profile profile : profiles.ofTenant(tenant.id())) {
                ofImport(tenant, profile, credential.orElse(null)).ifPresent(own::add);
            }
            // The first run of an import that was never stored, since it failed.
            runs.list(RunFilter.ofTenant(tenant.id()), null, 1).stream().filter(run -> run.profileId() == null)
                    .flatMap(run -> ofRun(tenant, name(tenant, run.profileName()), run,
                            credential.orElse(null)).stream())
                    .forEach(own::add);
            // Whatever is wrong with a credential, one answer helps.
            var replaced = own.stream().filter(OpenMatters::isConnect).limit(1).toList();
            matters.addAll(replaced);
            own.stream().filter(each -> !isConnect(each)).forEach(matters::add);
            links(tenant).ifPresent(matters::add);
            fullRead(tenant).ifPresent(matters::add);
        }
        if (!all.isEmpty()) {
            nobodyFromEntra().ifPresent(matters::add);
        }
        breakGlass().ifPresent(matters::add);
        backup().ifPresent(matters::add);
        anchors.failure().map(why -> new Matter(Gravity.WARNING,
                "The end of the audit log could not be written to its file", sentence(why).strip(), "Look at the file",
                "settings", Map.of("section", "backup"), Permission.MANAGE_SETTINGS)).ifPresent(matters::add);
        matters.sort(Comparator.comparing(Matter::gravity));
        return matters;
    }

    private Optional<Matter> breakGlass() {
        Instant used = authentication.get().breakGlassUsedAt();
        if (used == null || Duration.between(used, clock.instant()).compareTo(GLASS_SHOWS) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Matter(Gravity.WARNING, "The break-glass account was used",
                DAY.format(LocalDate.ofInstant(used, clock.getZone()))
                        + ". If it was none of you, change its password and look at who signed in.",
                "Look at the events", "activity", Map.of(), Permission.VIEW_ACTIVITY));
    }

    private Optional<Matter> backup() {
        String failure = backups.get().failure();
        return failure == null
                ? Optional.empty()
                : Optional.of(new Matter(Gravity.WARNING, "The daily backup could not be made",
                        sentence(failure) + "The earlier ones are kept.", "Look at backups", "settings",
                        Map.of("section", "backup"), Permission.BACKUP));
    }

    private static boolean isConnect(Matter matter) {
        return matter.screen().equals("connect");
    }

    /// It came with settings, in which nothing secret is.
    private static Matter missing(Tenant tenant) {
        return new Matter(Gravity.STOPPED, tenant.name() + " has no credential",
                "Nothing is synchronized until it has a certificate or a client secret.", "Give its credential",
                "connect", Map.of("tenant", String.valueOf(tenant.id())), Permission.MANAGE_TENANTS);
    }

    private Optional<Matter> expiry(Tenant tenant, SealedCredential credential) {
        Instant expires = credential.expiresAt();
        Instant now = clock.instant();
        if (expires == null || expires.isAfter(now.plus(SOON))) {
            return Optional.empty();
        }
        boolean over = !expires.isAfter(now);
        LocalDate day = LocalDate.ofInstant(expires, clock.getZone());
        long days = ChronoUnit.DAYS.between(LocalDate.now(clock), day);
        String when = over
                ? "has expired"
                : days == 0 ? "expires today" : days == 1 ? "expires tomorrow" : "expires in " + days + " days";
        return Optional.of(new Matter(over ? Gravity.STOPPED : Gravity.WARNING,
                tenant.name() + "’s " + word(credential) + " " + when,
                DAY.format(day) + ". " + (over
                        ? "Nothing is synchronized until it is replaced."
                        : "Synchronization stops when it does."),
                "Replace " + shortWord(credential), "connect", Map.of("tenant", String.valueOf(tenant.id())),
                Permission.MANAGE_TENANTS));
    }

    private static String word(@Nullable SealedCredential credential) {
        return credential == null ? "credential" : switch (credential.kind()) {
            case SECRET -> "client secret";
            case CERTIFICATE -> "certificate";
            case REFRESH_TOKEN -> "sign-in";
        };
    }

    private static String shortWord(@Nullable SealedCredential credential) {
        return credential == null ? "credential" : switch (credential.kind()) {
            case SECRET -> "secret";
            case CERTIFICATE -> "certificate";
            case REFRESH_TOKEN -> "sign-in";
        };
    }

    private Optional<Matter> ofImport(Tenant tenant, Profile profile, @Nullable SealedCredential credential) {
        // Refreshes of people who signed in and undoing say nothing of how the import goes.
        Optional<Run> newest = runs.newestOf(profile.id());
        Optional<Schedule> schedule = schedules.ofProfile(profile.id());
        String name = schedule.map(Schedule::name).orElse(name(tenant, profile.name()));
        Optional<Schedule> waits = schedule.filter(each -> each.state() == Schedule.State.QUARANTINED);
        Optional<Matter> ofRun = newest.flatMap(run -> ofRun(tenant, name, run, credential));
        boolean said = newest.filter(run -> run.state() == RunState.STOPPED).isPresent();
        return waits.isPresent() && !said ? waits.map(each -> waits(name, each)) : ofRun;
    }

    private static String name(Tenant tenant, String profile) {
        return profile.equals(Profile.DEFAULT_NAME) ? tenant.name() : tenant.name() + " " + profile;
    }

    private Optional<Matter> ofRun(Tenant tenant, String name, Run run, @Nullable SealedCredential credential) {
        Run.Failure error = run.error();
        return switch (run.state()) {
            case STOPPED -> runs.isDiscarded(run.id())
                    ? Optional.empty()
                    : Optional.of(new Matter(Gravity.STOPPED, name + " was stopped by a guard",
                            sentence(error == null ? "" : error.message()) + "Nothing was changed.",
                            "Look at the changes",
                            "schedules", page(run), Permission.VIEW_ACTIVITY));
            case FAILED -> Optional.of(error != null && REFUSED.contains(error.code())
                    ? refused(tenant, credential, error)
                    : new Matter(Gravity.STOPPED, "The last run of " + name + " failed",
                            sentence(error == null ? "" : error.message())
                                    + sentence(error == null ? "" : remedy.apply(error)).strip(),
                            "Look at the run", "schedules", page(run), Permission.VIEW_ACTIVITY));
            case INTERRUPTED -> Optional.of(new Matter(Gravity.WARNING, "The last run of " + name + " was interrupted",
                    "Rollcall ended before it did. Nothing was changed; run it again.", "Look at the run", "schedules",
                    page(run), Permission.VIEW_ACTIVITY));
            case SUCCEEDED -> run.count(ChangeKind.CONFLICT) > 0
                    ? Optional.of(conflicts(name, run))
                    : groupGone(name, run).or(() -> kept(name, run));
            case RUNNING, PLANNED, CANCELLED -> Optional.empty();
        };
    }

    private static Matter refused(Tenant tenant, @Nullable SealedCredential credential, Run.Failure error) {
        return new Matter(Gravity.STOPPED, "Entra refuses " + tenant.name() + "’s " + word(credential),
                sentence(error.message()) + "Nothing is synchronized until it is replaced.",
                "Replace " + shortWord(credential), "connect", Map.of("tenant", String.valueOf(tenant.id())),
                Permission.MANAGE_TENANTS);
    }

    private static Matter waits(String name, Schedule schedule) {
        Long run = schedule.stoppedRunId();
        String reason = schedule.stateReason();
        return new Matter(Gravity.STOPPED, name + " waits for you",
                sentence(reason == null ? "" : reason)
                        + "A guard stopped it; it reads on and applies nothing until you decide.",
                run == null ? "Open schedules" : "Look at the changes", "schedules",
                run == null ? Map.of() : Map.of("run", String.valueOf(run)), Permission.VIEW_ACTIVITY);
    }

    /// A rule or a scope that speaks of such a group decides nobody, whatever the group made in its place is called.
    private static Optional<Matter> groupGone(String name, Run run) {
        return run.guards().stream().filter(guard -> guard.name().equals(Guards.GROUP_GONE)).findFirst()
                .map(guard -> new Matter(Gravity.WARNING, "A group that " + name + " names is gone",
                        sentence(guard.message()) + "Choose another group in its place.", "Look at the run",
                        "schedules",
                        page(run), Permission.VIEW_ACTIVITY));
    }

    private Matter conflicts(String name, Run run) {
        long count = run.count(ChangeKind.CONFLICT);
        String reasons = changes
                .page(run.id(), new ChangeFilter(EnumSet.of(ChangeKind.CONFLICT), ""), -1, CONFLICTS_NAMED).stream()
                .map(each -> within(each.change().reason().code().words())).distinct().limit(2)
                .collect(Collectors.joining("; "));
        return new Matter(Gravity.WARNING,
                count == 1 ? "1 conflict waits for a decision" : "%,d conflicts wait for a decision".formatted(count),
                name + ": " + (reasons.isEmpty() ? "people or groups that stay out" : reasons), "Look at them",
                "schedules", Map.of("run", String.valueOf(run.id()), "changes", "conflicts"), Permission.VIEW_ACTIVITY);
    }

    private Optional<Matter> links(Tenant tenant) {
        return mirrors.newestOf(tenant.id()).filter(mirror -> mirror.complete() && mirror.linksAt() != null)
                .map(mirror -> Duration.between(mirror.linksAt(), clock.instant()))
                .filter(age -> age.compareTo(LINKS_AGE) >= 0)
                .map(age -> new Matter(Gravity.NOTE,
                        tenant.name() + " has not been read for " + age.toDays() + " days",
                        age.compareTo(LINKS_LIVE) >= 0
                                ? "Entra keeps for seven days what a run continues from; the next one reads everything"
                                        + " again."
                                : "After seven days the next run has to read everything again.",
                        "Open schedules", "schedules", Map.of(), Permission.VIEW_ACTIVITY));
    }

    /// Every import does it by itself once a month: only one that does not run at all is later.
    private Optional<Matter> fullRead(Tenant tenant) {
        return mirrors.newestOf(tenant.id()).filter(mirror -> mirror.complete() && mirror.fullReadAt() != null)
                .map(mirror -> Duration.between(mirror.fullReadAt(), clock.instant()))
                .filter(age -> age.compareTo(MirrorReader.FULL_READ_EVERY) > 0)
                .map(age -> new Matter(Gravity.NOTE,
                        "Everything in " + tenant.name() + " was read last " + age.toDays() + " days ago",
                        "The next run reads everything again. To do it now, "
                                + remedy.apply(Run.Failure.of(RollcallException
                                        .input("mirror.old", Words.of("app.mirror.old"),
                                                Words.of("app.mirror.old.remedy"))
                                        .onCommandLine(Words.of("app.mirror.old.remedy.cli"))))
                                + ".",
                        "Open schedules", "schedules", Map.of(), Permission.VIEW_ACTIVITY));
    }

    /// The last run had to go by what was known before, or a full read did not find what changes had told.
    private static Optional<Matter> kept(String name, Run run) {
        for (StreamEvidence stream : run.evidence()) {
            String title = stream.stream().equals(StreamEvidence.PROOF)
                    ? name + " found what no change had told"
                    : name + " went by what was known before";
            var matter = stream.notes().stream().filter(ReadNote::attention).findFirst()
                    .map(note -> new Matter(Gravity.WARNING, title,
                            sentence(note.asked() + ": " + note.came()).strip(), "Look at the run", "schedules",
                            page(run), Permission.VIEW_ACTIVITY));
            if (matter.isPresent()) {
                return matter;
            }
        }
        return Optional.empty();
    }

    private Optional<Matter> nobodyFromEntra() {
        if (people.countActive(true, null) == 0
                || people.countActive(true, roles.require(Role.ADMINISTRATOR).id()) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Matter(Gravity.NOTE, "Nobody from Entra is Administrator",
                "If the local account is lost, nobody can look after Rollcall.", "Choose someone", "users",
                Map.of("status", "ACTIVE", "tenant", "imported"), Permission.VIEW_DIRECTORY));
    }

    private static Map<String, String> page(Run run) {
        return Map.of("run", String.valueOf(run.id()));
    }

    /// With a capital and a full stop, a blank behind; nothing for nothing.
    /// As it stands in the middle of a sentence.
    private static String within(String words) {
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static String sentence(String words) {
        if (words.isBlank()) {
            return "";
        }
        String first = Messages.capital(words.strip());
        return first.endsWith(".") ? first + " " : first + ". ";
    }
}
