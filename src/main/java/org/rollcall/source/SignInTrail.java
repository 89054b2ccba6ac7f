package org.rollcall.source;

/// Records each step of a sign-in attempt, so that "Test sign-in" can show where it failed.
@FunctionalInterface
public interface SignInTrail {
    SignInTrail NONE = (step, detail) -> {};

    /// The steps of an attempt, in order; a flow skips those it does not have.
    enum Step {
        ADDRESS,
        AUTHENTICATION,
        TOKEN,
        SIGNATURE,
        CLAIMS,
        PERSON,
        STATE
    }

    /// A step succeeded.
    ///
    /// @param detail what was found, in words, without secrets: the server's address, the key's id
    void passed(Step step, String detail);
}
