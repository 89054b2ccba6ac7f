package org.rollcall.source;

import java.util.Optional;
import java.util.Set;

/// What a token allows. Empty `granted` means that it could not be told (tokens are opaque by contract).
///
/// @param granted  names such as `User.Read.All`
/// @param delegated the token speaks for a signed-in person
public record Permissions(Optional<Set<String>> granted, boolean delegated) {
    public boolean has(String name) {
        return granted.map(set -> set.contains(name)).orElse(false);
    }
}
