package org.rollcall.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
import java.util.function.Supplier;
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
import org.rollcall.health.Matter.Gravity;
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
import org.rollcall.store.Stores;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.plan.Guards;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.text.Formats;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// Matters that need attention: expiring or refused credentials, stopped or failed runs, paused schedules, conflicts, aging
/// delta links, a directory without an imported administrator. Each with the next step. Reads small tables only, however many
/// people there are.
final class OpenMatters {
    private static final Duration SOON = Duration.ofDays(30);
    /// The lifetime of a delta link is seven days. Source: Microsoft Graph, delta query overview.
    private static final Duration LINKS_LIVE = Duration.ofDays(7);
    private static final Duration LINKS_AGE = Duration.ofDays(5);
    /// How long the use of the break-glass account is reported.
    private static final Duration GLASS_SHOWS = Duration.ofDays(7);
    private static final int CONFLICTS_NAMED = 200;

    /// Entra's errors that concern the credential.
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
    private final Supplier<Language> language;
    private final Function<Run.Failure, String> remedy;

    /// @param language of the reader
    /// @param remedy   selects the remedy of a failed run that fits there
    OpenMatters(Stores stores, UserQueries people, Clock clock, Supplier<Language> language,
            Function<Run.Failure, String> remedy) {
        this.language = language;
        this.remedy = remedy;
        Database database = stores.database();
        this.tenants = stores.tenants();
        this.credentials = new CredentialStore(database, clock);
        this.profiles = stores.profiles();
        this.runs = stores.runs();
        this.changes = stores.changes();
        this.schedules = new ScheduleStore(database);
        this.mirrors = stores.mirrors();
        this.roles = stores.roles();
        this.authentication = new AuthSettingsStore(database);
        this.backups = new BackupStateStore(database);
        this.anchors = new AnchorStore(database);
        this.people = people;
        this.clock = clock;
    }

