package org.rollcall.source;

import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;

/// A group as returned by the directory.
///
/// @param onlyId the directory returned only the id: null attributes then mean nothing
public record GroupEntry(UUID id, Attributes<GroupField> attributes, boolean onlyId) {}
