package org.rollcall.signin;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The rules for user names of local accounts.
final class Usernames {
    private static final int MAX_LENGTH = 256;
    /// As the directory's column.
    private static final int LONGEST_TYPED = 1200;

    private Usernames() {}

    /// Whether it can be a user name: longer ones, and those with control characters, are not looked up.
    static boolean isPossible(String typed) {
        return !typed.isEmpty() && typed.length() <= LONGEST_TYPED
                && typed.codePoints().noneMatch(Character::isISOControl);
    }

    /// The name without surrounding blanks.
    ///
    /// @throws RollcallException INPUT
    static String checked(String username) {
        String name = username.strip();
        if (name.isEmpty()) {
            throw RollcallException.input("username.empty", Words.of("signin.username.empty"),
                    Words.of("signin.username.empty.remedy"));
        }
        if (name.length() > MAX_LENGTH) {
            throw RollcallException.input("username.too-long",
                    Words.of("signin.username.too-long", MAX_LENGTH), Words.of("signin.username.too-long.remedy"));
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
            throw RollcallException.input("username.invalid", Words.of("signin.username.invalid"),
                    Words.of("signin.username.invalid.remedy"));
        }
        return name;
    }
}
