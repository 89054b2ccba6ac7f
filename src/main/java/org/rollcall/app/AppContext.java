package org.rollcall.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.cli.ServiceEvents;
import org.rollcall.cli.Workspace;
import org.rollcall.connect.CertificateRenewal;
import org.rollcall.connect.DraftCredentials;
import org.rollcall.connect.RegistrationService;
import org.rollcall.connect.TenantService;
import org.rollcall.connect.UserTokenService;
import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.groups.GroupService;
import org.rollcall.health.HealthService;
import org.rollcall.notify.NotifyService;
import org.rollcall.people.PastService;
import org.rollcall.people.PeopleEdits;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunService;
import org.rollcall.runs.UndoService;
import org.rollcall.schedule.ImportScheduler;
import org.rollcall.schedule.Jitter;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleView;
import org.rollcall.schedule.ScheduledImport;
import org.rollcall.settings.ProtectionService;
import org.rollcall.settings.SettingsService;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.signin.HashCost;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.entra.EntraCertificateRolling;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.source.entra.EntraRegistration;
import org.rollcall.source.entra.EntraSignIn;
import org.rollcall.source.entra.IdTokenSignIn;
import org.rollcall.source.ldap.LdapSignIn;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.DataFolder;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.ReadProgressStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.TenantReaders;
import org.rollcall.sync.WhyService;
import org.rollcall.sync.choose.DraftService;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Language;
import org.rollcall.text.Words;
import org.rollcall.ui.importing.draft.ImportEdit;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.vault.Passphrase;
import org.rollcall.vault.Vault;

/// The composition root: makes every service over one open data folder, by hand.
public final class AppContext implements Workspace, ImportServices {
    /// Faults of folders in which nothing may be changed, and whose words say everything.
    private static final Set<String> LEFT_ALONE = Set.of("storage.in-use", "storage.window-open",
            "storage.newer-version", "storage.read-only");

    private final DataFolder folder;
    private final Database database;
    private final Vault vault;
    private final Clock clock;
    private final HashCost cost;
    private final UserQueries userQueries;
    private final GroupQueries groupQueries;
    private final GroupNesting groupNesting;
    private final Stores stores;
    private final AuditService audit;
    private final RoleServices roles;

    private @Nullable TenantService tenants;
    private @Nullable ImportService imports;
    private @Nullable ScheduleService schedules;
    private @Nullable ImportScheduler scheduler;
    private @Nullable ScheduleRunner runner;
    private @Nullable NotifyService notifications;
    private @Nullable AuthServices auth;
    private @Nullable PastService past;

    private AppContext(DataFolder folder, Vault vault, FolderSeal seal, Database database, HashCost cost,
            Clock clock) {
        this.folder = folder;
        this.database = database;
        this.clock = clock;
        this.cost = cost;
        this.vault = vault;
        this.groupQueries = new GroupQueries(database);
        this.groupNesting = new GroupNesting(database);
        this.userQueries = new UserQueries(database, groupNesting);
        this.stores = Stores.over(database, clock);
        this.audit = new AuditService(database, new AuditStore(database), stores.settings(), seal, vault,
                clock);
        this.roles = RoleServices.over(database, audit, clock);
    }

    /// Opens a data folder that is there.
    ///
    /// @throws RollcallException INPUT: not there, not Rollcall's; STORAGE: in use, read-only, from a newer version
    public static AppContext open(Path home, Clock clock) {
        return open(home, HashCost.STANDARD, clock);
    }

    /// @param cost of the passwords that are set
    static AppContext open(Path home, HashCost cost, Clock clock) {
        return open(home, Passphrase.NONE, cost, clock);
    }

    /// @param passphrase asked for where a passphrase keeps the vault
    static AppContext open(Path home, Passphrase passphrase, HashCost cost, Clock clock) {
        DataFolder folder = DataFolder.open(home);
        try {
            AppContext context = over(folder, passphrase, cost, clock);
            folder.raiseFormat();
            context.runs().recoverInterrupted();
            return context;
        } catch (RuntimeException e) {
            LogFile.close();
            throw e;
        }
    }

    /// Makes a data folder with its first administrator. If that fails nothing stays.
    ///
    /// @throws RollcallException INPUT: there is one already, or name or password break the rules; STORAGE
    public static AppContext create(Path home, String administrator, char[] password, String origin, Clock clock) {
        return create(home, VaultChoice.KEYFILE, administrator, password, origin, clock);
    }

