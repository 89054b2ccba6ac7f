package org.rollcall.domain;

/// One attribute of a person or a group as Entra publishes it.
public interface DirectoryField {
    /// The property's name in Microsoft Graph v1.0, used in `$select`, exports and change sets.
    String graphName();

    /// The column that keeps it, in mirror and directory alike.
    String column();

    Type type();

    /// The most characters that are kept of a text, or of a list with a separator after each element; columns are as
    /// wide. Graph's own limits are far below (256 for a display name).
    default int longest() {
        return 4_000;
    }

    /// How a value is represented: `String`, `Boolean`, `java.time.Instant` (whole seconds as Entra gives them) or
    /// `List<String>`. Null means null in Entra.
    enum Type {
        TEXT,
        BOOLEAN,
        INSTANT,
        LIST
    }
}
