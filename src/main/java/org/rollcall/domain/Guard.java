package org.rollcall.domain;

/// What one guard had to say about a change set.
///
/// @param name    `completeness`, `removals`, `lostRoles`, `administrators` or `administratorsGiven`
/// @param stopped true: the change set must not be applied
/// @param message the finding in words, with its figures
public record Guard(String name, boolean stopped, String message) {}
