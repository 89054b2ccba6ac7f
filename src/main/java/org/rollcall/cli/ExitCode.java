package org.rollcall.cli;

import org.rollcall.domain.ErrorKind;

/// What a call ends with. Scripts rely on these numbers.
final class ExitCode {
    static final int DONE = 0;
    /// A fault of ours; the log has more.
    static final int BUG = 1;
    static final int INPUT = 2;
    static final int NOT_SIGNED_IN = 3;
    static final int NOT_ALLOWED = 4;
    static final int DIRECTORY = 5;
    static final int GUARD = 6;
    /// Done, but something is left that a person has to look at.
    static final int ATTENTION = 7;
    static final int STORAGE = 8;
    static final int CANCELLED = 130;

    private ExitCode() {}

    static int of(ErrorKind kind) {
        return switch (kind) {
            case INPUT, CONFLICT -> INPUT;
            case NOT_SIGNED_IN -> NOT_SIGNED_IN;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case OFFLINE, THROTTLED, REFUSED -> DIRECTORY;
            case GUARD -> GUARD;
            case STORAGE -> STORAGE;
            case BUG -> BUG;
        };
    }
}
