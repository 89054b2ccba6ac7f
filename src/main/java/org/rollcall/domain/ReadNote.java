package org.rollcall.domain;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// An answer that a read did not take for a fact, and how it was settled.
///
/// @param objectId  whom or what it is about, by the directory's id; null: nobody in particular
/// @param asked     what was asked again
/// @param came      what came of it
/// @param attention settled by keeping what was known before: somebody has to look at it
public record ReadNote(@Nullable UUID objectId, String asked, String came, boolean attention) {}
