package org.rollcall.ui.signin;

import org.rollcall.domain.SignInMode;

/// Whose window is locked, and how they had signed in.
public record LockedPerson(String shownName, String username, SignInMode mode) {}
