package org.rollcall.connect;

/// One line of the permission check.
///
/// @param name    in Microsoft Graph: `User.Read.All`
/// @param kind    application or delegated
/// @param purpose display text
/// @param needed  false: reading works without it
/// @param through the broader permission that includes it; empty if it is granted itself, or missing
public record PermissionLine(String name, Kind kind, String purpose, State state, boolean needed, String through) {
    public enum Kind {
        APPLICATION,
        DELEGATED
    }

    public enum State {
        GRANTED,
        MISSING,
        /// Granted, but not used by Rollcall.
        EXCESS
    }
}
