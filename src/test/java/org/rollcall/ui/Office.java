package org.rollcall.ui;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javafx.scene.Node;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PastService;
import org.rollcall.people.PeopleEdits;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunService;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.CheapPasswords;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.signin.PersonRefresh;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.FoundTenant;
import org.rollcall.source.LdapDirectory;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.WhyService;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.vault.Vault;

/// A data folder with the people and groups of a small company, the services over it and a window around screens. Among
/// them names that are long, right to left, or hold an emoji, and groups that contain each other.
@SuppressWarnings("NullAway") // the directories are absent unless a test sets them
public final class Office implements AutoCloseable, Navigator {
    public final TestDirectory directory;
    public final Tenant contoso;
    public final Actor administrator;
    public final UserQueries userQueries;
    public final AuditService audit;
    public final RoleServices roles;
    public final PeopleService people;
    public final PeopleEdits edits;
    public final GroupService groups;
    public final PastService past;
    public final WhyService why;
    public final RunService runs;
    public final LocalAccountService accounts;
    public final AuthServices auth;
    /// What sign-in asks; nobody answers unless a test says who.
    public EntraIdentity entra;
    public LdapDirectory ldap;
    public final TenantStore tenants;
    public final TenantService connections;
    /// Where screens led to, with what they said.
    public final List<String> opened = new ArrayList<>();
    public final Map<String, UUID> groupIds = new HashMap<>();

    public Office(Path folder, Clock clock) {
        if (!folder.toFile().isDirectory() && !folder.toFile().mkdirs()) {
            throw new IllegalStateException("No folder for the data: " + folder);
        }
        directory = new TestDirectory(folder);
        var database = directory.database;
        var nesting = new GroupNesting(database);
        userQueries = new UserQueries(database, nesting);
        audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        roles = RoleServices.over(database, audit, clock);
        edits = PeopleEdits.over(database, roles, audit, clock);
        people = new PeopleService(userQueries, nesting, audit);
        past = new PastService(database, people, audit, clock);
        groups = new GroupService(new GroupQueries(database), nesting, userQueries, audit);
        runs = new RunService(Stores.over(database, clock), audit, clock);
        accounts = CheapPasswords.accounts(database, userQueries, audit, clock);
        tenants = new TenantStore(database);
        auth = CheapPasswords.auth(database, userQueries, Vault.open(folder), new AuthServices.Ports(() -> entra,
                () -> ldap, tenant -> new Endpoint(tenant.directoryId(), "https://login.example",
                        "https://graph.example", null, null),
                PersonRefresh.NONE),
                roles.guard(), audit, clock);
        connections = new TenantService(
                new TenantService.Stores(database, tenants, new CredentialStore(database, clock)), Vault.open(folder),
                new DirectoryConnector() {
                    @Override
                    public DirectoryReader open(Connection connection) {
                        throw new RollcallException(ErrorKind.OFFLINE, "network.unreachable",
                                "the directory could not be reached", "look at the network");
                    }

                    @Override
                    public Optional<FoundTenant> find(Endpoint endpoint) {
                        return Optional.empty();
                    }
                }, audit, Runnable::run, clock);
        var rules = new RuleStore(database);
        why = new WhyService(userQueries, nesting, new PersonStore(database, clock),
                new AssignmentStore(database, clock), new ProfileStore(database, clock), rules);
        var signIn = CheapPasswords.signIn(database, userQueries, audit, clock);
        signIn.createFirstAdministrator("maren.holt", "a long enough sentence".toCharArray(), "window");
        administrator = signIn.signIn("maren.holt", "a long enough sentence".toCharArray(), "window");
        contoso = directory.tenant("Contoso");
        fill();
    }

