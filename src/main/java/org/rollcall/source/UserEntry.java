package org.rollcall.source;

import java.util.UUID;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.UserField;

/// A person as the directory shows it.
///
/// @param onlyId the directory shows no more than the id (the app may not read it): null attributes then mean nothing
public record UserEntry(UUID id, Attributes<UserField> attributes, boolean onlyId) {}
