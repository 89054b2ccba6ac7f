package org.rollcall.ui.importing.draft;

import java.util.Optional;

import org.rollcall.connect.DraftCredentials;
import org.rollcall.connect.RegistrationService;
import org.rollcall.connect.TenantService;
import org.rollcall.connect.UserTokenService;
import org.rollcall.groups.GroupService;
import org.rollcall.people.PeopleService;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunService;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.signin.AuthenticationService;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.choose.DraftService;
import org.rollcall.sync.choose.TenantPictures;

/// What the wizard works with. Asked for when needed, since some of it takes a while to load.
public interface ImportServices {
    TenantService tenants();

    /// What signs people in to register or read in their name; empty where only registration by hand is offered.
    default Optional<SignIns> signIns() {
        return Optional.empty();
    }

    /// Services behind which a person signs in on Microsoft's page.
    record SignIns(RegistrationService registration, UserTokenService userTokens) {}

    ImportService imports();

    RunService runs();

    RoleServices roles();

    PeopleService people();

    GroupService groups();

    ScheduleService schedules();

    /// What decides how people sign in; empty where nobody would.
    default Optional<AuthenticationService> authentication() {
        return Optional.empty();
    }

    DraftService drafts();

    DraftCredentials draftCredentials();

    /// How much is read of a tenant before its import.
    default TenantPictures.Limits limits() {
        return TenantPictures.Limits.STANDARD;
    }
}
