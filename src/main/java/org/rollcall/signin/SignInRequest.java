package org.rollcall.signin;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInMode;

/// Somebody wants to sign in.
///
/// @param mode null: local accounts locally, anybody else by the first way that is on
/// @param user as typed. For Entra it is a hint: if somebody else signs in there, that is refused; empty: no hint
public record SignInRequest(@Nullable SignInMode mode, String user, SignInPrompts prompts) {}
