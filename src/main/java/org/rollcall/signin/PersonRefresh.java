package org.rollcall.signin;

import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.CallControl;

/// Refreshes one imported person from their directory, and stores changes.
public interface PersonRefresh {
    /// Does nothing.
    PersonRefresh NONE = (_, _, _) -> Optional.empty();

    /// @param person has authenticated
    /// @param origin where they sign in
    /// @return their present state; empty: unknown
    /// @throws RollcallException     it could not be determined, and why
    /// @throws CancellationException if `control` is cancelled
    Optional<UserStatus> refresh(UserRow person, String origin, CallControl control);
}
