package org.rollcall.sample;

import org.rollcall.sample.SamplePeople.Person;
import org.rollcall.sample.ServicePrincipal.RoleAssignment;

/// All that a sign-in leaves behind until it is redeemed, and the checks that every sign-in of a person passes.
record TokenGrants(AppRegistry apps, Consent consent, DeviceCodes deviceCodes, AuthorizationCodes codes,
        RefreshTokens refreshTokens, TokenIssuer issuer) {

    /// @throws AadError 50105 if the application is for assigned people only
    void checkAssigned(Registration app, Person person) {
        apps.principalOf(app.appId()).filter(ServicePrincipal::assignmentRequired).ifPresent(principal -> {
            boolean assigned = apps.assignmentsTo(principal.objectId()).stream().map(RoleAssignment::principalId)
                    .anyMatch(person.objectId()::equals);
            if (!assigned) {
                throw AadError.of(50105, app.appId(), app.displayName(), "{EUII Hidden}");
            }
        });
    }

    /// @throws AadError 65001 if something asked for was never consented to
    void checkConsent(Registration app, Person person, RequestedScopes scopes) {
        if (consent.decide(app, person, scopes) != Consent.Decision.GIVEN) {
            throw AadError.of(65001, app.appId(), app.displayName());
        }
    }
}
