package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Ref;

/// A role rule in a plan, identified by its position, since it may not be stored yet.
///
/// @param id null before it is stored
public record PlanRule(@Nullable Long id, Ref group, boolean nested, String role) {}
