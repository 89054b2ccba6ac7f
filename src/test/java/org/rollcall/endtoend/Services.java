package org.rollcall.endtoend;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleEdits;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunReport;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.signin.CheapPasswords;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.entra.EntraConnector;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.TenantReaders;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.JobContext;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The services over a real database and the real way to Entra, but nobody waits as long as the directory asks for.
final class Services implements AutoCloseable {
    static final PeopleLimit ANY = new PeopleLimit(100, true);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1);

    final Database database;
    final Stores stores;
    final UserQueries users;
    final GroupQueries groups;
    final GroupNesting nesting;
    final RoleServices roles;
    final PeopleEdits edits;
    final AuditService audit;
    final ImportService imports;
    final Actor maren;
    final TenantService tenants;

    /// @param tenant is added as `Contoso`
    Services(Path folder, SampleTenant tenant) {
        this(folder, tenant, Clock.systemUTC());
    }

    Services(Path folder, SampleTenant tenant, Clock clock) {
        database = ReadyDatabase.open(folder);
        stores = Stores.over(database, clock);
        groups = new GroupQueries(database);
        nesting = new GroupNesting(database);
        users = new UserQueries(database, nesting);
        audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        roles = RoleServices.over(database, audit, clock);
        edits = PeopleEdits.over(database, roles, audit, clock);
        tenants = new TenantService(
                new TenantService.Stores(database, new TenantStore(database), new CredentialStore(database, clock)),
                Vault.open(folder), new EntraConnector(clock), audit, Runnable::run, clock);
        TenantReaders readers = connected -> hasty(tenants.open(connected), clock);
        imports = new ImportService(stores, new MirrorReader(database, clock, (_, _, _) -> {}), readers, roles, audit,
                clock);
        Actor first = CheapPasswords.signIn(database, users, audit, clock).createFirstAdministrator("maren",
                "correct horse battery staple".toCharArray(), "test");
        // Whatever becomes of her role in a story, somebody has to go on telling it.
        maren = new Actor(first.userId(), first.name(), first.origin(), EnumSet.allOf(Permission.class));
        add("Contoso", tenant);
    }

    void add(String name, SampleTenant tenant) {
        var secret = new NewCredential(new Connection.Credential.Secret(tenant.clientSecret()), null, null);
        tenants.add(maren, new NewTenant(name, tenant.tenantId(), tenant.clientId(), secret, Cloud.CUSTOM,
                tenant.origin(), tenant.origin(), tenant.caPem(), null), false, JobContext.silent());
    }

    /// @param clock the tenant's; the server that speaks for it can put no other than the system's time into its answers
    private static DirectoryReader hasty(DirectoryReader reader, Clock clock) {
        return (DirectoryReader) Proxy.newProxyInstance(DirectoryReader.class.getClassLoader(),
                new Class<?>[]{ DirectoryReader.class }, (_, method, arguments) -> {
                    for (int i = 0; arguments != null && i < arguments.length; i++) {
                        if (arguments[i] instanceof CallControl control) {
                            arguments[i] = new Hasty(control);
                        }
                    }
                    try {
                        Object answer = method.invoke(reader, arguments);
                        return answer instanceof DirectoryReader.Page(var next, var delta, var objects, _)
                                ? new DirectoryReader.Page(next, delta, objects, clock.instant())
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private record Hasty(CallControl control) implements CallControl {
        @Override
        public void checkCancelled() {
            control.checkCancelled();
        }

        @Override
        public void pause(Duration time, String reason) {
            control.pause(time.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : time, reason);
        }
    }

    static Draft draft(ProfileConfig.Scope scope, Draft.RuleDraft... rules) {
        ProfileConfig standard = ProfileConfig.everyone();
        return new Draft(new ProfileConfig(scope, standard.filters(), standard.mapping(), standard.policies()), "User",
                List.of(rules));
    }

    static Ref ref(SampleObject object) {
        return new Ref(UUID.fromString(object.id()), object.displayName());
    }

    static ImportRequest request(@Nullable Draft draft, @Nullable PeopleLimit limit) {
        return new ImportRequest("Contoso", "default", draft, limit, Trigger.MANUAL);
    }

    RunReport run(@Nullable Draft draft) {
        return imports.run(maren, request(draft, ANY), JobContext.silent());
    }

    /// Previews, then runs: both have to say the same, and the run has to succeed.
    RunReport previewAndRun(@Nullable Draft draft, String what) {
        RunReport preview = imports.preview(maren, request(draft, ANY), JobContext.silent());
        RunReport run = run(draft);
        assertTrue(run.succeeded(), () -> what + ": " + run.error());
        assertEquals(preview.counts(), run.counts(), what);
        assertEquals(preview.adminsAfter(), run.adminsAfter(), what);
        return run;
    }

    UserRow person(SampleObject object) {
        return users.byObjectId(tenants.byName("Contoso").id(), UUID.fromString(object.id())).orElseThrow();
    }

    /// Runs a statement as somebody with a database tool would.
    void sql(String statement) {
        new TestDirectory(database).sql(statement);
    }

    /// What the directory holds of the tenant, removed people apart.
    TenantTruth stored() {
        return TenantTruth.stored(maren, new PeopleService(users, nesting, audit),
                new GroupService(groups, nesting, users, audit));
    }

    /// Every row of people, groups and memberships, removed ones and versions included.
    List<Object> everything() {
        var rows = new ArrayList<Object>();
        users.forEach(UserFilter.everyone(), rows::add);
        groups.forEach(true, rows::add);
        groups.forEachEdge(rows::add);
        return rows;
    }

    @Override
    public void close() {
        database.close();
    }
}
