package org.rollcall.source;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.text.Words;

/// An external directory refused a person, or its answer proves nothing. UNREACHABLE has the kind OFFLINE, all other outcomes
/// NOT_SIGNED_IN.
public final class SignInRefusedException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final SignInOutcome outcome;
    private final @Nullable String directoryCode;

    /// @param directoryCode `AADSTS50126`, or the LDAP result with its data code, `49/52e`; null: none
    public SignInRefusedException(SignInOutcome outcome, @Nullable String directoryCode, Words words, Words remedy,
            @Nullable Throwable cause) {
        super(outcome == SignInOutcome.UNREACHABLE ? ErrorKind.OFFLINE : ErrorKind.NOT_SIGNED_IN,
                "signin." + outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), words, remedy,
                directoryCode == null ? Map.of() : Map.of("code", directoryCode), cause);
        this.outcome = outcome;
        this.directoryCode = directoryCode;
    }

    public SignInOutcome outcome() {
        return outcome;
    }

    public @Nullable String directoryCode() {
        return directoryCode;
    }
}
