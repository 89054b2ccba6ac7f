package org.rollcall.domain;

import java.util.UUID;

/// A person as last returned by the external directory.
public record MirrorPerson(UUID id, MfaState mfa, Attributes<UserField> attributes) {}
