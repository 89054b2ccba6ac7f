package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleServices;
import org.rollcall.sample.SampleTenant;
import org.rollcall.signin.LocalAccountService;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.store.AuditStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.DataFolder;
import org.rollcall.store.Database;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.RunStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.UserQueries;
import org.rollcall.ui.overview.OverviewFigures;

/// What the window needs over one open data folder.
final class WindowServices implements AutoCloseable {
    private final DataFolder folder;
    private final Database database;
    private final UserQueries users;
    private final GroupQueries groups;
    private final TenantStore tenants;
    private final RoleServices roles;
    private final LocalSignIn signIn;
    private final LocalAccountService accounts;
    private final OpenMatters matters;
    private @Nullable SampleTenant sample;

    private WindowServices(DataFolder folder, Database database, Clock clock) {
        this.folder = folder;
        this.database = database;
        groups = new GroupQueries(database);
        users = new UserQueries(database, groups);
        users.keepSearchIndex();
        tenants = new TenantStore(database);
        var audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        roles = RoleServices.over(database, audit, clock);
        signIn = LocalSignIn.over(database, users, audit, clock);
        accounts = new LocalAccountService(database, users, audit, clock);
        matters = new OpenMatters(tenants, new CredentialStore(database, clock), new RunStore(database), clock);
    }

    /// Opens the data folder, or makes it at the first start.
    static WindowServices open(Path home, Clock clock) {
        var folder = DataFolder.isOne(home) ? DataFolder.open(home) : DataFolder.create(home);
        Database database = null;
        LogFile.open(folder.log());
        try {
            database = Database.open(folder.path());
            return new WindowServices(folder, database, clock);
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            LogFile.close();
            folder.close();
            throw e;
        }
    }

    LocalSignIn signIn() {
        return signIn;
    }

    LocalAccountService accounts() {
        return accounts;
    }

    /// Starts the sample tenant, once.
    synchronized SampleTenant sample() {
        var running = sample;
        if (running == null) {
            running = SampleTenant.start(SampleTenant.Options.defaults());
            sample = running;
        }
        return running;
    }

    OverviewFigures figures(Actor actor) {
        var byStatus = users.countByStatus();
        long active = byStatus.getOrDefault(UserStatus.ACTIVE, 0L);
        long people = active + byStatus.getOrDefault(UserStatus.DISABLED, 0L);
        var shares = roles.roles().list(actor).stream()
                .map(use -> new OverviewFigures.RoleShare(use.role().name(), use.people())).toList();
        return new OverviewFigures(tenants.list().size(), people, active, groups.count(null, "", false),
                roles.guard().administrators(), roles.guard().whoCanSignIn(), List.of(), shares, matters.list());
    }

    /// How a person is called in the window.
    String displayName(Actor actor) {
        var id = actor.userId();
        return id == null ? actor.name() : users.byId(id).map(user -> user.displayName()).orElse(actor.name());
    }

    @Override
    public synchronized void close() {
        var running = sample;
        if (running != null) {
            running.close();
        }
        database.close();
        LogFile.close();
        folder.close();
    }
}
