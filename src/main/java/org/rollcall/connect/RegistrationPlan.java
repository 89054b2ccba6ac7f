package org.rollcall.connect;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.RegistrationPort.Application;

/// What an automatic registration is about to do in the tenant, for an administrator to agree to.
///
/// @param applicationName what the application will be called in Entra
/// @param permissions     application permissions that it will get, such as `User.Read.All`
/// @param existing        the application of an earlier registration, which is used again; null: a new one is made
/// @param steps           everything in the order in which it happens
/// @param rights          whether the signed-in person may grant application permissions
public record RegistrationPlan(String applicationName, Set<String> permissions, @Nullable Application existing,
        List<Step> steps, Rights rights) {

    /// One thing that is created or changed.
    ///
    /// @param title  in a few words: "Application permission User.Read.All"
    /// @param detail what it is for, or its exact value
    /// @param there  nothing has to be done: it is there
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
        /// A Privileged Role Administrator or a Global Administrator has to do it.
        TOO_FEW,
        /// The sign-in does not tell; it will show.
        UNKNOWN
    }
}
