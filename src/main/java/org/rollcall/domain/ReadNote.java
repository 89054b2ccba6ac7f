package org.rollcall.domain;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A doubtful answer of a read, and its resolution.
///
/// @param objectId  the object it concerns, by the directory's id; null: none in particular
/// @param asked     the repeated question
/// @param came      the result
/// @param attention resolved by keeping known data, which needs attention
public record ReadNote(@Nullable UUID objectId, String asked, String came, boolean attention) {}
