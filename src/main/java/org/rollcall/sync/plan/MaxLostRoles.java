package org.rollcall.sync.plan;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// From how many people one run may take their role, or give them a lower one, in place of what the profile says.
///
/// @param percent true: `limit` is a share of the active people of the profile; 100 or more lifts the guard
public record MaxLostRoles(long limit, boolean percent) {
    /// Lifts the guard.
    public static final MaxLostRoles ANY = new MaxLostRoles(100, true);

    /// @param text `25` or `40%`
    /// @throws RollcallException INPUT: neither
    public static MaxLostRoles parse(String text) {
        if (!text.matches("[0-9]{1,9}%?")) {
            throw RollcallException.input("max-lost-roles.format", Words.of("sync.max-lost-roles.format", text),
                    Words.of("sync.max-removals.format.remedy"));
        }
        boolean share = text.endsWith("%");
        return new MaxLostRoles(Long.parseLong(share ? text.substring(0, text.length() - 1) : text), share);
    }
}
