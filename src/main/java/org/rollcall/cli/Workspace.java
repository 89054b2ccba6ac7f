package org.rollcall.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.RegistrationService;
import org.rollcall.connect.TenantService;
import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Profile;
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
import org.rollcall.schedule.ScheduleService;
import org.rollcall.settings.ProtectionService;
import org.rollcall.settings.SettingsService;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.WhyService;
import org.rollcall.task.CancelToken;

/// The services over one data folder, as commands need them. Whoever composes the program implements it.
public interface Workspace extends AutoCloseable {
    LocalSignIn signIn();

    AuthServices auth();

    TenantService tenants();

    RegistrationService registration();

    ImportService imports();

    /// What keeps the key of the data folder.
    VaultService vault();

    RunService runs();

    UndoService undo();

    StoppedRuns stoppedRuns();

    ScheduleService schedules();

    PeopleService people();

    /// What changes people by hand.
    PeopleEdits peopleEdits();

    /// People and groups as they were.
    PastService past();

    GroupService groups();

    RoleServices roles();

    WhyService why();

    AuditService audit();

    Clock clock();

    /// The import of a tenant that is called so.
    ///
    /// @throws RollcallException INPUT: no such tenant, or it has no such import; NOT_ALLOWED
    Profile profile(Actor actor, String tenant, String name);

    /// The import of a tenant that is called so, if there is one.
    Optional<Profile> findProfile(Actor actor, Tenant tenant, String name);

    NotifyService notifications();

    /// The configuration as a file.
    SettingsService settings();

    /// What protects the data folder without anybody asking for it.
    ProtectionService protection();

    /// Runs the schedules of the data folder until the token is cancelled; then what is going on is cancelled too, and changes
    /// nothing.
    ///
    /// @param environment variables of the process, by which systemd says where it listens
    /// @throws RollcallException STORAGE: another service runs them
    void serve(ServiceEvents events, Map<String, String> environment, CancelToken token);

    /// Writes everything in the data folder, as it is at one moment, into one file, with the key of its secrets.
    ///
    /// @param passphrase seals it; null: it is not sealed
    /// @throws RollcallException NOT_ALLOWED; INPUT: the file is there already; STORAGE: it cannot be written
    void backup(Actor actor, Path file, char @Nullable [] passphrase);

    /// What is wrong or will be soon.
    HealthService health();

    /// Lets go of the data folder.
    @Override
    void close();
}
