package org.rollcall.source;

/// Hears of each step of an attempt to sign in, so that "Test sign-in" can show where it ended.
@FunctionalInterface
public interface SignInTrail {
    SignInTrail NONE = (step, detail) -> {};

    /// The steps that an attempt goes through, in order; a way leaves out those it does not have.
    enum Step {
        ADDRESS,
        AUTHENTICATION,
        TOKEN,
        SIGNATURE,
        CLAIMS,
        PERSON,
        STATE
    }

    /// A step was passed.
    ///
    /// @param detail what was seen, in words, without secrets: the server's address, the key's id
    void passed(Step step, String detail);
}
