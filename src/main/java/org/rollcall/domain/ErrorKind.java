package org.rollcall.domain;

/// What sort of trouble it is, and so where it shows and which exit code the command line ends with.
public enum ErrorKind {
    /// Wrong or ambiguous input; the person can put it right.
    INPUT,
    /// Nobody is signed in, or the password is wrong.
    NOT_SIGNED_IN,
    /// Signed in, but without the permission.
    NOT_ALLOWED,
    /// The directory cannot be reached: name, network, proxy, TLS.
    OFFLINE,
    /// The directory asked us to slow down for longer than we wait.
    THROTTLED,
    /// The directory answered and said no.
    REFUSED,
    /// Somebody else changed the same thing meanwhile.
    CONFLICT,
    /// A guard stopped it; nothing was changed.
    GUARD,
    /// The data folder: read-only, in use, full, from a newer version.
    STORAGE,
    /// A fault of ours.
    BUG
}
