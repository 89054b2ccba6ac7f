package org.rollcall.signin;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

class PasswordRulesTest {
    @Test
    void lengthIsWhatCounts() {
        for (String good : new String[]{ "correct battery horse", "onlylowercase letters", "\u5c71\u7530\u592a\u90ce"
                .repeat(3), "averylongpassphrase", "12 unrelated" }) {
            assertNull(PasswordRules.problem("ada", good.toCharArray()), good);
        }
    }

    @Test
    void whatIsTriedFirstIsRefused() {
        for (String bad : new String[]{ "", "elevenchars", "\uD83D\uDE00".repeat(6), "passwordpassword",
                "PASSWORD1234", "aaaaaaaaaaaa", "abababababab", "123456789012", "abcdefghijklm", "zyxwvutsrqpo",
                "            ", "x".repeat(1001) }) {
            assertNotNull(PasswordRules.problem("ada", bad.toCharArray()), bad);
        }
        assertNotNull(PasswordRules.problem("Ada.Lovelace@contoso.com", "ada.lovelace@contoso.com".toCharArray()));
        var refusal = assertThrows(RollcallException.class, () -> PasswordRules.require("ada", "short".toCharArray()));
        assertEquals(ErrorKind.INPUT, refusal.kind());
    }

    @Test
    void commonWordsDoNotBecomeGoodByDecoration() {
        for (String bad : new String[]{ "Sunshine1234", "sunshine2026!", "!!Football99!!", "dragondragon",
                "monkeymonkey1",
                "Trustno1trustno1", "1qaz2wsx1qaz2wsx", "qwertyuiop!!", "2024.starwars" }) {
            assertNotNull(PasswordRules.problem("ada", bad.toCharArray()), bad);
        }
        for (String good : new String[]{ "sunshine over harbour", "dragonmonkeys", "thirty2 dragons" }) {
            assertNull(PasswordRules.problem("ada", good.toCharArray()), good);
        }
    }

    @Test
    void strengthGrowsWithLength() {
        assertEquals(PasswordRules.Strength.TOO_WEAK, PasswordRules.strength("ada", "short".toCharArray()));
        assertEquals(PasswordRules.Strength.FAIR, PasswordRules.strength("ada", "twelve chars".toCharArray()));
        assertEquals(PasswordRules.Strength.GOOD, PasswordRules.strength("ada", "sixteen chars ok".toCharArray()));
        assertEquals(PasswordRules.Strength.STRONG,
                PasswordRules.strength("ada", "quite a long sentence of words".toCharArray()));
    }
}