    private void fill() {
        for (String name : List.of("All Staff", "Engineering", "Finance", "Accounts Payable", "Controlling", "Treasury",
                "Cash and Liquidity Management Europe, Middle East and Africa", "Tax", "IT Operations",
                "فريق المبيعات – الخليج", "Global Readers")) {
            groupIds.put(name, directory.group(contoso, name));
        }
        nest("All Staff", "Engineering", "Finance", "IT Operations", "فريق المبيعات – الخليج");
        nest("Finance", "Accounts Payable", "Controlling", "Treasury", "Tax");
        nest("Treasury", "Cash and Liquidity Management Europe, Middle East and Africa", "Finance");
        directory.sql("UPDATE directory_group SET group_types = '[\"Unified\"]' WHERE display_name LIKE ?",
                "فريق%");
        person("Adriana Kowalczyk-Bielska von Habsburg-Lothringen", "adriana", "Finance", UserStatus.ACTIVE);
        person("Ahmed Al-Rashid", "ahmed", "Accounts Payable", UserStatus.ACTIVE);
        person("Björn Þorvaldsson", "bjorn", "Cash and Liquidity Management Europe, Middle East and Africa",
                UserStatus.ACTIVE);
        person("Chiamaka Eze", "chiamaka.eze", "Controlling", UserStatus.ACTIVE);
        person("Jean-Noël d’Arc", "jean-noel", "Accounts Payable", UserStatus.ACTIVE);
        person("Jürgen Weiß", "juergen", "IT Operations", UserStatus.ACTIVE);
        person("ליאורה בן־דוד", "liora", "Treasury", UserStatus.ACTIVE);
        person("Linh Nguyễn Thị Phương", "linh", "Accounts Payable", UserStatus.DISABLED);
        person("Maximilian Wolfeschlegelsteinhausenbergerdorff", "max", "Controlling", UserStatus.ACTIVE);
        person("Oleksandra Shevchenko", "oleksandra", "Tax", UserStatus.ACTIVE);
        person("佐藤 美咲", "misaki", "Controlling", UserStatus.ACTIVE);
        person("Rasmus Kjærgaard", "rasmus", "Tax", UserStatus.REMOVED);
        person("Zoë Müller-Lüdenscheidt 🌻", "zoe", "Finance", UserStatus.ACTIVE);
        var profile = directory.profile(contoso, "daily");
        new ProfileStore(directory.database, directory.clock).update(profile.id(),
                new ProfileConfig(ProfileConfig.Scope.ofGroups(List.of(new Ref(group("All Staff"), "All Staff")), true),
                        ProfileConfig.Filters.none(), ProfileConfig.Mapping.standard(),
                        ProfileConfig.Policies.standard()),
                profile.defaultRoleId());
        for (String name : List.of("adriana", "ahmed", "bjorn", "chiamaka.eze", "jean-noel", "juergen", "liora", "linh",
                "max", "oleksandra", "misaki", "zoe")) {
            directory.owns(profile, name);
        }
        var stored = new RoleStore(directory.database);
        roles.rules().save(administrator, profile.id(), null, List.of(
                new RoleRule(0, profile.id(), 0, new Ref(group("IT Operations"), "IT Operations"), true,
                        stored.require("Administrator").id()),
                new RoleRule(0, profile.id(), 1, new Ref(group("Controlling"), "Controlling"), false,
                        stored.require("Auditor").id())));
        directory.sql("UPDATE directory_user SET mfa = 'REGISTERED' WHERE username LIKE '%a%' AND tenant_id > 0");
        role("oleksandra", "Operator", RoleSource.MANUAL);
        role("jean-noel", "User", RoleSource.MANUAL);
    }

    private void nest(String parent, String... children) {
        for (String child : children) {
            directory.member(contoso, group(parent), group(child), MemberType.GROUP);
        }
    }

    public UUID group(String name) {
        return java.util.Objects.requireNonNull(groupIds.get(name), name);
    }

    private void person(String name, String username, String group, UserStatus status) {
        directory.person(contoso, name, username, username + "@contoso.com",
                group.length() > 20 ? "Treasury" : group, status);
        if (status != UserStatus.REMOVED) {
            directory.member(contoso, group(group), TestDirectory.uuid(username), MemberType.USER);
        }
    }

    public long id(String username) {
        return userQueries.find(username).id();
    }

    public void role(String username, String role, RoleSource source) {
        directory.role(id(username), role, source);
    }

    /// The window with these screens and the first of them open.
    public WindowRoot window(WindowContext context, Function<WindowContext, List<Screen>> make) {
        var screens = make.apply(context);
        var model = new ShellViewModel(List.of(screens), context.tasks());
        model.userNameProperty().set("Maren Holt");
        // As for people who may see others: the search says what it finds.
        model.addPaletteSource(_ -> List.of());
        var root = new WindowRoot(context);
        root.showShell(new ShellView(context, model, new NoSession()), model);
        model.open(screens.getFirst().id(), Map.of());
        return root;
    }

    @Override
    public void open(String screen, Map<String, String> arguments) {
        opened.add(screen + arguments);
    }

    @Override
    public void cover(Node page) {
        opened.add("cover");
    }

    @Override
    public void uncover() {
        opened.add("uncover");
    }

    @Override
    public void close() {
        directory.close();
    }
}
