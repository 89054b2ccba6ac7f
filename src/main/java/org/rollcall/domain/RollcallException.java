package org.rollcall.domain;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// The exception of all packages: what happened and what to do, both as display text. Adapters translate exceptions of
/// libraries into it.
public class RollcallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String code;
    private final transient Words words;
    private final transient Words remedy;
    private transient @Nullable Words commandRemedy;
    private final transient Map<String, String> details;

    /// @param code   stable, dotted, for tests and scripts: `entra.secret.expired`
    /// @param words  what happened: one sentence without a full stop
    /// @param remedy what to do, for the window: one sentence without a full stop; if the command line has an option or command
    ///               for it, add [#onCommandLine]
    public RollcallException(ErrorKind kind, String code, Words words, Words remedy) {
        this(kind, code, words, remedy, Map.of(), null);
    }

    /// @param details more facts by name (HTTP status, request id, AADSTS number); never a secret or a token
    public RollcallException(ErrorKind kind, String code, Words words, Words remedy, Map<String, String> details,
            @Nullable Throwable cause) {
        super(null, cause);
        this.kind = kind;
        this.code = code;
        this.words = words;
        this.remedy = remedy;
        this.details = Map.copyOf(details);
    }

    /// With stored texts that are in no bundle.
    public RollcallException(ErrorKind kind, String code, String message, String remedy) {
        this(kind, code, Words.verbatim(message), Words.verbatim(remedy));
    }

    /// As [#RollcallException(ErrorKind, String, String, String)].
    public RollcallException(ErrorKind kind, String code, String message, String remedy, Map<String, String> details,
            @Nullable Throwable cause) {
        this(kind, code, Words.verbatim(message), Words.verbatim(remedy), details, cause);
    }

    public static RollcallException input(String code, Words words, Words remedy) {
        return new RollcallException(ErrorKind.INPUT, code, words, remedy);
    }

    /// As [#RollcallException(ErrorKind, String, String, String)].
    public static RollcallException input(String code, String message, String remedy) {
        return new RollcallException(ErrorKind.INPUT, code, message, remedy);
    }

    public ErrorKind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /// As [#message()].
    @Override
    public String getMessage() {
        return words.english();
    }

    /// What happened, in English: for logs, documents and storage.
    public String message() {
        return words.english();
    }

    /// What happened, for display in the language in use.
    public Words words() {
        return words;
    }

    /// What to do, in English, for the window.
    public String remedy() {
        return remedy.english();
    }

    /// What to do, for display in the window.
    public Words remedyWords() {
        return remedy;
    }

    /// What to do, in English, for the command line: names the option or command if there is one.
    public String commandRemedy() {
        return commandRemedyWords().english();
    }

    /// What to do, for display on the command line.
    public Words commandRemedyWords() {
        return commandRemedy == null ? remedy : commandRemedy;
    }

    /// Sets the remedy for the command line if it differs from the window's.
    ///
    /// @return this
    public RollcallException onCommandLine(Words remedyThere) {
        commandRemedy = remedyThere;
        return this;
    }

    public Map<String, String> details() {
        return details;
    }
}