    /// Most severe first.
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
            // All problems of a credential have the same remedy.
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
                Words.of("app.openMatters.theEndOfTheAudit").in(language.get()), sentence(why).strip(),
                Words.of("app.openMatters.lookAtTheSetting").in(language.get()),
                "settings", Map.of("section", "backup"), Permission.MANAGE_SETTINGS)).ifPresent(matters::add);
        matters.sort(Comparator.comparing(Matter::gravity));
        return matters;
    }

    private Optional<Matter> breakGlass() {
        Instant used = authentication.get().breakGlassUsedAt();
        if (used == null || Duration.between(used, clock.instant()).compareTo(GLASS_SHOWS) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Matter(Gravity.WARNING,
                Words.of("app.openMatters.theBreakGlassAccountWas").in(language.get()),
                Words.of("app.openMatters.ifItWasNoneOf",
                        Formats.date(language.get(), LocalDate.ofInstant(used, clock.getZone()))).in(language.get()),
                Words.of("app.openMatters.lookAtTheEvents").in(language.get()), "activity", Map.of(),
                Permission.VIEW_ACTIVITY));
    }

    private Optional<Matter> backup() {
        String failure = backups.get().failure();
        return failure == null
                ? Optional.empty()
                : Optional.of(new Matter(Gravity.WARNING,
                        Words.of("app.openMatters.theDailyBackupCouldNot").in(language.get()),
                        Words.of("app.openMatters.theEarlierOnesAreKept", sentence(failure)).in(language.get()),
                        Words.of("app.openMatters.lookAtBackups").in(language.get()), "settings",
                        Map.of("section", "backup"), Permission.BACKUP));
    }

    private static boolean isConnect(Matter matter) {
        return matter.screen().equals("connect");
    }

    /// Added by a settings file, which contains no secrets.
    private Matter missing(Tenant tenant) {
        return new Matter(Gravity.STOPPED,
                Words.of("app.openMatters.hasNoCredential", tenant.name()).in(language.get()),
                Words.of("app.openMatters.nothingIsSynchronizedUntilIt").in(language.get()),
                Words.of("app.openMatters.giveItsCredential").in(language.get()),
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
        return Optional.of(new Matter(over ? Gravity.STOPPED : Gravity.WARNING,
                over
                        ? Words.of("app.openMatters.hasExpired", tenant.name(), word(credential)).in(language.get())
                        : Words.of("app.openMatters.expires", tenant.name(), word(credential), days)
                                .in(language.get()),
                Formats.date(language.get(), day) + ". " + (over
                        ? Words.of("app.openMatters.nothingIsSynchronizedUntilIt2").in(language.get())
                        : Words.of("app.openMatters.synchronizationStopsWhenItDoes").in(language.get())),
                Words.of("app.openMatters.replace", shortWord(credential)).in(language.get()), "connect",
                Map.of("tenant", String.valueOf(tenant.id())),
                Permission.MANAGE_TENANTS));
    }

    private String word(@Nullable SealedCredential credential) {
        return Words.of("app.openMatters.credential." + (credential == null ? "UNKNOWN" : credential.kind()))
                .in(language.get());
    }

    private String shortWord(@Nullable SealedCredential credential) {
        return Words.of("app.openMatters.short." + (credential == null ? "UNKNOWN" : credential.kind()))
                .in(language.get());
    }

    private Optional<Matter> ofImport(Tenant tenant, Profile profile, @Nullable SealedCredential credential) {
        // Refreshes at sign-in and undo runs do not show how the import works.
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
                    : Optional.of(new Matter(Gravity.STOPPED,
                            Words.of("app.openMatters.wasStoppedByAGuard", name).in(language.get()),
                            Words.of("app.openMatters.nothingWasChanged",
                                    sentence(error == null ? "" : error.message())).in(language.get()),
                            Words.of("app.openMatters.lookAtTheChanges").in(language.get()),
                            "schedules", page(run), Permission.VIEW_ACTIVITY));
            case FAILED -> Optional.of(error != null && REFUSED.contains(error.code())
                    ? refused(tenant, credential, error)
                    : new Matter(Gravity.STOPPED,
                            Words.of("app.openMatters.theLastRunOfFailed", name).in(language.get()),
                            sentence(error == null ? "" : error.message())
                                    + sentence(error == null ? "" : remedy.apply(error)).strip(),
                            Words.of("app.openMatters.lookAtTheRun").in(language.get()), "schedules", page(run),
                            Permission.VIEW_ACTIVITY));
            case INTERRUPTED -> Optional.of(
                    new Matter(Gravity.WARNING, Words.of("app.openMatters.theLastRunOfWas", name).in(language.get()),
                            Words.of("app.openMatters.rollcallEndedBeforeItDid").in(language.get()),
                            Words.of("app.openMatters.lookAtTheRun").in(language.get()), "schedules",
                            page(run), Permission.VIEW_ACTIVITY));
            case SUCCEEDED -> run.count(ChangeKind.CONFLICT) > 0
                    ? Optional.of(conflicts(name, run))
                    : groupGone(name, run).or(() -> kept(name, run));
            case RUNNING, PLANNED, CANCELLED -> Optional.empty();
        };
    }

    private Matter refused(Tenant tenant, @Nullable SealedCredential credential, Run.Failure error) {
        return new Matter(Gravity.STOPPED,
                Words.of("app.openMatters.entraRefusesS", tenant.name(), word(credential)).in(language.get()),
                Words.of("app.openMatters.nothingIsSynchronizedUntilIt3", sentence(error.message())).in(language.get()),
                Words.of("app.openMatters.replace", shortWord(credential)).in(language.get()), "connect",
                Map.of("tenant", String.valueOf(tenant.id())),
                Permission.MANAGE_TENANTS);
    }

    private Matter waits(String name, Schedule schedule) {
        Long run = schedule.stoppedRunId();
        String reason = schedule.stateReason();
        return new Matter(Gravity.STOPPED, Words.of("app.openMatters.waitsForYou", name).in(language.get()),
                Words.of("app.openMatters.aGuardStoppedItIt", sentence(reason == null ? "" : reason))
                        .in(language.get()),
                run == null
                        ? Words.of("app.openMatters.openSchedules").in(language.get())
                        : Words.of("app.openMatters.lookAtTheChanges").in(language.get()),
                "schedules",
                run == null ? Map.of() : Map.of("run", String.valueOf(run)), Permission.VIEW_ACTIVITY);
    }

    /// A rule or scope with such a group matches nobody, even if a group with the same name was created since.
    private Optional<Matter> groupGone(String name, Run run) {
        return run.guards().stream().filter(guard -> guard.name().equals(Guards.GROUP_GONE)).findFirst()
                .map(guard -> new Matter(Gravity.WARNING,
                        Words.of("app.openMatters.aGroupThatNamesIs", name).in(language.get()),
                        Words.of("app.openMatters.chooseAnotherGroupInIts", sentence(guard.message()))
                                .in(language.get()),
                        Words.of("app.openMatters.lookAtTheRun").in(language.get()),
                        "schedules",
                        page(run), Permission.VIEW_ACTIVITY));
    }

    private Matter conflicts(String name, Run run) {
        long count = run.count(ChangeKind.CONFLICT);
        String reasons = changes
                .page(run.id(), new ChangeFilter(EnumSet.of(ChangeKind.CONFLICT), ""), -1, CONFLICTS_NAMED).stream()
                .map(each -> within(recalled(each.change().reason().code().words()))).distinct().limit(2)
                .collect(Collectors.joining("; "));
        return new Matter(Gravity.WARNING,
                Words.of("app.openMatters.conflictsWait", count).in(language.get()),
                name + ": "
                        + (reasons.isEmpty()
                                ? Words.of("app.openMatters.peopleOrGroupsThatStay").in(language.get())
                                : reasons),
                Words.of("app.openMatters.lookAtThem").in(language.get()),
                "schedules", Map.of("run", String.valueOf(run.id()), "changes", "conflicts"), Permission.VIEW_ACTIVITY);
    }

    private Optional<Matter> links(Tenant tenant) {
        return mirrors.newestOf(tenant.id()).filter(mirror -> mirror.complete() && mirror.linksAt() != null)
                .map(mirror -> Duration.between(mirror.linksAt(), clock.instant()))
                .filter(age -> age.compareTo(LINKS_AGE) >= 0)
                .map(age -> new Matter(Gravity.NOTE,
                        Words.of("app.openMatters.hasNotBeenReadFor", tenant.name(), age.toDays()).in(language.get()),
                        age.compareTo(LINKS_LIVE) >= 0
                                ? Words.of("app.openMatters.entraKeepsForSevenDays").in(language.get())
                                : Words.of("app.openMatters.afterSevenDaysTheNext").in(language.get()),
                        Words.of("app.openMatters.openSchedules").in(language.get()), "schedules", Map.of(),
                        Permission.VIEW_ACTIVITY));
    }

    /// Every import verifies itself once a month: it is only overdue if it does not run at all.
    private Optional<Matter> fullRead(Tenant tenant) {
        return mirrors.newestOf(tenant.id()).filter(mirror -> mirror.complete() && mirror.fullReadAt() != null)
                .map(mirror -> Duration.between(mirror.fullReadAt(), clock.instant()))
                .filter(age -> age.compareTo(MirrorReader.FULL_READ_EVERY) > 0)
                .map(age -> new Matter(Gravity.NOTE,
                        Words.of("app.openMatters.everythingInWasReadLast", tenant.name(), age.toDays())
                                .in(language.get()),
                        Words.of("app.openMatters.theNextRunReadsEverything",
                                Words.recalled(remedy.apply(Run.Failure.of(RollcallException
                                        .input("mirror.old", Words.of("app.mirror.old"),
                                                Words.of("app.mirror.old.remedy"))
                                        .onCommandLine(Words.of("app.mirror.old.remedy.cli"))))))
                                .in(language.get()),
                        Words.of("app.openMatters.openSchedules").in(language.get()), "schedules", Map.of(),
                        Permission.VIEW_ACTIVITY));
    }

    /// The last run had to rely on known data, or a full read differed from the delta reads.
    private Optional<Matter> kept(String name, Run run) {
        for (StreamEvidence stream : run.evidence()) {
            String title = stream.stream().equals(StreamEvidence.PROOF)
                    ? Words.of("app.openMatters.foundWhatNoChangeHad", name).in(language.get())
                    : Words.of("app.openMatters.wentByWhatWasKnown", name).in(language.get());
            var matter = stream.notes().stream().filter(ReadNote::attention).findFirst()
                    .map(note -> new Matter(Gravity.WARNING, title,
                            sentence(recalled(note.asked()) + ": " + recalled(note.came())).strip(),
                            Words.of("app.openMatters.lookAtTheRun").in(language.get()), "schedules",
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
        return Optional.of(
                new Matter(Gravity.NOTE, Words.of("app.openMatters.nobodyFromEntraIsAdministrator").in(language.get()),
                        Words.of("app.openMatters.ifTheLocalAccountIs").in(language.get()),
                        Words.of("app.openMatters.chooseSomeone").in(language.get()), "users",
                        Map.of("status", "ACTIVE", "tenant", "imported"), Permission.VIEW_DIRECTORY));
    }

    private static Map<String, String> page(Run run) {
        return Map.of("run", String.valueOf(run.id()));
    }

    private String recalled(String words) {
        return Words.recalled(words).in(language.get());
    }

    /// For the middle of a sentence.
    private static String within(String words) {
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /// As a sentence with a blank after it; empty for empty.
    private String sentence(String words) {
        if (words.isBlank()) {
            return "";
        }
        String first = Words.capital(Words.recalled(words.strip()).in(language.get()));
        return first.endsWith(".") ? first + " " : first + ". ";
    }
}
