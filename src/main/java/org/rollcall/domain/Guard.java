package org.rollcall.domain;

/// The result of one guard for a change set.
///
/// @param name    `completeness`, `removals`, `lostRoles`, `administrators` or `administratorsGiven`
/// @param stopped true: the change set must not be applied
/// @param message the finding as display text, with figures
public record Guard(String name, boolean stopped, String message) {}
