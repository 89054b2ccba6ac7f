package org.rollcall.domain;

import java.util.UUID;

/// A person as the outside directory showed them last.
public record MirrorPerson(UUID id, MfaState mfa, Attributes<UserField> attributes) {}
