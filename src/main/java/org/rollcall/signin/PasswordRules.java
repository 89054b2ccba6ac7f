package org.rollcall.signin;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The rules for new passwords: long, not the user name, not a common password. Length is what counts; no kinds of characters
/// are required. After NIST SP 800-63B, section 5.1.1.2.
public final class PasswordRules {
    public static final int MIN_LENGTH = 12;
    public static final int MAX_LENGTH = 1000;
    /// Long ones that are missing in lists of short passwords.
    private static final Set<String> LONG = Set.of("password1234", "password12345", "password123456",
            "passwordpassword", "mypassword123", "passw0rd1234", "p@ssw0rd1234", "qwertyuiop12", "qwertyuiop123",
            "qwerty123456", "qwertyuiopasdf", "1q2w3e4r5t6y", "1qaz2wsx3edc", "administrator", "administrator1",
            "adminadminadmin", "admin1234567", "admin12345678", "letmeinletmein", "letmein12345", "welcome12345",
            "welcome123456", "changeme1234", "changemeplease", "iloveyou1234", "iloveyouiloveyou", "trustno1trustno1",
            "correcthorsebatterystaple", "rollcallrollcall", "rollcall1234");

    private PasswordRules() {}

    /// The approximate strength of a password.
    public enum Strength {
        TOO_WEAK,
        FAIR,
        GOOD,
        STRONG
    }

    /// @return what is wrong, as a sentence without a full stop; null: nothing
    public static @Nullable Words problem(String username, char[] password) {
        String text = new String(password);
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.codePointCount(0, text.length()) < MIN_LENGTH) {
            return Words.of("signin.password.short", MIN_LENGTH);
        }
        if (text.length() > MAX_LENGTH) {
            return Words.of("signin.password.long", MAX_LENGTH);
        }
        if (lower.strip().equals(username.strip().toLowerCase(Locale.ROOT))) {
            return Words.of("signin.password.name");
        }
        if (text.isBlank() || LONG.contains(lower) || isSequence(lower) || CommonPasswords.isOne(lower)
                || lower.codePoints().distinct().count() < 4) {
            return Words.of("signin.password.common");
        }
        return null;
    }

    /// @throws RollcallException INPUT
    public static void require(String username, char[] password) {
        @Nullable
        Words problem = problem(username, password);
        if (problem != null) {
            throw RollcallException.input("password.rules", problem,
                    Words.of("signin.password.rules.remedy", MIN_LENGTH));
        }
    }

    /// @throws RollcallException INPUT: the new password is the old one
    static void requireOther(char[] oldPassword, char[] newPassword) {
        if (java.util.Arrays.equals(oldPassword, newPassword)) {
            throw RollcallException.input("password.same", Words.of("signin.password.same"),
                    Words.of("signin.password.same.remedy"));
        }
    }

    public static Strength strength(String username, char[] password) {
        if (problem(username, password) != null) {
            return Strength.TOO_WEAK;
        }
        String text = new String(password);
        long length = text.codePointCount(0, text.length());
        long distinct = text.codePoints().distinct().count();
        if (length >= 20 && distinct >= 10) {
            return Strength.STRONG;
        }
        return length >= 16 && distinct >= 8 ? Strength.GOOD : Strength.FAIR;
    }

    /// Whether each character is the successor or predecessor of the one before, as in 123456789012 or abcdefghijkl.
    private static boolean isSequence(String text) {
        int step = 0;
        for (int i = 1; i < text.length(); i++) {
            int difference = text.charAt(i) - text.charAt(i - 1);
            // 9 is followed by 0 on keyboards, and by 1 in counting.
            boolean round = (text.charAt(i - 1) == '9' && isRoundOff(text.charAt(i), '0'))
                    || (text.charAt(i - 1) == '0' && isRoundOff(text.charAt(i), '9'));
            if (round) {
                continue;
            }
            if (Math.abs(difference) != 1 || (step != 0 && difference != step)) {
                return false;
            }
            step = difference;
        }
        return true;
    }

    private static boolean isRoundOff(char next, char other) {
        return next == other || next == '1';
    }
}
