package org.rollcall.source;

import java.util.Optional;
import java.util.Set;

/// The permissions of a token. Empty `granted`: unknown (tokens are opaque by contract).
///
/// @param granted  names such as `User.Read.All`
/// @param delegated the token acts on behalf of a signed-in person
public record Permissions(Optional<Set<String>> granted, boolean delegated) {
    public boolean has(String name) {
        return granted.map(set -> set.contains(name)).orElse(false);
    }
}
