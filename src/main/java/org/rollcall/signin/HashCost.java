package org.rollcall.signin;

/// What one Argon2id hash costs. Raised when machines become faster; passwords are hashed anew at their next sign-in.
///
/// @param memoryKib memory in KiB
public record HashCost(int memoryKib, int passes, int lanes) {
    /// What OWASP's password storage cheat sheet names first for Argon2id.
    public static final HashCost STANDARD = new HashCost(19_456, 2, 1);
    /// Far above what anybody would choose, and still a matter of seconds. More is not computed: who can write into the
    /// database must not be able to stop the program with it.
    private static final HashCost HIGHEST = new HashCost(256 * 1024, 16, 8);

    boolean isWeakerThan(HashCost other) {
        return (long) memoryKib * passes < (long) other.memoryKib * other.passes || memoryKib < other.memoryKib;
    }

    boolean isReasonable() {
        return memoryKib >= 8 * lanes && lanes >= 1 && passes >= 1 && memoryKib <= HIGHEST.memoryKib
                && passes <= HIGHEST.passes && lanes <= HIGHEST.lanes;
    }
}
