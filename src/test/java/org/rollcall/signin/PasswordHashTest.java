package org.rollcall.signin;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class PasswordHashTest {
    private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// Whoever can write to the database must not be able to keep the machine busy for days with one sign-in.
    @ParameterizedTest
    @ValueSource(strings = { "m=9999999,t=2,p=1", "m=19456,t=999,p=1", "m=19456,t=2,p=99", "m=19456,t=0,p=1",
            "m=0,t=2,p=1", "m=19456,t=2,p=0", "m=99999999999,t=2,p=1", "m=-1,t=2,p=1" })
    void absurdCostsAreNotPaid(String cost) {
        damaged("$argon2id$v=19$" + cost + "$" + SALT + "$" + HASH);
    }

    @Test
    void whatIsNoHashIsDamaged() {
        damaged("");
        damaged("nonsense");
        damaged("$argon2id$v=19$m=19456,t=2,p=1$A$" + HASH);
        damaged("$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + "A".repeat(4000));
        damaged("$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$AA");
    }

    private static void damaged(String stored) {
        var refusal = assertTimeout(Duration.ofSeconds(5), () -> assertThrows(RollcallException.class,
                () -> new PasswordHash(HashCost.STANDARD).matches("x".toCharArray(), stored)));
        assertEquals(ErrorKind.STORAGE, refusal.kind());
    }
}
