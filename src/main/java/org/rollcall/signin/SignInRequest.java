package org.rollcall.signin;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInMode;

/// A request to sign in.
///
/// @param mode null: local for local accounts, otherwise the first enabled way
/// @param user as entered. For Entra it is a hint: if another person signs in there, that is refused; empty: no hint
public record SignInRequest(@Nullable SignInMode mode, String user, SignInPrompts prompts) {}
