package org.rollcall.domain;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// The one exception that crosses package borders: what happened and what to do about it, both in words for a person.
/// Adapters translate into it; nobody outside an adapter sees a library's exception.
public class RollcallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String code;
    private final String remedy;
    private @Nullable String commandRemedy;
    private final transient Map<String, String> details;

    /// @param code    stable, dotted, for tests and scripts: `entra.secret.expired`
    /// @param message what happened: one sentence without a full stop
    /// @param remedy  what to do, in words that fit the window: one sentence without a full stop; where the command line has an
    ///                option or a command for it, say so with [#onCommandLine]
    public RollcallException(ErrorKind kind, String code, String message, String remedy) {
        this(kind, code, message, remedy, Map.of(), null);
    }

    /// @param details more facts by name (HTTP status, request id, AADSTS number); never a secret or a token
    public RollcallException(ErrorKind kind, String code, String message, String remedy, Map<String, String> details,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.remedy = remedy;
        this.details = Map.copyOf(details);
    }

    public static RollcallException input(String code, String message, String remedy) {
        return new RollcallException(ErrorKind.INPUT, code, message, remedy);
    }

    public ErrorKind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String message() {
        return Objects.requireNonNullElse(getMessage(), code);
    }

    /// What to do, without words of the command line.
    public String remedy() {
        return remedy;
    }

    /// What to do, for somebody at the command line: names the option or the command where there is one.
    public String commandRemedy() {
        return commandRemedy == null ? remedy : commandRemedy;
    }

    /// Sets the remedy for the command line where it differs from the window's.
    ///
    /// @return this
    public RollcallException onCommandLine(String remedyThere) {
        commandRemedy = remedyThere;
        return this;
    }

    public Map<String, String> details() {
        return details;
    }
}
