package org.rollcall.domain;

/// A change as it stands in a run.
///
/// @param seq its place in the change set
public record RunChange(long runId, long seq, Change change) {}
