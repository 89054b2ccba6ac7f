package org.rollcall.domain;

/// The kind of an error, which decides where it is displayed and the exit code of the command line.
public enum ErrorKind {
    /// Wrong or ambiguous input.
    INPUT,
    /// Nobody is signed in, or the password is wrong.
    NOT_SIGNED_IN,
    /// Signed in, but the permission is missing.
    NOT_ALLOWED,
    /// The directory cannot be reached: name, network, proxy, TLS.
    OFFLINE,
    /// The directory throttled us for longer than we wait.
    THROTTLED,
    /// The directory refused.
    REFUSED,
    /// A concurrent change of the same data.
    CONFLICT,
    /// A guard stopped it; nothing was changed.
    GUARD,
    /// The data folder: read-only, in use, full, from a newer version.
    STORAGE,
    /// A fault of Rollcall.
    BUG
}
