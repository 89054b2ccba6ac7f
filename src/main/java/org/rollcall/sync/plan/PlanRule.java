package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Ref;

/// A role rule as a plan sees it: its place in the list tells it from the others, as it may not be stored yet.
///
/// @param id null before it is stored
public record PlanRule(@Nullable Long id, Ref group, boolean nested, String role) {}
