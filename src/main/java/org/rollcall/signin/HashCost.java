package org.rollcall.signin;

/// The cost of one Argon2id hash. Raised when machines become faster; passwords are rehashed at their next sign-in.
///
/// @param memoryKib memory in KiB
public record HashCost(int memoryKib, int passes, int lanes) {
    /// The first recommendation for Argon2id in OWASP's password storage cheat sheet.
    public static final HashCost STANDARD = new HashCost(19_456, 2, 1);
    /// Far above any sensible choice, and still a matter of seconds. Higher costs are refused: somebody who can write to the
    /// database must not be able to block the program with one.
    private static final HashCost HIGHEST = new HashCost(256 * 1024, 16, 8);

    boolean isWeakerThan(HashCost other) {
        return (long) memoryKib * passes < (long) other.memoryKib * other.passes || memoryKib < other.memoryKib;
    }

    boolean isReasonable() {
        return memoryKib >= 8 * lanes && lanes >= 1 && passes >= 1 && memoryKib <= HIGHEST.memoryKib
                && passes <= HIGHEST.passes && lanes <= HIGHEST.lanes;
    }
}
