package org.rollcall.cli;

import java.util.Optional;

import org.rollcall.audit.AuditService;
import org.rollcall.connect.RegistrationService;
import org.rollcall.connect.TenantService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Profile;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.GroupService;
import org.rollcall.roles.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.signin.LocalSignIn;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.RunService;
import org.rollcall.sync.WhyService;

/// The services over one data folder, as commands need them. Whoever composes the program implements it.
public interface Workspace extends AutoCloseable {
    LocalSignIn signIn();

    TenantService tenants();

    RegistrationService registration();

    ImportService imports();

    RunService runs();

    ScheduleService schedules();

    PeopleService people();

    GroupService groups();

    RoleServices roles();

    WhyService why();

    AuditService audit();

    /// The import of a tenant that is called so.
    ///
    /// @throws RollcallException INPUT: no such tenant, or it has no such import; NOT_ALLOWED
    Profile profile(Actor actor, String tenant, String name);

    /// The import of a tenant that is called so, if there is one.
    Optional<Profile> findProfile(Actor actor, Tenant tenant, String name);

    /// Lets go of the data folder.
    @Override
    void close();
}
