package org.rollcall.source;

import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;

/// A group as the directory shows it.
///
/// @param onlyId the directory shows no more than the id: null attributes then mean nothing
public record GroupEntry(UUID id, Attributes<GroupField> attributes, boolean onlyId) {}
