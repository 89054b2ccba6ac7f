package org.rollcall.domain;

/// The kind of a run. A PREVIEW that is applied becomes an IMPORT with the same id. A REFRESH is of one person who signed in.
public enum RunKind {
    IMPORT,
    PREVIEW,
    UNDO,
    REFRESH
}
