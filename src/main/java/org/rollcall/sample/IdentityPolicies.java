package org.rollcall.sample;

import java.time.Duration;

/// What the tenant's administrators decided about sign-in and registration. Each switch may be turned while the tenant
/// runs.
public final class IdentityPolicies {
    private volatile boolean deviceCodeBlocked;
    private volatile boolean passwordGrantBlocked;
    private volatile boolean mfaForRegistered = true;
    private volatile boolean mfaForEveryone;
    private volatile boolean userConsentAllowed = true;
    private volatile boolean userRegistrationAllowed = true;
    private volatile boolean secretsForbidden;
    private volatile Duration assertionSkew = Duration.ZERO;

    IdentityPolicies() {}

    /// Conditional access that blocks the device code flow (53003).
    public void setDeviceCodeBlocked(boolean on) {
        deviceCodeBlocked = on;
    }

    /// Conditional access that blocks sign-in by user name and password through the token endpoint (53003).
    public void setPasswordGrantBlocked(boolean on) {
        passwordGrantBlocked = on;
    }

    /// Demands MFA of people who registered for it (50076); on from the start.
    public void setMfaForRegistered(boolean on) {
        mfaForRegistered = on;
    }

    /// Demands MFA of everyone; people who never registered are told to do so (50079).
    public void setMfaForEveryone(boolean on) {
        mfaForEveryone = on;
    }

    /// Whether people may consent to harmless scopes themselves; on from the start.
    public void setUserConsentAllowed(boolean on) {
        userConsentAllowed = on;
    }

    /// Whether people who are no administrators may register applications; on from the start.
    public void setUserRegistrationAllowed(boolean on) {
        userRegistrationAllowed = on;
    }

    /// App management policy that forbids new client secrets.
    public void setSecretsForbidden(boolean on) {
        secretsForbidden = on;
    }

    /// How far the login servers' clock is ahead of the caller's when client assertions are checked (700024).
    public void setAssertionSkew(Duration ahead) {
        assertionSkew = ahead;
    }

    boolean deviceCodeBlocked() {
        return deviceCodeBlocked;
    }

    boolean passwordGrantBlocked() {
        return passwordGrantBlocked;
    }

    boolean userConsentAllowed() {
        return userConsentAllowed;
    }

    boolean userRegistrationAllowed() {
        return userRegistrationAllowed;
    }

    boolean secretsForbidden() {
        return secretsForbidden;
    }

    Duration assertionSkew() {
        return assertionSkew;
    }

    boolean demandsMfa(SamplePeople.Person person) {
        return mfaForEveryone || (mfaForRegistered && person.mfaRegistered());
    }
}
