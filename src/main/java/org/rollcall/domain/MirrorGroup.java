package org.rollcall.domain;

import java.util.UUID;

/// A group as the outside directory showed it last.
public record MirrorGroup(UUID id, Attributes<GroupField> attributes) {}
