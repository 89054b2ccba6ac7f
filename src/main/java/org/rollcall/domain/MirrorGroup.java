package org.rollcall.domain;

import java.util.UUID;

/// A group as last returned by the external directory.
public record MirrorGroup(UUID id, Attributes<GroupField> attributes) {}
