package org.rollcall.connect;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.RegistrationPort.Application;

/// The changes that an automatic registration will make in the tenant, for an administrator to confirm.
///
/// @param applicationName the name of the application in Entra
/// @param permissions     its application permissions, such as `User.Read.All`
/// @param existing        the application of an earlier registration, which is reused; null: a new one is created
/// @param steps           all changes in order
/// @param rights          whether the signed-in person may grant application permissions
public record RegistrationPlan(String applicationName, Set<String> permissions, @Nullable Application existing,
        List<Step> steps, Rights rights) {

    /// A single change.
    ///
    /// @param title  in a few words: "Application permission User.Read.All"
    /// @param detail its purpose, or the exact value
    /// @param there  it exists already
    public record Step(Kind kind, String title, String detail, boolean there) {}

    public enum Kind {
        APPLICATION,
        CERTIFICATE,
        SERVICE_PRINCIPAL,
        APPLICATION_PERMISSION,
        SIGN_IN_PERMISSIONS,
        CHECK
    }

    public enum Rights {
        ENOUGH,
        /// Needs a Privileged Role Administrator or a Global Administrator.
        TOO_FEW,
        /// The sign-in does not reveal it; the attempt will.
        UNKNOWN
    }
}
