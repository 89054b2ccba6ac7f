package org.rollcall.sync.plan;

import java.util.Set;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.StoredPerson;

/// People whom a run must not remove although they fell out of scope: whoever narrowed the scope could not have taken their
/// roles from them. They stay and are reported as conflicts. People who no longer exist in Entra are removed nevertheless:
/// nobody in Rollcall took anything from them, and they must lose their access.
///
/// @param byHand people with manual roles
/// @param roles  names of roles whose holders stay, whatever the source of the role
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
