package org.rollcall.sample;

import java.util.Set;
import java.util.TreeSet;

import org.rollcall.sample.SamplePeople.Person;

/// Decides whether an application may have what it asks for on a person's behalf.
final class Consent {
    /// What stands between the request and a token.
    enum Decision {
        /// Everything asked for was consented to before.
        GIVEN,
        /// The person may consent now.
        ASK,
        /// Only an administrator may consent.
        ADMINISTRATOR_NEEDED
    }

    private final AppRegistry apps;
    private final IdentityPolicies policies;

    Consent(AppRegistry apps, IdentityPolicies policies) {
        this.apps = apps;
        this.policies = policies;
    }

    Decision decide(Registration app, Person person, RequestedScopes scopes) {
        Set<String> missing = missing(app, person, scopes);
        if (missing.isEmpty()) {
            return Decision.GIVEN;
        }
        if (person.globalAdministrator()) {
            return Decision.ASK;
        }
        return policies.userConsentAllowed() && PermissionCatalog.USER_CONSENTABLE.containsAll(missing)
                ? Decision.ASK
                : Decision.ADMINISTRATOR_NEEDED;
    }

    /// What is asked for and not yet consented to.
    Set<String> missing(Registration app, Person person, RequestedScopes scopes) {
        Set<String> granted = apps.scopes(app.appId(), person.objectId());
        var missing = new TreeSet<>(scopes.permissions());
        if (scopes.everything() && granted.isEmpty()) {
            app.requiredGraphAccess("Scope").forEach(id -> PermissionCatalog.scopeName(id).ifPresent(missing::add));
        }
        // A first sign-in needs a consent even if it asks for OpenID's scopes alone.
        if (granted.isEmpty()) {
            missing.addAll(scopes.openId());
        }
        missing.removeAll(granted);
        return missing;
    }

    /// Records the person's own consent to everything asked for.
    void give(Registration app, Person person, RequestedScopes scopes) {
        Set<String> missing = missing(app, person, scopes);
        if (!missing.isEmpty()) {
            apps.consent(app.appId(), person.objectId(), missing);
        }
    }

    /// Grants all that the registration asks for, to everyone: what the admin consent page does.
    void giveForEveryone(Registration app) {
        app.requiredGraphAccess("Role").forEach(
                id -> PermissionCatalog.roleName(id).ifPresent(name -> apps.grantRole(app.appId(), name)));
        var scopes = new TreeSet<String>();
        app.requiredGraphAccess("Scope").forEach(id -> PermissionCatalog.scopeName(id).ifPresent(scopes::add));
        if (!scopes.isEmpty()) {
            apps.consent(app.appId(), null, scopes);
        }
    }

    /// What a token for that request carries as `scp`.
    Set<String> effective(Registration app, Person person, RequestedScopes scopes) {
        var effective = new TreeSet<String>(apps.scopes(app.appId(), person.objectId()));
        if (!scopes.everything()) {
            effective.retainAll(scopes.permissions());
        }
        effective.removeAll(RequestedScopes.OPEN_ID);
        effective.addAll(scopes.openId());
        effective.remove("offline_access");
        return effective;
    }
}
