package org.rollcall.sync.plan;

import java.util.Set;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredPerson;

/// Whom a run must not remove because they fell out of scope: people who hold what those who narrowed the scope could not
/// have taken from them. They stay and are listed as conflicts. People who are no longer in Entra are removed
/// nevertheless: nobody here took anything from them, and they must lose their access.
///
/// @param byHand people to whom somebody gave their role by hand
/// @param roles  names of roles whose holders stay, wherever they have them from
public record Kept(boolean byHand, Set<String> roles) {
    public static final Kept NOBODY = new Kept(false, Set.of());

    public Kept {
        roles = Set.copyOf(roles);
    }

    boolean keeps(StoredPerson person) {
        return byHand && person.roleSource() == RoleSource.MANUAL
                || person.role() != null && roles.contains(person.role());
    }
}
