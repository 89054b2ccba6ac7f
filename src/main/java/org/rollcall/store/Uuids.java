package org.rollcall.store;

import java.util.Optional;
import java.util.UUID;

/// Object ids as people type them.
final class Uuids {
    private Uuids() {}

    static Optional<UUID> parse(String text) {
        // UUID.fromString also takes shortened forms, which are no object ids.
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
