package org.rollcall.domain;

import java.util.UUID;

/// A person or group in Entra by its object id, with the name it had when it was chosen, for people to read.
public record Ref(UUID id, String name) {}