    /// @param vault what keeps the key of the new data folder
    static AppContext create(Path home, VaultChoice vault, String administrator, char[] password, String origin,
            Clock clock) {
        make(home, vault, HashCost.STANDARD, clock, _ -> {},
                context -> context.signIn().createFirstAdministrator(administrator, password, origin));
        return open(home, vault.passphrase(), HashCost.STANDARD, clock);
    }

    /// Opens a data folder, or makes one without any account: the window asks for the first administrator itself.
    ///
    /// @throws RollcallException as [#open]
    static AppContext openOrCreate(Path home, Passphrase passphrase, Clock clock) {
        if (!DataFolder.isOne(home)) {
            make(home, VaultChoice.ofWindow(), HashCost.STANDARD, clock, _ -> {}, _ -> {});
        }
        return open(home, passphrase, HashCost.STANDARD, clock);
    }

    /// @param files puts files there before anything is opened
    /// @param first what is done first
    static void make(Path home, HashCost cost, Clock clock, Consumer<Path> files, Consumer<AppContext> first) {
        make(home, VaultChoice.KEYFILE, cost, clock, files, first);
    }

    /// @param vault what keeps the key, unless `files` has put a key file there
    static void make(Path home, VaultChoice vault, HashCost cost, Clock clock, Consumer<Path> files,
            Consumer<AppContext> first) {
        DataFolder.make(home, stage -> {
            files.accept(stage.path());
            if (!Files.exists(stage.path().resolve(Vault.KEY_FILE))) {
                vault.make(stage.path(), List.of());
            }
            try (AppContext context = over(stage, vault.passphrase(), cost, clock)) {
                context.audit.begin();
                first.accept(context);
            } finally {
                LogFile.close();
            }
        });
    }

