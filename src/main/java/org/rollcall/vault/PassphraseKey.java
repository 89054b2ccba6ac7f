package org.rollcall.vault;

/// Derives a key from a passphrase by Argon2id, at a cost that makes guessing a good one infeasible.
///
/// @param memoryKib at most a gibibyte, since a file must not exhaust the memory
public record PassphraseKey(int memoryKib, int passes, int lanes) {
    /// Four times the cost of account passwords, since a passphrase is only needed at each start.
    public static final PassphraseKey STANDARD = new PassphraseKey(64 * 1024, 3, 1);
    /// The minimum length of a new one.
    public static final int LEAST_LETTERS = 8;
    static final int SALT_BYTES = 16;
    private static final int MOST_KIB = 1024 * 1024;

    /// Its form in files: `65536,3,1`.
    ///
    /// @throws IllegalArgumentException invalid or excessive parameters
    public static PassphraseKey of(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(text);
        }
        var cost = new PassphraseKey(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
        if (cost.memoryKib < 8 || cost.memoryKib > MOST_KIB || cost.passes < 1 || cost.passes > 100 || cost.lanes < 1
                || cost.lanes > 16) {
            throw new IllegalArgumentException(text);
        }
        return cost;
    }

    /// The form that [#of] parses.
    public String text() {
        return memoryKib + "," + passes + "," + lanes;
    }

    /// The passphrase is not wiped; the result has to be.
    public byte[] key(char[] passphrase, byte[] salt) {
        return Argon2id.of(passphrase, salt, memoryKib, passes, lanes, Vault.KEY_BYTES);
    }
}
