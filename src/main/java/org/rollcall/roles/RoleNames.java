package org.rollcall.roles;

import java.util.Collection;
import java.util.Optional;

import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.text.Words;

/// The rules for names of roles, for the services and for the field in which a name is entered.
public final class RoleNames {
    /// In characters; an emoji counts as two.
    public static final int LONGEST = 100;

    private RoleNames() {}

    /// The name without surrounding blanks.
    ///
    /// @throws RollcallException INPUT: empty, too long, or with invisible characters
    public static String checked(String name) {
        String checked = name.strip();
        if (checked.codePoints().noneMatch(RoleNames::isVisible)) {
            throw RollcallException.input("role.name-empty", Words.of("roles.role.name-empty"),
                    Words.of("roles.role.name-empty.remedy"));
        }
        // Some letters become two in lower case, and the lower-case form is stored too.
        if (checked.length() > LONGEST || SearchKeys.unique(checked).length() > LONGEST) {
            throw RollcallException.input("role.name-too-long",
                    Words.of("roles.role.name-too-long", LONGEST), Words.of("roles.role.name-too-long.remedy"));
        }
        if (checked.codePoints().anyMatch(RoleNames::isHidden)) {
            throw RollcallException.input("role.name-invalid", Words.of("roles.role.name-invalid"),
                    Words.of("roles.role.name-invalid.remedy"));
        }
        return checked;
    }

    /// What is wrong with an entered name; empty: nothing.
    ///
    /// @param roles  the existing ones
    /// @param except the id of the role that gets the name; 0 for a new one
    public static Optional<RollcallException> trouble(String name, Collection<Role> roles, long except) {
        String checked;
        try {
            checked = checked(name);
        } catch (RollcallException e) {
            return Optional.of(e);
        }
        String key = SearchKeys.unique(checked);
        return roles.stream().filter(role -> role.id() != except && SearchKeys.unique(role.name()).equals(key))
                .findFirst().map(role -> taken(role.name()));
    }

    static RollcallException taken(String name) {
        return RollcallException.input("role.name-taken", Words.of("roles.role.name-taken", name),
                Words.of("roles.role.name-taken.remedy"));
    }

    private static boolean isVisible(int character) {
        return !Character.isWhitespace(character) && !Character.isSpaceChar(character)
                && Character.getType(character) != Character.FORMAT && !Character.isISOControl(character);
    }

    /// Control characters and bidirectional overrides, with which one name can look like another.
    private static boolean isHidden(int character) {
        return Character.isISOControl(character) || (character >= 0x202a && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
