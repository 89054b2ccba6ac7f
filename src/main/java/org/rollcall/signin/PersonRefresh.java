package org.rollcall.signin;

import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.CallControl;

/// Reads one imported person anew from where they were imported, and stores what has changed.
public interface PersonRefresh {
    /// Knows nothing, changes nothing.
    PersonRefresh NONE = (_, _, _) -> Optional.empty();

    /// @param person has shown who they are
    /// @param origin where they sign in
    /// @return how they stand there now; empty: it cannot be told
    /// @throws RollcallException     it cannot be told, and why
    /// @throws CancellationException as `control` says
    Optional<UserStatus> refresh(UserRow person, String origin, CallControl control);
}
