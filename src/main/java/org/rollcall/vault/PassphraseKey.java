package org.rollcall.vault;

/// What Argon2id makes of a passphrase: dear enough that guessing one that is chosen well does not pay.
///
/// @param memoryKib at most a gibibyte: a file must not be able to take the machine's memory
public record PassphraseKey(int memoryKib, int passes, int lanes) {
    /// Four times what passwords of accounts cost: one is asked for at each start only.
    public static final PassphraseKey STANDARD = new PassphraseKey(64 * 1024, 3, 1);
    /// The shortest that is taken for a new one.
    public static final int LEAST_LETTERS = 8;
    static final int SALT_BYTES = 16;
    private static final int MOST_KIB = 1024 * 1024;

    /// As it stands in files: `65536,3,1`.
    ///
    /// @throws IllegalArgumentException it is none, or out of all measure
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

    /// As [#of] reads it.
    public String text() {
        return memoryKib + "," + passes + "," + lanes;
    }

    /// The passphrase is left as it is; the result is to be wiped.
    public byte[] key(char[] passphrase, byte[] salt) {
        return Argon2id.of(passphrase, salt, memoryKib, passes, lanes, Vault.KEY_BYTES);
    }
}
