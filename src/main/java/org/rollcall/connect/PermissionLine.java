package org.rollcall.connect;

/// One line of the permission check.
///
/// @param name    as Microsoft Graph calls it: `User.Read.All`
/// @param kind    whether it is granted to the application or speaks for a signed-in person
/// @param purpose what it is for, in words
/// @param needed  whether reading works without it
/// @param through the broader permission that grants it; empty if it is granted itself, or is not
public record PermissionLine(String name, Kind kind, String purpose, State state, boolean needed, String through) {
    public enum Kind {
        APPLICATION,
        DELEGATED
    }

    public enum State {
        GRANTED,
        MISSING,
        /// Granted, but Rollcall has no use for it.
        EXCESS
    }
}
