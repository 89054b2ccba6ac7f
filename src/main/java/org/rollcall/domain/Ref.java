package org.rollcall.domain;

import java.util.UUID;

/// A person or group in Entra by object id, with the name it had when it was chosen, for readers.
public record Ref(UUID id, String name) {}
