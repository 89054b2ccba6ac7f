package org.rollcall.domain;

/// What a run is for. A PREVIEW that is applied becomes an IMPORT under the same id. A REFRESH is of one person who signed in.
public enum RunKind {
    IMPORT,
    PREVIEW,
    UNDO,
    REFRESH
}
