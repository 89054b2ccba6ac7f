package org.rollcall.domain;

/// An attribute of a person or group in Entra.
public interface DirectoryField {
    /// The property's name in Microsoft Graph v1.0, used in `$select`, exports and change sets.
    String graphName();

    /// Its column, in mirror and directory alike.
    String column();

    Type type();

    /// The maximum length of a text, or of a list with separators, in characters; columns have the same width. Graph's own
    /// limits are far below (256 for a display name).
    default int longest() {
        return 4_000;
    }

    /// The Java type of the value: `String`, `Boolean`, `java.time.Instant` (whole seconds as in Entra) or `List<String>`. Null
    /// means null in Entra.
    enum Type {
        TEXT,
        BOOLEAN,
        INSTANT,
        LIST
    }
}
