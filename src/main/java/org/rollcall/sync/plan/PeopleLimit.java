package org.rollcall.sync.plan;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The number of people whom one run may remove or deactivate, or whose role it may take or lower, in place of the import's
/// limit.
///
/// @param limit   a number of people, or a share in percent
/// @param percent true: `limit` is a share of the active people of the import; 100 or more lifts the guard
public record PeopleLimit(long limit, boolean percent) {
    /// Disables the guard.
    public static final PeopleLimit ANY = new PeopleLimit(100, true);

    /// @param text `25` or `40%`
    /// @throws RollcallException INPUT: neither
    public static PeopleLimit removals(String text) {
        return parse(text, "max-removals.format", Words.of("sync.max-removals.format", text));
    }

    /// @param text `25` or `40%`
    /// @throws RollcallException INPUT: neither
    public static PeopleLimit lostRoles(String text) {
        return parse(text, "max-lost-roles.format", Words.of("sync.max-lost-roles.format", text));
    }

    private static PeopleLimit parse(String text, String code, Words refusal) {
        if (!text.matches("[0-9]{1,9}%?")) {
            throw RollcallException.input(code, refusal, Words.of("sync.max-removals.format.remedy"));
        }
        boolean share = text.endsWith("%");
        return new PeopleLimit(Long.parseLong(share ? text.substring(0, text.length() - 1) : text), share);
    }
}