    private static AppContext over(DataFolder folder, Passphrase passphrase, HashCost cost, Clock clock) {
        LogFile.open(folder.log());
        Vault vault = Vault.open(folder.path(), passphrase);
        var seal = new FolderSeal(vault, folder.path(), clock);
        Database database = Database.open(folder.path(), seal);
        try {
            return new AppContext(folder, vault, seal, database, cost, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Makes a data folder out of a backup. If that fails nothing stays.
    ///
    /// @throws RollcallException INPUT: something is there already, or the file is no backup; STORAGE
    public static AppContext restore(Path file, Path home, Clock clock) {
        return restore(file, Passphrase.NONE::ask, Passphrase.NONE, home, VaultChoice.KEYFILE, clock);
    }

    /// @param passphrase of the backup, asked for only if it has one
    /// @param folders    that of the data folder that made the backup by itself, asked for only if it did and one keeps its key
    /// @param vault      what is to keep the key of the new data folder
    static AppContext restore(Path file, Supplier<char[]> passphrase, Passphrase folders, Path home,
            VaultChoice vault, Clock clock) {
        DataFolder.requireNone(home);
        try {
            BackupFile.Filling filling = BackupFile.open(file, passphrase, folders);
            make(home, vault, HashCost.STANDARD, clock, stage -> filling.into(stage, vault), context -> {
                context.runs().recoverInterrupted();
                new ReadProgressStore(context.database, clock).forgetAll();
                context.audit.forgetAnchor();
                // Who can read the file and make folders needs no account; that it was done stands in the new folder.
                context.audit.record(new Actor(null, "unknown", "command line", Set.of()), "data.restore", null, null,
                        null, Map.of(), null);
            });
        } catch (RollcallException e) {
            throw BackupFile.ofFile(file, e);
        }
        return open(home, vault.passphrase(), HashCost.STANDARD, clock);
    }

    /// Writes into the log of a data folder why it could not be opened, or what ended a call on it.
    ///
    /// @return false if there is no such log
    public static boolean note(Path home, Throwable cause) {
        boolean leftAlone = cause instanceof RollcallException known && LEFT_ALONE.contains(known.code());
        return !leftAlone && DataFolder.isOne(home) && LogFile.note(home.resolve(DataFolder.LOG), cause);
    }

    @Override
    public void backup(Actor actor, Path file, char @Nullable [] passphrase) {
        actor.require(Permission.BACKUP);
        try {
            BackupFile.write(vault, database::writeRows, file, passphrase);
        } catch (RollcallException e) {
            throw audit.failed(actor, "data.backup", null, null, null, e);
        }
        audit.record(actor, "data.backup", null, null, null, Map.of(), null);
    }

    @Override
    public HealthService health() {
        return new HealthService(stores, userQueries, audit, clock);
    }

    public Path home() {
        return folder.path();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public LocalSignIn signIn() {
        return auth().local();
    }

    public LocalAccountService localAccounts() {
        return auth().accounts();
    }

    private AuthServices.Ports signInPorts() {
        return new AuthServices.Ports(() -> new IdTokenSignIn(clock), LdapSignIn::new,
                tenant -> tenants().place(tenant).endpoint(),
                (person, origin, control) -> imports().refresh(person, origin, control));
    }

    @Override
    public synchronized AuthServices auth() {
        if (auth == null) {
            auth = AuthServices.over(database, userQueries, vault, signInPorts(), roles.guard(),
                    audit, cost, clock);
        }
        return auth;
    }

    @Override
    public synchronized TenantService tenants() {
        if (tenants == null) {
            tenants = new TenantService(
                    new TenantService.Stores(database, stores.tenants(), new CredentialStore(database, clock)), vault,
                    connector(), audit, new TenantService.RemovalGuard() {
                        @Override
                        public void around(Runnable removal) {
                            roles.guard().requireOneAfter(() -> {
                                removal.run();
                                return Boolean.TRUE;
                            });
                        }

                        @Override
                        public void requireOver(Actor actor, long tenantId, Words verb) {
                            roles.powers().requireOverTenant(actor, tenantId, verb);
                        }
                    }, clock);
        }
        return tenants;
    }

    @Override
    public Optional<SignIns> signIns() {
        return Optional.of(new SignIns(registration(), new UserTokenService(tenants(), new EntraSignIn(clock))));
    }

    @Override
    public Optional<AuthenticationService> authentication() {
        return Optional.of(auth().authentication());
    }

    @Override
    public RegistrationService registration() {
        return new RegistrationService(tenants(), new EntraSignIn(clock), new EntraRegistration(clock), clock);
    }

    /// The way to Entra. Made when asked for: its libraries take a while to load.
    private DirectoryConnector connector() {
        return new EntraConnector(clock);
    }

    @Override
    public synchronized ImportService imports() {
        if (imports == null) {
            TenantService connected = tenants();
            imports = new ImportService(stores, new MirrorReader(database, clock), new TenantReaders() {
                @Override
                public DirectoryReader open(Tenant tenant) {
                    return connected.open(tenant);
                }

                @Override
                public void finished(Tenant tenant, DirectoryReader reader) {
                    connected.keepRenewed(tenant, reader);
                }
            }, roles, audit, clock);
        }
        return imports;
    }

    @Override
    public VaultService vault() {
        return new VaultService(vault, audit);
    }

    @Override
    public RunService runs() {
        return new RunService(stores, audit, clock);
    }

    /// Schedules as they are kept; only a program that stays runs them.
    @Override
    public synchronized ScheduleService schedules() {
        if (schedules == null) {
            var renewal = new CertificateRenewal(tenants(), new EntraCertificateRolling(clock),
                    stores.settings(), clock);
            scheduler = new ImportScheduler(database, clock, Duration.ofSeconds(10),
                    Jitter.seeded(folder.path().hashCode()));
            schedules = new ScheduleService(database,
                    new ScheduleService.Stores(new ScheduleStore(database), stores.profiles(), stores.tenants()),
                    stores.runs()::lastOf,
                    ScheduledImport.by((actor, request, context) -> {
                        renewal.renewIfDue(actor, tenants().byName(request.tenant()), context);
                        return imports().run(actor, request, context).run();
                    },
                            (actor, request, context) -> imports().look(actor, request, context).run()),
                    scheduler, audit, clock.withZone(ZoneId.systemDefault()));
        }
        return schedules;
    }

    /// Runs what is due on threads of its own, from now until the end, unless a service does. What was missed is made good
    /// once.
    public void startScheduler() {
        runner().keepRunning();
    }

    /// Who runs the schedules of this data folder.
    public ScheduleService.Runner scheduleRunner() {
        return runner().who();
    }

    @Override
    public void serve(ServiceEvents events, Map<String, String> environment, CancelToken token) {
        new ServiceLife(runner(), schedules(), environment).live(events, token);
        database.hurry();
    }

    private synchronized ScheduleRunner runner() {
        ScheduleService service = schedules();
        if (runner == null) {
            runner = new ScheduleRunner(folder.path(), Objects.requireNonNull(scheduler), service, notifications(),
                    new Upkeep(new DailyBackups(database, vault, new BackupFolder(folder.path(), clock), clock),
                            audit));
        }
        return runner;
    }

    @Override
    public UndoService undo() {
        return new UndoService(stores, roles, schedules(), audit, clock);
    }

    @Override
    public StoppedRuns stoppedRuns() {
        return new StoppedRuns(stores, imports(), roles, schedules(), audit, clock);
    }

    @Override
    public synchronized NotifyService notifications() {
        if (notifications == null) {
            notifications = new NotifyService(database, vault, audit,
                    () -> LanguageSetting.in(home()).orElseGet(Language::ofSystem), clock);
        }
        return notifications;
    }

    @Override
    public SettingsService settings() {
        return new SettingsService(database, new SettingsService.Services(tenants(), imports(), schedules(), roles,
                auth().authentication(), notifications()), audit, clock);
    }

    @Override
    public ProtectionService protection() {
        return new ProtectionService(database, audit, folder.path(), new BackupFolder(folder.path(), clock).path());
    }

    /// A text for whoever is asked for help; nobody is named in it.
    ///
    /// @throws RollcallException NOT_ALLOWED; STORAGE
    public String supportFile(Actor actor) {
        return new SupportFile(this, audit).text(actor);
    }

    @Override
    public DraftService drafts() {
        return new DraftService(stores.settings());
    }

    @Override
    public DraftCredentials draftCredentials() {
        return new DraftCredentials(stores.settings(), vault);
    }

    @Override
    public PeopleService people() {
        return new PeopleService(userQueries, groupNesting, audit);
    }

    @Override
    public PeopleEdits peopleEdits() {
        return PeopleEdits.over(database, roles, audit, clock);
    }

    @Override
    public synchronized PastService past() {
        if (past == null) {
            past = new PastService(database, people(), audit, clock);
        }
        return past;
    }

    @Override
    public GroupService groups() {
        return new GroupService(groupQueries, groupNesting, userQueries, audit);
    }

    @Override
    public RoleServices roles() {
        return roles;
    }

    @Override
    public AuditService audit() {
        return audit;
    }

    @Override
    public WhyService why() {
        return new WhyService(userQueries, groupNesting, stores.people(), stores.assignments(), stores.profiles(),
                stores.rules());
    }

    @Override
    public Profile profile(Actor actor, String tenant, String name) {
        Tenant known = stores.tenants().byName(tenant).orElseThrow(() -> RollcallException.input("tenant.unknown",
                Words.of("app.tenant.unknown", tenant), Words.of("app.tenant.unknown.remedy"))
                .onCommandLine(Words.of("app.tenant.unknown.remedy.cli")));
        return findProfile(actor, known, name).orElseThrow(() -> RollcallException.input("profile.unknown",
                Words.of("app.profile.unknown", known.name(), name),
                Words.of("app.profile.unknown.remedy"))
                .onCommandLine(Words.of("app.profile.unknown.remedy.cli")));
    }

    @Override
    public Optional<Profile> findProfile(Actor actor, Tenant tenant, String name) {
        actor.require(Permission.VIEW_DIRECTORY);
        return stores.profiles().byName(tenant.id(), name);
    }

    /// An import as the wizard shows it to be changed.
    ImportEdit edit(Actor actor, ScheduleView view) {
        Profile profile = findProfile(actor, view.tenant(), view.profile().name()).orElse(view.profile());
        String role = roles.roles().list(actor).stream().map(use -> use.role())
                .filter(each -> each.id() == profile.defaultRoleId()).map(Role::name).findFirst().orElse(Role.USER);
        return new ImportEdit(view.tenant(), profile, role, roles.rules().list(actor, profile.id()).stream()
                .map(use -> new Draft.RuleDraft(use.rule().group(), use.rule().nested(), use.role())).toList(),
                view.schedule().every());
    }

    Database database() {
        return database;
    }

    UserQueries userQueries() {
        return userQueries;
    }

    GroupQueries groupQueries() {
        return groupQueries;
    }

    TenantStore tenantStore() {
        return stores.tenants();
    }

    @Override
    public synchronized void close() {
        if (runner != null) {
            runner.close();
        }
        database.close();
        vault.close();
        LogFile.close();
    }
}
