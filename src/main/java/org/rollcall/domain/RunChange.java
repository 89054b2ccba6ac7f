package org.rollcall.domain;

/// A change of a run.
///
/// @param seq its position in the change set
public record RunChange(long runId, long seq, Change change) {}
