package org.rollcall.signin;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;
import org.rollcall.vault.Argon2id;

/// Creates and verifies Argon2id hashes. Hashes have the usual form `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`, so their cost
/// can be raised without locking anybody out.
final class PasswordHash {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_BYTES = 64;
    private static final Pattern FORM = Pattern
            .compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HashCost cost;

    PasswordHash(HashCost cost) {
        this.cost = cost;
    }

    String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = compute(password, salt, cost, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /// @throws RollcallException STORAGE: not a hash that this program or a later one writes, so it was damaged or manipulated
    boolean matches(char[] password, String stored) {
        Matcher form = FORM.matcher(stored);
        if (!form.matches() || !cost(form).isReasonable()) {
            throw unusable(null);
        }
        byte[] salt;
        byte[] expected;
        try {
            salt = Base64.getDecoder().decode(form.group(4));
            expected = Base64.getDecoder().decode(form.group(5));
        } catch (IllegalArgumentException e) {
            throw unusable(e);
        }
        if (salt.length < 8 || salt.length > MOST_BYTES || expected.length < SALT_BYTES
                || expected.length > MOST_BYTES) {
            throw unusable(null);
        }
        return MessageDigest.isEqual(compute(password, salt, cost(form), expected.length), expected);
    }

    /// Whether a stored hash has a lower cost than new ones.
    boolean isWeak(String stored) {
        Matcher form = FORM.matcher(stored);
        return form.matches() && cost(form).isWeakerThan(cost);
    }

    private static RollcallException unusable(@Nullable Exception cause) {
        return new RollcallException(ErrorKind.STORAGE, "account.hash",
                Words.of("signin.account.hash"),
                Words.of("signin.account.hash.remedy"), Map.of(), cause);
    }

    /// Takes as long as a verification, for unknown user names.
    void pretend(char[] password) {
        compute(password, new byte[SALT_BYTES], cost, HASH_BYTES);
    }

    private static HashCost cost(Matcher form) {
        return new HashCost(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)));
    }

    private static byte[] compute(char[] password, byte[] salt, HashCost cost, int length) {
        return Argon2id.of(password, salt, cost.memoryKib(), cost.passes(), cost.lanes(), length);
    }
}
