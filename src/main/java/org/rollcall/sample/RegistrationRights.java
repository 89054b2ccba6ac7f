package org.rollcall.sample;

import java.util.Optional;
import java.util.Set;

import org.rollcall.sample.SamplePeople.Person;

/// Which caller may do what with applications and consent. A delegated call needs the scope *and* the person's own right:
/// ordinary people may change what they own, and only a Global Administrator may grant permissions of Microsoft Graph.
final class RegistrationRights {
    private static final Set<String> READ = Set.of("Application.Read.All", "Application.ReadWrite.All",
            "Application.ReadWrite.OwnedBy", "Directory.Read.All", "Directory.ReadWrite.All");
    private static final Set<String> READ_ASSIGNMENTS = Set.of("Application.Read.All", "Application.ReadWrite.All",
            "Application.ReadWrite.OwnedBy", "Directory.Read.All", "Directory.ReadWrite.All");
    private static final Set<String> READ_GRANTS = Set.of("Directory.Read.All",
            "DelegatedPermissionGrant.ReadWrite.All",
            "Directory.ReadWrite.All");
    private static final Set<String> RESOLVE = Set.of("Application.Read.All", "Application.ReadWrite.All",
            "Directory.Read.All", "Directory.ReadWrite.All");

    private final AppRegistry apps;
    private final SamplePeople people;
    private final IdentityPolicies policies;

    RegistrationRights(AppRegistry apps, SamplePeople people, IdentityPolicies policies) {
        this.apps = apps;
        this.people = people;
        this.policies = policies;
    }

    void toRead(Caller caller) {
        require(caller.hasAny(READ));
    }

    void toReadAssignments(Caller caller) {
        require(caller.hasAny(READ_ASSIGNMENTS));
    }

    void toReadGrants(Caller caller) {
        require(caller.hasAny(READ_GRANTS));
    }

    void toCreateApplication(Caller caller) {
        if (caller.appOnly()) {
            require(caller.hasAny(Set.of("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy")));
        } else {
            require(caller.permissions().contains("Application.ReadWrite.All"));
            require(isAdministrator(caller) || (policies.userRegistrationAllowed() && isMember(caller)));
        }
    }

    void toChange(Caller caller, Registration app) {
        boolean owns = caller.objectId() != null && app.owners().contains(caller.objectId());
        if (caller.appOnly()) {
            require(caller.permissions().contains("Application.ReadWrite.All")
                    || (owns && caller.permissions().contains("Application.ReadWrite.OwnedBy")));
        } else {
            require(caller.permissions().contains("Application.ReadWrite.All"));
            require(owns || isAdministrator(caller));
        }
    }

    /// An application may roll its own keys without any permission, since it proves that it holds one.
    void toRollKeys(Caller caller, Registration app) {
        if (!(caller.appOnly() && caller.appId().equals(app.appId()))) {
            toChange(caller, app);
        }
    }

    void toChangePrincipal(Caller caller, String appId) {
        Optional<Registration> own = apps.application(appId).filter(a -> !a.firstParty());
        if (own.isPresent()) {
            toChange(caller, own.get());
        } else {
            require(caller.permissions().contains("Application.ReadWrite.All"));
            require(caller.appOnly() || isAdministrator(caller));
        }
    }

    void toAssign(Caller caller) {
        require(caller.permissions().contains("AppRoleAssignment.ReadWrite.All"));
        require(caller.hasAny(RESOLVE));
        require(caller.appOnly() || isAdministrator(caller));
    }

    void toUnassign(Caller caller) {
        require(caller.permissions().contains("AppRoleAssignment.ReadWrite.All"));
        require(caller.appOnly() || isAdministrator(caller));
    }

    void toGrantScopes(Caller caller) {
        require(caller.hasAny(Set.of("DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All")));
        require(caller.appOnly() || isAdministrator(caller));
    }

    private boolean isAdministrator(Caller caller) {
        return person(caller).filter(Person::globalAdministrator).isPresent();
    }

    private boolean isMember(Caller caller) {
        return person(caller).filter(p -> !p.guest()).isPresent();
    }

    private Optional<Person> person(Caller caller) {
        return caller.appOnly() || caller.objectId() == null
                ? Optional.empty()
                : people.byObjectId(caller.objectId()).filter(Person::enabled);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new GraphFault(403, "Authorization_RequestDenied",
                    "Insufficient privileges to complete the operation.");
        }
    }
}
