package org.rollcall.source;

import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.UserField;

/// A person as returned by the directory.
///
/// @param onlyId the directory returned only the id (the app may not read the person): null attributes then mean nothing
public record UserEntry(UUID id, Attributes<UserField> attributes, boolean onlyId) {}
